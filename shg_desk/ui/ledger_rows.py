"""The lines of the ledger as cells: date and meeting written once, corrections named, totals at the foot."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date

from shg_desk.actions.record_states import Reached
from shg_desk.actions.views_ledger import LedgerView
from shg_desk.domain.money import Currency
from shg_desk.domain.statement import GroupRow
from shg_desk.domain.statement import Statement
from shg_desk.domain.statement import StatementRow
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.cells import state
from shg_desk.ui.parts.state_bars import state_word

WHERES: Mapping[str, Marked] = {
    "between": N_("Between meetings"),
    "count": N_("Count"),
    "import": N_("From a table"),
    "opening": N_("Opening sheet"),
    "correction": N_("Correction"),
}
BARS_OF_FOUR = {"saved": 1, "backed-up": 2, "on-its-way": 2, "received": 3, "reconciled": 4}
BARS_OF_TWO = {"saved": 1, "backed-up": 2}


def ledger_columns(words: Words, currency: Currency, account: str = "") -> tuple[Column, ...]:
    """Heads of an account; nothing came in where cash differences are kept: money was missing or over."""
    unit = formats.unit(words, currency.code)
    heads = (words._("In, {unit}"), words._("Out, {unit}"))
    if account == "differences":
        heads = (words._("Missing, {unit}"), words._("Over, {unit}"))
    return (
        Column(words._("Date"), 100, fixed=True),
        Column(words._("Recorded"), 100),
        Column("№", 52, right=True, fixed=True),
        Column(words._("Where"), 170, wraps=True),
        Column(words._("What"), 250, grows=1, wraps=True, fixed=True),
        Column(heads[0].format(unit=unit), 100, right=True, divider=True, fixed=True),
        Column(heads[1].format(unit=unit), 100, right=True, fixed=True),
        Column(words._("Left, {unit}").format(unit=unit), 104, right=True, divider=True, fixed=True),
        Column(words._("State"), 90),
    )


def span(view: LedgerView) -> str:
    """The days asked for; where none is, those of the first and the last line."""
    rows = view.statement.rows
    first = view.wish.since or (rows[0].effective if rows else None)
    last = view.wish.until or (rows[-1].effective if rows else None)
    return " \u2013 ".join(formats.date(day) for day in (first, last) if day is not None)


def reached_word(words: Words, reached: Reached | None) -> str:
    """The word of how far a record has come; empty where that is not known."""
    if reached is None:
        return ""
    bars = BARS_OF_TWO if reached.of == 2 else BARS_OF_FOUR
    return state_word(words, bars.get(reached.state, 1), of=reached.of).lower()


def state_cell(words: Words, name: str, of: int) -> Cell:
    """The bars of a state; its word is spoken and a tip."""
    filled = BARS_OF_TWO.get(name, 1) if of == 2 else BARS_OF_FOUR.get(name, 1)
    return state(filled, state_word(words, filled, of=of), of=of, bars_only=True)


def amount_cell(words: Words, amount_minor: int, currency: Currency) -> Cell:
    """A sum in the table; nothing for nothing."""
    return money(formats.amount(words, amount_minor, currency)) if amount_minor else EMPTY


def heavy(words: Words, amount_minor: int, currency: Currency) -> Cell:
    """A balance or a total."""
    return money(formats.amount(words, amount_minor, currency), weight=tokens.SEMIBOLD)


def ledger_lines(words: Words, view: LedgerView, opened: Collection[str]) -> list[Row]:
    """Every line, with the lines behind those that are opened, under the line of what stood there before."""
    statement, currency = view.statement, view.currency
    first = view.wish.since or (statement.rows[0].effective if statement.rows else None)
    made = [] if view.wish.member else [_edge(words, words._("Left at the beginning"), first, view, opening=True)]
    before: date | None = None
    for at, row in enumerate(statement.rows):
        last = at + 1 == len(statement.rows) or statement.rows[at + 1].effective != row.effective
        made.append(_line(words, row, view, dated=row.effective != before, last=last))
        before = row.effective
        if row.names[0] in opened:
            made += [_inside(words, one, currency, statement.names) for one in view.single.get(row.names[0], ())]
    return made


def _edge(words: Words, what: str, on: date | None, view: LedgerView, *, opening: bool) -> Row:
    statement, currency = view.statement, view.currency
    balance = statement.opening_minor if opening else statement.closing_minor
    cells = (
        Cell(formats.date(on) if on else "", ink=tokens.INK2),
        EMPTY,
        EMPTY,
        EMPTY,
        Cell(what, weight=tokens.SEMIBOLD),
        EMPTY if opening else heavy(words, statement.in_minor, currency),
        EMPTY if opening else heavy(words, statement.out_minor, currency),
        EMPTY if view.wish.member else heavy(words, balance, currency),
        EMPTY,
    )
    return Row(cells, key="opening" if opening else "closing", fill=Fill.SUNKEN, rule=Rule.GROUP)


def closing_row(words: Words, view: LedgerView) -> Row:
    """What came, what went, and what is left at the end."""
    last = view.statement.rows[-1].effective if view.statement.rows else view.wish.until
    return _edge(words, words._("Left at the end"), view.wish.until or last, view, opening=False)


def _line(words: Words, row: GroupRow, view: LedgerView, *, dated: bool, last: bool) -> Row:
    currency = view.currency
    recorded = Cell(formats.date(row.recorded), ink=tokens.AMBER) if row.recorded else EMPTY
    several = len(row.names) > 1
    cells = (
        Cell(formats.date(row.effective)) if dated else EMPTY,
        recorded,
        link(str(row.line)),
        where_cell(words, row, view.made_by.get(row.names[0], "")),
        Cell(what_words(words, row, view), icon="chevron_down" if several else ""),
        amount_cell(words, row.in_minor, currency),
        amount_cell(words, row.out_minor, currency),
        EMPTY if view.wish.member else heavy(words, row.balance_minor, currency),
        state_cell(words, row.state, view.state_of),
    )
    return Row(cells, key=row.names[0], rule=Rule.GROUP if last else Rule.HAIR)


def _inside(words: Words, row: GroupRow, currency: Currency, names: Mapping[str, str]) -> Row:
    """One of the lines behind a folded one: whose, and how much."""
    cells = (
        EMPTY,
        EMPTY,
        link(str(row.line)),
        EMPTY,
        Cell(names.get(row.member or "", ""), icon="person"),
        amount_cell(words, row.in_minor, currency),
        amount_cell(words, row.out_minor, currency),
        EMPTY,
        EMPTY,
    )
    return Row(cells, key=f"in {row.names[0]}", rule=Rule.HAIR, fill=Fill.MUTED)


def where_cell(words: Words, row: GroupRow, made_by: str) -> Cell:
    """Where a line was made: its meeting, the line it corrects, a door between meetings."""
    if row.is_correction or made_by == "correction":
        text = words._("Correction")
        if row.corrects_line is not None:
            text = words._("Correction of {number}").format(number=row.corrects_line)
        return Cell(text, icon="undo", weight=tokens.SEMIBOLD)
    text = words.say(WHERES[made_by]) if made_by in WHERES else ""
    if made_by == "meeting":
        text = words._("Meeting {number}").format(number=row.meeting) if row.meeting else words._("Meeting")
    if row.what == "difference":
        return Cell(text, icon="triangle", icon_ink=tokens.AMBERMARK)
    return Cell(text)


def what_words(words: Words, row: GroupRow, view: LedgerView) -> str:
    """What a line says: `Saving, 18 members`, `New loan L-3: Субанова Чынара`."""
    text = ledger_words.line(words, row.what, row.facts, view.currency)
    if row.is_taken_back:
        text = words._("{what} (taken back)").format(what=text)
    if row.member is not None:
        name = view.statement.names.get(row.member, row.member)
        return words._("{what}: {name}").format(what=text, name=name)
    if row.members > 1:
        of = words.n_("{n} member", "{n} members", row.members).format(n=formats.number(words, row.members))
        return words._("{what}, {detail}").format(what=text, detail=of)
    return text


# a booklet ----------------------------------------------------------------------------------------------------------


def booklet_columns(words: Words, currency: Currency) -> tuple[Column, ...]:
    """Heads of a person's booklet on the screen."""
    unit = formats.unit(words, currency.code)
    return (
        Column(words._("Date"), 100, fixed=True),
        Column(words._("Recorded"), 100),
        Column("№", 48, right=True, fixed=True),
        Column(words._("Where"), 130, wraps=True),
        Column(words._("What"), 230, grows=1, wraps=True, fixed=True),
        Column(words._("In, {unit}").format(unit=unit), 96, right=True, divider=True, fixed=True),
        Column(words._("Out, {unit}").format(unit=unit), 96, right=True, fixed=True),
        Column(words._("Left, {unit}").format(unit=unit), 100, right=True, divider=True, fixed=True),
        Column(words._("State"), 90),
    )


