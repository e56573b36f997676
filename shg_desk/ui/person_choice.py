"""People known here by a name that is being typed: each a link, and what is worth knowing of the one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shg_desk.actions.group_forms import Candidate
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.wrapped_link import WrappedLink


class PersonChoices(QWidget):
    """At most six links; Tab and Enter choose one. `chosen` carries the candidate, whose groups are then named."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.words: Words | None = None
        column = rows(self, gap=8)
        self._links = QWidget()
        self.flow = rows(self._links, gap=2)
        column.addWidget(self._links)
        self.notice = Banner("warning")
        column.addWidget(self.notice)
        self.show_found([])

    def show_found(self, found: Sequence[Candidate]) -> None:
        """Other people."""
        while (taken := self.flow.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for one in found:
            choice = WrappedLink(" · ".join(part for part in (one.name, one.household, one.village) if part))
            choice.clicked.connect(partial(self._choose, one))
            self.flow.addWidget(choice)
        self._links.setVisible(bool(found))
        self.notice.hide()
        self.setVisible(bool(found))
        self.updateGeometry()

    def _choose(self, one: Candidate) -> None:
        self.show_found([])
        if one.groups and self.words is not None:
            told = self.words._("She is in another group already: {groups}. That is allowed; look whether it is right.")
            self.notice.tell(told.format(groups=", ".join(one.groups)))
            self.notice.show()
            self.show()
        self.chosen.emit(one)
