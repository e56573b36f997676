"""What stands in the way, all of it, on top of the page: each line a link that puts the cursor where it is mended."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame

from shg_desk.ui import tokens
from shg_desk.ui.parts.banner import tinted_sheet
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import bring_into_sight
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.wrapped_link import WrappedLink


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A sentence, ready for people, and the way to the place it speaks of; None where there is no such place."""

    sentence: str
    go: Callable[[], None] | None = None


class ProblemList(QFrame):
    """Red-barred card with a title (`3 вещи мешают закрыть`) and a line for each problem. Hidden while empty.

    Built when the last step of a page is left, never while somebody types. The same sentence stands at its field.
    """

    def __init__(self) -> None:
        super().__init__()
        column = rows(self, margins=(18, 10, 16, 12), gap=4)
        head = columns(gap=10)
        head.addWidget(Picture("octagon", size=22, ink=tokens.RED), 0, Qt.AlignmentFlag.AlignTop)
        self._title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD, ink=tokens.RED, wrap=True)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        self._lines = rows(gap=0, margins=(30, 0, 0, 0))
        column.addLayout(self._lines)
        self.links: list[WrappedLink] = []
        self.hide()

    def show_problems(self, title: str, lines: Sequence[ProblemLine], *, in_sight: bool = True) -> None:
        """Show them and put the cursor on the first; with no lines the list goes away.

        A page that is scrolled down comes back to them; not (`in_sight` false) while somebody types at its foot.
        """
        self.clear()
        if not lines:
            return
        self._title.setText(title)
        for line in lines:
            if line.go is None:
                self._lines.addWidget(Label(line.sentence, wrap=True))
                continue
            link = WrappedLink(line.sentence)
            link.clicked.connect(line.go)
            self._lines.addWidget(link)
            self.links.append(link)
        self.setAccessibleName(title)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, title))
        if self.links:
            self.links[0].setFocus(Qt.FocusReason.OtherFocusReason)
        if in_sight:
            QTimer.singleShot(0, self, lambda: bring_into_sight(self))  # after whatever gets the cursor now

    def clear(self) -> None:
        """Nothing stands in the way any more."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.links = []
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tinted_sheet(self, "wrong")
