"""What to write by hand into each booklet after a meeting, and what to read aloud: one value for screen and paper."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date

from shg_desk.domain.loan_book import Loan
from shg_desk.domain.loan_book import Movement
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.minutes import Minutes
from shg_desk.domain.minutes import MinutesRow
from shg_desk.domain.minutes import RepaidPart
from shg_desk.domain.minutes import is_in
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Fact
from shg_desk.domain.rules import SHARES
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import LoanGround
from shg_desk.domain.sheet import MemberGround


@dataclass(frozen=True, slots=True)
class HandLine:
    """One line to write by hand: what, money in, money out, and what is left of it then (None: of nothing).

    `left_of` says of what, in the words of a statement's rows: `saved`, `debt`, `fines`.
    """

    what: str
    in_minor: int
    out_minor: int
    left_minor: int | None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    left_of: str | None = None


@dataclass(frozen=True, slots=True)
class BookletLines:
    """All that goes into one member's booklet after a meeting, and the balances it must end on.

    `overpaid_minor` is by code what was paid of a loan beyond its principal; the debt has it taken off.
    """

    number: str
    name: str | None
    father: str | None
    lines: tuple[HandLine, ...]
    saved_minor: int
    debt_minor: int
    fines_minor: int
    in_hand_minor: int = 0
    overpaid_minor: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NextDue:
    """The next day on which a member has to bring something for her loans, and how much; what is late by then apart.

    Where only arrears are left, `amount_minor` is 0 and the day the one they are told on.
    """

    on: date
    amount_minor: int
    late_minor: int = 0


@dataclass(frozen=True, slots=True)
class ReadCard:
    """One member's card to read aloud: paid today, savings in all, debt left, fines owed, next due.

    `in_hand_minor` is the group's money she has to bring, such as a shortage she bears, `overpaid_minor` by code what
    was paid of a loan beyond its principal and is taken off the debt.
    """

    number: str
    name: str | None
    father: str | None
    attendance: str
    paid_minor: int
    taken_minor: int
    saved_minor: int
    debt_minor: int
    fines_minor: int
    next_due: NextDue | None
    in_hand_minor: int = 0
    overpaid_minor: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AfterMeeting:
    """The two lists of one meeting under its head."""

    group_name: str
    group_code: str
    number: str | None
    on: date
    currency: Currency
    booklets: tuple[BookletLines, ...]
    cards: tuple[ReadCard, ...]


def ground_after(ground: Ground, meeting: Minutes) -> Ground:
    """The group as it is after a meeting, from the ground its sheet was written on. Loans get what was recorded."""
    rows = {row.person.id: row for row in meeting.rows}
    return replace(ground, members=tuple(_member_after(m, rows.get(m.id), meeting) for m in ground.members))


def _member_after(member: MemberGround, row: MinutesRow | None, meeting: Minutes) -> MemberGround:
    if row is None:
        return member
    saved = dict(member.saved_minor)
    for column, amount in row.cells_minor.items():
        kind, _, product = column.partition(".")
        if kind in ("saving", "shares", "withdrawal"):
            code = SHARES if kind == "shares" else product
            saved[code] = saved.get(code, 0) + (amount if kind != "withdrawal" else -amount)
    paid = min(row.cells_minor.get("fine", 0), member.fines_owed_minor)
    loans = [_loan_after(loan, row, meeting.on) for loan in member.loans]
    for given in meeting.loans:
        if given.person.id == member.id and given.schedule is not None:
            loans.append(LoanGround(given.id, given.code, Loan(given.id, meeting.on, given.schedule)))
    return replace(
        member,
        saved_minor=saved,
        fines_owed_minor=member.fines_owed_minor - paid + row.fine_owed_minor,
        loans=tuple(loans),
    )


def _loan_after(ground: LoanGround, row: MinutesRow, on: date) -> LoanGround:
    movements = [Movement(on, p.principal_minor, p.interest_minor) for p in row.repaid if p.loan == ground.id]
    loan = replace(ground.loan, movements=(*ground.loan.movements, *movements))
    return replace(ground, loan=loan)


def after_meeting(after: Ground, meeting: Minutes) -> AfterMeeting:
    """Both lists of a meeting. `after` is the group with the meeting counted in (`ground_after`, or the book's own).

    Members without a row are left out of the booklets and stay in the cards.
    """
    rows = {row.person.id: row for row in meeting.rows}
    booklets = tuple(
        _booklet(member, rows[member.id], meeting)
        for member in after.members
        if member.id in rows and (rows[member.id].cells_minor or rows[member.id].fine_owed_minor)
    )
    cards = tuple(
        _card(member, rows.get(member.id), meeting.on)
        for member in after.members
        if member.left is None or member.left >= meeting.on
    )
    return AfterMeeting(
        meeting.group_name, meeting.group_code, meeting.number, meeting.on, meeting.currency, booklets, cards
    )


def _booklet(member: MemberGround, row: MinutesRow, meeting: Minutes) -> BookletLines:
    saved, debt, fines = member.saved_in_all_minor, member.debt_minor(meeting.on), member.fines_owed_minor
    return BookletLines(
        number=member.number,
        name=member.name,
        father=member.father,
        lines=tuple(_hand_lines(row, meeting, saved, debt, fines)),
        saved_minor=saved,
        debt_minor=debt,
        fines_minor=fines,
        in_hand_minor=member.in_hand_minor,
        overpaid_minor=member.loans_overpaid_minor,
    )


def _hand_lines(row: MinutesRow, meeting: Minutes, saved: int, debt: int, fines: int) -> Iterator[HandLine]:
    """The lines in the order of the columns, each with the balance right after it; they end on the given balances.

    As in her passbook a loan comes before what was kept back of it, and a fine paid before what is newly owed.
    """
    given = [loan for loan in meeting.loans if loan.person.id == row.person.id]
    new = {loan.id for loan in given}
    moved = {column: _savings_change(column, amount) for column, amount in row.cells_minor.items()}
    saved -= sum(moved.values())
    debt += sum(part.principal_minor for part in row.repaid) - sum(loan.amount_minor for loan in given)
    for column in meeting.columns:
        amount = row.cells_minor.get(column)
        if not amount:
            continue
        kind, _, product = column.partition(".")
        facts: dict[str, Fact] = {"product": product} if product else {}
        if kind == "repayment" and row.repaid:
            for part in row.repaid:
                if part.loan not in new:
                    debt -= part.principal_minor
                    yield _repaid_line(part, debt)
            continue
        if kind == "loan" and given:
            for loan in given:
                debt += loan.amount_minor
                yield HandLine(kind, 0, loan.amount_minor, debt, {"loan": loan.code}, "debt")
                for part in row.repaid:
                    if part.loan == loan.id:
                        debt -= part.principal_minor
                        yield _repaid_line(part, debt)
            continue
        left, left_of = None, None
        if moved.get(column):
            saved += moved[column]
            left, left_of = saved, "saved"
        elif kind == "fine":
            left, left_of = fines - row.fine_owed_minor, "fines"
        came, went = (amount, 0) if is_in(column) else (0, amount)
        yield HandLine(kind, came, went, left, facts, left_of)
    if row.fine_owed_minor:
        yield HandLine("fine-owed", 0, 0, fines, {"amount_minor": row.fine_owed_minor}, "fines")


def _repaid_line(part: RepaidPart, debt_minor: int) -> HandLine:
    paid = part.principal_minor + part.interest_minor + part.over_minor
    return HandLine(
        "repayment", paid, 0, debt_minor, {"loan": part.code, "interest_minor": part.interest_minor}, "debt"
    )


def _savings_change(column: str, amount: int) -> int:
    kind = column.partition(".")[0]
    if kind in ("saving", "shares"):
        return amount
    return -amount if kind == "withdrawal" else 0


def _card(member: MemberGround, row: MinutesRow | None, on: date) -> ReadCard:
    return ReadCard(
        number=member.number,
        name=member.name,
        father=member.father,
        attendance=row.attendance if row else "unmarked",
        paid_minor=row.in_minor if row else 0,
        taken_minor=row.out_minor if row else 0,
        saved_minor=member.saved_in_all_minor,
        debt_minor=member.debt_minor(on),
        fines_minor=member.fines_owed_minor,
        next_due=next_due(member, on),
        in_hand_minor=member.in_hand_minor,
        overpaid_minor=member.loans_overpaid_minor,
    )


def next_due(member: MemberGround, on: date) -> NextDue | None:
    """What is to be brought next for all loans together: the earliest coming due day, and everything late by then.

    Where nothing is to come but something is late, the day is `on` itself.
    """
    states = [loan_on(ground.loan, on) for ground in member.loans]
    late = sum(state.dues.expected_minor for state in states)
    days = [state.next_due.instalment.due for state in states if state.next_due is not None]
    if not days:
        return NextDue(on, 0, late) if late else None
    day = min(days)
    coming = sum(line.unpaid_minor for state in states for line in state.lines if line.instalment.due == day)
    return NextDue(day, coming, late)
