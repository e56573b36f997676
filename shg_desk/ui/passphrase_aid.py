"""Beside a passphrase: what the keyboard writes now, whether Caps Lock is on, and a button that shows what is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtCore import QLocale
from PySide6.QtCore import QObject
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.buttons import Button


class PassphraseAid(QWidget):
    """One line for one field, which it hides the letters of; nothing that is typed is kept."""

    def __init__(self, words: Words, edit: QLineEdit) -> None:
        super().__init__()
        self._words, self._edit = words, edit
        self._capitals = False
        line = columns(self, gap=6)
        self.triangle = Picture("triangle", size=18, ink=tokens.AMBERMARK)
        self.keyboard = Label(size=tokens.GRID, ink=tokens.INK2)
        self.show_button = Button(kind="quiet", icon="eye")
        self.show_button.clicked.connect(self._show_text)
        line.addWidget(self.triangle)
        line.addWidget(self.keyboard)
        line.addStretch(1)
        line.addWidget(self.show_button)
        edit.installEventFilter(self)
        self.hide_text()
        QGuiApplication.inputMethod().localeChanged.connect(self._show_keyboard)
        self.retranslate()

    def retranslate(self) -> None:
        """Every word anew."""
        self.show_button.set_words(self._words._("Show") if self._is_hidden() else self._words._("Hide"))
        self._show_keyboard()

    def _is_hidden(self) -> bool:
        return self._edit.echoMode() is QLineEdit.EchoMode.Password

    def hide_text(self) -> None:
        """The letters are not shown any more."""
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.retranslate()

    def show_text(self) -> None:
        """The letters are shown from now on."""
        self._edit.setEchoMode(QLineEdit.EchoMode.Normal)
        self.retranslate()

    def _show_text(self) -> None:
        self._edit.setEchoMode(QLineEdit.EchoMode.Normal if self._is_hidden() else QLineEdit.EchoMode.Password)
        self.retranslate()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at what is typed, to say when Caps Lock is on."""
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress and event.text().isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            capitals = event.text().isupper() != shifted
            if capitals != self._capitals:
                self.tell_capitals(on=capitals)
        return False

    def tell_capitals(self, *, on: bool) -> None:
        """Say that Caps Lock is on, or no more."""
        self._capitals = on
        self._show_keyboard()

    def _show_keyboard(self) -> None:
        """The layout in two letters, and Caps Lock when it is on."""
        locale = QGuiApplication.inputMethod().locale()
        layout = "" if locale.language() is QLocale.Language.C else locale.name().split("_")[0].upper()
        said = self._words._("keyboard {layout}").format(layout=layout)
        if self._capitals:
            said = self._words._("keyboard {layout} · Caps Lock is on").format(layout=layout)
        self.triangle.setVisible(self._capitals)
        self.keyboard.setText(said if layout or self._capitals else "")
