"""What to write by hand into each booklet after a meeting, and what to read aloud: one value for screen and paper."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.minutes import Minutes
from shg_desk.domain.minutes import MinutesRow
from shg_desk.domain.minutes import RepaidPart
from shg_desk.domain.minutes import is_in
from shg_desk.domain.money import Currency
from shg_desk.domain.namesakes import shared_names
from shg_desk.domain.namesakes import told_apart
from shg_desk.domain.problems import Fact
from shg_desk.domain.sheet import Ground
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
class NextDue:
    """The next day on which a member has to bring something for her loans, and how much; what is late by then apart.

    Where only arrears are left, `amount_minor` is 0 and the day the one they are told on.
    """

    on: date
    amount_minor: int
    late_minor: int = 0


@dataclass(frozen=True, slots=True)
class MemberAfter:
    """One member after a meeting: what is read aloud of her, and the lines for her booklet, which end on its balances.

    `member` is her membership; `called` her name with her father's where two are alike. `paid_minor` is the cash she
    brought, `taken_minor` what was put into her hand: interest kept back of a new loan is in neither, though the lines
    have it. The debt is the principal left, as in her passbook; `in_hand_minor` the group's money she has to bring,
    such as a shortage she bears; `overpaid_minor` by code what was paid of a loan beyond its principal and is taken off
    the debt.
    """

    member: str
    number: str
    name: str | None
    father: str | None
    called: str | None
    attendance: str
    paid_minor: int
    taken_minor: int
    saved_minor: int
    debt_minor: int
    fines_minor: int
    next_due: NextDue | None
    in_hand_minor: int = 0
    lines: tuple[HandLine, ...] = ()
    overpaid_minor: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AfterMeeting:
    """All members after one meeting under its head; `group` is its id."""

    group: str
    group_name: str
    group_code: str
    number: str | None
    on: date
    currency: Currency
    cards: tuple[MemberAfter, ...]

    @property
    def booklets(self) -> tuple[MemberAfter, ...]:
        """Those in whose booklets something is to be written."""
        return tuple(card for card in self.cards if card.lines)


def after_meeting(after: Ground, meeting: Minutes) -> AfterMeeting:
    """What is read aloud and written after a meeting. `after` is the group right behind it, the meeting counted in.

    There is a card for whoever is a member on the day, and for whoever else the meeting has money of.
    """
    rows = {row.person.id: row for row in meeting.rows}
    moved = {row.person.id for row in meeting.rows if row.moved}
    shared = shared_names(member.name for member in after.members)
    cards = tuple(
        _card(member, rows.get(member.id), meeting, shared)
        for member in after.members
        if member.is_in(meeting.on) or member.id in moved
    )
    return AfterMeeting(
        after.group, meeting.group_name, meeting.group_code, meeting.number, meeting.on, meeting.currency, cards
    )


def _card(member: MemberGround, row: MinutesRow | None, meeting: Minutes, shared: frozenset[str]) -> MemberAfter:
    saved, debt, fines = member.saved_in_all_minor, member.debt_minor(meeting.on), member.fines_owed_minor
    lines = tuple(_hand_lines(row, meeting, saved, debt, fines)) if row else ()
    kept_minor = _kept_back_minor(row, meeting) if row else 0
    return MemberAfter(
        member=member.id,
        number=member.number,
        name=member.name,
        father=member.father,
        called=told_apart(member.name, member.father, shared),
        attendance=row.attendance if row else "unmarked",
        paid_minor=row.in_minor - kept_minor if row else 0,
        taken_minor=row.out_minor - kept_minor if row else 0,
        saved_minor=saved,
        debt_minor=debt,
        fines_minor=fines,
        next_due=next_due(member, meeting.on),
        in_hand_minor=member.in_hand_minor,
        lines=lines,
        overpaid_minor=member.loans_overpaid_minor,
    )


def _kept_back_minor(row: MinutesRow, meeting: Minutes) -> int:
    """The interest that stayed in the box of the loans she was given."""
    new = {loan.id for loan in meeting.loans if loan.person.id == row.person.id}
    return sum(part.interest_minor for part in row.repaid if part.loan in new)


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
