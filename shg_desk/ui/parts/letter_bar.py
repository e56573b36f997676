"""The letters of Kyrgyz, Tajik and Uzbek under a text field, so that no keyboard layout of theirs is needed."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from shg_desk.ui import fonts
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import SPACING
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.tokens import px

ALL = "өүңғӣқӯҳҷў"
OWN = {"ky": "өүң", "tg": "ғӣқӯҳҷ", "uz-Cyrl": "ўқғҳ", "uz": "ʻ"}
"""The letters a language adds to the Russian alphabet; the modifier letter of Uzbek Latin."""


def letters_for(lang: str) -> tuple[str, str]:
    """The language's own letters, and the others that are shown dimmed."""
    own = OWN.get(lang, "")
    return own, "".join(letter for letter in ALL if letter not in own)


class LetterKey(QAbstractButton):
    """One letter; it leaves the focus in the field."""

    def __init__(self, letter: str, *, own: bool, number: int) -> None:
        super().__init__()
        self._own = own
        self.setText(letter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(letter)
        if 1 <= number <= 9:
            self.setToolTip(f"Alt+Shift+{number}")
        self.restyle()

    def restyle(self) -> None:
        """Size at the letter size in force."""
        self.setFont(fonts.font(tokens.SECTION))
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """A finger's size."""
        return QSize(px(40), px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        fill = tokens.SURFACE if self._own else tokens.SUNKEN
        line = tokens.BORDER if self._own else tokens.LINE
        paint.box(painter, rect, fill=fill, line=line, radius=tokens.RADIUS_TABLE)
        ink = tokens.INK if self._own else tokens.DISABLED
        weight = tokens.MEDIUM if self._own else tokens.REGULAR
        paint.text(painter, rect, self.text(), size=tokens.SECTION, weight=weight, ink=ink, align=paint.CENTRE)


class _Gap(QWidget):
    """What stands between own letters and the others."""

    def sizeHint(self) -> QSize:
        """A little room."""
        return QSize(px(4), px(36))


class LetterBar(QWidget):
    """The row of letters for one field: own letters first, then a gap, then the others.

    A letter is written as a capital at the start of the field, after a space or hyphen in a name (`names`), and when
    Shift is held on a click.
    """

    written = Signal(str)

    def __init__(self, edit: QLineEdit, lang: str, *, names: bool = False) -> None:
        super().__init__()
        self._edit, self._names = edit, names
        self._keys: list[LetterKey] = []
        self._layout = Flow(self, gap=4)
        self._layout.setProperty(SPACING, [0, 4, 0, 0, 4])
        self._layout.setContentsMargins(0, px(4), 0, 0)
        self.set_language(lang)

    def set_language(self, lang: str) -> None:
        """Other letters stand first."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        own, others = letters_for(lang)
        self._keys = []
        for number, letter in enumerate(own + others, start=1):
            if number == len(own) + 1 and own:
                self._layout.addWidget(_Gap())
            key = LetterKey(letter, own=letter in own, number=number)
            key.clicked.connect(lambda _on=False, typed=letter: self._clicked(typed))
            self._layout.addWidget(key)
            self._keys.append(key)

    def letters(self) -> str:
        """The letters in the order of Alt+Shift+1 to 9."""
        return "".join(key.text() for key in self._keys)

    def take_key(self, event: QKeyEvent) -> bool:
        """Alt+Shift+1 to 9 by the place of the key; True when a letter was written."""
        both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        if keys.held(event) != both:
            return False
        number = keys.digit(event)
        if not number or not 1 <= int(number) <= len(self._keys):
            return False
        self.write(self._keys[int(number) - 1].text())
        return True

    def _clicked(self, letter: str) -> None:
        shifted = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.write(letter, capital=shifted)

    def write(self, letter: str, *, capital: bool = False) -> None:
        """Put a letter at the cursor of the field."""
        before = self._edit.text()[: self._edit.cursorPosition()]
        if self._edit.hasSelectedText():
            before = self._edit.text()[: self._edit.selectionStart()]
        starts = not before if not self._names else not before or before[-1] in " -\u00a0"
        hidden = self._edit.echoMode() is not QLineEdit.EchoMode.Normal
        typed = letter.upper() if capital or (starts and not hidden) else letter
        self._edit.insert(typed)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.written.emit(typed)
