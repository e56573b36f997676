"""The ground a sheet stands on: a group on a day, put together from the book for the rules of `domain`."""

from __future__ import annotations

from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.domain.accounts import is_place
from shg_desk.domain.entries import ENTRY_KINDS
from shg_desk.domain.loan_book import Loan
from shg_desk.domain.loan_book import Movement
from shg_desk.domain.loan_book import MovementKind
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.loan_schedule import schedule
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import TermsError
from shg_desk.domain.loan_terms import read_rate
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.money import Currency
from shg_desk.domain.rules import NO_RULES
from shg_desk.domain.rules import Rules
from shg_desk.domain.rules import read_rules
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import LoanGround
from shg_desk.domain.sheet import MemberGround
from shg_desk.store.group_state import GroupState
from shg_desk.store.group_state import LoanFacts
from shg_desk.store.group_state import MemberState
from shg_desk.store.group_state import group_state
from shg_desk.store.group_state import rules_rows

_KIND_OF_MOVEMENT = {"write-off": MovementKind.WRITTEN_OFF, "forgiven": MovementKind.FORGIVEN}


def ground_of(desk: Desk, group: str, on: date) -> Ground:
    """The group on that day, with everything recorded up to its end. Raises KnownError GROUP_UNKNOWN."""
    state = group_state(desk.book.db, group, on)
    end = group_state(desk.book.db, group) if state.last_day is not None and state.last_day > on else None
    return ground_from(desk, state, rules_on(desk, group, on, state.minor_digits), on, end)


def ground_from(desk: Desk, state: GroupState, rules: Rules, on: date, end: GroupState | None = None) -> Ground:
    """A ground from a group's state already read; `end` is the state with later days, where there are any."""
    loans: dict[str, list[LoanGround]] = {}
    at_end = {facts.id: facts for facts in end.loans} if end else {}
    for facts in state.loans:
        loan = loan_of(facts, state.minor_digits)
        if facts.is_given and (loan_on(loan, on).left_to_pay_minor or not loan.movements):
            later = [move for move in at_end.get(facts.id, facts).movements if move[0] > on]
            paid_later = sum(principal + interest for _, principal, interest, _ in later)
            loans.setdefault(facts.member, []).append(LoanGround(facts.id, facts.code, loan, paid_later))
    since = min((day for day in (state.formed_on, state.first_day) if day), default=None)
    last = state.last_meeting
    return Ground(
        group=state.id,
        code=state.code,
        name=state.name,
        currency=Currency(state.currency, state.minor_digits, state.smallest_minor),
        on=on,
        rules=rules,
        members=tuple(
            _member(member, state, rules, on, tuple(loans.get(member.id, ())), end)
            for member in state.members
            if member.left is None or member.left >= on or member.id in loans
        ),
        places_minor=_places(state),
        seen=last.name if last else None,
        seen_on=last.on if last else None,
        seen_number=last.number if last else None,
        number=next_number(last.number if last else None),
        codes=state.codes,
        lenders_minor=(lenders := _lenders(state)),
        since=since,
        is_keeper=state.keeper in (None, desk.book.device),
        social_minor=-state.balances_minor.get(("social", None), 0),
        lenders_at_end_minor={code: _lenders(end).get(code, 0) for code in lenders} if end else {},
    )


def _places(state: GroupState) -> dict[str, int]:
    """Money by place of the group's own (what is in a person's hands is that person's)."""
    return {code: amount for (code, owner), amount in state.balances_minor.items() if owner is None and is_place(code)}


def _lenders(state: GroupState) -> dict[str, int]:
    """What the group owes on each lender's loan, those paid back left out."""
    return {
        code.partition(".")[2]: -amount
        for (code, _), amount in state.balances_minor.items()
        if code.startswith("lender.")
    }


def _saved(state: GroupState, member: str) -> dict[str, int]:
    return {
        code.partition(".")[2]: -amount
        for (code, owner), amount in state.balances_minor.items()
        if owner == member and code.startswith("saving.")
    }


def _member(
    member: MemberState,
    state: GroupState,
    rules: Rules,
    on: date,
    loans: tuple[LoanGround, ...],
    end: GroupState | None,
) -> MemberGround:
    saved = _saved(state, member.id)
    at_end = _saved(end, member.id) if end else {}
    start = max((day for day in (member.joined, state.formed_on) if day), default=None)
    meetings = sum(1 for day in state.meeting_days if day < on and (start is None or day >= start))
    return MemberGround(
        id=member.id,
        number=member.number,
        name=member.name or member.code,
        father=member.father,
        nickname=member.nickname,
        joined=member.joined,
        left=member.left,
        saved_minor=saved,
        # compulsory saving falls due by the group's meetings, held or not, from the day she joined
        saving_due_minor={
            product.code: product.amount_minor * (meetings + 1) for product in rules.savings if product.compulsory
        },
        fines_owed_minor=state.balances_minor.get(("fines", member.id), 0),
        loans=loans,
        saved_at_end_minor={product: at_end.get(product, 0) for product in saved} if end else {},
    )


def next_number(number: str | None) -> str:
    """The number of the next meeting, as the group counts."""
    if number is None:
        return "1"
    return str(int(number) + 1) if number.isdecimal() else ""


def rules_on(desk: Desk, group: str, on: date, minor_digits: int) -> Rules:
    """The version of the rules in force on a day, or none."""
    found = [row for row in rules_rows(desk.book.db, group) if row[1] <= on]
    if not found:
        return NO_RULES
    name, _, content, _ = found[-1]
    rules, _ = read_rules(content, minor_digits, name)
    return rules


def loan_of(facts: LoanFacts, minor_digits: int) -> Loan:
    """A loan as the loan rules see it: its schedule as agreed at the start, and its movements."""
    movements = tuple(
        Movement(on, principal, interest, _KIND_OF_MOVEMENT.get(ENTRY_KINDS[kind], MovementKind.PAID))
        for on, principal, interest, kind in facts.movements
    )
    return Loan(facts.id, facts.on, schedule(terms_of(facts, minor_digits)), movements)


def terms_of(facts: LoanFacts, minor_digits: int) -> LoanTerms:
    """The terms a loan was given on. What cannot be read (a newer program's words) is one payment at the end."""
    try:
        terms = read_terms(
            facts.terms, principal_minor=facts.principal_minor, start=facts.on, minor_digits=minor_digits
        )
    except TermsError:
        terms = ()
    if isinstance(terms, tuple):
        return LoanTerms(facts.principal_minor, read_rate("0"), Method.BULLET, 1, facts.on)
    return terms
