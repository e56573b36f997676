"""What a widget really paints: every run of text with its ink, what it is clipped to, and what is painted over it.

A paint device whose engine draws nothing and writes down everything; it knows nothing of how a part measures itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtCore import QPointF
from PySide6.QtCore import QRect
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtGui import QPaintDevice
from PySide6.QtGui import QPaintEngine
from PySide6.QtGui import QPaintEngineState
from PySide6.QtGui import QPainterPath
from PySide6.QtGui import QRegion
from PySide6.QtGui import QTextItem
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QWidget

OPAQUE = 255


@dataclass(slots=True)
class Run:
    """A run of text on one line: its words, where its ink lies in the widget, and the clip it was painted under."""

    words: str
    ink: QRectF
    clip: QRectF | None = None
    covered: str = ""
    """How something opaque that was painted later lies over it; empty where nothing does."""


class _Engine(QPaintEngine):
    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.runs: list[Run] = []
        self._transform = QTransform()
        self._clip: QRectF | None = None
        self._fills = False

    def begin(self, _device: QPaintDevice) -> bool:
        self.setActive(True)
        return True

    def end(self) -> bool:
        self.setActive(False)
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        changed = state.state()
        flags = QPaintEngine.DirtyFlag
        if changed & flags.DirtyTransform:
            self._transform = QTransform(state.transform())
        if changed & (flags.DirtyClipEnabled | flags.DirtyClipRegion | flags.DirtyClipPath | flags.DirtyTransform):
            region = QRectF(state.clipRegion().boundingRect())
            path = state.clipPath().boundingRect()
            rects = [rect for rect in (region, path) if not rect.isEmpty()]
            known = bool(rects) and state.isClipEnabled()
            self._clip = self._transform.mapRect(rects[0]) if known else None
        brush = state.brush()
        solid = brush.style() is Qt.BrushStyle.SolidPattern and brush.color().alpha() == OPAQUE
        self._fills = solid and state.opacity() == 1.0

    def drawTextItem(self, at: QPointF, item: QTextItem) -> None:
        words = item.text()
        if not words.strip():
            return
        ink = QFontMetricsF(item.font()).tightBoundingRect(words.strip())
        lead = QFontMetricsF(item.font()).horizontalAdvance(words[: len(words) - len(words.lstrip())])
        place = self._transform.mapRect(ink.translated(at.x() + lead, at.y()))
        self.runs.append(Run(words, place, self._clip))

    def _cover(self, area: QRectF | QPainterPath) -> None:
        for run in self.runs:
            if not run.covered:
                hit = area.intersected(run.ink) if isinstance(area, QRectF) else None
                if hit is not None and hit.width() > 1.5 and hit.height() > 1.5:
                    run.covered = f"{hit.width():.0f}x{hit.height():.0f}"
                elif isinstance(area, QPainterPath) and area.intersects(run.ink.adjusted(1, 1, -1, -1)):
                    run.covered = "shape"

    def drawRects(self, rects: Sequence[QRect] | Sequence[QRectF]) -> None:
        for rect in rects if self._fills else ():
            self._cover(self._transform.mapRect(QRectF(rect)))

    def drawPath(self, path: QPainterPath) -> None:
        if self._fills:
            self._cover(self._transform.map(path))

    def drawPixmap(self, *_what: object) -> None: ...
    def drawImage(self, *_what: object) -> None: ...
    def drawTiledPixmap(self, *_what: object) -> None: ...
    def drawLines(self, *_what: object) -> None: ...
    def drawPolygon(self, *_what: object) -> None: ...
    def drawEllipse(self, *_what: object) -> None: ...
    def drawPoints(self, *_what: object) -> None: ...


class _Paper(QPaintDevice):
    def __init__(self, size: QRect) -> None:
        super().__init__()
        self.engine = _Engine()
        metrics = QPaintDevice.PaintDeviceMetric
        self._metrics = {
            metrics.PdmWidth: size.width(),
            metrics.PdmHeight: size.height(),
            metrics.PdmDepth: 32,
            metrics.PdmNumColors: 1 << 24,
            metrics.PdmDpiX: 96,
            metrics.PdmDpiY: 96,
            metrics.PdmPhysicalDpiX: 96,
            metrics.PdmPhysicalDpiY: 96,
            metrics.PdmDevicePixelRatio: 1,
            metrics.PdmDevicePixelRatioScaled: 0x10000,
        }

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, which: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(which, 0)


def runs_of(widget: QWidget) -> list[Run]:
    """What this one widget paints, its children left out; what it painted over and painted again counts once."""
    paper = _Paper(widget.rect())
    widget.render(paper, QPoint(), QRegion(widget.rect()), QWidget.RenderFlag(0))
    found: list[Run] = []
    for at, run in enumerate(paper.engine.runs):
        again = run.covered and any(
            later.words == run.words and later.ink.center().toPoint() == run.ink.center().toPoint()
            for later in paper.engine.runs[at + 1 :]
        )
        if not again:
            found.append(run)
    return found
