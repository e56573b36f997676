"""Layouts and labels that follow the letter size: what is built of them needs no code when letters grow.

`rows` and `columns` make layouts whose margins and gaps are given in pixels at 100 %; `restyle` walks over a
widget after `tokens.set_letter_size` and measures everything anew.
"""

from __future__ import annotations

from typing import Protocol
from typing import runtime_checkable

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import QSize
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtGui import QPalette
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QFrame
from PySide6.QtWidgets import QHBoxLayout
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLayout
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from shg_desk.ui import fonts
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.parts.focus import alive
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

Margins = tuple[int, int, int, int]
NO_MARGINS: Margins = (0, 0, 0, 0)
SPACING = "px_spacing"
_WIDTHS = "px_widths"
_WHOLE = "seen_whole"
UNBOUND = 16_777_215
"""As wide as Qt lets a widget be."""


@runtime_checkable
class Restyled(Protocol):
    """A part that measures itself anew after the letter size changed."""

    def restyle(self) -> None:
        """Take sizes and fonts at the letter size in force."""


@runtime_checkable
class WithCursor(Protocol):
    """A part with a cursor in it, whose lower end may stay out of sight."""

    def down_to_cursor(self, room: int) -> QRect:
        """Its upper edge down to the lower one of its cursor, in its own places; the cursor alone where that is more
        than the room.
        """


def _space(layout: QLayout) -> None:
    spacing = layout.property(SPACING)
    if spacing is not None:
        left, top, right, bottom, gap = spacing
        layout.setContentsMargins(px(left), px(top), px(right), px(bottom))
        layout.setSpacing(px(gap))


def rows(parent: QWidget | None = None, *, margins: Margins = NO_MARGINS, gap: int = 12) -> QVBoxLayout:
    """A vertical layout; margins (left, top, right, bottom) and gap in pixels at 100 %."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setProperty(SPACING, [*margins, gap])
    _space(layout)
    return layout


def columns(parent: QWidget | None = None, *, margins: Margins = NO_MARGINS, gap: int = 12) -> QHBoxLayout:
    """A horizontal layout; margins (left, top, right, bottom) and gap in pixels at 100 %."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    layout.setProperty(SPACING, [*margins, gap])
    _space(layout)
    return layout


def emptied(layout: QLayout) -> None:
    """Takes everything out of a layout, for good."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            emptied(inner)
            inner.deleteLater()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()


def set_width(widget: QWidget, least: int, most: int | None = None) -> None:
    """Fix a widget's width (or bounds) in pixels at 100 %; it follows the letter size."""
    widget.setProperty(_WIDTHS, [least, least if most is None else most])
    _widen(widget)


def _widen(widget: QWidget) -> None:
    widths = widget.property(_WIDTHS)
    if widths is not None:
        widget.setMinimumWidth(px(widths[0]))
        widget.setMaximumWidth(min(px(widths[1]), UNBOUND))


def restyle(root: QWidget) -> None:
    """Measure a widget and everything in it anew, outermost first."""
    for widget in [root, *root.findChildren(QWidget)]:
        widget.ensurePolished()  # what was never shown would take its letters from the style when it is, too late
        _widen(widget)
        layout = widget.layout()
        if layout is not None:
            _space(layout)
            for inner in layout.findChildren(QLayout):
                _space(inner)
        if isinstance(widget, Restyled):
            widget.restyle()
    root.updateGeometry()
    root.update()


