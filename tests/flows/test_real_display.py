"""The program on a display, as on a desk: its window opens there, goes through its pages and ends by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cheap_books import new_book
from PIL import Image
from program import ENVIRONMENT
from program import ROOT

PATIENCE_S = 120


@pytest.fixture
def display() -> Iterator[str]:
    """A display of our own, reached by its local socket only."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_S)


@pytest.mark.needs("Xvfb")
def test_the_window_opens_on_a_display(display: str, tmp_path: Path) -> None:
    book, pictures = tmp_path / "desk.shgbook", tmp_path / "pictures"
    new_book(book, "desk", "KGS")
    environment = {name: value for name, value in ENVIRONMENT.items() if not name.startswith("QT_")}
    environment |= {"DISPLAY": display, "XDG_CONFIG_HOME": str(tmp_path / "config"), "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-m", "shg_desk", "--book", str(book), "--pictures", str(pictures), "--lang", "ru"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr
    found = sorted(pictures.glob("*.png"))
    assert len(found) >= 9, "a page for every place of the rail"
    looks = set()
    for file in found:
        with Image.open(file) as picture:
            assert picture.size == (1366, 768)
            assert len(picture.convert("RGB").getcolors(1366 * 768) or ()) > 50, "not a bare window"
            looks.add(picture.tobytes())
    assert len(looks) == len(found), "each place looks its own way"
