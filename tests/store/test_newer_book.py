"""A book that a newer program has written is left exactly as it lies; so is a backup of one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from villages import KEY
from villages import make
from villages import no_key

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import SurroundingsError
from shg_desk.store import schema
from shg_desk.store.book import open_book
from shg_desk.store.db import open_db


@pytest.mark.parametrize("version", [schema.LASTING_VERSION + 1, 9999])
def test_nothing_of_it_is_touched(tmp_path: Path, version: int) -> None:
    book = make(tmp_path / "book")
    book.db.run(f"PRAGMA user_version={version}")
    book.close()
    before = {one.name: one.read_bytes() for one in book.folder.iterdir() if one.is_file()}
    with pytest.raises(KnownError) as caught:
        open_book(book.folder, KEY, no_key, Random(1).randbytes)
    assert not isinstance(caught.value, SurroundingsError)
    [problem] = caught.value.problems
    assert problem.code is Code.BOOK_NEWER
    assert problem.facts == {"found": version, "known": schema.LASTING_VERSION}
    after = {one.name: one.read_bytes() for one in book.folder.iterdir() if one.is_file()}
    assert after["book.db"] == before["book.db"]
    db = open_db(book.folder / "book.db", KEY)
    assert db.value("PRAGMA user_version") == version
    db.close()
