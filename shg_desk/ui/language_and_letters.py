"""Language and letter size, chosen before a book is open and in the settings; the keys that change the letters."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QWidget

from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.ui import fonts
from shg_desk.ui import keys
from shg_desk.ui import theme
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import restyle
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.tokens import px

_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Underscore: -1}


def size_asked(event: QKeyEvent) -> int | None:
    """The letter size (%) that Ctrl with plus or minus asks for, the one in force at the end; None for other keys."""
    if keys.held(event) & ~Qt.KeyboardModifier.ShiftModifier != Qt.KeyboardModifier.ControlModifier:
        return None
    step = _STEPS.get(Qt.Key(event.key()))
    if step is None:
        return None
    at = tokens.LETTER_SIZES.index(tokens.letter_size()) + step
    return tokens.LETTER_SIZES[min(max(at, 0), len(tokens.LETTER_SIZES) - 1)]


def change_letters(window: QWidget, percent: int) -> None:
    """Letters of this size (%) in a window: everything in it is measured anew."""
    tokens.set_letter_size(percent)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        theme.apply(application)
    restyle(window)


class LanguageBox(QComboBox):
    """The languages, each in its own name."""

    def __init__(self, lang: str, languages: Sequence[str] = tuple(LANGUAGES)) -> None:
        super().__init__()
        for code in languages:
            self.addItem(LANGUAGES[code], code)
        self.setCurrentIndex(max(0, self.findData(lang)))
        wants_ring(self)
        self.restyle()

    def restyle(self) -> None:
        """Font and height at the letter size in force."""
        self.setFont(fonts.font())
        self.setFixedHeight(px(38))
        self.setMinimumWidth(px(150))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.held(event) & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # a key of the window: the box would look for a language that begins so
        else:
            super().keyPressEvent(event)


class LetterSizes(QWidget):
    """Three letters A, small to large: the letter size, chosen by hand or arrow."""

    def __init__(self, chosen: Callable[[int], None]) -> None:
        super().__init__()
        line = columns(self, gap=4)
        self.buttons: dict[int, Button] = {}
        for percent in tokens.LETTER_SIZES:
            button = Button(f"A {percent}", kind="chip")
            button.setAutoExclusive(True)
            button.clicked.connect(lambda _on=False, size=percent: chosen(size))
            line.addWidget(button)
            self.buttons[percent] = button
        self.restyle()

    def restyle(self) -> None:
        """The size in force is the one chosen, however it was chosen."""
        self.buttons[tokens.letter_size()].setChecked(True)

    def retranslate(self, words: Words) -> None:
        """The spoken names."""
        for percent, button in self.buttons.items():
            button.setAccessibleName(words._("Letter size {n} %").format(n=percent))