class Label(QLabel):
    """Words in one size, weight and colour (a token). With `wrap` it breaks lines and is never cut below."""

    def __init__(
        self,
        words: str = "",
        *,
        size: int = tokens.BODY,
        weight: int = tokens.REGULAR,
        ink: str = tokens.INK,
        wrap: bool = False,
        align: Qt.AlignmentFlag | None = None,
    ) -> None:
        super().__init__(words)
        self._size, self._weight, self._ink = size, weight, ink
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if align is not None:
            self.setAlignment(align)
        policy = self.sizePolicy()
        policy.setHeightForWidth(wrap)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self.restyle()

    def restyle(self) -> None:
        """Font and colour at the letter size in force."""
        self.setFont(fonts.font(self._size, self._weight))
        self.set_ink(self._ink)
        self._grow()

    def _grow(self) -> None:
        """Tell the layout that another height may be needed."""
        self.updateGeometry()

    def set_ink(self, ink: str) -> None:
        """Another colour of the tokens."""
        self._ink = ink
        made = self.palette()
        made.setColor(QPalette.ColorRole.WindowText, colour(ink))
        self.setPalette(made)

    def minimumSizeHint(self) -> QSize:
        """A line is never cut; a wrapped label may be as narrow as its longest word."""
        if not self.wordWrap():
            return self.sizeHint()
        measure = self.fontMetrics()
        longest = max((measure.horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(longest, measure.height() if self.text() else 0)


class Picture(QWidget):
    """One icon of a fixed size; it says nothing to a screen reader, the words beside it do."""

    def __init__(self, icon: str, *, size: int = 20, ink: str = tokens.INK2) -> None:
        super().__init__()
        self._icon, self._size, self._ink = icon, size, ink
        self.restyle()

    def restyle(self) -> None:
        """Size at the letter size in force."""
        self.setFixedSize(px(self._size), px(self._size))

    def set_icon(self, icon: str, ink: str) -> None:
        """Another drawing, another colour."""
        self._icon, self._ink = icon, ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._icon:
            icons.draw(painter, self._icon, 0, self.height() / 2, self._size, self._ink)


class Rule(QWidget):
    """A thin line across a card or page."""

    def __init__(self, ink: str = tokens.LINE, *, upright: bool = False) -> None:
        super().__init__()
        self._ink = ink
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(self.rect()), colour(self._ink))


def seen_whole(panel: QWidget) -> None:
    """Marks what belongs together: a page that scrolls to a part of it brings the whole of it into sight."""
    panel.setProperty(_WHOLE, "yes")


def bring_into_sight(part: QWidget) -> None:
    """Everything around a part scrolls to it, and to the whole of its panel where that fits."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, Scroll):
            around.keep_in_sight(part)
        around = around.parentWidget()


class CursorInSight(QObject):
    """Scrolls to whatever gets the cursor within a widget, as long as that widget is there."""

    def __init__(self, within: QWidget) -> None:
        super().__init__(within)
        self._within = within
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and alive(self) and alive(self._within) and self._within.isAncestorOf(new):
            bring_into_sight(new)


def is_in_sight(part: QWidget) -> bool:
    """True where nothing that scrolls hides the upper or the lower edge of a part that is shown."""
    around = part.parentWidget()
    while around is not None and part.isVisible():
        if isinstance(around, Scroll) and not around.shows(part):
            return False
        around = around.parentWidget()
    return part.isVisible()


class Scroll(QScrollArea):
    """Holds one widget at its own width; where it needs more height than there is, it scrolls down.

    The height is what the widget needs at this width. Qt's own resizing asks for what it would need at its narrowest,
    and scrolls for nothing. What was brought into sight last stays there while its panel grows or the room shrinks;
    who scrolls elsewhere is left there.
    """

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self._kept: QWidget | None = None
        self._placed: tuple[object, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setWidget(held)
        self.viewport().setAutoFillBackground(False)
        held.setAutoFillBackground(False)
        held.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)  # Qt's own sets the bar to the new height

    def _fit(self) -> None:
        held = self.widget()
        if held is None:
            return
        width = min(self.viewport().width(), held.maximumWidth())
        layout = held.layout()
        needed = held.minimumSizeHint().height()
        if layout is not None:
            layout.activate()
            needed = (
                layout.minimumHeightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
            )
        held.resize(width, max(self.viewport().height(), needed))
        self._keep()

    def keep_in_sight(self, part: QWidget) -> None:
        """Scroll to a part, and to the largest panel around it that fits, as little as brings it into sight; as long as
        it is the last one asked for.
        """
        self._kept, self._placed = part, ()
        self._keep()

    def shows(self, part: QWidget) -> bool:
        """True where the part is in sight from its upper to its lower edge."""
        top = self.verticalScrollBar().value()
        place = self._place(part)
        return top <= place.top() and place.bottom() < top + self.viewport().height()

    def _place(self, part: QWidget) -> QRect:
        return QRect(part.mapTo(self.widget() or part, QPoint(0, 0)), part.size())

    def _keep(self) -> None:
        part, held, room = self._kept, self.widget(), self.viewport().height()
        if part is None or not alive(part) or held is None or not held.isAncestorOf(part) or not part.isVisibleTo(held):
            self._kept = None
            return
        panels, around = [], part.parentWidget()
        while around is not None and held.isAncestorOf(around):
            panels += [self._place(around)] if around.property(_WHOLE) else []
            around = around.parentWidget()
        own = self._place(part)
        if isinstance(part, WithCursor):
            own = part.down_to_cursor(room).translated(own.topLeft())
        placed = (room, held.height(), own, *panels)
        if placed == self._placed:
            return
        self._placed = placed
        near = own.adjusted(0, -px(28), 0, px(28))
        whole = [place for place in panels if place.height() <= room]
        self._scroll_to(whole[-1] if whole else near)

    def _scroll_to(self, place: QRect) -> None:
        """As little as brings it into sight; of what is too tall its beginning."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        low = place.bottom() + 1 - room
        if place.top() < bar.value() or place.height() > room:
            bar.setValue(place.top())
        elif bar.value() < low:
            bar.setValue(low)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down and the page keys scroll what is too tall; every other key is the window's."""
        scrolls = self.verticalScrollBar().maximum() > 0 and not event.modifiers()
        if scrolls and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()


class ScrollColumn(Scroll):
    """A column that scrolls down when it is taller than its place; put widgets into `column`.

    A page with buttons that must stay in sight puts its content here and the buttons under it.
    """

    def __init__(self, *, margins: Margins = NO_MARGINS, gap: int = 12) -> None:
        inner = QWidget()
        super().__init__(inner)
        self.column = rows(inner, margins=margins, gap=gap)
