"""Fira Sans on paper: three weights with figures of equal width, and the width of every text in them.

The typeface holds tabular figures as other glyphs behind the feature `tnum`, which the PDF library cannot ask for; so
the feature is read from the font's substitution table here and the ten digits are pointed at those glyphs.
"""

from __future__ import annotations

import struct
from functools import lru_cache

import fontpkg
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfbase.ttfonts import TTFontFace

from shg_desk.domain.problems import BugError

FAMILY = "Fira Sans"
REGULAR, MEDIUM, BOLD = 400, 500, 600
NBSP = "\u00a0"


@lru_cache(maxsize=8)
def face(weight: int) -> TTFont:
    """The registered font of a weight (400, 500, 600). Raises BugError where the typeface has no tabular figures."""
    name = f"desk-{weight}"
    font = TTFont(name, str(fontpkg.path(FAMILY, weight=weight)))
    pdfmetrics.registerFont(font)
    shapes = font.face
    tabular = _single_substitutions(_table(shapes, "GSUB"), b"tnum")
    advances = _advances(_table(shapes, "hhea"), _table(shapes, "hmtx"))
    for digit in map(ord, "0123456789"):
        glyph = tabular.get(shapes.charToGlyph[digit])
        if glyph is None:
            raise BugError(f"no tabular figures in weight {weight}")
        shapes.charToGlyph[digit] = glyph
        shapes.charWidths[digit] = advances[min(glyph, len(advances) - 1)] * 1000 / shapes.unitsPerEm
    return font


@lru_cache(maxsize=65536)
def unit_width(text: str, weight: int = REGULAR) -> float:
    """Width of a text at size 1."""
    shapes = face(weight).face
    widths, other = shapes.charWidths, shapes.defaultWidth
    # the PDF library draws a no-break space as a space
    return float(sum(widths.get(ord(letter), other) for letter in text.replace(NBSP, " "))) / 1000


def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """Points a line of text takes."""
    return unit_width(text, weight) * size


def missing(text: str) -> set[str]:
    """Letters of a text that the typeface does not hold; they would come out as empty boxes."""
    known = face(REGULAR).face.charToGlyph
    return {letter for letter in text if ord(letter) not in known}


def _table(shapes: TTFontFace, name: str) -> bytes:
    return bytes(shapes.get_table(name))  # type: ignore[no-untyped-call] # the library's stubs leave it open


def _advances(hhea: bytes, hmtx: bytes) -> list[int]:
    """Advance widths of the glyphs, in font units (the last one holds for all glyphs after it)."""
    count = struct.unpack_from(">H", hhea, 34)[0]
    return [struct.unpack_from(">H", hmtx, 4 * glyph)[0] for glyph in range(count)]


def _single_substitutions(gsub: bytes, feature: bytes) -> dict[int, int]:
    """Glyph to glyph by the lookups of one feature, for substitutions of one glyph (OpenType GSUB, lookup type 1)."""
    _, feature_list, lookup_list = struct.unpack_from(">HHH", gsub, 4)
    found: dict[int, int] = {}
    for lookup in sorted(_lookups_of(gsub, feature_list, feature)):
        at = lookup_list + struct.unpack_from(">H", gsub, lookup_list + 2 + 2 * lookup)[0]
        kind, _, subtables = struct.unpack_from(">HHH", gsub, at)
        for place in range(subtables):
            subtable = at + struct.unpack_from(">H", gsub, at + 6 + 2 * place)[0]
            kind_here = kind
            if kind == 7:  # an extension only says where the real one lies
                kind_here, further = struct.unpack_from(">HI", gsub, subtable + 2)
                subtable += further
            if kind_here == 1:
                found.update(_single(gsub, subtable))
    return found


def _lookups_of(gsub: bytes, feature_list: int, feature: bytes) -> set[int]:
    lookups: set[int] = set()
    for place in range(struct.unpack_from(">H", gsub, feature_list)[0]):
        tag, offset = struct.unpack_from(">4sH", gsub, feature_list + 2 + 6 * place)
        if tag == feature:
            at = feature_list + offset
            count = struct.unpack_from(">H", gsub, at + 2)[0]
            lookups.update(struct.unpack_from(f">{count}H", gsub, at + 4))
    return lookups


def _single(gsub: bytes, at: int) -> dict[int, int]:
    form, coverage = struct.unpack_from(">HH", gsub, at)
    covered = _covered(gsub, at + coverage)
    if form == 1:
        delta = struct.unpack_from(">h", gsub, at + 4)[0]
        return {glyph: (glyph + delta) % 65536 for glyph in covered}
    count = struct.unpack_from(">H", gsub, at + 4)[0]
    return dict(zip(covered, struct.unpack_from(f">{count}H", gsub, at + 6), strict=True))


def _covered(gsub: bytes, at: int) -> list[int]:
    form, count = struct.unpack_from(">HH", gsub, at)
    if form == 1:
        return list(struct.unpack_from(f">{count}H", gsub, at + 4))
    glyphs: list[int] = []
    for place in range(count):
        first, last, _ = struct.unpack_from(">HHH", gsub, at + 4 + 6 * place)
        glyphs.extend(range(first, last + 1))
    return glyphs


@lru_cache(maxsize=16384)
def wrapped(text: str, size: float, weight: int, width: float) -> tuple[str, ...]:
    """A text in lines no wider than `width` points: broken between words, or inside one that is too long, at a hyphen.

    A text without letters is one empty line. A single letter wider than the width stays alone on its line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.replace("\t", " ").split(" "):
            if not word:
                continue  # only a plain space may be broken at, a no-break one holds a figure together
            longer = f"{line} {word}" if line else word
            if text_width(longer, size, weight) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = _cut(word, size, weight, width)
            lines.extend(full)
        lines.append(line)
    return tuple(lines)


def _cut(word: str, size: float, weight: int, width: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and text_width(parts[-1] + letter, size, weight) > width:
            head, hyphen, tail = parts[-1].rpartition("-")
            if hyphen and text_width(tail + letter, size, weight) <= width:
                parts[-1] = head + hyphen
            else:
                tail = ""
            parts.append(tail)
        parts[-1] += letter
    return parts


def fitting(text: str, size: float, weight: int, width: float) -> float:
    """The size, not above `size`, at which the longest word of a text still fits a width."""
    widest = max((unit_width(word, weight) for word in text.replace("\n", " ").split(" ")), default=0.0)
    return min(size, width / widest) if widest else size
