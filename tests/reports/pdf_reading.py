"""Papers read back with another program's eyes: text, letters with their places, and ink."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw

from shg_desk.reports.page import Paper


@dataclass(frozen=True)
class Letter:
    text: str
    left: float
    bottom: float
    right: float
    top: float


def opened(paper: Paper) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(paper.data)


def page_texts(paper: Paper) -> list[str]:
    """The text of each page, spaces and line ends made one space."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in opened(paper)]


def letters(page: pypdfium2.PdfPage) -> list[Letter]:
    """Every inked letter with the box of its ink, in points from the lower left corner."""
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter.isspace():
            continue
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        found.append(Letter(letter, left.value, bottom.value, right.value, top.value))
    return found


def outside(paper: Paper, margin: float) -> list[str]:
    """Letters nearer to an edge than the margin."""
    found = []
    for page in opened(paper):
        width, height = page.get_size()
        for one in letters(page):
            if one.left < margin or one.bottom < margin or one.right > width - margin or one.top > height - margin:
                found.append(f"{one}")
    return found


def overprinted(paper: Paper) -> list[tuple[str, str]]:
    """Pairs of letters whose ink boxes share more than a third of the smaller one: text over text."""
    found = []
    for page in opened(paper):
        ordered = sorted(letters(page), key=lambda one: one.left)
        for index, one in enumerate(ordered):
            for other in ordered[index + 1 :]:
                if other.left > one.right:
                    break
                wide = min(one.right, other.right) - max(one.left, other.left)
                high = min(one.top, other.top) - max(one.bottom, other.bottom)
                smaller = min(_area(one), _area(other))
                if wide > 0 and high > 0 and smaller and wide * high > smaller / 3:
                    found.append((one.text, other.text))
    return found


def _area(one: Letter) -> float:
    return (one.right - one.left) * (one.top - one.bottom)


def ink(paper: Paper, page: int = 0, scale: float = 4) -> bytes:
    """The grey values of a page."""
    return bytes(opened(paper)[page].render(scale=scale, grayscale=True).to_pil().tobytes())
