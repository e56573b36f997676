"""The lines of one difference as a table: what each side says, how far apart they are, whose is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.actions.difference_view import DifferenceView
from shg_desk.actions.difference_view import SideRow
from shg_desk.actions.difference_view import together
from shg_desk.actions.views_differences import Sort
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.ledger_words import UNKNOWN_REASON
from shg_desk.i18n.ledger_words import WHATS
from shg_desk.ui import tokens
from shg_desk.ui.difference_words import ROW_NAMES
from shg_desk.ui.difference_words import figure
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import money

ALL_SHOWN = 7
"""Lists no longer than this are shown whole; of longer ones the lines that are the same stand in one."""


class DifferenceLines:
    """Heads, rows and totals of a difference; `picked` is the side that somebody has chosen for a row, by its key."""

    def __init__(self, words: Words, view: DifferenceView, picked: Mapping[str, int]) -> None:
        self._words, self._view, self._picked = words, view, picked
        self._members = any(row.number for row in view.rows)

    def heads(self) -> list[Column]:
        """Number and name, a column for each side, and the gap where there are two."""
        say = self._words._
        found = [Column("№", 40, right=True)] if self._members else []
        found.append(Column(say("Member") if self._members else say("What"), 170, grows=1, wraps=True))
        found += [self._head(i) for i in range(len(self._view.sides))]
        if len(self._view.sides) == 2:
            found.append(Column(say("Difference"), 130, divider=True))
        return found

    def _head(self, number: int) -> Column:
        view = self._view
        figures = any(isinstance(row.values[number], int) for row in view.rows)
        width = 190 if view.item.sort is Sort.CASH else 120  # a word stands beside the sum
        name = view.sides[number].label
        return Column(name, width, right=figures, divider=True, wraps=not figures, grows=0 if figures else 1)

    def rows(self) -> list[Row]:
        """All lines, or those that differ and one for the rest."""
        shown = list(self._view.rows)
        same = [row for row in shown if not row.differs and row.on is None]
        if len(shown) <= ALL_SHOWN or len(same) <= 1 or len(same) == len(shown):
            return [self._row(row) for row in shown]
        return [*(self._row(row) for row in shown if row.differs or row.on is not None), self._folded(same)]

    def _row(self, row: SideRow) -> Row:
        weight = tokens.MEDIUM if row.differs else tokens.REGULAR
        name = self._words.say(ROW_NAMES[row.name]) if row.name in ROW_NAMES else row.name
        if row.on is not None:
            what = self._words.say(WHATS[row.kind]) if row.kind in WHATS else ""
            said = self._words._("not known") if row.name == UNKNOWN_REASON else row.name
            name = " · ".join(filter(None, (formats.date(row.on), what, said)))
        elif self._members and not row.number and not row.name:
            name = self._words._("The group's own lines")
        cells = [Cell(row.number, ink=tokens.INK2)] if self._members else []
        cells.append(Cell(name, weight=weight))
        cells += [self._value(row, i, weight) for i in range(len(row.values))]
        if len(row.values) == 2:
            cells.append(self._gap(row))
        return Row(tuple(cells), key=row.key)

    def _value(self, row: SideRow, number: int, weight: int) -> Cell:
        value = row.values[number]
        chosen = row.differs and self._picked.get(row.key) == number
        icon, ink = ("tick", tokens.GREEN) if chosen else ("", tokens.INK2)
        if isinstance(value, int):
            text = figure(self._words, self._view.item, value)
            return money(text, weight=tokens.SEMIBOLD if chosen else weight, icon=icon, icon_ink=ink)
        return Cell(value or "", weight=weight, icon=icon, icon_ink=ink)

    def _gap(self, row: SideRow) -> Cell:
        if row.on is not None:
            return EMPTY
        if not row.differs:
            return Cell(self._words._("the same"), ink=tokens.INK2)
        gap = row.gap_minor
        text = self._words._("different")
        if gap is not None:
            text = formats.amount(self._words, gap, self._view.item.currency, plus=True)
        return Cell(text, icon="differences", icon_ink=tokens.RED, ink=tokens.RED, weight=tokens.MEDIUM)

    def _folded(self, same: list[SideRow]) -> Row:
        n = len(same)
        told = self._words.n_("{n} more row", "{n} more rows", n).format(n=n)
        cells = [EMPTY] if self._members else []
        cells.append(Cell(told, ink=tokens.INK2))
        for total in together(same, len(self._view.sides)):
            text = "" if total is None else formats.amount(self._words, total, self._view.item.currency)
            cells.append(money(text))
        if len(self._view.sides) == 2:
            cells.append(Cell(self._words._("the same"), ink=tokens.INK2))
        return Row(tuple(cells))

    def totals(self) -> list[Row]:
        """What each side comes to, where adding up says something."""
        if self._view.totals is None:
            return []
        cells = [EMPTY] if self._members else []
        cells.append(Cell(self._words._("Together"), weight=tokens.SEMIBOLD))
        for total in self._view.totals:
            cells.append(money(figure(self._words, self._view.item, total), weight=tokens.SEMIBOLD))
        if len(self._view.totals) == 2:
            cells.append(self._gap(SideRow("", "", "", self._view.totals)))
        return [Row(tuple(cells), fill=Fill.SUNKEN, rule=Rule.STRONG)]
