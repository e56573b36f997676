"""Loans as a person reads them: the list with what is late, and one loan with its schedule and payments."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.actions.called import beside_numbers
from shg_desk.actions.desk import Desk
from shg_desk.actions.loans_standing import loan_of
from shg_desk.actions.loans_standing import terms_of
from shg_desk.actions.record_states import Reached
from shg_desk.actions.record_states import reached
from shg_desk.domain.loan_book import LoanState
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.money import Currency
from shg_desk.domain.numbering import counting_order
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import loans as loan_store
from shg_desk.store import operations as operation_store
from shg_desk.store.loans import LoanRow


@dataclass(frozen=True, slots=True)
class LoanLine:
    """One loan on a day, minor units of `currency`; `late_days` since the oldest unpaid due before that day.

    `next_on` and `next_minor` are the next day something is to be brought and how much, arrears not counted.
    """

    id: str
    code: str
    group: str
    group_name: str
    currency: Currency
    member: str
    number: str
    name: str | None
    on: date
    lent_minor: int
    outstanding_minor: int
    left_to_pay_minor: int
    arrears_minor: int
    late_days: int
    next_on: date | None
    next_minor: int

    @property
    def is_open(self) -> bool:
        """True while anything is left to pay."""
        return self.outstanding_minor != 0 or self.left_to_pay_minor > 0


@dataclass(frozen=True, slots=True)
class LoanTotals:
    """Sums over loans of one currency, minor units.

    `outstanding_minor` is what borrowers owe: what was overpaid on other loans is not set off against it, but stands
    in `overpaid_minor`.
    """

    currency: Currency
    count: int
    late: int
    lent_minor: int
    outstanding_minor: int
    arrears_minor: int
    overpaid_minor: int = 0


@dataclass(frozen=True, slots=True)
class LoanList:
    """Loans on a day, the latest payers first, and their totals by currency."""

    on: date
    lines: tuple[LoanLine, ...]
    totals: tuple[LoanTotals, ...]


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One instalment: what is due, what of it is settled and the last day money reached it.

    `state` is `paid`, `part` (something came, it is not due yet), `late`, `due` (to be paid next) or `ahead` (later).
    """

    n: int
    due: date
    principal_minor: int
    interest_minor: int
    total_minor: int
    paid_on: date | None
    paid_minor: int
    unpaid_minor: int
    state: str


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One entry that moved the loan; minor units given, taken off principal, and paid in interest."""

    entry: str
    on: date
    kind: str
    given_minor: int
    principal_minor: int
    interest_minor: int


@dataclass(frozen=True, slots=True)
class LoanSheet:
    """One loan in full: the line of the list, terms as agreed, schedule, payments, and the rules it was given under.

    `reached` is how far the record that has come least far is: the loan's, or one of its payments'.
    `agreed` is None where nothing was lent. `purpose` is what it is for (None: not said, or closed to us), `guarantors`
    who answers for it: number and name.
    """

    line: LoanLine
    today: date
    terms: Mapping[str, Any]
    agreed: LoanTerms | None
    rules_since: date | None
    schedule: tuple[ScheduleLine, ...]
    payments: tuple[PaymentLine, ...]
    principal_minor: int
    interest_minor: int
    total_minor: int
    paid_minor: int
    purpose: str | None = None
    guarantors: tuple[tuple[str, str | None], ...] = ()
    reached: Reached | None = None


def loan_list(desk: Desk, group: str | None = None, *, only: str = "open", on: date | None = None) -> LoanList:
    """The loans of a group, or of the book. `only` is `open`, `late`, `week` (due within seven days) or `all`.

    Of a whole large book it takes seconds: a page asks group by group and puts them together with `joined`.
    """
    day = on or desk.today()
    some = group_store.groups(desk.book) if group is None else [group_store.group(desk.book, group)]
    groups = {one.id: one for one in some if one is not None and not one.removed}
    lines = []
    apart = beside_numbers(desk, group)
    for row in loan_store.loans(desk.book, group, at=day):
        held = groups.get(row.group)
        if held is None or not row.lent_minor:
            continue
        line, _ = _line(row, held.name or held.code or "", held.currency, day, apart)
        if _wanted(line, only, day):
            lines.append(line)
    return _in_order(day, lines)


def joined(lists: Sequence[LoanList]) -> LoanList:
    """The lists of several groups of one day as one, in the order and with the totals of the whole."""
    return _in_order(lists[0].on, [line for one in lists for line in one.lines])


def _in_order(day: date, lines: list[LoanLine]) -> LoanList:
    lines.sort(
        key=lambda line: (
            -line.late_days,
            line.next_on or date.max,
            line.group_name,
            counting_order(line.number),
            line.on,
            line.code,
            line.id,  # so that the order is one, whichever way they were read
        )
    )
    return LoanList(day, tuple(lines), tuple(_totals(lines)))


def _wanted(line: LoanLine, only: str, on: date) -> bool:
    if only == "all":
        return True
    if only == "late":
        return line.late_days > 0
    if only == "week":
        return line.late_days > 0 or (line.next_on is not None and (line.next_on - on).days < 7)
    return line.is_open


def _totals(lines: Iterable[LoanLine]) -> Iterable[LoanTotals]:
    together: dict[Currency, list[LoanLine]] = {}
    for line in lines:
        together.setdefault(line.currency, []).append(line)
    for currency, some in together.items():
        yield LoanTotals(
            currency,
            len(some),
            sum(line.late_days > 0 for line in some),
            sum(line.lent_minor for line in some),
            sum(max(line.outstanding_minor, 0) for line in some),
            sum(line.arrears_minor for line in some),
            sum(max(-line.outstanding_minor, 0) for line in some),
        )


def _line(
    row: LoanRow, group_name: str, currency: Currency, day: date, apart: Mapping[str, str | None]
) -> tuple[LoanLine, LoanState]:
    state = loan_on(loan_of(row, currency.minor_digits), day)
    today = state.dues.due_interest_minor + state.dues.due_principal_minor
    later = state.next_due
    next_on, next_minor = (day, today) if today else (None, 0)
    if not today and later is not None:
        next_on, next_minor = later.instalment.due, later.unpaid_minor
    return (
        LoanLine(
            id=row.id,
            code=row.code,
            group=row.group,
            group_name=group_name,
            currency=currency,
            member=row.member.id,
            number=row.member.number,
            name=apart.get(row.member.id) or row.member.name,
            on=row.on,
            lent_minor=row.lent_minor,
            outstanding_minor=state.principal_outstanding_minor,
            left_to_pay_minor=state.left_to_pay_minor,
            arrears_minor=state.dues.arrears_minor,
            late_days=state.late_days,
            next_on=next_on,
            next_minor=next_minor,
        ),
        state,
    )


def loan_sheet(desk: Desk, loan: str, on: date | None = None) -> LoanSheet:
    """One loan with its schedule on a day. Raises KnownError LOAN_UNKNOWN."""
    day = on or desk.today()
    row = loan_store.loan(desk.book, loan)
    group = None if row is None else group_store.group(desk.book, row.group)
    if row is None or group is None:
        raise KnownError(Problem(Code.LOAN_UNKNOWN, loan, {"loan": loan}))
    apart = beside_numbers(desk, row.group)
    line, state = _line(row, group.name or group.code or "", group.currency, day, apart)
    lines = []
    for one in state.lines:
        instalment = one.instalment
        settled = one.principal_settled_minor + one.interest_settled_minor
        stands = "paid"
        if one.unpaid_minor:
            stands = "late" if instalment.due < day else "part" if settled else "ahead"
            if state.next_due is one or instalment.due == day:
                stands = "due"
        lines.append(
            ScheduleLine(
                instalment.n,
                instalment.due,
                instalment.principal_minor,
                instalment.interest_minor,
                instalment.principal_minor + instalment.interest_minor,
                one.settled_on,
                settled,
                one.unpaid_minor,
                stands,
            )
        )
    purpose, guarantors = _said(desk, row, apart)
    return LoanSheet(
        line=line,
        today=day,
        terms=row.terms,
        agreed=terms_of(row, group.currency.minor_digits),
        rules_since=_rules_since(desk, row),
        schedule=tuple(lines),
        payments=tuple(
            PaymentLine(
                one.entry,
                one.on,
                one.kind,
                -one.principal_minor if one.is_lent else 0,
                0 if one.is_lent else one.principal_minor,
                one.interest_minor,
            )
            for one in row.movements
        ),
        principal_minor=sum(one.principal_minor for one in lines),
        interest_minor=sum(one.interest_minor for one in lines),
        total_minor=sum(one.total_minor for one in lines),
        paid_minor=sum(one.paid_minor for one in lines),
        reached=reached(desk, [one.entry.partition("#")[0] for one in row.movements]),
        purpose=purpose,
        guarantors=guarantors,
    )


def _said(
    desk: Desk, row: LoanRow, apart: Mapping[str, str | None]
) -> tuple[str | None, tuple[tuple[str, str | None], ...]]:
    """What the record that gave a loan says beside the money: what it is for, and who answers for it."""
    made = operation_store.operation(desk.book, row.op)
    if made is None:
        return None, ()
    texts = operation_store.texts(desk.book, made)
    index = next((one.facts.get("text") for one in row.movements if one.is_lent), None)
    purpose = texts[index] if isinstance(index, int) and index < len(texts) else None
    ids = [made.body["members"][at] for new in made.body.get("new_loans", ()) if new["loan"] == row.id
           for at in new.get("guarantors", ())]  # fmt: skip
    found = (group_store.membership(desk.book, one) for one in ids)
    return purpose, tuple((one.number, apart.get(one.id) or one.name) for one in found if one is not None)


def _rules_since(desk: Desk, row: LoanRow) -> date | None:
    """From when the version of the rules holds under which the loan was given, where its entry names one."""
    made = next(iter(entry_store.entries_of(desk.book, row.op)), None)
    full = None if made is None else entry_store.entry(desk.book, made.name)
    version = None if full is None else full.operation.body.get("rules")
    versions = group_store.rules_versions(desk.book, row.group)
    return next((one.starts for one in versions if one.name == version), None)
