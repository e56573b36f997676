"""The demo where Qt cannot be loaded: everything but the pictures is left, and the lack is said."""

from __future__ import annotations

import os
from pathlib import Path

from calling import PASSPHRASE
from calling import call
from calling import environment
from calling import good

ROOT = Path(__file__).resolve().parents[2]


def test_books_parcels_and_papers_are_left_without_the_pictures(tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "PySide6"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text('raise ImportError("libEGL.so.1: cannot open shared object file")\n')
    with environment(PYTHONPATH=os.pathsep.join((str(broken.parent), str(ROOT)))):
        said = call("demo", tmp_path / "demo")
    assert (said.code, said.codes) == (3, ["no-qt-libraries"])
    assert said.value["screenshots"] == []
    for kind in ("bundles", "pdfs"):
        assert said.value[kind]
        assert all(Path(one).stat().st_size for one in said.value[kind])
    assert said.value["passphrase"] == PASSPHRASE
    assert good("book", "info", book=Path(said.value["books"]["office"]))["practice"]
