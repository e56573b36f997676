"""The one place that shows what nobody foresaw: what happened, what is safe, the text for whoever mends it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import Words
from shg_desk.ui import fonts
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.focus import FocusRing
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.tokens import px


class CrashDialog(QDialog):
    """Shown once for each kind of mishap; work goes on behind it where it can."""

    def __init__(self, words: Words, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle("SHG Desk")
        column = rows(self, margins=(28, 20, 28, 20), gap=12)
        head = columns(gap=12)
        head.addWidget(Picture("octagon", size=26, ink=tokens.RED))
        title = Label(words._("Something in the program went wrong"), size=tokens.CARD_TITLE, weight=tokens.SEMIBOLD)
        head.addWidget(title, 1)
        column.addLayout(head)
        safe = words._("What was saved before is safe. The last step was not written: look at it and do it again.")
        column.addWidget(Label(safe, wrap=True))
        column.addWidget(Label(words._("This text helps to mend it. It holds no names and no amounts."), wrap=True))
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setFont(fonts.font(tokens.GRID))
        text.setFixedHeight(px(160))
        text.setTabChangesFocus(True)
        wants_ring(text)
        column.addWidget(text)
        line = columns(gap=12)
        copy = Button(words._("Copy the text"), icon="copy")
        copy.clicked.connect(self._copy)
        go_on = Button(words._("Go on"), kind="primary", keys=("Enter",))
        go_on.clicked.connect(self.accept)
        line.addWidget(copy)
        line.addStretch(1)
        line.addWidget(go_on)
        column.addLayout(line)
        self.setMinimumWidth(px(560))
        self._ring = FocusRing(self)
        go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
