"""A loan's instalments worked out from its terms: exact rates, whole minor units, principal that adds up to the loan.

The interest of a period is its nominal rate on the rounded balance (flat: on the first amount), rounded by the mode
of the terms to whole coins of theirs. Formulas: level instalment = balance / sum of the discount factors of the
periods left.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from itertools import pairwise
from math import lcm

from shg_desk.domain.loan_terms import GraceKind
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import Remainder
from shg_desk.domain.loan_terms import due_dates
from shg_desk.domain.loan_terms import period_rate
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.money import round_ratio
from shg_desk.domain.problems import BugError


@dataclass(frozen=True, slots=True)
class Instalment:
    """One line of a schedule, in minor units; `balance_minor` is the principal left after it.

    Numbers start at 1; number 0 is interest taken when the money is handed out.
    """

    n: int
    due: date
    principal_minor: int
    interest_minor: int
    balance_minor: int
    fee_minor: int = 0

    @property
    def total_minor(self) -> int:
        """What is to be brought that day."""
        return self.principal_minor + self.interest_minor + self.fee_minor


@dataclass(frozen=True, slots=True)
class Schedule:
    """The instalments of one loan in the order they fall due."""

    instalments: tuple[Instalment, ...]

    def __post_init__(self) -> None:
        if any(earlier.due > later.due for earlier, later in pairwise(self.instalments)):
            raise ValueError("instalments out of order")

    @property
    def principal_minor(self) -> int:
        """The whole loan."""
        return sum(line.principal_minor for line in self.instalments)

    @property
    def interest_minor(self) -> int:
        """All interest of the loan."""
        return sum(line.interest_minor for line in self.instalments)

    @property
    def total_minor(self) -> int:
        """Everything to be paid: principal, interest and fees."""
        return sum(line.total_minor for line in self.instalments)


def schedule_of(
    words: Mapping[str, object], *, principal_minor: int, start: date, minor_digits: int = 2
) -> Schedule | None:
    """The schedule of terms in words (as `read_terms` reads them); None where they cannot be read or kept."""
    terms = read_terms(words, principal_minor=principal_minor, start=start, minor_digits=minor_digits)
    return schedule(terms) if isinstance(terms, LoanTerms) else None


@lru_cache(maxsize=4096)
def schedule(terms: LoanTerms) -> Schedule:
    """The instalments of a loan by its terms, every figure in minor units; a list asks for the same ones again.

    Of `Remainder`: *last*, the last principal is what is left (flat: total interest is rounded once, the last interest
    takes its rest); *first*, built level, the difference goes into the first repaid principal; *spread*, worked out
    anew each period from what is left. An instalment never takes more principal than is left, nor less than none: where
    a coarse multiple repays a loan early, the lines after it are empty. Every line is whole coins of the terms where
    the loan itself is.
    """
    if terms.method is Method.FLAT:
        principals, interests = _flat(terms)
    else:
        principals, interests = _declining(terms)
    if terms.remainder is Remainder.FIRST:
        principals = _difference_first(terms, principals)
    interests = _after_grace(terms, interests)
    balances = [terms.principal_minor - repaid for repaid in accumulate(principals)]
    if balances[-1] != 0 or min(principals) < 0 or min(interests) < 0:
        raise BugError(f"a schedule that does not add up: {terms}")
    taken: tuple[Instalment, ...] = ()
    if terms.interest_at_start:
        taken = (Instalment(0, terms.start, 0, sum(interests), terms.principal_minor),)
        interests = [0] * len(interests)
    lines = zip(due_dates(terms), principals, interests, balances, strict=True)
    return Schedule((*taken, *(Instalment(n, *line) for n, line in enumerate(lines, start=1))))


def taken_at_start_minor(terms: LoanTerms) -> int:
    """The interest that is taken of a loan when it is handed out: all of it where the terms say so, else none."""
    return schedule(terms).interest_minor if terms.interest_at_start else 0


def _declining(terms: LoanTerms) -> tuple[list[int], list[int]]:
    """Principal and interest of each period where interest runs on the balance."""
    rate = period_rate(terms)

    def interest(_k: int, balance: int) -> int:
        return _coins(terms, balance * rate)

    if terms.method is Method.ANNUITY:
        return _repay(terms, interest, _annuity_principal(terms, rate))
    if terms.method is Method.EQUAL_PRINCIPAL:
        return _repay(terms, interest, _equal_principal(terms))
    return _repay(terms, interest, lambda k, balance, _interest: balance if k == terms.instalments - 1 else 0)


def _repay(
    terms: LoanTerms, interest_of: Callable[[int, int], int], wanted: Callable[[int, int, int], int]
) -> tuple[list[int], list[int]]:
    """Run the periods: `interest_of(k, balance)`, then the principal `wanted(k, balance, interest)`, k from 0.

    With the remainder *first* the principals stay as wanted and may miss the loan by the rounding.
    """
    level = terms.remainder is Remainder.FIRST
    balance = terms.principal_minor
    principals, interests = [], []
    for k in range(terms.instalments):
        interest = interest_of(k, max(balance, 0))
        principal = max(wanted(k, balance, interest), 0) if k >= terms.grace_principal else 0
        if not level:
            principal = balance if k == terms.instalments - 1 else min(principal, balance)
        balance -= principal
        principals.append(principal)
        interests.append(interest)
    return principals, interests


def _annuity_principal(terms: LoanTerms, rate: Fraction) -> Callable[[int, int, int], int]:
    """Level instalment less interest; with the remainder *spread* the instalment is found anew each period."""
    worth = [Fraction(0)] * (terms.instalments + 1)  # of 1 at the end of period k and of each later one, at its start
    for k in reversed(range(terms.grace_principal, terms.instalments)):
        worth[k] = (1 + worth[k + 1]) / (1 + rate)
    level = _whole(terms, terms.principal_minor / worth[terms.grace_principal])

    def principal(k: int, balance: int, interest: int) -> int:
        if terms.remainder is Remainder.SPREAD:
            return _whole(terms, balance / worth[k]) - interest
        return level - interest

    return principal


def _equal_principal(terms: LoanTerms) -> Callable[[int, int, int], int]:
    """The same part of the loan each period; with the remainder *spread* what is left over the periods left."""
    level = _whole(terms, Fraction(terms.principal_minor, terms.instalments - terms.grace_principal))

    def principal(k: int, balance: int, _interest: int) -> int:
        if terms.remainder is Remainder.SPREAD:
            return _whole(terms, Fraction(balance, terms.instalments - k))
        return level

    return principal


def _flat(terms: LoanTerms) -> tuple[list[int], list[int]]:
    """Principal and interest of each period where interest runs on the first amount to the end."""
    exact = terms.principal_minor * period_rate(terms)
    interests = _flat_interests(terms, exact)
    if terms.instalment_multiple_minor == 1:
        return _repay(terms, lambda k, _balance: interests[k], _equal_principal(terms))
    level = _whole(terms, Fraction(terms.principal_minor, terms.instalments - terms.grace_principal) + exact)

    def principal(k: int, balance: int, interest: int) -> int:
        if terms.remainder is Remainder.SPREAD:
            left = balance + sum(interests[k:])
            return _whole(terms, Fraction(left, terms.instalments - k)) - interest
        return level - interest

    return _repay(terms, lambda k, _balance: interests[k], principal)


def _flat_interests(terms: LoanTerms, exact: Fraction) -> list[int]:
    """The flat interest of each period; none in those that are forgiven. `exact` is one period's, unrounded."""
    dropped = terms.grace_interest if terms.grace_kind is GraceKind.FORGIVEN else 0
    count = terms.instalments - dropped
    level = _coins(terms, exact)
    if terms.remainder is Remainder.FIRST:
        return [0] * dropped + [level] * count
    left = _coins(terms, exact * count)
    interests = [0] * dropped
    for periods_left in range(count, 0, -1):
        if terms.remainder is Remainder.SPREAD:
            part = _coins(terms, Fraction(left, periods_left))
        else:
            part = left if periods_left == 1 else min(level, left)
        interests.append(part)
        left -= part
    return interests


