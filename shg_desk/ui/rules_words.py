"""A version of a group's rules in plain words: one line a rule, and what differs between two versions."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shg_desk.actions.rules_forms import ON_A_DAY
from shg_desk.domain.loan_terms import WEEKDAYS
from shg_desk.domain.loan_terms import rate_text
from shg_desk.domain.money import Currency
from shg_desk.domain.money import parse_amount
from shg_desk.domain.rhythm import Rhythm
from shg_desk.domain.rules import Rules
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Nn_
from shg_desk.i18n.catalog import Words

MONDAY = date(2024, 1, 1)
LIFECYCLES: Mapping[str, Marked] = {"share-out": N_("share-out cycle"), "permanent": N_("permanent fund")}
EACH: Mapping[str, Marked] = {"day": N_("each day"), "week": N_("each week"), "month": N_("each month")}
EVERY = {
    "day": Nn_("every {n} day", "every {n} days"),
    "week": Nn_("every {n} week", "every {n} weeks"),
    "month": Nn_("every {n} month", "every {n} months"),
}
UNITS: Mapping[str, Marked] = {"day": N_("days"), "week": N_("weeks"), "month": N_("months")}
RHYTHMS: Mapping[str, Marked] = {
    "": N_("every … weeks"),
    ON_A_DAY: N_("on a day of the month"),
    "1": N_("on the first such day of the month"),
    "2": N_("on the second such day of the month"),
    "3": N_("on the third such day of the month"),
    "4": N_("on the fourth such day of the month"),
    "5": N_("on the last such day of the month"),
}
GRACE: Mapping[str, Marked] = {
    "postponed": N_("waits for a later instalment"),
    "forgiven": N_("is not taken"),
    "charged": N_("is taken as always"),
}
ROUNDINGS: Mapping[str, Marked] = {
    "half-even": N_("to the nearest, a half to the even one"),
    "half-up": N_("to the nearest, a half upwards"),
    "up": N_("always upwards"),
    "down": N_("always downwards"),
    "none": N_("not at all"),
}
REMAINDERS: Mapping[str, Marked] = {
    "last": N_("into the last instalment"),
    "first": N_("into the first instalment"),
    "spread": N_("over all instalments"),
}
DUES: Mapping[str, Marked] = {
    "fine": N_("fine"),
    "fee": N_("fee"),
    "interest": N_("interest"),
    "principal": N_("principal"),
    "interest-overdue": N_("late interest"),
    "principal-overdue": N_("late principal"),
    "interest-due": N_("today's interest"),
    "principal-due": N_("today's principal"),
}
COLUMN_NAMES: Mapping[str, Marked] = {
    "other": N_("other money in"),
    "other-out": N_("other money out"),
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: a name of its own, its label, what is agreed."""

    key: str
    label: str
    agreed: str


def lifecycle(words: Words, code: str | None) -> str:
    """The kind of group; empty where it is not decided."""
    return words.say(LIFECYCLES[code]) if code is not None and code in LIFECYCLES else ""


def weekday(words: Words, number: int) -> str:
    """A weekday by its number from Monday as 0."""
    return formats.weekday(words, MONDAY.replace(day=1 + number))


def every(words: Words, number: int, unit: str) -> str:
    """A rhythm: each week, every 2 months."""
    if number == 1:
        return words.say(EACH[unit])
    return words.say_counted(EVERY[unit], number).format(n=number)


def meets(words: Words, rhythm: Rhythm) -> str:
    """The days a group meets on: Saturday every 2 weeks; each month, second Saturday; each month, on day 15."""
    said = []
    if rhythm.month_day:
        on_day = words._("on day {n}").format(n=rhythm.month_day)
        return words._("{rhythm}, {day}").format(rhythm=every(words, 1, "month"), day=on_day)
    if rhythm.is_monthly and rhythm.weekday is not None:
        nth = formats.nth_weekday(words, rhythm.month_week, rhythm.weekday)
        return words._("{rhythm}, {day}").format(rhythm=every(words, 1, "month"), day=nth)
    if rhythm.weekday is not None:
        said.append(weekday(words, rhythm.weekday))
    if rhythm.every_weeks or rhythm.weekday is not None:
        said.append(every(words, rhythm.every_weeks or 1, "week"))
    return " ".join(said)


