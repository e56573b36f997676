"""Looks at a shown window as a person does and finds what is wrong with it: words cut, covered, missing, strange.

It judges what was painted (`painted.runs_of`), never what a part says of itself. What is allowed:

- a field holds what is being typed and shows the part round the cursor; its placeholder has to be whole;
- what scrolls down may be cut at the edge it scrolls over, where it really can scroll;
- the ring, the toast, the curtain and the edge of the practice book lie over other things: that is what they are for;
- the report after a mishap is written for whoever mends it;
- in Kyrgyz and Russian there are Latin letters on keycaps, in names of files and formats, in codes and fingerprints,
  and in the languages' own names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from painted import Run
from painted import runs_of
from PySide6.QtCore import QPoint
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from PySide6.QtWidgets import QAbstractScrollArea
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPlainTextEdit
from PySide6.QtWidgets import QTableView
from PySide6.QtWidgets import QWidget

from shg_desk.ui.parts.table_model import TableModel

SLACK = 1.5
"""Pixels: what blending at the edge of a letter makes of its place."""
NEAR = 0.25
"""Of a line's height: so far the tail of a letter may reach into the line below it without touching one there."""
FLOATING = {"FocusRing", "Toast", "Curtain", "PracticeEdge"}
WORDLESS = {"RailItem", "HintButton"}
"""Shown in another way where there is no room: the narrow rail by its icons, hints by fewer of them."""
LATIN = re.compile(r"[A-Za-zʻ]{3,}")
KNOWN_LATIN = {
    "SHG", "Desk", "Enter", "Esc", "Tab", "Space", "Ctrl", "Alt", "Shift", "Ins", "Del", "Home", "End", "PgUp", "PgDn",
    "Excel", "PDF", "CSV", "XLSX", "USB", "Caps", "Lock", "English", "Oʻzbekcha", "GPL", "KGS",
}  # fmt: skip
NAMES_OF_FILES = re.compile(
    r"\S+(?: [/\\] ?\S*)+|\S*[/\\]\S*|\S+\.(?:csv|xlsx|ods|pdf|shgb|shgbook|shgbackup|request|grant)\b"
)
CODE = re.compile(r"\b[A-Z0-9]{3,5}\b|\b(?=[a-z]*[2-7])[a-z2-7]{7,8}\b")
"""Groups of a fingerprint or of a recovery sheet, and codes of laptops (which a line may break after a digit)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, with which words, and in which part."""

    kind: str
    words: str
    part: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.words!r} in {self.part}"


@dataclass(frozen=True, slots=True)
class Seen:
    """A run as the window shows it: its words and what of its ink is in sight, in the window's coordinates."""

    words: str
    rect: QRectF
    part: QWidget


def faults(root: QWidget, lang: str = "en") -> list[Fault]:
    """Everything wrong in a shown window; `lang` `ky` or `ru` also finds words of English."""
    found: list[Fault] = []
    seen: list[Seen] = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisibleTo(root) or not widget.isVisible() or not _on_paper(widget):
            continue
        runs = runs_of(widget) if type(widget) is not QWidget or _area_of(widget) is not None else []
        found += _placed(widget, root)
        found += _cut(widget, runs, root, seen)
        found += _missing(widget, runs)
        if isinstance(table := widget.parentWidget(), QTableView) and table.viewport() is widget:
            found += _cells(table, runs)
        if lang in ("ky", "ru"):
            found += _english(widget, runs)
    return [*found, *_overlapping(seen)]


def _on_paper(widget: QWidget) -> bool:
    return not isinstance(widget, QLineEdit) or widget.width() > 0


def _name(widget: QWidget) -> str:
    names, step = [], widget
    while step is not None and len(names) < 4:
        names.append(type(step).__name__)
        step = step.parentWidget()
    return " < ".join(names)


# -- places of parts


def _placed(widget: QWidget, root: QWidget) -> Iterator[Fault]:
    """Outside its parent, or over its neighbour."""
    parent = widget.parentWidget()
    if widget is not root and parent is not None and type(widget).__name__ not in FLOATING:
        scrolled = _area_of(parent)
        inside = parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry())
        if scrolled is not None:  # its height is scrolled over, its width is not
            inside = widget.width() <= parent.width() + 1 or isinstance(widget, QLineEdit)
        if not inside:
            yield Fault("outside", _text(widget), _name(widget))
    if isinstance(widget, QAbstractScrollArea | QComboBox | QLineEdit):
        return
    shown = [
        one
        for one in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if one.isVisible() and type(one).__name__ not in FLOATING
    ]
    for at, one in enumerate(shown):
        for other in shown[at + 1 :]:
            shared: QRect = one.geometry().intersected(other.geometry())
            if shared.width() > 1 and shared.height() > 1:
                yield Fault("overlap", f"{_text(one)} / {_text(other)}", f"{_name(one)} / {type(other).__name__}")


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return widget.text()
    return widget.accessibleName() or type(widget).__name__


def _area_of(viewport: QWidget) -> QAbstractScrollArea | None:
    """The scrolling area whose window on its content this widget is."""
    area = viewport.parentWidget()
    return area if isinstance(area, QAbstractScrollArea) and area.viewport() is viewport else None