def _difference_first(terms: LoanTerms, principals: Sequence[int]) -> list[int]:
    """The difference to the loan in the first repaid principal; what would make that negative goes on to the next."""
    fixed = list(principals)
    difference = terms.principal_minor - sum(principals)
    for k in range(terms.grace_principal, len(fixed)):
        fixed[k], difference = max(fixed[k] + difference, 0), min(fixed[k] + difference, 0)
    return fixed


def _after_grace(terms: LoanTerms, interests: Sequence[int]) -> list[int]:
    """Interest as it is to be paid: of the grace periods it waits for the next one, is dropped, or stays."""
    grace = terms.grace_interest
    if grace == 0 or terms.grace_kind is GraceKind.CHARGED:
        return list(interests)
    waiting = sum(interests[:grace]) if terms.grace_kind is GraceKind.POSTPONED else 0
    rest = list(interests[grace:])
    if rest:
        rest[0] += waiting
    return [0] * grace + rest


def _coins(terms: LoanTerms, exact: Fraction) -> int:
    """Interest rounded to whole coins."""
    return _rounded(exact, terms.coin_minor, terms.rounding)


def _whole(terms: LoanTerms, exact: Fraction) -> int:
    """An instalment rounded to the multiple the group uses, in whole coins."""
    return _rounded(exact, lcm(terms.instalment_multiple_minor, terms.coin_minor), terms.rounding)


def _rounded(exact: Fraction, unit_minor: int, mode: str) -> int:
    return round_ratio(exact / unit_minor, mode) * unit_minor