def meets_short(words: Words, rhythm: Rhythm) -> str:
    """The same for a narrow column: the weekday, and which of the month; or the day of the month."""
    if rhythm.month_day:
        return words._("on day {n}").format(n=rhythm.month_day)
    if rhythm.weekday is None:
        return ""
    if rhythm.is_monthly:
        return formats.nth_weekday(words, rhythm.month_week, rhythm.weekday)
    return formats.weekday_short(words, MONDAY.replace(day=1 + rhythm.weekday))


def resting_days(words: Words, days: Sequence[str]) -> str:
    """Days no instalment falls on: weekdays by name, others as dates."""
    said = [weekday(words, WEEKDAYS.index(day)) if day in WEEKDAYS else formats.date(day) for day in days]
    return ", ".join(said)


def order(words: Words, named: Sequence[str]) -> str:
    """The order a repayment settles loans' dues in; fines have a column of their own."""
    said = [words.say(DUES[word]) for word in named if word in DUES and word not in ("fine", "fee")]
    return ", ".join(said)


def column(words: Words, name: str) -> str:
    """A column of the sheet, other money told apart by the way it goes."""
    return words.say(COLUMN_NAMES[name]) if name in COLUMN_NAMES else ledger_words.column(words, name).lower()


def rule_lines(words: Words, rules: Rules, currency: Currency) -> list[RuleLine]:
    """Every rule that is agreed, in the order of the form."""
    lines = [
        *_group_lines(words, rules),
        *_saving_lines(words, rules, currency),
        *_loan_lines(words, rules, currency),
        *_fine_lines(words, rules, currency),
    ]
    if rules.columns:
        said = ", ".join(column(words, name) for name in rules.columns)
        lines.append(RuleLine("columns", words._("Columns of the sheet"), said))
    return [line for line in lines if line.agreed]


def _group_lines(words: Words, rules: Rules) -> list[RuleLine]:
    say = words._
    days = [formats.date(day) if day else "…" for day in (rules.cycle_from, rules.cycle_until)]
    cycle = "\u2013".join(days) if rules.cycle_from or rules.cycle_until else ""
    quorum = say("{n} % of the members").format(n=rules.quorum_percent) if rules.quorum_percent else ""
    return [
        RuleLine("lifecycle", say("Kind of group"), lifecycle(words, rules.lifecycle)),
        RuleLine("cycle", say("Cycle"), cycle),
        RuleLine("meeting", say("Meets on"), f"{meets(words, rules.rhythm)} {rules.time}".strip()),
        RuleLine("quorum", say("Quorum"), quorum),
        RuleLine("age", say("Youngest member, years"), str(rules.minimum_age) if rules.minimum_age else ""),
    ]


def _saving_lines(words: Words, rules: Rules, currency: Currency) -> list[RuleLine]:
    say, made = words._, []
    for product in rules.savings:
        told = formats.money(words, product.amount_minor, currency) if product.amount_minor else say("any amount")
        owed = say("{sum}, every member owes it").format(sum=told) if product.compulsory else told
        made.append(RuleLine(f"saving.{product.code}", ledger_words.column(words, f"saving.{product.code}"), owed))
    if rules.share_price_minor:
        price = formats.money(words, rules.share_price_minor, currency)
        span = f"{rules.shares_min}\u2013{rules.shares_max}" if rules.shares_max else str(rules.shares_min)
        told = say("{sum}, {span} a meeting").format(sum=price, span=span)
        made.append(RuleLine("share", say("Price of a share"), told))
    if rules.social_minor:
        social = formats.money(words, rules.social_minor, currency)
        made.append(RuleLine("social", say("Social fund"), say("{sum} a meeting").format(sum=social)))
    return made


