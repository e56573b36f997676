"""Which JPEGs are plain, on pictures another program wrote: their sort is told by it, and by bytes changed by hand."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from photo_makers import phone_photo

from shg_desk.tables.photos import SIDE_PIXELS
from shg_desk.tables.photos import small_photo
from shg_desk.tables.plain_jpeg import is_plain_jpeg

SCAN = b"\xff\xda"


def jpeg(size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 50).convert(mode).save(out, "JPEG", **how)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_the_program_writes_is_plain(tmp_path: Path, kind: str) -> None:
    for seed, size in enumerate(((300, 200), (2400, 1800), (900, 1200))):
        made = small_photo(phone_photo(tmp_path / f"{seed}.{kind}", size, seed, kind))
        assert is_plain_jpeg(made, SIDE_PIXELS)


def test_which_sorts_are_plain() -> None:
    assert is_plain_jpeg(jpeg(), 60)
    assert is_plain_jpeg(jpeg(mode="L"), 60)
    assert is_plain_jpeg(
        jpeg(optimize=True, restart_marker_blocks=1, comment=b"\xff\xda\xff\xc2", icc_profile=b"x"), 60
    )
    assert not is_plain_jpeg(jpeg(), 59)
    assert not is_plain_jpeg(jpeg((40, 60)), 59)
    assert not is_plain_jpeg(jpeg(progressive=True), 60)
    assert not is_plain_jpeg(jpeg(mode="CMYK"), 60)
    for kind in ("PNG", "GIF", "WEBP"):
        out = io.BytesIO()
        Image.new("RGB", (9, 9)).save(out, kind)
        assert not is_plain_jpeg(out.getvalue(), 60)


def test_heads_changed_by_hand() -> None:
    """Sides of nothing, 12 bits, a second frame, one colour a pass, every cut: none is plain."""
    whole = jpeg()
    frame, scan = whole.index(b"\xff\xc0"), whole.index(SCAN)
    for at, odd in ((frame + 4, b"\x0c"), (frame + 5, b"\0\0"), (frame + 7, b"\0\0"), (frame + 1, b"\xc9")):
        assert not is_plain_jpeg(whole[:at] + odd + whole[at + len(odd) :], 60)
    again = whole[frame : frame + 19]
    assert not is_plain_jpeg(whole[:scan] + again + whole[scan:], 60)
    one_colour = SCAN + b"\x00\x08\x01\x01\x00\x00\x3f\x00"
    assert not is_plain_jpeg(whole[:scan] + one_colour + whole[scan:], 60)
    assert not any(is_plain_jpeg(whole[:cut], 60) for cut in range(scan + 4))
    assert not is_plain_jpeg(whole[:2] + b"\xff\xe0\x00\x00" * 1000 + whole[2:], 60)
