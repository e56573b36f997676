"""Finds words that do not fit: tests walk over a shown window in every language and letter size and expect none."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLayout
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget

from shg_desk.ui.parts.card import Pill
from shg_desk.ui.parts.focus import FocusRing
from shg_desk.ui.parts.grid import GridView
from shg_desk.ui.parts.hint_bar import HintButton
from shg_desk.ui.parts.rail import RailItem
from shg_desk.ui.parts.table_head import TableHead
from shg_desk.ui.parts.toast import Toast


@dataclass(frozen=True, slots=True)
class Cut:
    """Something not seen whole: what kind of part, its words, and why."""

    part: str
    words: str
    why: str


def cut_text(root: QWidget) -> list[Cut]:
    """Every label, button, head and cell in sight whose words do not fit, and every part that covers its neighbour."""
    found: list[Cut] = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible():
            found += _of(widget)
            found += _overlaps(widget)
    return found


def _of(widget: QWidget) -> list[Cut]:
    if isinstance(widget, GridView):
        return [Cut("cell", text or f"({row}, {column})", "does not fit") for row, column, text in widget.cut_cells()]
    if isinstance(widget, TableHead):
        return [Cut("head", name, "does not fit") for name in widget.cut_sections()]
    if isinstance(widget, QLabel):
        return _label(widget)
    if isinstance(widget, RailItem) and widget.width() < widget.sizeHint().width() and not _narrow(widget):
        bare = widget.fontMetrics().horizontalAdvance(widget.text())
        return [Cut("rail", widget.text(), "too narrow")] if bare > widget.width() - 50 else []
    if isinstance(widget, QAbstractButton | Pill) and not isinstance(widget, HintButton | RailItem):
        return _button(widget)
    return []


def _narrow(item: RailItem) -> bool:
    rail = item.parentWidget()
    return bool(getattr(rail, "narrow", lambda: False)())


def _label(label: QLabel) -> list[Cut]:
    words = label.text()
    if not words:
        return []
    if not label.wordWrap():
        short = label.width() < label.sizeHint().width() or label.height() < label.fontMetrics().height()
        return [Cut("label", words, "too small")] if short else []
    cut = []
    if label.height() < label.heightForWidth(label.width()):
        cut.append(Cut("label", words, "last line cut"))
    if any(label.fontMetrics().horizontalAdvance(word) > label.width() for word in words.split()):
        cut.append(Cut("label", words, "word broken"))
    return cut


def _button(widget: QAbstractButton | Pill) -> list[Cut]:
    words = widget.text() if isinstance(widget, QAbstractButton) else widget.accessibleName()
    if widget.hasHeightForWidth():
        least = widget.minimumSizeHint()
        fits = widget.height() >= widget.heightForWidth(widget.width()) and widget.width() >= least.width()
    else:
        fits = widget.width() >= widget.sizeHint().width() and widget.height() >= widget.sizeHint().height()
    outside = not _inside(widget)
    if fits and not outside:
        return []
    return [Cut("button", words, "outside its place" if outside else "too small")]


def _inside(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is None or parent.rect().contains(widget.geometry())


def _overlaps(parent: QWidget) -> list[Cut]:
    """Children of one widget that lie over each other; what floats on purpose is left out."""
    layout = parent.layout()
    if isinstance(parent, GridView) or layout is None:
        return []
    floating = (FocusRing, Toast)
    shown = [
        child
        for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.isVisible() and not isinstance(child, floating)
    ]
    inner = [layout, *layout.findChildren(QLayout)]
    placed = [child for child in shown if any(place.indexOf(child) >= 0 for place in inner)]
    found = []
    for i, one in enumerate(placed):
        for other in placed[i + 1 :]:
            shared: QRect = one.geometry().intersected(other.geometry())
            if shared.width() > 1 and shared.height() > 1:
                found.append(Cut("overlap", f"{_name(one)} / {_name(other)}", f"{shared.width()}x{shared.height()}"))
    return found


def _name(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
        return widget.text()
    return widget.accessibleName() or type(widget).__name__
