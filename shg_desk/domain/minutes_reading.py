"""Reads a recorded meeting back into its minutes: nothing is worked out anew, the record's own splits are shown."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from typing import Any

from shg_desk.domain.accounts import is_counted
from shg_desk.domain.accounts import is_place
from shg_desk.domain.entries import Entry
from shg_desk.domain.entries import expand
from shg_desk.domain.entries import pointed
from shg_desk.domain.kinds import ATTENDANCE
from shg_desk.domain.kinds import counted_minor
from shg_desk.domain.loan_schedule import schedule_of
from shg_desk.domain.minutes import IN_COLUMNS
from shg_desk.domain.minutes import OUT_COLUMNS
from shg_desk.domain.minutes import THERE
from shg_desk.domain.minutes import CashBlock
from shg_desk.domain.minutes import Decided
from shg_desk.domain.minutes import LoanGiven
from shg_desk.domain.minutes import LoanName
from shg_desk.domain.minutes import Minutes
from shg_desk.domain.minutes import MinutesLine
from shg_desk.domain.minutes import MinutesRow
from shg_desk.domain.minutes import Person
from shg_desk.domain.minutes import RepaidPart
from shg_desk.domain.minutes import Waived
from shg_desk.domain.minutes import column_order
from shg_desk.domain.minutes import is_in
from shg_desk.domain.money import Currency
from shg_desk.domain.sheet_posting import ROUNDED_UP


@dataclass(slots=True)
class _Reading:
    body: Mapping[str, Any]
    people: Sequence[Person]
    loans: Sequence[LoanName | None]
    loan_ids: Sequence[str]
    texts: Sequence[str | None]
    cells: list[dict[str, int]]
    repaid: list[list[RepaidPart]]
    owed: list[int]
    payers: dict[int, int] = field(default_factory=dict)
    purposes: dict[str, str | None] = field(default_factory=dict)
    lines: list[MinutesLine] = field(default_factory=list)
    moves: dict[str, list[int]] = field(default_factory=dict)
    differences: dict[str, tuple[int, str | Person, str | None]] = field(default_factory=dict)

    def text(self, index: object) -> str | None:
        return pointed(self.texts, index)


def read_minutes(
    name: str,
    body: Mapping[str, Any],
    *,
    group_name: str,
    group_code: str,
    currency: Currency,
    people: Mapping[str, Person],
    loans: Mapping[str, LoanName] | None = None,
    texts: Sequence[str | None] = (),
    quorum_needed: int = 0,
    starts_minor: Mapping[str, int] | None = None,
    moves_minor: Mapping[str, Sequence[int]] | None = None,
    corrections: Sequence[tuple[date | None, str]] = (),
    later_corrections: Sequence[tuple[date | None, str, date]] = (),
    counted_before: Mapping[str, Sequence[int]] | None = None,
) -> Minutes:
    """The minutes of a recorded meeting: `name` and `body` of the record, and the names it leaves out.

    `people` are by membership id, `loans` (older than the meeting) by loan id, `texts` the record's opened free texts
    in their order (None: closed to us). `starts_minor` gives the money of a place before the meeting's first entry,
    `moves_minor` what came to and went from it on that day, each where the record itself does not say it (any more).
    `corrections` says which corrections are already in the record, `later_corrections` which are not since their money
    moved on a later day, `counted_before` by place what counts said that were made again.
    """
    reading = _reading(body, people, loans or {}, texts)
    for entry in expand(body.get("entries", ()), len(reading.people), len(reading.loan_ids)):
        _take(reading, entry)
    if moves_minor is not None:
        reading.moves = {place: list(moves) for place, moves in moves_minor.items()}
    rows = tuple(_row(reading, index) for index in range(len(reading.people)))
    before, totals = counted_before or {}, dict[str, int]()
    for row in rows:
        for column, amount in row.cells_minor.items():
            totals[column] = totals.get(column, 0) + amount
    return Minutes(
        name=name,
        group_name=group_name,
        group_code=group_code,
        currency=currency,
        number=body.get("number"),
        on=date.fromisoformat(body["date"]),
        held=bool(body.get("held", True)),
        reason=body.get("reason"),
        rows=rows,
        present=sum(row.attendance in THERE for row in rows),
        quorum_needed=quorum_needed,
        columns=tuple(sorted(totals, key=column_order)),
        totals_minor=totals,
        in_minor=sum(row.in_minor for row in rows),
        out_minor=sum(row.out_minor for row in rows),
        lines=tuple(reading.lines),
        cash=tuple(
            replace(block, before_minor=tuple(before.get(block.place, ())))
            for block in _cash(reading, starts_minor or {})
        ),
        decisions=tuple(_decided(reading, decision) for decision in body.get("decisions", ())),
        waived=tuple(
            Waived(reading.people[w["member"]], w["why"], reading.text(w.get("text"))) for w in body.get("waived", ())
        ),
        loans=tuple(_loans_given(reading, currency)),
        next_on=date.fromisoformat(body["next"]) if body.get("next") else None,
        from_paper=bool(body.get("paper")),
        corrections=tuple(corrections),
        later_corrections=tuple(later_corrections),
    )


def _reading(
    body: Mapping[str, Any], people: Mapping[str, Person], loans: Mapping[str, LoanName], texts: Sequence[str | None]
) -> _Reading:
    members = body.get("members", ())
    loan_ids = body.get("loans", ())
    own = {new["loan"]: LoanName(new["code"], members[new["member"]]) for new in body.get("new_loans", ())}
    own.update(loans)  # which say what tells two of one code apart
    return _Reading(
        body=body,
        people=[people.get(member) or Person(member, "", None) for member in members],
        loans=[own.get(loan) for loan in loan_ids],
        loan_ids=loan_ids,
        texts=texts,
        cells=[{} for _ in members],
        repaid=[[] for _ in members],
        owed=[0] * len(members),
    )


def _take(reading: _Reading, entry: Entry) -> None:
    """Puts one entry where the minutes show it: a member's cell, a line of the group, or a named difference."""
    if entry.kind == "difference":
        _take_difference(reading, entry)  # named below the line, it is no money that came or went
        return
    cash = 0
    for posting in entry.postings:
        if is_counted(posting.code):
            reading.moves.setdefault(posting.code, []).append(posting.amount_minor)
            cash += posting.amount_minor
    member = _member_of(reading, entry)
    if member is None or entry.kind == "settlement":
        reading.lines.append(_line(reading, entry))
        return
    if entry.kind == "fine-owed":
        reading.owed[member] += sum(p.amount_minor for p in entry.postings if p.amount_minor > 0)
        return
    if isinstance(payer := entry.facts.get("paid_by"), int):
        reading.payers[member] = payer
    if entry.kind == "loan" and entry.owner is not None and "text" in entry.facts:
        reading.purposes[reading.loan_ids[entry.owner]] = reading.text(entry.facts["text"])
    column = _column(entry, cash)
    cells = reading.cells[member]
    cells[column] = cells.get(column, 0) + abs(cash)
    if entry.kind == "repayment" and entry.owner is not None and entry.by == "loan":
        loan = reading.loans[entry.owner]
        parts = {posting.code: -posting.amount_minor for posting in entry.postings}
        reading.repaid[member].append(
            RepaidPart(
                reading.loan_ids[entry.owner],
                loan.code if loan else "",
                parts.get("principal", 0),
                parts.get("interest", 0),
                parts.get(ROUNDED_UP, 0),
            )
        )