# -- what was painted


def _cut(widget: QWidget, runs: list[Run], root: QWidget, seen: list[Seen]) -> Iterator[Fault]:
    typed = isinstance(widget, QLineEdit) and bool(widget.text())
    for run in runs:
        if run.covered:
            yield Fault(f"painted over ({run.covered})", run.words, _name(widget))
        if "…" in run.words and "…" not in _text(widget):
            yield Fault("shortened", run.words, _name(widget))
        sight, lost = _in_sight(widget, run, root)
        if lost and not typed:
            yield Fault("cut", run.words, _name(widget))
        if not sight.isEmpty() and not any(type(part).__name__ in FLOATING for part in _line(widget)):
            seen.append(Seen(run.words, sight, widget))


def _line(widget: QWidget) -> Iterator[QWidget]:
    step: QWidget | None = widget
    while step is not None:
        yield step
        step = step.parentWidget()


def _in_sight(widget: QWidget, run: Run, root: QWidget) -> tuple[QRectF, bool]:
    """What of the ink is in sight, in the window; and whether a part of it is lost where nothing scrolls to it."""
    ink, lost = QRectF(run.ink), False
    edges = QRectF(widget.rect())
    if run.clip is not None:
        edges = edges.intersected(run.clip)
    for step in _line(widget):
        area = _area_of(step)
        scrolls = area is not None and area.verticalScrollBar().maximum() > area.verticalScrollBar().minimum()
        within = ink.intersected(edges)
        wide = ink.left() < edges.left() - SLACK or ink.right() > edges.right() + SLACK
        high = ink.top() < edges.top() - SLACK or ink.bottom() > edges.bottom() + SLACK
        lost = lost or wide or (high and not scrolls)
        ink = within
        if step is root or ink.isEmpty():
            break
        origin = step.mapToParent(QPoint(0, 0))
        ink = ink.translated(origin.x(), origin.y())
        parent = step.parentWidget()
        assert parent is not None
        edges = QRectF(parent.rect())
    return ink, lost


def _missing(widget: QWidget, runs: list[Run]) -> Iterator[Fault]:
    """Words a label or a button has, and has not painted."""
    if not isinstance(widget, QLabel | QAbstractButton) or type(widget).__name__ in WORDLESS:
        return
    painted = "".join("".join(run.words for run in runs).split())
    for word in widget.text().replace("&", "").split():
        if word not in painted:
            yield Fault("not painted", word, _name(widget))


def _cells(table: QTableView, runs: list[Run]) -> Iterator[Fault]:
    """Cells in sight whose words are not all inside them."""
    model, sight = table.model(), table.viewport().rect()
    last = table.rowAt(sight.height() - 1)
    rows = range(max(0, table.rowAt(0)), (last if last >= 0 else model.rowCount() - 1) + 1)
    shown = [column for column in range(model.columnCount()) if not table.isColumnHidden(column)]
    for row in rows:
        for column in shown:
            rect = table.visualRect(model.index(row, column))
            if not sight.adjusted(-1, -1, 1, 1).contains(rect):
                continue
            inside = [run for run in runs if QRectF(rect).contains(run.ink.center())]
            for run in inside:
                if not QRectF(rect).adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(run.ink):
                    yield Fault("out of its cell", run.words, f"row {row}, column {column}")
            painted = "".join("".join(run.words for run in inside).split())
            editors = table.viewport().findChildren(QLineEdit)
            typed = any(one.isVisible() and rect.intersects(one.geometry()) for one in editors)
            for word in [] if typed else _cell_words(table, row, column).split():
                if word not in painted:
                    yield Fault("not painted", word, f"row {row}, column {column}")


def _cell_words(table: QTableView, row: int, column: int) -> str:
    model = table.model()
    if isinstance(model, TableModel):
        cell = model.cell(row, column)
        return " ".join((cell.text, cell.small, cell.was, cell.tail))
    return str(model.index(row, column).data() or "")


def _english(widget: QWidget, runs: list[Run]) -> Iterator[Fault]:
    if (isinstance(widget, QLineEdit) and widget.text()) or isinstance(_area_of(widget), QPlainTextEdit):
        return
    for run in runs:
        bare = CODE.sub("", NAMES_OF_FILES.sub("", run.words))
        strange = [word for word in LATIN.findall(bare) if word not in KNOWN_LATIN]
        if strange:
            yield Fault("not in this language", run.words, _name(widget))


def _overlapping(seen: list[Seen]) -> Iterator[Fault]:
    """Words over words, whichever parts painted them."""
    ordered = sorted(seen, key=lambda one: one.rect.top())
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.rect.top() > one.rect.bottom():
                break
            shared = one.rect.intersected(other.rect)
            same = one.words == other.words and one.part is other.part and one.rect == other.rect  # a selection
            near = NEAR * min(one.rect.height(), other.rect.height())
            if shared.width() > SLACK and shared.height() > max(SLACK, near) and not same:
                yield Fault(
                    "words over words", f"{one.words} / {other.words}", f"{_name(one.part)} / {_name(other.part)}"
                )
