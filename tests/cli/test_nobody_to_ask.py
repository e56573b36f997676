"""A passphrase is wanted, none was given and nobody sits at a terminal: each verb names what to set."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path

import pytest
from calling import PASSPHRASE
from calling import digest
from calling import good
from calling import new_book
from calling import written

from shg_desk.cli.main import run


def spoken(*words: object, variable: str = "SHG_DESK_PASSPHRASE") -> tuple[int, list[str], bool]:
    """Exit code and codes of a call without the tests' passphrase, and whether the sentence names the variable."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run([*map(str, words), "--json"])
    problems = json.loads(out.getvalue())["problems"]
    named = all(re.search(rf"(?<!\w){variable}(?!\w)", one["message"]) for one in problems)
    return code, [one["code"] for one in problems], named


@pytest.mark.parametrize("lang", ["en", "ru", "ky"])
def test_a_passphrase_nobody_gave_is_named_by_its_variable(
    tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody sits at a terminal and nothing is in the environment: every step that wants a passphrase says so."""
    book = new_book(tmp_path / "desk.shgbook")
    file = Path(good("book", "backup", book.parent / "stick", book=book)["file"])
    left = written(book.parent / "l.csv", "date,amount\n2026-01-01,100\n")
    new, before = book.parent / "new.shgbook", digest(book)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    own: list[tuple[object, ...]] = [
        ("--book", book, "book", "info"),
        ("--book", book, "book", "key", "add"),
        ("--book", book, "book", "recovery", "--out", book.parent / "identity"),
        ("--book", book, "enrol", "request", "--out", book.parent / "request"),
        ("book", "init", new, "--name", "x"),
        ("book", "restore", file, new),
        ("reconcile", left, book),
    ]
    for words in own:
        in_words = spoken(*words, "--lang", lang)
        assert in_words == (3, ["passphrase-missing"], True), (words, in_words)
    monkeypatch.setenv("SHG_DESK_PASSPHRASE", PASSPHRASE)
    for verb in (("add",), ("change", "--slot", "1")):
        in_words = spoken("--book", book, "book", "key", *verb, "--lang", lang, variable="SHG_DESK_NEW_PASSPHRASE")
        assert in_words == (3, ["passphrase-missing"], True)
    assert not new.exists()
    assert not (book.parent / "identity").exists()
    assert not (book.parent / "request").exists()
    assert digest(book) == before
    assert len(good("book", "key", "list", book=book)["slots"]) == 1