def _member_of(reading: _Reading, entry: Entry) -> int | None:
    if entry.owner is None or entry.by == "member":
        return entry.owner
    loan = reading.loans[entry.owner]
    if loan is None:
        return None
    return next((index for index, person in enumerate(reading.people) if person.id == loan.member), None)


def _column(entry: Entry, cash: int) -> str:
    kind = entry.kind
    if kind in ("saving", "withdrawal"):
        code = next((p.code for p in entry.postings if p.code.startswith("saving.")), "saving")
        return f"{kind}.{code.partition('.')[2]}" if "." in code else kind
    if kind == "transfer" and cash > 0:
        return "hand"
    if kind in IN_COLUMNS or kind in OUT_COLUMNS:
        return kind
    return "other-out" if cash < 0 else "other-in"


def _line(reading: _Reading, entry: Entry) -> MinutesLine:
    places = [posting for posting in entry.postings if is_place(posting.code)]
    other = next((posting.code for posting in entry.postings if not is_place(posting.code)), None)
    carrier = entry.owner if entry.by == "member" else entry.facts.get("carried_by")
    return MinutesLine(
        kind=entry.kind,
        amount_minor=sum(p.amount_minor for p in entry.postings if p.amount_minor > 0),
        account=other,
        source=next((p.code for p in places if p.amount_minor < 0), None),
        target=next((p.code for p in places if p.amount_minor > 0), None),
        text=reading.text(entry.facts.get("text")),
        receipt=entry.facts.get("receipt"),
        carried_by=reading.people[carrier] if isinstance(carrier, int) else None,
    )


