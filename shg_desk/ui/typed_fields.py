"""What stands in a single field of a page: a day, a sum, a number of votes; what cannot be read is told there."""

from __future__ import annotations

from datetime import date

from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet_draft import typed_minor
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui.parts.field import Field


def typed_day(words: Words, field: Field, reference: date | None) -> tuple[date | None, bool]:
    """The day typed (None: nothing), and whether it can be read; one without a year is near `reference`."""
    text = field.text()
    field.tell_problem("")
    if not text:
        return None, True
    try:
        return parse_date(text, reference=reference), True
    except DateError as trouble:
        field.tell_problem(sentence(words, Problem(trouble.code, "date", {"text": text})))
        return None, False


def typed_sum(words: Words, field: Field, currency: Currency | None) -> int | None:
    """The sum typed in minor units, 0 for nothing; None where it cannot be read, or the currency is not known yet."""
    text = field.text()
    field.tell_problem("")
    if not text:
        return 0
    if currency is None:
        return None
    try:
        return typed_minor(text, currency.minor_digits)
    except AmountError as trouble:
        field.tell_problem(sentence(words, Problem(trouble.code, "amount"), currency))
        return None


def typed_votes(words: Words, field: Field) -> tuple[int | None, bool]:
    """The votes typed (None: nothing), and whether they are a number of votes."""
    text = field.text()
    fine = not text or (text.isascii() and text.isdecimal() and len(text) < 4)
    field.tell_problem("" if fine else words._("A number of votes"))
    return (int(text) if text and fine else None), fine