def _loan_lines(words: Words, rules: Rules, currency: Currency) -> list[RuleLine]:
    say, loan = words._, rules.loan_terms
    if not loan:
        return []
    price = ledger_words.terms(words, {k: v for k, v in loan.items() if k != "instalments"})
    count = loan.get("instalments")
    rhythm = every(words, int(loan.get("every") or 1), str(loan.get("unit") or "month"))
    number = words.n_("{n} instalment", "{n} instalments", count).format(n=count) if isinstance(count, int) else ""
    most = ""
    if rules.loan_multiple is not None:
        most = say("at most {n} times the savings").format(n=formats.number(words, rate_text(rules.loan_multiple)))
    answer = words.n_("{n} guarantor", "{n} guarantors", rules.guarantors).format(n=rules.guarantors)
    at_start = say("when the money is handed out") if loan.get("interest_at_start") else ""
    return [
        RuleLine("loan.price", say("Interest on loans"), price),
        RuleLine("loan.start", say("Interest is taken"), at_start),
        RuleLine("loan.count", say("Instalments"), ", ".join(part for part in (number, rhythm) if part)),
        RuleLine("loan.grace", say("At the beginning"), _grace(words, loan)),
        RuleLine("loan.rounding", say("Instalments are rounded"), _rounding(words, loan, currency)),
        RuleLine("loan.rest", say("No instalment falls on"), resting_days(words, loan.get("non_working") or ())),
        RuleLine("loan.most", say("Largest loan"), most),
        RuleLine("guarantors", say("Answer for a loan"), answer if rules.guarantors else ""),
        RuleLine("order", say("A repayment settles"), order(words, rules.order)),
    ]


def _grace(words: Words, loan: Mapping[str, object]) -> str:
    parts = []
    if isinstance(n := loan.get("grace_principal"), int) and n:
        parts.append(words.n_("{n} instalment without principal", "{n} instalments without principal", n).format(n=n))
    if isinstance(n := loan.get("grace_interest"), int) and n:
        told = words.n_("the interest of {n} instalment {what}", "the interest of {n} instalments {what}", n)
        parts.append(told.format(n=n, what=words.say(GRACE[str(loan.get("grace_kind") or "postponed")])))
    return ", ".join(parts)


def _rounding(words: Words, loan: Mapping[str, object], currency: Currency) -> str:
    """How instalments are rounded; nothing where it is the usual way."""
    multiple, way = loan.get("instalment_multiple"), str(loan.get("rounding") or "half-even")
    rest = str(loan.get("remainder") or "last")
    if not multiple and way == "half-even" and rest == "last":
        return ""
    parts = [words.say(ROUNDINGS[way])] if way != "half-even" else []
    if multiple:
        whole = formats.money(words, parse_amount(str(multiple), currency.minor_digits), currency)
        parts.insert(0, words._("to whole {sum}").format(sum=whole))
    parts.append(words._("what is over goes {where}").format(where=words.say(REMAINDERS[rest])))
    return ", ".join(parts)


def _fine_lines(words: Words, rules: Rules, currency: Currency) -> list[RuleLine]:
    return [
        RuleLine(
            f"fines.{fine.why}",
            words._("Fine: {why}").format(why=ledger_words.why(words, fine.why)),
            formats.money(words, fine.amount_minor, currency),
        )
        for fine in rules.fines
        if fine.amount_minor
    ]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that is not as before: its label, what was agreed (empty: nothing), what is agreed now."""

    label: str
    before: str
    after: str


def rule_changes(words: Words, before: Rules, after: Rules, currency: Currency) -> list[RuleChange]:
    """What a version changes, rule by rule."""
    old = {line.key: line for line in rule_lines(words, before, currency)}
    new = {line.key: line for line in rule_lines(words, after, currency)}
    found = []
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        if (was.agreed if was else "") != (now.agreed if now else ""):
            label = (now or was).label  # type: ignore[union-attr]
            found.append(RuleChange(label, was.agreed if was else "", now.agreed if now else ""))
    return found


def rules_summary(words: Words, rules: Rules, currency: Currency) -> str:
    """A version in one phrase: what a member meets at every meeting, and the price of a loan."""
    parts = []
    for line in rule_lines(words, rules, currency):
        if line.key in ("lifecycle", "meeting", "loan.price"):
            parts.append(line.agreed)
        elif line.key.startswith("saving.") or line.key in ("share", "social"):
            parts.append(words._("{what} {sum}").format(what=line.label.lower(), sum=line.agreed))
    return "; ".join(parts)
