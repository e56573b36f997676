"""What a correction will write and what it changes, in words: the same on the ledger's page and on a meeting's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from shg_desk.actions.views_entry import Preview
from shg_desk.domain.corrections import IN_DIFFERENCES
from shg_desk.domain.corrections import MOVES_TODAY
from shg_desk.domain.loan_schedule import schedule_of
from shg_desk.domain.sheet_posting import NewLoan
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui import tokens
from shg_desk.ui.ledger_detail import line_words
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import money


def cash_choices(words: Words, counted: bool) -> list[tuple[object, str]]:
    """Where the money of a correction is; `counted`: it was counted since."""
    right = words._("the box was counted right: name a cash difference")
    never = words._("it was never so: nobody has counted since, put the box right too")
    return [
        (IN_DIFFERENCES, right if counted else never),
        (MOVES_TODAY, words._("money changes hands today")),
    ]


def written_words(words: Words, preview: Preview) -> list[str]:
    """What is taken back, what is written instead, and the day it counts from."""
    parts = [
        words._("Taken back: {what}").format(what=line_words(words, one, preview.currency)) for one in preview.gone
    ]
    parts += [words._("Written: {what}").format(what=line_words(words, one, preview.currency)) for one in preview.fresh]
    parts += [_dues(words, preview, new) for new in preview.plan.new_loans]
    takes = words._("Takes effect on {date}.").format(date=formats.date(preview.on))
    return [*parts, takes, *warning_words(words, preview)]


def _dues(words: Words, preview: Preview, new: NewLoan) -> str:
    """When and how much is due of a loan that is given again."""
    digits = preview.currency.minor_digits
    dues = schedule_of(new.terms, principal_minor=new.amount_minor, start=preview.on, minor_digits=digits)
    return new.code if dues is None else f"{new.code}: {ledger_words.loan_dues(words, dues, preview.currency)}"


def warning_words(words: Words, preview: Preview) -> list[str]:
    """What it can be written in spite of, and should be looked at."""
    return [sentence(words, one, preview.currency) for one in preview.warnings]


def effect_columns(words: Words, on: date | None = None) -> tuple[Column, ...]:
    """The heads of the table of effects: of today's sums, or of those of a day."""
    of_day = words._("What changes on {date}").format(date=formats.date(on)) if on is not None else ""
    return (
        Column(of_day or words._("What changes today"), 260, grows=1, wraps=True),
        Column(words._("Before") if on is not None else words._("Now"), 110, right=True),
        Column(words._("Afterwards"), 110, right=True),
    )


def effect_rows(words: Words, preview: Preview) -> list[Row]:
    """A row an account: what stands there now and what will."""
    return [
        Row(
            (
                Cell(_account(words, one.account, one.who, preview.names)),
                money(_sum(words, one.account, one.before_minor, preview)),
                money(_sum(words, one.account, one.after_minor, preview), weight=tokens.SEMIBOLD),
            ),
            key=(one.account, one.who),
        )
        for one in preview.effects
    ]


def _sum(words: Words, account: str, amount_minor: int, preview: Preview) -> str:
    """What stands on an account; of cash differences whether it is missing or over."""
    if account != "differences" or not amount_minor:
        return formats.money(words, amount_minor, preview.currency)
    text = words._("{sum} short") if amount_minor > 0 else words._("{sum} over")
    return text.format(sum=formats.money(words, abs(amount_minor), preview.currency))


def _account(words: Words, code: str, who: str, names: Mapping[str, str]) -> str:
    name = ledger_words.account(words, code, names)
    return words._("{what}: {name}").format(what=name, name=who) if who else name