def _take_difference(reading: _Reading, entry: Entry) -> None:
    posting = next((p for p in entry.postings if is_counted(p.code)), None)
    if posting is None:
        return
    bearer: str | Person = "open"
    if entry.owner is not None:
        bearer = reading.people[entry.owner]
    elif not any(p.code == "differences" for p in entry.postings):
        bearer = "group"
    reason = reading.text(entry.facts.get("text"))
    # what a correction found of a difference is an entry of its own
    so_far, named, said = reading.differences.get(posting.code, (0, bearer, reason))
    reading.differences[posting.code] = (so_far + posting.amount_minor, named, said)


def _row(reading: _Reading, index: int) -> MinutesRow:
    body = reading.body
    marks = body.get("attendance") or ""
    mark = marks[index] if index < len(marks) else "-"
    cells = reading.cells[index]
    payer = reading.payers.get(index)
    return MinutesRow(
        person=reading.people[index],
        attendance=ATTENDANCE[mark],
        represented_by=reading.text(body.get("represented", {}).get(str(index))),
        cells_minor=cells,
        in_minor=sum(amount for column, amount in cells.items() if is_in(column)),
        out_minor=sum(amount for column, amount in cells.items() if not is_in(column)),
        repaid=tuple(reading.repaid[index]),
        fine_owed_minor=reading.owed[index],
        paid_by=reading.people[payer] if payer is not None else None,
    )


def _cash(reading: _Reading, starts_minor: Mapping[str, int]) -> tuple[CashBlock, ...]:
    """The counted places, and the box and others that moved or whose start is known, without a count."""
    counts = {count["place"]: count for count in reading.body.get("counts", ())}
    places: Iterable[str] = dict.fromkeys((*counts, *reading.moves, *starts_minor))
    return tuple(_cash_block(reading, place, counts.get(place), starts_minor.get(place)) for place in places)


def counted_starts(body: Mapping[str, Any]) -> dict[str, int]:
    """What stood in each counted place before a recorded meeting's first entry, minor units: corrections change it not.

    The count's own `expected` is the book's sum after all the record's entries, its differences among them.
    """
    starts = {count["place"]: int(count["expected"]) for count in body.get("counts", ())}
    for entry in expand(body.get("entries", ()), len(body.get("members", ())), len(body.get("loans", ()))):
        for posting in entry.postings:
            if posting.code in starts:
                starts[posting.code] -= posting.amount_minor
    return starts


def _cash_block(reading: _Reading, place: str, count: Mapping[str, Any] | None, start_minor: int | None) -> CashBlock:
    difference, bearer, reason = reading.differences.get(place, (0, None, None))
    moves = reading.moves.get(place, ())
    came, went = sum(move for move in moves if move > 0), -sum(move for move in moves if move < 0)
    if count is None:
        expected = None if start_minor is None else start_minor + came - went
        return CashBlock(place, start_minor, came, went, expected, None)
    expected = int(count["expected"]) - difference if start_minor is None else start_minor + came - went
    counted = counted_minor(count)
    notes = count.get("notes")
    return CashBlock(
        place=place,
        start_minor=expected - came + went,
        in_minor=came,
        out_minor=went,
        expected_minor=expected,
        counted_minor=counted,
        notes=None if notes is None else tuple(sorted(((v, n) for v, n in notes), reverse=True)),
        from_paper=bool(count.get("paper")),
        difference_minor=counted - expected,
        bearer="awaiting" if count.get("awaiting") else bearer,
        reason=reason,
    )


def _decided(reading: _Reading, decision: Mapping[str, Any]) -> Decided:
    return Decided(
        reading.text(decision.get("text")),
        decision.get("for"),
        decision.get("against"),
        decision.get("abstained"),
        decision.get("template"),
    )


def _loans_given(reading: _Reading, currency: Currency) -> Iterable[LoanGiven]:
    on = date.fromisoformat(reading.body["date"])
    for new in reading.body.get("new_loans", ()):
        amount, terms = new["amount"], new["terms"]
        dues = schedule_of(terms, principal_minor=amount, start=on, minor_digits=currency.minor_digits)
        answering = tuple(reading.people[one] for one in new.get("guarantors", ()))
        purpose = reading.purposes.get(new["loan"])
        person = reading.people[new["member"]]
        name = next((one for one, id_ in zip(reading.loans, reading.loan_ids, strict=True) if id_ == new["loan"]), None)
        code = name.code if name is not None else new["code"]
        yield LoanGiven(new["loan"], code, person, amount, terms, dues, purpose, answering)
