"""What the engine says when the disk refuses: a book that is there and may not be written is not called missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import SurroundingsError
from shg_desk.store.db import open_db

KEY = bytes(32)


def test_a_book_that_may_not_be_written(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    db = open_db(path, KEY, create=True)
    db.run("CREATE TABLE t (a)")
    db.run("PRAGMA query_only=ON")
    with pytest.raises(SurroundingsError) as error:
        db.run("INSERT INTO t VALUES (1)")
    [problem] = error.value.problems
    assert (problem.code, problem.facts["forbidden"]) == (Code.FOLDER_UNUSABLE, str(tmp_path))
    db.close()


def test_a_copy_that_cannot_be_begun(tmp_path: Path) -> None:
    db = open_db(tmp_path / "book.db", KEY, create=True)
    db.run("CREATE TABLE t (a)")
    with pytest.raises(SurroundingsError) as error:
        db.run("VACUUM INTO ?", (str(tmp_path / "none" / "copy.db"),))
    [problem] = error.value.problems
    assert problem.code is Code.FOLDER_UNUSABLE
    assert problem.where == str(tmp_path / "none" / "copy.db")
    db.close()
