"""What was agreed for a loan: amount, rate, method, number of instalments, grace, rounding, and the days they fall due.

Terms are read from the words people choose (`read_terms`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

from shg_desk.domain.money import ROUNDING_MODES
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import major
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem

INSTALMENTS_MAX = 600
EVERY_MAX = 366
RATE_PERCENT_MAX = 1000
RATE_DECIMALS_MAX = 18
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class RatePer(StrEnum):
    """The time the rate is named for; `period` is the time between two instalments, however long."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    PERIOD = "period"


class Method(StrEnum):
    """How debt and interest run: interest on the first amount, level instalment, level principal, all at the end."""

    FLAT = "flat"
    ANNUITY = "annuity"
    EQUAL_PRINCIPAL = "equal-principal"
    BULLET = "bullet"


class Unit(StrEnum):
    """What `every` counts between two instalments."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class GraceKind(StrEnum):
    """Interest of a grace period: waits for the next one charged, is dropped, or is taken as always."""

    POSTPONED = "postponed"
    FORGIVEN = "forgiven"
    CHARGED = "charged"


class Remainder(StrEnum):
    """Where the difference goes that rounding leaves: last instalment, first repaid principal, or all along."""

    LAST = "last"
    FIRST = "first"
    SPREAD = "spread"


PERIODS_A_YEAR = {Unit.MONTH: 12, Unit.WEEK: 52, Unit.DAY: 365}
RATES_A_YEAR = {RatePer.YEAR: 1, RatePer.MONTH: 12, RatePer.WEEK: 52}


class TermsError(ValueError):
    """Terms that cannot be kept; `fields` names every one that is impossible."""

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(", ".join(fields))


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """One loan's agreement; amounts in minor units of the group's currency, the rate in percent and exact.

    `first_due` is the first instalment's day before it is moved off a non-working one; without it one period after
    `start`. Instalments in grace are counted within `instalments`. `non_working_weekdays` counts Monday as 0.
    With `interest_at_start` all interest is taken when the money is handed out, and the instalments are principal only.
    `instalment_multiple_minor` rounds the level or flat instalment (with equal principal: the principal part).
    `coin_minor` is the smallest note or coin the loan is paid in: every instalment, its interest too, is whole coins.
    Raises TermsError naming each impossible field.
    """

    principal_minor: int
    rate_percent: Fraction
    method: Method
    instalments: int
    start: date
    rate_per: RatePer = RatePer.MONTH
    every: int = 1
    unit: Unit = Unit.MONTH
    first_due: date | None = None
    grace_principal: int = 0
    grace_interest: int = 0
    grace_kind: GraceKind = GraceKind.POSTPONED
    rounding: str = "half-even"
    remainder: Remainder = Remainder.LAST
    instalment_multiple_minor: int = 1
    non_working_weekdays: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    interest_at_start: bool = False
    coin_minor: int = 1

    def __post_init__(self) -> None:
        faults = [name for name, wrong in _faults(self) if wrong]
        if faults:
            raise TermsError(faults)


def _faults(terms: LoanTerms) -> Iterator[tuple[str, bool]]:
    """Each field with whether it is impossible."""
    count = terms.instalments
    yield "principal", terms.principal_minor <= 0
    yield "rate", not 0 <= terms.rate_percent <= RATE_PERCENT_MAX
    yield "every", not 1 <= terms.every <= EVERY_MAX
    # the longest calendar the program can name ends in 9999; nobody lends beyond a century
    beyond = count * terms.every * 366 // PERIODS_A_YEAR[terms.unit] > 366 * 200
    yield "instalments", not 1 <= count <= INSTALMENTS_MAX or beyond
    yield "first", terms.first_due is not None and terms.first_due < terms.start
    yield "from", terms.start.year > 9000 or (terms.first_due is not None and terms.first_due.year > 9000)
    yield "grace_principal", not 0 <= terms.grace_principal < max(count, 1)
    postponed = terms.grace_kind is GraceKind.POSTPONED
    # interest that waits needs a later instalment to be paid with
    yield "grace_interest", not 0 <= terms.grace_interest <= count - (1 if postponed and terms.grace_interest else 0)
    yield "rounding", terms.rounding not in ROUNDING_MODES
    yield "instalment_multiple", terms.instalment_multiple_minor < 1
    yield "coin", terms.coin_minor < 1
    yield "non_working", not terms.non_working_weekdays < frozenset(range(7))


def read_rate(text: str) -> Fraction:
    """The exact rate of a decimal text, comma or point: `2`, `1,5`, `9.4822`. Raises ValueError for anything else."""
    body = text.strip().replace(",", ".")
    if not body.replace(".", "", 1).isascii() or not body.replace(".", "", 1).isdigit():
        raise ValueError(text)
    if len(body.partition(".")[2]) > RATE_DECIMALS_MAX:  # a schedule of exact figures would take minutes
        raise ValueError(text)
    return Fraction(body)


def period_rate(terms: LoanTerms) -> Fraction:
    """The nominal rate of one period, whatever its days: yearly / 12, 52 or 365, times `every`.

    A monthly or weekly rate is first made yearly by 12 or 52; a rate per period is used as it is.
    """
    rate = terms.rate_percent / 100
    if terms.rate_per is RatePer.PERIOD:
        return rate
    return rate * RATES_A_YEAR[terms.rate_per] * terms.every / PERIODS_A_YEAR[terms.unit]


def planned_dates(terms: LoanTerms) -> tuple[date, ...]:
    """The due dates before any is moved: the day of month of the first one, cut at short months."""
    first = terms.first_due or _later(terms.start, terms.every, terms.unit)
    return tuple(_later(first, k * terms.every, terms.unit) for k in range(terms.instalments))


def due_dates(terms: LoanTerms) -> tuple[date, ...]:
    """The due dates, each moved forward off non-working days; the next one still counts from the planned one."""
    return tuple(_working_day(day, terms) for day in planned_dates(terms))


def _later(day: date, count: int, unit: Unit) -> date:
    if unit is Unit.MONTH:
        months = day.year * 12 + day.month - 1 + count
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    return day + timedelta(days=count * (7 if unit is Unit.WEEK else 1))


def _working_day(day: date, terms: LoanTerms) -> date:
    while day.weekday() in terms.non_working_weekdays or day in terms.holidays:
        day += timedelta(days=1)
    return day


def read_terms(
    words: Mapping[str, object], *, principal_minor: int, start: date, minor_digits: int = 2
) -> LoanTerms | tuple[Problem, ...]:
    """Terms from the words of a sheet or of a group's rules, or every field that cannot be read or kept.

    Words: `rate` (decimal text), `rate_per`, `method`, `instalments`, `every`, `unit`, `first` (ISO day),
    `grace_principal`, `grace_interest`, `grace_kind`, `rounding`, `remainder`, `instalment_multiple` and `coin` (major
    units), `non_working` (list of `sat` and ISO days), `interest_at_start` (true or false). `rate`, `method` and
    `instalments` must be there; others have the defaults of `LoanTerms`. A word not known is a problem too.
    """
    values: dict[str, object] = {}
    wrong = [name for name in ("rate", "method", "instalments") if words.get(name) is None]
    for word, typed in words.items():
        if typed is None or word in wrong:
            continue
        try:
            values.update(_value(word, typed, minor_digits))
        except (ValueError, TypeError, KeyError):
            wrong.append(word)
    if not wrong:
        try:
            return LoanTerms(principal_minor=principal_minor, start=start, **values)  # type: ignore[arg-type]
        except TermsError as error:
            wrong.extend(error.fields)
    return tuple(
        Problem(Code.TERMS_IMPOSSIBLE, where=name, facts={"field": name, "value": _shown(words.get(name))})
        for name in wrong
    )


CHOICES: Mapping[str, type[StrEnum]] = {
    "rate_per": RatePer,
    "method": Method,
    "unit": Unit,
    "grace_kind": GraceKind,
    "remainder": Remainder,
}
"""Words of terms that are chosen from a list."""

_COUNTS = frozenset({"instalments", "every", "grace_principal", "grace_interest"})
WORDS = (
    "rate", "rate_per", "method", "instalments", "every", "unit", "first", "grace_principal", "grace_interest",
    "grace_kind", "rounding", "remainder", "instalment_multiple", "coin", "non_working", "interest_at_start",
)  # fmt: skip
"""Every word of terms, see `read_terms`."""


def is_term(word: str, typed: object, minor_digits: int = 2) -> bool:
    """Whether one word of terms can be read and kept, whatever the others say; False for a word that is none."""
    others = {"rate": 0, "method": Method.FLAT.value, "instalments": INSTALMENTS_MAX}
    read = read_terms({**others, word: typed}, principal_minor=1, start=date.min, minor_digits=minor_digits)
    return isinstance(read, LoanTerms) or all(problem.where != word for problem in read)


def _value(word: str, typed: object, minor_digits: int) -> dict[str, object]:
    """The field or fields of `LoanTerms` that one word sets. Raises ValueError, TypeError or KeyError."""
    if word in _COUNTS:
        if isinstance(typed, bool):
            raise TypeError(word)
        return {word: int(typed) if isinstance(typed, int) else int(str(typed))}
    if word == "interest_at_start" and isinstance(typed, bool):
        return {word: typed}
    if word == "non_working":
        return _non_working(typed)
    if word == "rate" and isinstance(typed, int) and not isinstance(typed, bool):
        return {"rate_percent": Fraction(typed)}
    if not isinstance(typed, str):
        raise TypeError(word)
    if word in CHOICES:
        return {word: CHOICES[word](typed)}
    if word == "rate":
        return {"rate_percent": read_rate(typed)}
    if word == "first":
        return {"first_due": date.fromisoformat(typed)}
    if word == "rounding":
        return {word: typed}
    if word in ("instalment_multiple", "coin"):
        try:
            return {f"{word}_minor": parse_amount(typed, minor_digits)}
        except AmountError as error:
            raise ValueError(typed) from error
    raise KeyError(word)


def _non_working(typed: object) -> dict[str, object]:
    if not isinstance(typed, (list, tuple)):
        raise TypeError("non_working")
    weekdays = frozenset(WEEKDAYS.index(word) for word in typed if word in WEEKDAYS)
    holidays = frozenset(date.fromisoformat(word) for word in typed if word not in WEEKDAYS)
    return {"non_working_weekdays": weekdays, "holidays": holidays}


def _shown(typed: object) -> str | int | None:
    return typed if isinstance(typed, (str, int)) or typed is None else str(typed)


def rate_text(rate: Fraction) -> str:
    """The exact decimal text of a rate: 2 -> `2`, 3/2 -> `1.5`. Raises ValueError where no decimal is exact."""
    digits, scaled = 0, rate
    while scaled.denominator != 1:
        digits, scaled = digits + 1, scaled * 10
        if digits > 30:
            raise ValueError(rate)
    return major(scaled.numerator, digits)
