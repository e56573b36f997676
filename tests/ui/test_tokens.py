"""Contrast of the colours by the formula of WCAG 2.2 (relative luminance, 1.4.3), against the figures of the look."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from shg_desk.domain.group_colours import COLOURS
from shg_desk.ui import tokens


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_formula_agrees_with_known_pairs() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)  # the lightest grey that passes AA on white


T = tokens
PUBLISHED = [
    (T.INK, T.SURFACE, 16.8),
    (T.INK2, T.SURFACE, 8.4),
    (T.INK3, T.SURFACE, 6.4),
    (T.INK, T.CANVAS, 15.3),
    (T.INK2, T.CANVAS, 7.7),
    (T.INK3, T.CANVAS, 5.8),
    (T.INK, T.SUNKEN, 14.1),
    (T.INK2, T.SUNKEN, 7.1),
    (T.INK3, T.SUNKEN, 5.4),
    (T.BORDER, T.SURFACE, 4.7),
    (T.BORDER, T.CANVAS, 4.2),
    (T.LAKE, T.SURFACE, 8.0),
    (T.LAKE, T.CANVAS, 7.2),
    (T.LAKE, T.LAKE50, 6.9),
    (T.INK, T.SAFFRON, 10.6),
    (T.INK, T.SAFFRON50, 15.3),
    (T.SAFFRON, T.RAIL, 8.8),
    (T.RED, T.SURFACE, 7.5),
    (T.RED, T.RED50, 6.4),
    (T.AMBER, T.SURFACE, 8.5),
    (T.AMBERMARK, T.SURFACE, 4.2),
    (T.AMBER, T.AMBER50, 7.5),
    (T.AMBERMARK, T.AMBER50, 3.8),
    (T.GREEN, T.SURFACE, 7.4),
    (T.GREEN, T.GREEN50, 6.3),
    (T.WHITE, T.RAIL, 13.8),
    (T.WHITE, T.RAILSEL, 8.7),
    (T.RAILTEXT, T.RAIL, 11.8),
    (T.RAILMUTE, T.RAIL, 7.5),
    (T.WHITE, T.PLUM, 14.4),
    (T.WHITE, T.PLUMSEL, 9.5),
    (T.WHITE, T.PLUM7, 8.4),
    (T.WHITE, T.OCHRE, 7.2),
    (T.DISABLED, T.SUNKEN, 5.0),
]


@pytest.mark.parametrize(("ink", "ground", "ratio"), PUBLISHED)
def test_contrast_is_what_the_look_says(ink: str, ground: str, ratio: float) -> None:
    assert contrast(ink, ground) == pytest.approx(ratio, abs=0.15)


TEXTS = [
    (T.INK3, T.SAFFRON50),
    (T.AMBER, T.SAFFRON50),
    (T.LAKE, T.SAFFRON50),
    (T.DISABLED, T.SURFACE),
    (T.WHITE, T.OCHRESEL),
    (T.WHITE, T.OCHREHATCH),
    (T.RAILTEXT, T.OCHRE),
    (T.RAILTEXT, T.OCHREHATCH),
    (T.RAILMUTE, T.PLUM),
    (T.SAFFRON, T.INK),
    (T.INK, T.RED50),
    (T.INK, T.AMBER50),
    (T.INK, T.GREEN50),
    (T.INK, T.LAKE50),
    (T.LAKE, T.RED50),
    (T.INK3, T.CANVAS),
]


@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_every_other_pairing_of_the_parts_is_readable(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5  # WCAG 2.2, 1.4.3 for text of any size


@pytest.mark.parametrize("ground", [T.SURFACE, T.CANVAS, T.SUNKEN, T.SAFFRON50])
def test_focus_is_seen_without_colour(ground: str) -> None:
    assert contrast(T.INK, ground) >= 3  # WCAG 2.2, 1.4.11


def lightness_and_hue(linear: list[float]) -> tuple[float, float, float]:
    """CIE 1976 L*a*b* of linear sRGB, white D65."""
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1.0, 1.08883)
    parts = [sum(m * v for m, v in zip(row, linear, strict=True)) / w for row, w in zip(to_xyz, white, strict=True)]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


EYES = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "no green": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}
"""What an eye makes of linear sRGB: Vienot, Brettel and Mollon 1999, for protanopes and deuteranopes."""


def apart(one: str, other: str, eye: str) -> float:
    def seen(colour: str) -> list[float]:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return [sum(m * v for m, v in zip(row, linear, strict=True)) for row in EYES[eye]]

    return math.dist(lightness_and_hue(seen(one)), lightness_and_hue(seen(other)))


@pytest.mark.parametrize("eye", EYES)
def test_colours_of_groups_are_told_apart_by_every_eye(eye: str) -> None:
    assert len(T.GROUP_COLOURS) == COLOURS
    for one, other in combinations(T.GROUP_COLOURS, 2):
        assert apart(one, other, eye) > 12, (one, other)


@pytest.mark.parametrize("colour", T.GROUP_COLOURS)
def test_the_colour_of_a_group_is_seen_and_means_no_trouble(colour: str) -> None:
    for ground in (T.SURFACE, T.CANVAS, T.SAFFRON50):
        assert contrast(colour, ground) >= 3  # WCAG 2.2, 1.4.11
    for meaning in (T.RED, T.AMBER, T.AMBERMARK, T.GREEN, T.SAFFRON):
        assert apart(colour, meaning, "full") > 35, meaning


@pytest.mark.parametrize(("percent", "pixels"), [(100, 13), (125, 16), (150, 20)])
def test_letter_size_scales_every_pixel(percent: int, pixels: int) -> None:
    tokens.set_letter_size(percent)
    assert tokens.px(tokens.SMALL) == pixels
    assert tokens.large() == (percent >= 125)


def test_other_letter_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="110"):
        tokens.set_letter_size(110)
