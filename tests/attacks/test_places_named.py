"""Where a person says a file goes: neither a book's own files nor what is no file at all gives way to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from calling import call
from calling import new_book
from calling import written

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.sync.durable import write_where_said
from shg_desk.tables.plain_text import named_encoding

COLUMNS = ["--column", "group=group", "--column", "member=member", "--column", "amount=amount", "--date", "2026-03-01"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = new_book(tmp_path / "b.shgbook")
    call("import", "savings", written(tmp_path / "s.csv", "group,member,amount\nA-1,1,50\n"), *COLUMNS, book=made)
    return made


def verbs() -> dict[str, list[object]]:
    return {
        "booklets": ["report", "passbook", "--group", "A-1", "--out"],
        "account": ["report", "ledger", "--group", "A-1", "--out"],
        "request": ["enrol", "request", "--out"],
    }


@pytest.mark.parametrize("verb", verbs())
@pytest.mark.parametrize("name", ["book.db", "book.key", "mark"])
def test_the_files_of_a_book_are_never_written_over(book: Path, verb: str, name: str) -> None:
    before = (book / name).read_bytes()
    said = call(*verbs()[verb], book / name, book=book)
    assert (said.code, said.codes) == (1, ["book-exists"])
    assert (book / name).read_bytes() == before
    assert call("book", "check", book=book).code == 0


@pytest.mark.parametrize("verb", verbs())
def test_a_place_without_a_name_is_told(book: Path, verb: str) -> None:
    for place in ("", "."):
        assert call(*verbs()[verb], place, book=book).codes == ["book-exists"]


def test_what_is_no_file_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(KnownError) as caught:
        write_where_said(pipe, b"x", lambda seconds: None)
    assert [one.code for one in caught.value.problems] == [Code.BOOK_EXISTS]
    assert pipe.is_fifo()


@pytest.mark.parametrize("verb", verbs())
def test_the_same_paper_again_gives_way_and_another_s_file_does_not(book: Path, tmp_path: Path, verb: str) -> None:
    out = tmp_path / "out"
    for older in (
        b"PRECIOUS",
        b"%PDF-1.4 a contract",
        b"SHGB/1 len=1 sha256=00 to=a from=b\nx",
        b"PK\x03\x04",
        b"\xef\xbb\xbf",
    ):
        out.write_bytes(older)
        said = call(*verbs()[verb], out, book=book)
        assert (said.code, said.codes) == (1, ["book-exists"])
        assert out.read_bytes() == older
    out.write_bytes(b"")
    assert call(*verbs()[verb], out, book=book).code == 0
    first = out.read_bytes()
    assert call(*verbs()[verb], out, book=book).code == 0
    assert out.read_bytes()[:5] == first[:5]


def test_a_recovery_sheet_does_not_take_the_place_of_a_letter(book: Path, tmp_path: Path) -> None:
    letter = written(tmp_path / "letter.pdf", "%PDF-1.4 a letter")
    said = call("book", "recovery", "--out", tmp_path / "code.txt", "--sheet", letter, book=book)
    assert (said.code, said.codes) == (1, ["book-exists"])
    assert letter.read_text() == "%PDF-1.4 a letter"


def test_an_encoding_with_a_nul_in_its_name_is_none_of_ours() -> None:
    assert named_encoding("utf\x008") is None
