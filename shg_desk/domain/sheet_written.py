"""Between a sheet being typed and the sheet as written: what is confirmed or typed becomes lines, and back again."""

from __future__ import annotations

from collections.abc import Iterator

from shg_desk.domain.group_places import BOX
from shg_desk.domain.loan_names import loan_meant
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import LoanGround
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet import Waiver
from shg_desk.domain.sheet_columns import OTHER_OUT
from shg_desk.domain.sheet_columns import SheetColumn
from shg_desk.domain.sheet_columns import saving_column
from shg_desk.domain.sheet_columns import withdrawal_column
from shg_desk.domain.sheet_figures import SheetFigures
from shg_desk.domain.sheet_products import usual_product
from shg_desk.domain.sheet_state import AWAITING
from shg_desk.domain.sheet_state import BagState
from shg_desk.domain.sheet_state import CellKey
from shg_desk.domain.sheet_state import CountState
from shg_desk.domain.sheet_state import RowState
from shg_desk.domain.sheet_state import SheetState
from shg_desk.domain.sheet_state import Written
from shg_desk.domain.sheet_state import awaited_minor


def written_sheet(figures: SheetFigures) -> Sheet:
    """The sheet a state says, without anything that is only proposed. Nothing and 0 are not written."""
    state, ground = figures.state, figures.ground
    return Sheet(
        group=ground.group,
        on=ground.on,
        held=state.held,
        reason=state.reason or None,
        number=state.number or None,
        rows=tuple(_rows(figures) if state.held else _paid(figures)),
        lines=state.lines,
        counts=tuple(count for place in (BOX, *state.bags) for count in _counts(ground, state.bag(place).count, place)),
        differences=tuple(_differences(ground, state)),
        decisions=state.decisions,
        waivers=tuple(_waivers(figures)) if state.held else (),
        next_on=state.next_on,
        from_paper=state.from_paper,
    )


def _differences(ground: Ground, state: SheetState) -> Iterator[NamedDifference]:
    """Of counts: what a colleague's records will explain of the box, and what was named of the rest."""
    awaited = awaited_minor(ground, state)
    if awaited and not state.count.is_empty:
        yield NamedDifference(awaited, "", AWAITING)
    for place in (BOX, *state.bags):
        bag = state.bag(place)
        if bag.named is not None and not bag.count.is_empty:
            yield bag.named


def _counts(ground: Ground, count: CountState, place: str) -> tuple[Count, ...]:
    if count.is_empty:
        return ()
    if count.total_minor is not None:
        return (Count(place, total_minor=count.total_minor, from_paper=count.from_paper),)
    notes = {value: number for value, number in count.notes.items() if number}
    if count.coins_minor:
        smallest = ground.currency.smallest_minor
        unit = smallest if count.coins_minor % smallest == 0 else 1
        notes[unit] = notes.get(unit, 0) + count.coins_minor // unit
    return (Count(place, notes=notes, from_paper=count.from_paper),)


def _waivers(figures: SheetFigures) -> Iterator[Waiver]:
    for member in figures.members:
        row, called = figures.state.row(member.id), figures.ground.called(member)
        for fine in figures.fines_before_waiver(member):
            if row.lets_pass(fine.why):
                yield Waiver(called, fine.why, row.waived or "")


def _rows(figures: SheetFigures) -> Iterator[SheetRow]:
    """A row for every member, and for who has left where she paid something."""
    for member in figures.everybody:
        row = _row(figures, member)
        if row.has_money or not member.has_left(figures.ground.on):
            yield row


def _paid(figures: SheetFigures) -> Iterator[SheetRow]:
    """Of a meeting said not to be held the rows in which money was typed, so that it is told of and not lost."""
    for row in _rows(figures):
        if row.outs or any(line.kind != "fine-owed" for line in row.ins):
            yield row


def _row(figures: SheetFigures, member: MemberGround) -> SheetRow:
    row = figures.state.row(member.id)
    ins: list[In] = []
    outs: list[Out] = []
    for column in figures.every_column:
        for line in figures.lines_of(member.id):
            written = figures.cells.get(figures.key(line, column)) if figures.has_cell(line, column) else None
            if written is None:
                continue
            if column.kind == "fine":
                ins.extend(_fines(figures, member, written))
            elif written.amount_minor and column.side == "in":
                ins.append(_in(column, written, line.loan))
            elif written.amount_minor:
                outs.append(_out(column, written))
    payer = figures.ground.member(row.paid_by) if row.paid_by else None
    return SheetRow(
        figures.ground.called(member),
        row.attendance,
        row.represented_by or None,
        figures.ground.called(payer) if payer is not None else None,
        tuple(ins),
        tuple(outs),
    )


