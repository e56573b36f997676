"""Differences, for an office: everything that needs a person, its sides as columns, one answer, the next at once."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.difference_view import DifferenceView
from shg_desk.actions.differences import settle
from shg_desk.actions.settled_again import reopen
from shg_desk.actions.views_difference_sides import difference_view
from shg_desk.actions.views_differences import DifferencesView
from shg_desk.actions.views_differences import OpenItem
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import differences_view
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n.messages import sentence
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.book_page import BookPage
from shg_desk.ui.difference_detail import DifferenceDetail
from shg_desk.ui.difference_words import ICONS
from shg_desk.ui.difference_words import TITLES
from shg_desk.ui.difference_words import line_below
from shg_desk.ui.given_card import GivenCard
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import bring_into_sight
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.flow import ListAndDetail
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import LEAST_ROWS
from shg_desk.ui.parts.table import Table
from shg_desk.ui.session import Session


class DifferencesPage(BookPage):
    """Picture 05. Digits choose an answer, Enter settles it; with answers by row the arrows choose a side."""

    shows = Changed.EXCHANGE | Changed.LEDGER | Changed.LOANS | Changed.PEOPLE | Changed.GROUPS

    def __init__(self, frame: Frame, session: Session) -> None:
        super().__init__(frame, session)
        self.view: DifferencesView | None = None
        self.sort_shown = self.group_shown = ""
        self._wanted = ""
        self.settled: list[tuple[str, ...]] = []
        """What was settled while this window is open, the last one last: Ctrl+Z opens it again."""
        self.sort_button, self.group_button = Button(kind="filter"), Button(kind="filter")
        self.sort_button.clicked.connect(self._next_sort)
        self.group_button.clicked.connect(self._next_group)
        body = rows(self, margins=(20, 14, 20, 12))
        self.list = Table([], row_height=(58, 58))
        self.list.view.moved.connect(lambda _row, _column: self._open_chosen())
        self.list.view.opened.connect(lambda _row, _column: self._settle_shown())
        self.list.view.take_key = self._list_key
        self.empty = EmptyState()
        left = rows(gap=0)
        left.addWidget(self.list, 1)
        left.addWidget(self.empty)
        left.addStretch(0)
        self.given = GivenCard()
        left.addWidget(self.given)
        self.detail = DifferenceDetail(frame.words, office=session.facts.is_office)
        self.detail.settled.connect(self._settle)
        self.detail.ledger_asked.connect(lambda *account: self.frame.go("ledger", account))
        self.detail.changed.connect(self.reworded)
        body.addWidget(ListAndDetail(left, self.detail, list_width=380), 1)
        self.restyle()

    # -- the frame's questions

    def reading(self) -> Callable[[Desk], DifferencesView]:
        return differences_view

    def title(self) -> str:
        return self.frame.words._("Differences")

    def sentence(self) -> str:
        say, view = self.frame.words._, self.view
        if view is None:
            return ""
        told = say("{n} open, settled today: {done}")
        return told.format(n=len(view.items), done=view.settled_today)

    def controls(self) -> Sequence[QWidget]:
        return (self.sort_button, self.group_button)

    def hints(self) -> Sequence[Hint]:
        say, answers = self.frame.words._, len(self.detail.choices)
        in_rows = self.detail.by_row() and self.detail.table.view.hasFocus()
        found = [Hint(("↑", "↓"), say("row") if in_rows else say("difference"))]
        if answers:
            found.append(Hint((f"1–{answers}",) if answers > 1 else ("1",), say("answer")))
            found.append(Hint(("Enter",), say("settle"), self.detail.settle))
        elif self.detail.in_ledger():
            found.append(Hint(("Enter",), say("open in the ledger"), self.detail.settle))
        if self.detail.by_row():
            found.append(Hint(("←", "→"), say("which side")))
        if self.settled:
            found.append(Hint(("Ctrl", "Z"), say("open again"), self._reopen))
        return (*found, Hint(("F3",), say("next"), self._next), Hint(("F1",), say("help")))

    def focus_first(self) -> None:
        self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_F3):
            self._next()
            return True
        if keys.is_plain(event, Qt.Key.Key_Return) or keys.is_plain(event, Qt.Key.Key_Enter):
            self.detail.settle()
            return True
        if keys.is_ctrl(event, "Z") and self.settled:
            self._reopen()
            return True
        return self._digit(event)

    def _list_key(self, event: QKeyEvent) -> bool:
        if keys.is_ctrl(event, "Z") and self.settled:
            self._reopen()
            return True
        return self._digit(event) or self.detail.take_side_key(event)

    def _digit(self, event: QKeyEvent) -> bool:
        number = keys.digit(event)
        plain = keys.held(event) == Qt.KeyboardModifier.NoModifier
        return bool(number) and plain and self.detail.choose(int(number) - 1)

    # -- showing

    def restyle(self) -> None:
        """In large letters the list leaves room for the beginning of what is chosen in it."""
        self.list.least_rows = 3 if tokens.large() else LEAST_ROWS

    def retranslate(self) -> None:
        say = self.frame.words._
        self.empty.set_words(say("Nothing waits for a decision. What two laptops write of one thing appears here."))
        self.list.view.setAccessibleName(say("Differences"))
        self.detail.retranslate()
        if self.view is not None:
            self.show_view(self.view)

    def _shown_items(self) -> list[OpenItem]:
        items = self.view.items if self.view is not None else ()
        return [one for one in items if self.sort_shown in ("", one.sort) and self.group_shown in ("", one.group_name)]

    def show_view(self, view: DifferencesView) -> None:
        self.view = view
        words, say = self.frame.words, self.frame.words._
        if self.sort_shown not in {one.sort for one in view.items}:
            self.sort_shown = ""
        if self.group_shown not in {one.group_name for one in view.items}:
            self.group_shown = ""
        kind = words.say(TITLES[next(one for one in TITLES if one == self.sort_shown)]) if self.sort_shown else ""
        self.sort_button.set_words(kind or say("all kinds"))
        self.group_button.set_words(self.group_shown or say("all groups"))
        items = self._shown_items()
        head = say("{n} of {all}, by sum").format(n=len(items), all=len(view.items))
        currencies = {one.currency.code for one in items}
        unit = formats.unit(words, currencies.pop()) if len(currencies) == 1 else ""
        self.list.set_columns([Column("", 42), Column(head, 230, grows=1, wraps=True), Column(unit, 84, right=True)])
        self.list.set_rows([self._row(one) for one in items])
        self.list.setVisible(bool(items))
        self.empty.setVisible(not items)
        self.detail.setVisible(bool(items))
        if items and not self.list.view.currentIndex().isValid():
            self.list.view.put_cursor(0, 0)
        self.given.show_given(words, view.given)
        self._open_chosen()

    def _row(self, item: OpenItem) -> Row:
        words = self.frame.words
        amount = EMPTY
        if item.amount_minor is not None:
            shown = abs(item.amount_minor) if item.sort is Sort.CASH else item.amount_minor  # its word stands below
            amount = money(formats.amount(words, shown, item.currency), weight=tokens.MEDIUM)
        title = Cell(words.say(TITLES[item.sort]), small=line_below(words, item), weight=tokens.MEDIUM)
        return Row((Cell(icon=ICONS[item.sort], icon_ink=tokens.PLUM7), title, amount), key=item.name)

    def _open_chosen(self) -> None:
        """What is under the cursor opens at the right."""
        chosen = self.list.row_key()
        if self.list.view.hasFocus():  # a page that has scrolled down to the answers comes back
            bring_into_sight(self.list)
        if not isinstance(chosen, str) or self.view is None:
            self.detail.show_difference(None, None)
            return
        self._wanted = chosen
        today = self.view.today

        def show(found: DifferenceView | None) -> None:
            if self._wanted == chosen:
                self.detail.show_difference(found, today)

        self.session.run(lambda desk: difference_view(desk, chosen), show)

    def _next(self) -> None:
        here = self.list.view.currentIndex().row()
        count = self.list.model.rowCount()
        if count:
            self.list.view.put_cursor((here + 1) % count, 0)
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_sort(self) -> None:
        there = ["", *sorted({one.sort.value for one in self.view.items})] if self.view is not None else [""]
        self.sort_shown = there[(there.index(self.sort_shown) + 1) % len(there)]
        if self.view is not None:
            self.show_view(self.view)

    def _next_group(self) -> None:
        named = {one.group_name for one in self.view.items} - {""} if self.view is not None else set()
        there = ["", *sorted(named)]
        self.group_shown = there[(there.index(self.group_shown) + 1) % len(there)]
        if self.view is not None:
            self.show_view(self.view)

    # -- doing

    def _reopen(self) -> None:
        """Ctrl+Z: the answer given last is undone by another record, and the difference is open again."""
        if not self.settled:
            return
        names = self.settled.pop()
        words = self.frame.words

        def done(_outcome: Outcome[str]) -> None:
            self.frame.toast(words._("Open again; the first answer stays in the records"))
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

        def wrong(problems: Sequence[Problem]) -> None:
            gone_on = words._("Somebody has gone on from that answer: change it on the page of the group or household.")
            told = (gone_on if one.code is Code.NOTHING_CHANGED else sentence(words, one) for one in problems)
            self.detail.tell_problem("\n".join(told))

        self.session.write(lambda desk: reopen(desk, names), done, wrong)

    def _settle_shown(self) -> None:
        self.detail.settle()

    def _settle(self, name: str, code: str, side: int, chosen: object, reason: str) -> None:
        """Writes the answer; the list reads again, and what stands next opens itself."""
        picked = {str(key): int(value) for key, value in chosen.items()} if isinstance(chosen, dict) else {}

        view = self.detail.view
        names = view.item.members if view is not None and view.item.members else (name,)

        def done(outcome: Outcome[str]) -> None:
            self.settled.append(names)
            told = self.frame.words._("Settled, the laptops learn of it by their next receipt")
            told = " ".join([told, *(sentence(self.frame.words, one) for one in outcome.warnings)])
            self.frame.toast(told, self._reopen)
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

        def wrong(problems: Sequence[Problem]) -> None:
            self.detail.tell_problem("\n".join(sentence(self.frame.words, one) for one in problems))

        self.session.write(lambda desk: settle(desk, name, code, side, rows=picked, reason=reason), done, wrong)
