"""The loans of a group's members as the loan rules see them: which are open on a day, and how each of all stands."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from shg_desk.domain.loan_book import Loan
from shg_desk.domain.loan_book import LoanState
from shg_desk.domain.loan_book import Movement
from shg_desk.domain.loan_book import MovementKind
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.loan_schedule import Schedule
from shg_desk.domain.loan_schedule import schedule
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import read_rate
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.sheet import LoanGround
from shg_desk.store.group_state import GroupState
from shg_desk.store.loans import LoanMovement
from shg_desk.store.loans import LoanRow

_KIND_OF_MOVEMENT = {"write-off": MovementKind.WRITTEN_OFF, "forgiven": MovementKind.FORGIVEN}


@dataclass(frozen=True, slots=True)
class LoansOf:
    """The loans of a member on a day: `open` are those with anything left to pay, or of which nobody knows when;
    `stand` is of every loan of hers its code, its id and how it stands.
    """

    open: tuple[LoanGround, ...] = ()
    stand: tuple[tuple[str, str, LoanState], ...] = ()


NO_LOANS = LoansOf()


def loans_on(
    state: GroupState, on: date, end: GroupState | None = None, rewritten: Collection[str | None] = ()
) -> dict[str, LoansOf]:
    """By member (id); `end` is the state with later days, where there are any.

    What was paid on the `rewritten` loans is being put right: they are open, whatever is left; one that was taken back
    asks for nothing.
    """
    found: dict[str, LoansOf] = {}
    at_end = {row.id: row for row in end.loans} if end else {}
    for row in state.loans:
        loan = loan_of(row, state.group.currency.minor_digits)
        stands, hers = state_of(row, loan, on), found.get(row.member.id, NO_LOANS)
        is_open = row.is_given and (stands.left_to_pay_minor or not loan.movements)
        known, then = {move.entry for move in row.movements}, at_end.get(row.id, row)
        since = [move for move in then.movements if move.entry not in known]
        lent = [move.on for move in (since if row.is_given else then.movements) if move.is_lent]
        taken_back = None if then.is_given else max(lent, default=None)
        asked = loan.schedule if row.is_given else Schedule(())
        ahead = replace(loan, schedule=asked, later=_movements(since), taken_back=taken_back)
        opened = (LoanGround(row.id, row.code, ahead),) if is_open or row.id in rewritten else ()
        found[row.member.id] = LoansOf((*hers.open, *opened), (*hers.stand, (row.code, row.id, stands)))
    return found


def loan_of(row: LoanRow, minor_digits: int) -> Loan:
    """A loan as the loan rules see it: its schedule as agreed at the start, and its movements."""
    terms = terms_of(row, minor_digits)
    return Loan(row.id, row.on, schedule(terms) if terms is not None else Schedule(()), _movements(row.since_given))


def state_of(row: LoanRow, loan: Loan, on: date) -> LoanState:
    """How a loan stands on a day. Of one that was taken back nothing was lent: all that was paid on it is too much."""
    if not row.is_given:
        loan = replace(loan, schedule=Schedule(()), movements=_movements(row.movements))
    return loan_on(loan, on)


def _movements(found: Iterable[LoanMovement]) -> tuple[Movement, ...]:
    return tuple(
        Movement(one.on, one.principal_minor, one.interest_minor, _KIND_OF_MOVEMENT.get(one.kind, MovementKind.PAID))
        for one in found
    )


def terms_of(row: LoanRow, minor_digits: int) -> LoanTerms | None:
    """The terms a loan was given on; None where nothing was lent. What cannot be read (a newer program's words) is one
    payment at the end.
    """
    if row.principal_minor <= 0:
        return None
    terms = read_terms(row.terms, principal_minor=row.principal_minor, start=row.on, minor_digits=minor_digits)
    if isinstance(terms, LoanTerms):
        return terms
    return LoanTerms(row.principal_minor, read_rate("0"), Method.BULLET, 1, row.on)