def _fines(figures: SheetFigures, member: MemberGround, written: Written) -> Iterator[In]:
    """The fine cell as lines: what was owed from before, then each of today's, what is over, and what stays owed."""
    rest = written.amount_minor
    before = min(rest, max(0, member.fines_owed_minor))
    if before:
        yield In("fine", before)
        rest -= before
    owed = []
    for fine in figures.fines(member):
        paid = min(rest, fine.amount_minor)
        rest -= paid
        if paid:
            yield In("fine", paid, why=fine.why)
        if fine.amount_minor - paid:
            owed.append(In("fine-owed", fine.amount_minor - paid, why=fine.why))
    if rest:
        yield In("fine", rest, text=written.text or None)
    yield from owed


def _in(column: SheetColumn, written: Written, loan: LoanGround | None) -> In:
    return In(
        column.kind,
        written.amount_minor,
        product=column.product if column.kind == "saving" else None,
        loan=loan.id if column.kind == "repayment" and loan is not None else None,
        shares=written.shares,
        text=written.text or None,
    )


def _out(column: SheetColumn, written: Written) -> Out:
    """What goes out; ids are names enough for who answers for a loan."""
    return Out(
        column.kind,
        written.amount_minor,
        product=column.product if column.kind == "withdrawal" else None,
        terms=written.terms,
        why=written.text or None if column.kind == "grant" else None,
        text=written.text or None if column.kind in ("loan", "other") else None,
        guarantors=written.guarantors,
    )


def state_of(ground: Ground, sheet: Sheet) -> SheetState:
    """The state in which a written sheet stands in the table, every figure as typed: for correcting a closed meeting.

    Lines of one cell are added up. Raises KeyError for a member who is not of the group.
    """
    rows: dict[str, RowState] = {}
    cells: dict[CellKey, Written] = {}
    waived = {w.member: w.text for w in sheet.waivers}
    whys: dict[str, tuple[str, ...]] = {}
    for passed in sheet.waivers:
        whys[passed.member] = (*whys.get(passed.member, ()), passed.why)
    for row in sheet.rows:
        member = ground.member(row.member)
        if member is None:
            raise KeyError(row.member)
        payer = ground.member(row.paid_by) if row.paid_by else None
        rows[member.id] = RowState(
            row.attendance,
            row.represented_by or "",
            payer.id if payer else "",
            waived.get(row.member),
            whys.get(row.member, ()),
        )
        for line in row.ins:
            loan = loan_meant(member, line) if line.kind == "repayment" else None
            key = CellKey(member.id, loan.id if loan else "", _column_of(ground, line))
            amount = 0 if line.kind == "fine-owed" else line.amount_minor
            _add(cells, key, Written(amount, shares=line.shares, text=line.text or ""))
        for out in row.outs:
            key = CellKey(member.id, "", _column_of(ground, out))
            answering = tuple(one.id for who in out.guarantors if (one := ground.member(who)) is not None)
            said = out.text or out.why or ""
            _add(cells, key, Written(out.amount_minor, text=said, terms=out.terms, guarantors=answering))
    bags: dict[str, BagState] = {}
    for count in sheet.counts:
        counted = CountState(dict(count.notes or {}), None, count.total_minor, count.from_paper)
        if count.notes is None and count.total_minor is None:
            counted = CountState(total_minor=0)
        named = next((one for one in sheet.differences if one.place == count.place), None)
        bags[count.place] = BagState(counted, named)
    box = bags.pop(BOX, BagState(named=sheet.differences[0] if sheet.differences else None))
    return SheetState(
        rows=rows,
        cells=cells,
        lines=sheet.lines,
        count=box.count,
        named=box.named,
        bags=bags,
        decisions=sheet.decisions,
        held=sheet.held,
        reason=sheet.reason or "",
        next_on=sheet.next_on,
        number=sheet.number or "",
        from_paper=sheet.from_paper,
    )


def _column_of(ground: Ground, line: In | Out) -> str:
    """The key of the column that is a line's own: of the product it is for, whether the rules name it or not."""
    if line.kind == "saving":
        return saving_column(line.product or usual_product(ground))
    if line.kind == "withdrawal":
        return withdrawal_column(line.product or usual_product(ground))
    if isinstance(line, Out) and line.kind == "other":
        return OTHER_OUT
    return "fine" if line.kind == "fine-owed" else line.kind


def _add(cells: dict[CellKey, Written], key: CellKey, written: Written) -> None:
    before = cells.get(key)
    if before is not None:
        shares = None if written.shares is None else (before.shares or 0) + written.shares
        amount = before.amount_minor + written.amount_minor
        written = Written(
            amount,
            shares=shares,
            text=before.text or written.text,
            terms=before.terms or written.terms,
            guarantors=before.guarantors or written.guarantors,
        )
    cells[key] = written