def booklet_lines(words: Words, statement: Statement, state_of: int) -> list[Row]:
    """Every line of a booklet, date and meeting written once."""
    made = []
    rows: Sequence[StatementRow] = statement.rows
    before: date | None = None
    for at, row in enumerate(rows):
        dated, last = row.effective != before, at + 1 == len(rows) or rows[at + 1].effective != row.effective
        before = row.effective
        meeting = words._("Meeting {number}").format(number=row.meeting) if row.meeting and dated else ""
        left = row.left_minor
        text = ledger_words.statement_line(words, row, statement.currency)
        if row.corrected_by_line is not None:
            text = words._("{what} (taken back)").format(what=text)
        cells = (
            Cell(formats.date(row.effective)) if dated else EMPTY,
            Cell(formats.date(row.recorded), ink=tokens.AMBER) if row.recorded else EMPTY,
            link(str(row.line)),
            Cell(meeting),
            Cell(text, icon="undo" if row.is_correction else ""),
            amount_cell(words, row.in_minor, statement.currency),
            amount_cell(words, row.out_minor, statement.currency),
            EMPTY if left is None else heavy(words, left, statement.currency),
            state_cell(words, row.state, state_of),
        )
        made.append(Row(cells, key=row.name, rule=Rule.GROUP if last else Rule.HAIR))
    return made


def booklet_foot(words: Words, statement: Statement) -> Row:
    """What she brought and was given in all."""
    cells = (
        EMPTY,
        EMPTY,
        EMPTY,
        Cell(words._("Total"), weight=tokens.SEMIBOLD),
        EMPTY,
        heavy(words, statement.in_minor, statement.currency),
        heavy(words, statement.out_minor, statement.currency),
        EMPTY,
        EMPTY,
    )
    return Row(cells, key="total", fill=Fill.SUNKEN, rule=Rule.STRONG)
