"""The terms of a new loan asked for: the same questions on the meeting sheet and for a loan given between meetings."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import RatePer
from shg_desk.domain.loan_terms import Unit
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet_cash import agreed_terms
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui.asked import Asked
from shg_desk.ui.asked import Question
from shg_desk.ui.asked_values import Reads

NAMES = ("rate", "rate_per", "method", "instalments", "every", "unit", "first")


def loan_question(
    words: Words, ground: Ground, title: str, given: Out, done: Callable[[Out], None], borrower: str | None = None
) -> Question:
    """Asks for what `given` leaves open; `done` gets it with terms (those that differ from the rules), purpose, names.

    What the group's rules say is proposed; a first day left empty is one period after the loan. The borrower, by id,
    answers for no loan of her own.
    """
    rules = ground.rules.loan_terms
    agreed = {**rules, **(given.terms or {})}
    reads = Reads(words, ground)

    def take(values: list[Any]) -> None:
        *typed, purpose, answering = values
        terms = {name: value for name, value in zip(NAMES, typed, strict=True) if value is not None}
        if "first" in terms:
            terms["first"] = terms["first"].isoformat()
        rest = {name: value for name, value in (given.terms or {}).items() if name not in NAMES}
        differing = {**rest, **{name: value for name, value in terms.items() if value != rules.get(name)}}
        done(replace(given, terms=differing or None, text=purpose or None, guarantors=answering))

    def check(values: list[Any]) -> tuple[int, str] | None:
        """Terms that no loan of this sum can have."""
        typed = {name: value for name, value in zip(NAMES, values, strict=False) if value is not None}
        if "first" in typed:
            typed["first"] = typed["first"].isoformat()
        said = agreed_terms(ground, {**(given.terms or {}), **typed})
        digits = ground.currency.minor_digits
        read = read_terms(said, principal_minor=given.amount_minor, start=ground.on, minor_digits=digits)
        wrong = read if isinstance(read, tuple) and given.amount_minor > 0 else ()
        return next(((NAMES.index(one.where), sentence(words, one)) for one in wrong if one.where in NAMES), None)

    fields = (*_fields(words, agreed, reads), *_said(words, ground, given, reads, borrower))
    return Question(title, fields, take, breaks=(len(NAMES) - 1,), check=check, name=title)


def _fields(words: Words, agreed: dict[str, Any], reads: Reads) -> Sequence[Asked]:
    pers = tuple((p.value, _per(words, p)) for p in RatePer)
    methods = tuple((m.value, _method(words, m)) for m in Method)
    units = tuple((u.value, _unit(words, u)) for u in Unit)

    def shown(pairs: tuple[tuple[Any, str], ...], name: str, default: str) -> str:
        return str(dict(pairs)[str(agreed.get(name) or default)])

    def number(name: str, default: object = "") -> str:
        return str(agreed.get(name, default))

    day = formats.date(agreed["first"]) if agreed.get("first") else ""
    usual = words._("Empty: one time unit after the loan. The day alone is enough")
    return (
        Asked(words._("Rate, %"), 70, number("rate"), reads.rate),
        Asked(words._("Rate is for"), 110, shown(pers, "rate_per", "month"), None, pers),
        Asked(words._("How it runs"), 190, shown(methods, "method", "flat"), None, methods),
        Asked(words._("Instalments"), 90, number("instalments"), reads.count),
        Asked(words._("Once in"), 60, number("every", 1), reads.count),
        Asked(words._("Time unit"), 100, shown(units, "unit", "month"), None, units),
        Asked(words._("First payment"), 130, day, reads.day_from_now, (), usual),
    )


def _said(words: Words, ground: Ground, given: Out, reads: Reads, borrower: str | None) -> Sequence[Asked]:
    found = (ground.member(one) for one in given.guarantors)
    numbers = ", ".join(one.number for one in found if one is not None)
    asked_for = ground.rules.guarantors
    hint = words._("Numbers of members, with commas between them")
    if asked_for:
        few = words.n_("The rules ask for {n} guarantor", "The rules ask for {n} guarantors", asked_for)
        hint = f"{few.format(n=asked_for)}. {hint}"
    return (
        Asked(words._("What it is for"), 300, given.text or "", None, (), words._("May stay empty"), letters=True),
        Asked(words._("Guarantors, №"), 140, numbers, lambda text: reads.guarantors(text, borrower), (), hint),
    )


def _per(words: Words, per: RatePer) -> str:
    return {
        RatePer.YEAR: words._("year"),
        RatePer.MONTH: words._("month"),
        RatePer.WEEK: words._("week"),
        RatePer.PERIOD: words._("time between instalments"),
    }[per]


def _method(words: Words, method: Method) -> str:
    return {
        Method.FLAT: words._("on the first sum"),
        Method.ANNUITY: words._("level instalment"),
        Method.EQUAL_PRINCIPAL: words._("on what is left"),
        Method.BULLET: words._("all at the end"),
    }[method]


def _unit(words: Words, unit: Unit) -> str:
    return {Unit.DAY: words._("days"), Unit.WEEK: words._("weeks"), Unit.MONTH: words._("months")}[unit]
