"""A paper as pages of finished drawing: text in its box, rules and boxes, then heads and feet once all pages are known.

Drawn straight as page content, since papers of a whole village are many rows; equal input gives equal bytes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from reportlab import rl_config
from reportlab.lib import pagesizes
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from shg_desk.domain.spelling import as_seen
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.reports.typeface import REGULAR
from shg_desk.reports.typeface import face
from shg_desk.reports.typeface import missing
from shg_desk.reports.typeface import text_width

rl_config.useA85 = 0  # streams as they are: papers a fifth smaller and sooner made
MM = float(mm)
A4 = (float(pagesizes.A4[0]), float(pagesizes.A4[1]))
A4_LANDSCAPE = (A4[1], A4[0])
A5 = (float(pagesizes.A5[0]), float(pagesizes.A5[1]))
A6 = (float(pagesizes.A6[0]), float(pagesizes.A6[1]))
RULE = 0.5
GREY = 0.88
"""Behind heads only: 12 % black, and nothing depends on it."""

SMALLEST = 3.0
"""Points; a figure too wide for its cell is drawn smaller, never cut, and never smaller than this."""


class Align(StrEnum):
    """Where a text stands in its box."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Printed:
    """What the foot of a paper says: the day it is printed, by whom, whose data it holds.

    An office's paper has the report's number; a book's own says through which day everything is saved in it.
    """

    on: date
    by: str
    whose: str
    report: int | None = None
    saved_through: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF: its bytes, its pages, and letters of the text that the typeface lacks (drawn as empty boxes)."""

    data: bytes
    pages: int
    missing_letters: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()

    def write(self, path: Path) -> None:
        """Leaves the whole paper under that name, or nothing."""
        part = path.with_name(path.name + ".part")
        part.write_bytes(self.data)
        part.replace(path)


class Pages:
    """Pages being drawn. Points from the left and from the top; a text's `y` is its baseline."""

    def __init__(self, size: tuple[float, float], title: str, lang: str) -> None:
        self.width, self.height = size
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=size, invariant=1, pageCompression=1, lang=lang)
        self._canvas.setTitle(as_seen(title))
        self._canvas.setAuthor("SHG Desk")
        self._pages: list[list[str]] = []
        self._shown: dict[tuple[str, int], tuple[tuple[str, str], ...]] = {}
        self._missing: set[str] = set()
        self._code: list[str] = []

    @property
    def count(self) -> int:
        """Pages begun so far."""
        return len(self._pages)

    def new_page(self) -> None:
        """Begins a page; what is drawn from now on stands on it."""
        self._code = []
        self._pages.append(self._code)

    def at(self, page: int) -> None:
        """Goes back to a page (the first is 0), for heads and feet that need to know what came after."""
        self._code = self._pages[page]

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        weight: int = REGULAR,
        *,
        align: Align = Align.LEFT,
        width: float | None = None,
    ) -> None:
        """One line of text whose box begins at `x` and is `width` wide; too wide a text is drawn smaller."""
        text = as_seen(text)
        if not text:
            return
        if width is not None:
            taken = text_width(text, size, weight)
            if taken > width:
                size = max(size * width / taken, SMALLEST)
                taken = text_width(text, size, weight)
            if align is Align.RIGHT:
                x += width - taken
            elif align is Align.CENTRE:
                x += (width - taken) / 2
        (font, letters), *more = self._encoded(text, weight)
        code = f"BT {font} {size:.4g} Tf 1 0 0 1 {x:.2f} {self.height - y:.2f} Tm <{letters}> Tj"
        for font, letters in more:
            code += f" {font} {size:.4g} Tf <{letters}> Tj"
        self._code.append(code + " ET")

    def _encoded(self, text: str, weight: int) -> tuple[tuple[str, str], ...]:
        """The text as pieces of the font's subsets in this document, remembered."""
        key = (text, weight)
        found = self._shown.get(key)
        if found is None:
            self._missing |= missing(text)
            font, document = face(weight), self._canvas._doc  # type: ignore[attr-defined] # the stubs leave it out
            pieces = font.splitString(text, document)
            found = tuple((font.getSubsetInternalName(subset, document), part.hex()) for subset, part in pieces)
            self._shown[key] = found
        return found

    def rule(self, x: float, y: float, width: float, thickness: float = RULE) -> None:
        """A line from left to right."""
        up = self.height - y
        self._code.append(f"{thickness:.2f} w {x:.2f} {up:.2f} m {x + width:.2f} {up:.2f} l S")

    def upright(self, x: float, y: float, height: float, thickness: float = RULE) -> None:
        """A line from top to bottom."""
        up = self.height - y
        self._code.append(f"{thickness:.2f} w {x:.2f} {up:.2f} m {x:.2f} {up - height:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """An outline; `y` is its upper edge."""
        lower = self.height - y - height
        self._code.append(f"{RULE:.2f} w {x:.2f} {lower:.2f} {width:.2f} {height:.2f} re S")

    def grey(self, x: float, y: float, width: float, height: float) -> None:
        """A light field behind a head; `y` is its upper edge."""
        lower = self.height - y - height
        self._code.append(f"{GREY} g {x:.2f} {lower:.2f} {width:.2f} {height:.2f} re f 0 g")

    def finish(self, dress: Callable[[int], None]) -> Paper:
        """The paper; `dress(page)` draws what needs the number of pages, for each page from 0."""
        for page in range(len(self._pages)):
            self.at(page)
            dress(page)
        for code in self._pages:
            self._canvas.addLiteral("\n".join(code))
            self._canvas.showPage()
        self._canvas.save()
        return Paper(self._buffer.getvalue(), len(self._pages), frozenset(self._missing))


def foot_texts(words: Words, printed: Printed, page: int, of: int) -> tuple[str, str, str]:
    """The three parts of a paper's foot: printed when and by whom, whose data, page x of y."""
    who = words._("Printed {date}, {name}").format(date=formats.date(printed.on), name=printed.by)
    if printed.report is not None:
        who += " · " + words._("Report № {number}").format(number=printed.report)
    elif printed.saved_through is not None:
        who += " · " + words._("saved through {date}").format(date=formats.date(printed.saved_through))
    whose = words._("Holds data of: {whose}").format(whose=printed.whose)
    return who, whose, words._("page {page} of {pages}").format(page=page, pages=of)
