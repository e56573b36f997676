"""The words of the page that takes tables in: what a column means, what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.actions.import_people import Imported
from shg_desk.actions.views_import import SAVINGS
from shg_desk.actions.views_import import ColumnSeen
from shg_desk.actions.views_import import LineSeen
from shg_desk.actions.views_import import TableLook
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.tables.sheet import letters
from shg_desk.ui import tokens
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import money

MEANS: Mapping[str, Marked] = {
    "": N_("is not used"),
    "group": N_("code of the group"),
    "member": N_("number of the member"),
    "household": N_("code of the household"),
    "name": N_("name"),
    "surname": N_("surname"),
    "father_name": N_("father's name"),
    "sex": N_("sex"),
    "birth": N_("birth"),
    "village": N_("village"),
    "district": N_("district"),
    "phone": N_("phone"),
    "joined": N_("day of joining"),
    "role": N_("post in the group"),
    "date": N_("date"),
    "kind": N_("kind of money"),
    "amount": N_("sum"),
    "loan": N_("code of the loan"),
}

DOUBTFUL_SHOWN = 3
"""So many sentences about rows that were taken in and look wrong stand in the banner; the rest are counted."""

CELL_ONLY = (Code.SEX_UNKNOWN, Code.BIRTH_UNREADABLE, Code.DATE_UNREADABLE, Code.DATE_AMBIGUOUS)
"""In a list of people these cost only their cell: the person is taken in without it."""


def means(words: Words, code: str) -> str:
    """What a column is understood as."""
    return words.say(MEANS[code])


def column_columns(words: Words) -> tuple[Column, ...]:
    """Heads of the columns of a file."""
    return (
        Column("", 44),
        Column(words._("Heading"), 160, grows=1, wraps=True),
        Column(words._("Cells"), 220, grows=2, wraps=True),
        Column(words._("Means"), 170, wraps=True),
    )


def column_row(words: Words, one: ColumnSeen) -> Row:
    """One column of a file."""
    used = bool(one.means)
    cells = (
        Cell(letters(one.place), ink=tokens.INK2),
        Cell(one.header or words._("without a heading"), weight=tokens.MEDIUM if used else tokens.REGULAR),
        Cell(" · ".join(one.samples), ink=tokens.INK2),
        Cell(means(words, one.means), icon="tick" if used else "", icon_ink=tokens.GREEN),
    )
    return Row(cells, key=one.place)


def rows_title(words: Words, look: TableLook, *, is_done: bool) -> str:
    """How many rows of a file can be taken in, or were, with the sum they come to."""
    if is_done:
        count = words.n_("{n} row is in the book", "{n} rows are in the book", look.good)
    else:
        count = words.n_("{n} row can be taken in", "{n} rows can be taken in", look.good)
    title = count.format(n=formats.number(words, look.good))
    if look.kind == SAVINGS and look.good:
        total = formats.money(words, look.amount_minor, look.currency)
        title = words._("{what}, {sum} in all").format(what=title, sum=total)
    return title


def line_columns(words: Words, look: TableLook) -> tuple[Column, ...]:
    """Heads of the rows as they would be taken in."""
    first = (
        Column(words._("Row"), 56, right=True),
        Column(words._("Group"), 100, wraps=True),
        Column("№", 90, wraps=True),
        Column(words._("Name"), 170, grows=1, wraps=True),
    )
    if look.kind == SAVINGS:
        unit = formats.unit(words, look.currency.code)
        return (
            *first,
            Column(words._("What"), 110, wraps=True),
            Column(words._("Date"), 104),
            Column(words._("Sum, {unit}").format(unit=unit), 110, right=True, divider=True),
        )
    return (*first, Column(words._("Village"), 120, wraps=True), Column(words._("Birth"), 104))


def line_row(words: Words, one: LineSeen, currency: Currency) -> Row:
    """A row as it would be taken in."""
    what = ledger_words.what(words, one.what) if one.amount_minor is not None else one.what
    cells: tuple[Cell, ...] = (
        Cell(str(one.number), ink=tokens.INK2),
        Cell(one.group),
        Cell(one.member),
        Cell(one.name),
        Cell(what),
        _day(one),
    )
    if one.amount_minor is not None:
        cells = (*cells, money(formats.amount(words, one.amount_minor, currency)))
    return Row(cells, key=one.number)


def _day(one: LineSeen) -> Cell:
    """A date; of a birthday only what is known of it."""
    if one.on is None:
        return EMPTY
    whole = formats.date(one.on)
    return Cell({"year": whole[6:], "month": whole[3:]}.get(one.certainty, whole))


def problems_title(words: Words, look: TableLook) -> str:
    """How much of a file is wrong, and how much is only to be looked at."""
    wrong, doubtful = look.problem_count, look.warning_count
    parts = []
    if wrong:
        count = words.n_("{n} thing is wrong", "{n} things are wrong", wrong)
        parts.append(count.format(n=formats.number(words, wrong)))
    if doubtful:
        count = words.n_("{n} thing to look at", "{n} things to look at", doubtful)
        parts.append(count.format(n=formats.number(words, doubtful)))
    return ", ".join(parts)


def problem_columns(words: Words) -> tuple[Column, ...]:
    """Heads of what cannot be taken in."""
    return (Column(words._("Where"), 110, wraps=True), Column(words._("What is wrong"), 500, grows=1, wraps=True))


def problem_row(words: Words, one: Problem, at: int, currency: Currency) -> Row:
    """A problem with its row."""
    row = one.facts.get("row")
    where = words._("row {n}").format(n=row) if isinstance(row, int) else one.where
    return Row((Cell(where), Cell(sentence(words, one, currency), icon="triangle", icon_ink=tokens.AMBERMARK)), key=at)


def result_words(words: Words, found: Imported) -> str:
    """What came of an import, in one sentence."""
    parts = [
        words.n_("{n} entry was added", "{n} entries were added", found.entries).format(n=found.entries),
        words.n_("{n} member was added", "{n} members were added", found.members).format(n=found.members),
        words.n_("{n} household was added", "{n} households were added", found.households).format(n=found.households),
        words.n_("{n} person was filled in", "{n} people were filled in", found.filled).format(n=found.filled),
        words.n_("{n} was known already", "{n} were known already", found.known).format(n=found.known),
    ]
    counts = (found.entries, found.members, found.households, found.filled, found.known)
    told = [part for part, count in zip(parts, counts, strict=True) if count]
    return ", ".join(told) or words._("Nothing new was in the file")


def left_out_words(words: Words, found: Imported, *, is_people: bool) -> list[str]:
    """What stayed out, what was taken in part, and what is to be looked at, in sentences."""
    in_part = sum(one.code in CELL_ONLY for one in found.problems) if is_people else 0
    out = sum(one.level is Level.PROBLEM for one in found.problems) - in_part
    passed_over = [one for one in found.problems if one.code is Code.ROWS_PASSED_OVER]
    doubtful = [one for one in found.problems if one.level is Level.WARNING and one not in passed_over]
    below = [sentence(words, one) for one in passed_over]
    if out:
        left = words.n_("{n} row was not taken in", "{n} rows were not taken in", out)
        below.append(left.format(n=formats.number(words, out)))
    if in_part:
        kept = words.n_("of {n} row one thing was left out", "of {n} rows one thing each was left out", in_part)
        below.append(kept.format(n=formats.number(words, in_part)))
    if doubtful:
        look = words.n_("{n} row is to be looked at:", "{n} rows are to be looked at:", len(doubtful))
        below.append(look.format(n=formats.number(words, len(doubtful))))
        below += [sentence(words, one) for one in doubtful[:DOUBTFUL_SHOWN]]
    return below
