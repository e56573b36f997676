"""Photos of paper made small: upright, without what a camera writes beside the picture, small enough for a stick.

What comes in is somebody's file: only JPEG, PNG and WebP are read, and nothing is unpacked that says it is too large.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from pathlib import Path

from PIL import Image
from PIL import ImageOps

from shg_desk.domain.disk_trouble import not_read
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem

FORMATS = ("JPEG", "PNG", "WEBP")
MEDIA = "image/jpeg"
SIDE_PIXELS = 2000
NARROWEST = 20
"""The longer side is at most so many times the shorter one: a sheet is no strip, and a strip cannot be shown large."""
WANTED_BYTES = 400_000
FILE_LIMIT_BYTES = 40 * 1024 * 1024
PIXELS_LIMIT = {"JPEG": 64_000_000, "MPO": 64_000_000}
"""A JPEG is unpacked at a fraction of its size; of the others every pixel has to be held."""

OTHERS_PIXELS_LIMIT = 30_000_000
_DAMAGED = (
    OSError, ValueError, SyntaxError, LookupError, ArithmeticError, TypeError, AttributeError, EOFError, RuntimeError,
    struct.error, zlib.error,
)  # fmt: skip
"""What reading a damaged picture raises: nearly everything."""

_STEPS = ((SIDE_PIXELS, 82), (SIDE_PIXELS, 72), (SIDE_PIXELS, 60), (1700, 60), (1700, 48), (1400, 48), (1100, 40))
"""Longest side and quality, from the best to the smallest."""


def small_photo(file: Path) -> bytes:
    """The picture in a file as a JPEG of at most 2000 pixels and about 400 kB, upright and without EXIF.

    Raises KnownError: FILE_UNREADABLE where the file cannot be read, PHOTO_UNREADABLE where it is no such picture,
    PHOTO_TOO_LARGE where it has too many bytes or pixels.
    """
    try:
        if file.exists() and not file.is_file():  # a pipe would keep us waiting, a device never ends
            raise _wrong(Code.PHOTO_UNREADABLE, file)
        with file.open("rb") as source:
            content = source.read(FILE_LIMIT_BYTES + 1)
    except OSError as error:
        raise not_read(error, str(file), file.name) from error
    if len(content) > FILE_LIMIT_BYTES:
        raise _wrong(Code.PHOTO_TOO_LARGE, file)
    return _packed(_opened(content, file))


def _wrong(code: Code, file: Path) -> KnownError:
    return KnownError(Problem(code, file.name, {"file": file.name}))


def _opened(content: bytes, file: Path) -> Image.Image:
    """The picture upright, in three colours, at most `SIDE_PIXELS` long."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            width, height = picture.size
            if width * height > PIXELS_LIMIT.get(picture.format or "", OTHERS_PIXELS_LIMIT):
                raise _wrong(Code.PHOTO_TOO_LARGE, file)
            if max(width, height) > NARROWEST * min(width, height):
                raise _wrong(Code.PHOTO_UNREADABLE, file)
            picture.draft("RGB", (SIDE_PIXELS, SIDE_PIXELS))
            picture.load()
            return _plain(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError) as error:
        raise _wrong(Code.PHOTO_TOO_LARGE, file) from error
    except KnownError:
        raise
    except _DAMAGED as error:
        raise _wrong(Code.PHOTO_UNREADABLE, file) from error


def _plain(picture: Image.Image) -> Image.Image:
    """On white where it is seen through; never longer than wanted."""
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer.getchannel("A"))
    elif picture.mode in ("I", "F") or picture.mode.startswith("I;16"):  # 16 bits of grey: a scanner's
        picture = picture.convert("F").point(lambda value: value / 257).convert("L").convert("RGB")
    elif picture.mode != "RGB":
        picture = picture.convert("RGB")
    picture.info = {}  # the camera's comment among it
    picture.thumbnail((SIDE_PIXELS, SIDE_PIXELS), Image.Resampling.LANCZOS)
    return picture


def _packed(picture: Image.Image) -> bytes:
    best = b""
    for side, quality in _STEPS:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=False, exif=b"", icc_profile=None)
        best = out.getvalue()
        if len(best) <= WANTED_BYTES:
            break
    return best
