"""Pictures as scanners, phones and strangers make them: what is read of them, and what is refused in one sentence."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.tables.photos import small_photo


def refused(file: Path) -> Code:
    with pytest.raises(KnownError) as told:
        small_photo(file)
    return told.value.problems[0].code


def test_sixteen_bits_of_grey_keep_what_is_written(tmp_path: Path) -> None:
    dark, light = (4_000).to_bytes(2, "little"), (60_000).to_bytes(2, "little")
    rows = [light * 100 + (dark if 50 <= y < 150 else light) * 100 + light * 100 for y in range(200)]
    Image.frombytes("I;16", (300, 200), b"".join(rows)).save(tmp_path / "scan.png")
    small = Image.open(io.BytesIO(small_photo(tmp_path / "scan.png"))).convert("L")
    paper, ink = small.getpixel((20, 20)), small.getpixel((150, 100))
    assert isinstance(paper, int)
    assert isinstance(ink, int)
    assert abs(paper - 60_000 // 257) < 6
    assert abs(ink - 4_000 // 257) < 6


@pytest.mark.parametrize(
    ("name", "comment"), [("a.jpg", b"lat 42.87"), ("b.png", b"lat 42.87"), ("c.png", b"x" * 70_000)]
)
def test_what_a_camera_wrote_beside_the_picture_is_gone(tmp_path: Path, name: str, comment: bytes) -> None:
    picture, file = Image.new("RGB", (300, 200), "white"), tmp_path / name
    if name.endswith(".jpg"):
        picture.save(file, "JPEG", comment=comment)
    else:
        from PIL.PngImagePlugin import PngInfo

        written = PngInfo()
        written.add_text("comment", comment.decode())
        picture.save(file, "PNG", pnginfo=written)
    assert comment in file.read_bytes()
    assert comment[:20] not in small_photo(file)


def test_a_pipe_does_not_keep_us_waiting_and_a_strip_is_no_sheet(tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
        (tmp_path / "link.jpg").symlink_to(tmp_path / "pipe.jpg")
        assert refused(tmp_path / "link.jpg") is Code.PHOTO_UNREADABLE
    assert refused(tmp_path) is Code.PHOTO_UNREADABLE
    Image.new("RGB", (1, 2000)).save(tmp_path / "strip.png")
    assert refused(tmp_path / "strip.png") is Code.PHOTO_UNREADABLE
