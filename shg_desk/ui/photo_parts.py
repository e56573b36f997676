"""Photos on their page: a small picture with what there is to say of it, and one seen large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtGui import QImageReader
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QPixmap
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.actions.photos import REASONS
from shg_desk.i18n import record_words
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.focus import wants_ring
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

TILE = QSize(208, 236)
"""The small picture's place, in pixels at 100 %."""

CLOSER, LEAST, MOST = 1.25, 0.5, 5.0
STEP = 60
"""How far an arrow key scrolls, in pixels at 100 %."""


def small_size() -> QSize:
    """The most a small picture is kept in, in pixels: twice its place, for it is seen on finer screens too."""
    return QSize(px(TILE.width() * 2), px(TILE.height() * 2))


def picture(content: bytes, within: QSize | None = None) -> QImage | None:
    """The picture of a JPEG, or None where it is none; with `within` it is unpacked no larger than that, and sooner."""
    held = QBuffer()
    held.setData(content)
    reader = QImageReader(held, b"jpg")
    reader.setDecideFormatFromContent(False)
    full = reader.size()
    if within is not None and (full.width() > within.width() or full.height() > within.height()):
        reader.setScaledSize(full.scaled(within, Qt.AspectRatioMode.KeepAspectRatio))
    found = reader.read()
    return None if found.isNull() else found


class Tile(QFrame):
    """One page small; `opened` is Enter's and the double click's."""

    opened = Signal()

    def __init__(self, photo: str) -> None:
        super().__init__()
        self.photo = photo
        self.image: QImage | None = None
        column = rows(self, margins=(8, 8, 8, 8), gap=4)
        self.place = _Small()
        column.addWidget(self.place)
        self.title = Label(weight=tokens.MEDIUM, wrap=True)
        self.below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        column.addWidget(self.title)
        column.addWidget(self.below)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        wants_ring(self, tokens.RADIUS_CARD)
        self.restyle()

    def restyle(self) -> None:
        """Sizes at the letter size in force."""
        self.setFixedWidth(px(TILE.width() + 16))

    def sizeHint(self) -> QSize:
        """As tall as its words are at its width, however long a caption is."""
        width, layout = px(TILE.width() + 16), self.layout()
        assert layout is not None
        return QSize(width, layout.totalHeightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_words(self, title: str, below: str, absent: str) -> None:
        """What is said of the page; `absent` stands in the picture's place where there is none."""
        self.title.setText(title)
        self.below.setText(below)
        self.place.words.setText(absent)
        self.place.words.setVisible(bool(absent))
        self.setAccessibleName(", ".join(part for part in (title, below, absent) if part))

    def set_image(self, image: QImage | None) -> None:
        """The picture itself; it is kept small."""
        wanted = small_size()
        if image is not None and (image.width() > wanted.width() or image.height() > wanted.height()):
            small = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(wanted, *small)
        self.image = image
        self.place.image = self.image
        self.place.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.opened.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(QPainter(self), QRectF(self.rect()))


class _Small(QWidget):
    """The picture's place."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        column = rows(self, margins=(12, 12, 12, 12))
        self.words = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.words)
        self.restyle()

    def restyle(self) -> None:
        """Size at the letter size in force."""
        self.setMinimumHeight(px(TILE.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(tokens.SUNKEN))
        if self.image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = QSize(self.image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.drawImage(QRectF(left, top, size.width(), size.height()), self.image)


class Large(QScrollArea):
    """One page as wide as there is room; + and - bring it closer and take it farther, arrow keys move over it."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None
        self.closer = 1.0
        self._shown = QLabel()
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._shown)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        wants_ring(self, tokens.RADIUS_TABLE)

    def show_image(self, image: QImage | None, spoken: str) -> None:
        """Another page, as wide as there is room, from its top."""
        self.image, self.closer = image, 1.0
        self.setAccessibleName(spoken)
        self._draw()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def scale(self, by: float) -> None:
        """Closer (above 1) or farther, around the middle of what is seen."""
        wanted = max(LEAST, min(MOST, self.closer * by))
        bars = (self.verticalScrollBar(), self.horizontalScrollBar())
        middles = [(bar.value() + bar.pageStep() / 2) / max(1, bar.maximum() + bar.pageStep()) for bar in bars]
        self.closer = wanted
        self._draw()
        for bar, middle in zip(bars, middles, strict=True):
            bar.setValue(int(middle * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self.image is None:
            self._shown.clear()
            return
        width = max(1, int((self.viewport().width() - 2) * self.closer))
        made = QPixmap.fromImage(self.image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        self._shown.setPixmap(made)
        self._shown.resize(made.size())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move; + and - (with or without the number pad) scale; every other key is the page's."""
        upright, across = self.verticalScrollBar(), self.horizontalScrollBar()
        moves = {
            Qt.Key.Key_Up: (upright, -px(STEP)),
            Qt.Key.Key_Down: (upright, px(STEP)),
            Qt.Key.Key_Left: (across, -px(STEP)),
            Qt.Key.Key_Right: (across, px(STEP)),
            Qt.Key.Key_Home: (upright, -upright.maximum()),
            Qt.Key.Key_End: (upright, upright.maximum()),
        }
        key = Qt.Key(event.key())
        if keys.held(event) & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.scale(CLOSER)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.scale(1 / CLOSER)
        elif key in moves:
            bar, by = moves[key]
            bar.setValue(bar.value() + by)
        else:
            event.ignore()


class WhyAway(Card):
    """Why is this page taken away? A button a reason, by its digit or by the cursor."""

    chosen_reason = Signal(str)

    def __init__(self) -> None:
        super().__init__(" ", gap=8)
        self.below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.body.addWidget(self.below)
        self.buttons: list[Button] = []
        for number, reason in enumerate(REASONS, 1):
            button = Button(keys=(str(number),))
            button.clicked.connect(lambda _checked=False, word=reason: self.chosen_reason.emit(word))
            self.buttons.append(button)
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def ask(self, words: Words, page: int) -> None:
        """For the page of this number."""
        self.title.setText(words._("Why is page {n} taken away?").format(n=page))
        self.below.setText(
            words._("The picture goes from this laptop, and with the next parcels from the others and the office.")
        )
        for button, reason in zip(self.buttons, REASONS, strict=True):
            word = record_words.word(words, record_words.PHOTO_REASONS, reason)
            button.set_words(word[:1].upper() + word[1:])
        self.show()
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, event: QKeyEvent) -> bool:
        """A digit chooses, Up and Down go from button to button."""
        number = keys.digit(event)
        if number and 1 <= int(number) <= len(REASONS):
            self.chosen_reason.emit(REASONS[int(number) - 1])
            return True
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        here = next((at for at, button in enumerate(self.buttons) if button.hasFocus()), None)
        if not step or here is None:
            return False
        self.buttons[max(0, min(here + step, len(self.buttons) - 1))].setFocus(Qt.FocusReason.OtherFocusReason)
        return True


def beside(tiles: Sequence[Tile], here: int, step: int, *, row: bool) -> int:
    """The tile one step on: in its row, or in the row above or below at about the same place."""
    if not row:
        return max(0, min(here + step, len(tiles) - 1))
    tops = sorted({tile.y() for tile in tiles})
    at = tops.index(tiles[here].y()) + step
    if not 0 <= at < len(tops):
        return here
    line = [number for number, tile in enumerate(tiles) if tile.y() == tops[at]]
    return min(line, key=lambda number: abs(tiles[number].x() - tiles[here].x()))
