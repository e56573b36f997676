"""People known here by a name that is being typed: each a link, and what is worth knowing of the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.group_forms import Candidate
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.wrapped_link import WrappedLink


class _Choice(WrappedLink):
    """A link of the list; Up and Down are the form's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)


class PersonChoices(QWidget):
    """At most six links; Down goes to them, Enter chooses one. `chosen` carries the candidate; her groups are named.

    Where somebody new can be meant too a last link says so (`show_found` with her name): `new` tells it was chosen.
    """

    chosen = Signal(object)
    new = Signal()
    changed = Signal()

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self._field = field
        self.words: Words | None = None
        column = rows(self, gap=8)
        self._links = QWidget()
        self.flow = rows(self._links, gap=2)
        column.addWidget(self._links)
        self.notice = Banner("warning")
        column.addWidget(self.notice)
        self._choices: list[_Choice] = []
        self.show_found([])

    def show_found(self, found: Sequence[Candidate], new: str = "") -> None:
        """Other people, and a new person of that name where one can be meant."""
        while (taken := self.flow.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._choices = []
        for one in found:
            named = f"{one.name}, {one.father}" if one.father else one.name
            choice = _Choice(" · ".join(part for part in (named, one.household, one.village) if part))
            choice.clicked.connect(partial(self._choose, one))
            self.flow.addWidget(choice)
            self._choices.append(choice)
        if found and new and self.words is not None:
            other = _Choice(self.words._("a new person: {name}").format(name=new))
            other.clicked.connect(self._choose_new)
            self.flow.addWidget(other)
            self._choices.append(other)
        for before, after in pairwise([self._field, *self._choices]):
            QWidget.setTabOrder(before, after)
        self._links.setVisible(bool(found))
        self.notice.hide()
        self.setVisible(bool(found))
        self.updateGeometry()
        self.changed.emit()

    def go_in(self) -> bool:
        """The cursor to the first link; False where there is none."""
        if self._choices:
            self._choices[0].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(self._choices)

    def hints(self, words: Words) -> tuple[Hint, ...]:
        """The keys that choose one, while there are any."""
        if any(choice.hasFocus() for choice in self._choices):
            return (Hint(("↑", "↓"), words._("choose")), Hint(("Enter",), words._("take this one")))
        return (Hint(("↓",), words._("to those known here")),) if self._choices else ()

    def step(self, event: QKeyEvent, after: QWidget) -> bool:
        """Up and Down between the field, the links and what stands `after` them; False for other keys."""
        way = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        stops = [self._field, *self._choices, after]
        at = next((i for i, one in enumerate(stops) if one.hasFocus()), None)
        if not way or at is None or not self._choices or not 0 <= at + way < len(stops):
            return False
        stops[at + way].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _choose_new(self) -> None:
        self.show_found([])
        self.new.emit()

    def _choose(self, one: Candidate) -> None:
        self.show_found([])
        if one.groups and self.words is not None:
            told = self.words._("She is in another group already: {groups}. That is allowed; look whether it is right.")
            self.notice.tell(told.format(groups=", ".join(one.groups)))
            self.notice.show()
            self.show()
        self.chosen.emit(one)
