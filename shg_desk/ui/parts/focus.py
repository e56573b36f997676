"""The one look of focus: a ring laid over whichever part has the keyboard, so that there are never two."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtCore import QObject
from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.parts import paint
from shg_desk.ui.tokens import px

RING_RADIUS = "ring_radius"
"""Widgets that want the ring carry this property: the radius of their corners at 100 %."""

_FOLLOWED = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange}


def wants_ring(widget: QWidget, radius: int = tokens.RADIUS_FIELD) -> None:
    """Mark a widget: when it has the focus the ring lies around it."""
    widget.setProperty(RING_RADIUS, radius)


def alive(widget: QObject) -> bool:
    """Whether Qt still has the object; while a window goes, signals reach Python names of things already gone."""
    try:
        widget.objectName()
    except RuntimeError:
        return False
    return True


class FocusRing(QWidget):
    """The ring itself; one for each window, made by the main window and by dialogs."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._home = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._radius = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def target(self) -> QWidget | None:
        """The widget with the ring around it; None where the focus paints itself (tables, rail)."""
        return self._target

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not alive(self._home) or not alive(self):
            return  # the window is just going
        self._leave()
        if new is None or new.window() is not self._home.window() or new.property(RING_RADIUS) is None:
            self._rest()
            return
        self._target = new
        self._radius = int(new.property(RING_RADIUS))
        new.destroyed.connect(self._lost)
        self._follow()

    def _leave(self) -> None:
        for widget in self._watched:
            if alive(widget):
                widget.removeEventFilter(self)
        self._watched = []
        if self._target is not None:
            self._target.destroyed.disconnect(self._lost)
            self._target = None

    def _lost(self) -> None:
        self._target = None
        self._watched = []
        if alive(self._home) and alive(self):
            self._rest()

    def _rest(self) -> None:
        """Wait at the window, so that the ring does not die with a page."""
        self.hide()
        if self.parentWidget() is not self._home:
            self.setParent(self._home)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._target is not None and event.type() in _FOLLOWED:
            self._follow()
        return False

    def _follow(self) -> None:
        """Lie around the target, on the nearest widget around it with room for the glow, below any scrolled page."""
        target = self._target
        if target is None:
            return
        grown = px(paint.RING) + 1
        host, around = target.parentWidget() or self._home, [target]
        place = QRect(target.mapTo(host, QPoint(0, 0)), target.size()).adjusted(-grown, -grown, grown, grown)
        while host is not self._home and not host.rect().contains(place) and not _scrolled(host):
            around.append(host)
            place.translate(host.pos())
            host = host.parentWidget() or self._home
        for widget in around:
            if widget not in self._watched:
                widget.installEventFilter(self)
                self._watched.append(widget)
        if self.parentWidget() is not host:
            self.setParent(host)
        self.setGeometry(place)
        self.setVisible(target.isVisible())
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        grown = px(paint.RING) + 1
        painter = QPainter(self)
        paint.focus_ring(painter, QRectF(self.rect()).adjusted(grown, grown, -grown, -grown), self._radius)


def _scrolled(widget: QWidget) -> bool:
    """True for what moves in a scroll area: a ring on it moves along and is cut where it is cut."""
    viewport = widget.parentWidget()
    area = viewport.parentWidget() if viewport is not None else None
    return isinstance(area, QAbstractScrollArea) and area.viewport() is viewport
