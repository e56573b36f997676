"""Photos as phones make them, invented: a signed sheet on a table, turned by its EXIF, with a place in it."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

from PIL import Image
from PIL import ImageDraw
from PIL import ImageFilter
from PIL import ImageFont

FONT = "fontpkg_fira_sans"
GPS_IFD, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def a_font(pixels: int) -> ImageFont.FreeTypeFont:
    import importlib.resources

    [file] = [one for one in importlib.resources.files(FONT).rglob("*Regular*") if one.suffix in (".ttf", ".otf")][
        :1
    ] or [None]
    return ImageFont.truetype(str(file), pixels)


def sheet(size: tuple[int, int], seed: int = 1) -> Image.Image:
    """A sheet of rows with pen strokes on a grained table: what a camera sees, noise and all."""
    chance, (width, height) = Random(seed), size
    picture = Image.new("RGB", size, (120, 96, 72))
    draw = ImageDraw.Draw(picture)
    margin, step = width // 16, height // 34
    draw.rectangle((margin, margin, width - margin, height - margin), fill=(243, 240, 232))
    for row in range(26):
        y = margin + step * (row + 2)
        draw.line((margin + step, y + step, width - margin - step, y + step), fill=(120, 120, 125), width=width // 900)
        for column in range(7):
            x = margin + step * (1 + column * 5)
            draw.text((x, y), f"{chance.randrange(10_000)}", fill=(28, 28, 40), font_size=step * 0.7)
        stroke = [(width - margin - step * 5 + n * step // 3, y + chance.randrange(step)) for n in range(12)]
        draw.line(stroke, fill=(30, 40, 130), width=width // 700)
    noise = Image.effect_noise(size, 26).convert("RGB")
    return Image.blend(picture, noise, 0.08).filter(ImageFilter.GaussianBlur(width / 4000))


def phone_photo(file: Path, size: tuple[int, int] = (800, 600), seed: int = 1, kind: str = "JPEG") -> Path:
    """A file as a phone writes it: held upright, so the sensor's picture lies on its side and EXIF says so."""
    picture = sheet((size[1], size[0]), seed).rotate(90, expand=True)  # shown turned by 6: upright again
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Invented phone of Aigul"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (42.0, 52.0, 12.0), 3: "E", 4: (74.0, 34.0, 11.0)})
    picture.save(file, kind, quality=92, exif=exif)
    return file


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))
