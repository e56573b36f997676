"""A group's own rules as one dated, voted version: what is usual, what is allowed, how things are calculated.

A group without rules (made by an import, or not yet decided) is allowed everything that needs no figure of theirs, so
no shares, which have no price; nothing is proposed to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Any

from shg_desk.domain.accounts import is_account
from shg_desk.domain.allocation import DEFAULT_ORDER
from shg_desk.domain.allocation import order_problems
from shg_desk.domain.loan_terms import CHOICES
from shg_desk.domain.loan_terms import WORDS
from shg_desk.domain.loan_terms import is_term
from shg_desk.domain.loan_terms import read_rate
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import parse_amount
from shg_desk.domain.planned import age_on
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.rhythm import LAST_DAY
from shg_desk.domain.rhythm import LAST_IN_MONTH
from shg_desk.domain.rhythm import LAST_WEEKDAY
from shg_desk.domain.rhythm import MOST_WEEKS
from shg_desk.domain.rhythm import Rhythm
from shg_desk.domain.rhythm import clock_time

OLDEST = 120
"""No rule asks for more years than anybody has."""

SHARES = "share"
"""The savings product that shares are booked on."""

FINE_REASONS = ("late", "absent", "missed-saving", "late-repayment", "disturbance")
LIFECYCLES = ("share-out", "permanent")


@dataclass(frozen=True, slots=True)
class SavingProduct:
    """One kind of saving: its code, the usual amount in minor units (0: none), and whether every member owes it."""

    code: str
    amount_minor: int = 0
    compulsory: bool = False


@dataclass(frozen=True, slots=True)
class FineRule:
    """What is fined and with how much, in minor units."""

    why: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of a group's rules. `version` is the name of the operation that set it, None where there is none."""

    version: str | None = None
    lifecycle: str | None = None
    savings: tuple[SavingProduct, ...] = ()
    share_price_minor: int = 0
    shares_min: int = 0
    shares_max: int = 0
    social_minor: int = 0
    fines: tuple[FineRule, ...] = ()
    loan_terms: Mapping[str, Any] = field(default_factory=dict)
    loan_multiple: Fraction | None = None
    order: tuple[str, ...] = tuple(DEFAULT_ORDER)
    quorum_percent: int = 0
    weekday: int | None = None
    every_weeks: int = 0
    time: str = ""
    month_day: int = 0
    month_week: int = 0
    columns: tuple[str, ...] = ()
    guarantors: int = 0
    minimum_age: int = 0
    cycle_from: date | None = None
    cycle_until: date | None = None

    @property
    def none(self) -> bool:
        """True for a group that has no rules yet."""
        return self.version is None

    @property
    def rhythm(self) -> Rhythm:
        """How often and on which days the group meets."""
        return Rhythm(self.weekday, self.every_weeks, self.time, self.month_day, self.month_week)

    def below_age(self, birth: str | None, on: date) -> int | None:
        """The age (whole years) on a day of somebody born on an ISO day, where it is below the rule; else None.

        None where no rule is, or no birthday that a calendar knows. How surely the birthday is known changes nothing:
        what follows from it is a warning.
        """
        try:
            years = age_on(date.fromisoformat(birth or ""), on)
        except ValueError:
            return None
        return years if years < self.minimum_age else None

    def fine_minor(self, why: str) -> int:
        """The fine for a reason, 0 where the rules name none."""
        return next((fine.amount_minor for fine in self.fines if fine.why == why), 0)

    def quorum(self, members: int) -> int:
        """How many must be there, rounded up; 0 where the rules name no quorum."""
        return -(-members * self.quorum_percent // 100)


NO_RULES = Rules()


def read_rules(
    content: Mapping[str, Any], minor_digits: int, version: str | None = None
) -> tuple[Rules, list[Problem]]:
    """Rules from their content (amounts as decimal strings in major units), with every problem found.

    Content: `lifecycle`, `savings` [{code, amount, compulsory}], `share` {price, min, max}, `social`, `fines`
    {reason: amount}, `loan` (words of loan terms), `loan_multiple`, `order`, `quorum_percent`, `meeting` {weekday 0-6,
    every_weeks, time, and instead of weeks month_day 1-31 or month_week 1-5, see `Rhythm`}, `columns`, `guarantors`
    (how many answer for a loan), `minimum_age` (years; that a younger one joins is a warning), `cycle` {from, until}.
    What cannot be read, and a word of loan terms that is none, counts as not said; it stays in the record.
    """
    reader = _Reader(content, minor_digits)
    share = reader.table("share")
    meeting = reader.table("meeting")
    cycle = reader.table("cycle")
    rules = Rules(
        version=version,
        lifecycle=reader.word("lifecycle", LIFECYCLES),
        savings=tuple(reader.savings()),
        share_price_minor=reader.amount("share.price", share.get("price")),
        shares_min=reader.whole("share.min", share.get("min")),
        shares_max=reader.whole("share.max", share.get("max")),
        social_minor=reader.amount("social", content.get("social")),
        fines=tuple(
            FineRule(why, reader.amount(f"fines.{why}", amount)) for why, amount in reader.table("fines").items()
        ),
        loan_terms=reader.loan(),
        loan_multiple=reader.ratio("loan_multiple"),
        order=reader.order(),
        quorum_percent=reader.whole("quorum_percent", content.get("quorum_percent"), most=100),
        weekday=reader.weekday(meeting.get("weekday")),
        every_weeks=reader.whole("every_weeks", meeting.get("every_weeks"), most=MOST_WEEKS),
        time=clock_time(str(meeting.get("time", ""))),
        month_day=reader.whole("month_day", meeting.get("month_day"), most=LAST_DAY),
        month_week=reader.whole("month_week", meeting.get("month_week"), most=LAST_IN_MONTH),
        columns=reader.columns(),
        guarantors=reader.whole("guarantors", content.get("guarantors"), most=20),
        minimum_age=reader.whole("minimum_age", content.get("minimum_age"), most=OLDEST),
        cycle_from=reader.day("cycle.from", cycle.get("from")),
        cycle_until=reader.day("cycle.until", cycle.get("until")),
    )
    if rules.cycle_from and rules.cycle_until and rules.cycle_until <= rules.cycle_from:
        reader.wrong("cycle.until", cycle.get("until"))
    if rules.month_week and rules.weekday is None:
        reader.wrong("weekday")
    if rules.shares_max and rules.shares_max < rules.shares_min:
        reader.wrong("share.max")
    if rules.shares_max and not rules.share_price_minor:
        reader.wrong("share.price")
    return rules, reader.problems


_OF_MEETINGS = ("weekday", "every_weeks", "month_day", "month_week")
"""Words of `meeting` that a problem names by themselves, as the form of the rules does."""


def known_content(content: Mapping[str, Any], minor_digits: int) -> dict[str, Any]:
    """The content of rules without what cannot be read of it, so that a form can show it and go on from it."""
    left = dict(content)
    for problem in reversed(read_rules(content, minor_digits)[1]):  # from the end: places in lists stay what they are
        word, _, part = problem.where.partition(".")
        if word in _OF_MEETINGS:
            word, part = "meeting", word
        table = left.get(word)
        if part and isinstance(table, Mapping):
            left[word] = {name: said for name, said in table.items() if name != part}
        elif part and isinstance(table, list):
            left[word] = [said for at, said in enumerate(table, 1) if at != int(part)]
        else:
            left.pop(word, None)
    return left


class _Reader:
    """Reads the words of a rules content and collects what does not fit."""

    def __init__(self, content: Mapping[str, Any], minor_digits: int) -> None:
        self.content = content
        self.digits = minor_digits
        self.problems: list[Problem] = []

    def wrong(self, where: str, typed: object = None) -> None:
        self.problems.append(Problem(Code.RULE_UNREADABLE, where, {"text": None if typed is None else str(typed)}))

    def table(self, name: str) -> Mapping[str, Any]:
        value = self.content.get(name) or {}
        if isinstance(value, Mapping):
            return value
        self.wrong(name, value)
        return {}

    def listed(self, name: str) -> list[Any]:
        value = self.content.get(name) or []
        if isinstance(value, list):
            return value
        self.wrong(name, value)
        return []

    def amount(self, where: str, typed: object) -> int:
        if typed in (None, ""):
            return 0
        try:
            found = parse_amount(str(typed), self.digits, grouped=False)
        except AmountError:
            found = -1
        if found < 0:
            self.wrong(where, typed)
            return 0
        return found

    def whole(self, where: str, typed: object, most: int = 10_000) -> int:
        if typed in (None, ""):
            return 0
        if type(typed) is int and 0 <= typed <= most:
            return typed
        self.wrong(where, typed)
        return 0

    def weekday(self, typed: object) -> int | None:
        found = self.whole("weekday", typed, most=LAST_WEEKDAY)
        return found if typed == found and type(typed) is int else None  # Monday is 0

    def day(self, where: str, typed: object) -> date | None:
        if typed in (None, ""):
            return None
        try:
            return date.fromisoformat(str(typed))
        except ValueError:
            self.wrong(where, typed)
            return None

    def word(self, name: str, allowed: tuple[str, ...]) -> str | None:
        value = self.content.get(name)
        if value is None or value in allowed:
            return value
        self.wrong(name, value)
        return None

    def ratio(self, name: str) -> Fraction | None:
        value = self.content.get(name)
        if value in (None, ""):
            return None
        try:
            return read_rate(str(value))
        except ValueError:
            self.wrong(name, value)
            return None

    def columns(self) -> tuple[str, ...]:
        value = self.listed("columns")
        if all(isinstance(column, str) for column in value):
            return tuple(value)
        self.wrong("columns", value)
        return ()

    def loan(self) -> dict[str, Any]:
        """The words of loan terms that can be read, each by itself; whether they go together is asked of a loan."""
        said = self.table("loan")
        kept = {word: typed for word, typed in said.items() if typed is None or is_term(word, typed, self.digits)}
        for word in sorted(said.keys() - kept.keys()):
            place = f"loan.{word}"
            if word not in WORDS:
                self.problems.append(Problem(Code.RULE_UNKNOWN, place, {"word": word, "known": ", ".join(WORDS)}))
                continue
            known = ", ".join(CHOICES[word]) if word in CHOICES else None
            self.problems.append(Problem(Code.RULE_UNREADABLE, place, {"text": str(said[word]), "known": known}))
        return kept

    def order(self) -> tuple[str, ...]:
        value = self.content.get("order")
        if not value:
            return tuple(DEFAULT_ORDER)
        if not isinstance(value, list) or not all(isinstance(w, str) for w in value) or order_problems(value):
            self.wrong("order", value)
            return tuple(DEFAULT_ORDER)
        return tuple(value)

    def savings(self) -> list[SavingProduct]:
        found = []
        for index, product in enumerate(self.listed("savings")):
            where = f"savings.{index + 1}"
            code = product.get("code") if isinstance(product, Mapping) else None
            if not isinstance(code, str) or not is_account(f"saving.{code}"):
                self.wrong(where, code)
                continue
            amount = self.amount(where, product.get("amount"))
            found.append(SavingProduct(code, amount, bool(product.get("compulsory"))))
        return found
