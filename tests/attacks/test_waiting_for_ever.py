"""A pipe where a file is meant, a reader that goes, a zero byte, a backup that was cut off: told, and nothing stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from calling import PASSPHRASE
from calling import call
from calling import new_book
from calling import written

COLUMNS = ["--column", "group=group", "--column", "member=member", "--column", "amount=amount", "--date", "2026-03-01"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = new_book(tmp_path / "b.shgbook")
    rows = "".join(f"A-1,{n},50\n" for n in range(1, 3000))
    call("import", "savings", written(tmp_path / "s.csv", f"group,member,amount\n{rows}"), *COLUMNS, book=made)
    return made


@pytest.mark.parametrize(
    "verb",
    [
        ["book", "restore", "PIPE", "NEW"],
        ["meeting", "record", "--sheet", "PIPE"],
        ["group", "rules", "--group", "A-1", "--file", "PIPE"],
        ["import", "savings", "PIPE"],
        ["import", "savings", "TABLE", "--map", "PIPE"],
        ["bundle", "inspect", "PIPE"],
        ["bundle", "import", "PIPE"],
        ["reconcile", "PIPE", "TABLE"],
    ],
)
def test_a_pipe_is_refused(book: Path, tmp_path: Path, verb: list[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    places = {"PIPE": pipe, "NEW": tmp_path / "new", "TABLE": tmp_path / "s.csv"}
    said = call(*[places.get(word, word) for word in verb], book=book)
    assert said.code == 1
    assert not (tmp_path / "new").exists()


def test_a_reader_that_goes_ends_it_quietly(book: Path) -> None:
    environment = {**os.environ, "SHG_DESK_PASSPHRASE": PASSPHRASE}
    for more in ([], ["--json"]):
        command = [sys.executable, "-m", "shg_desk", "--book", str(book), *more, "ledger", "entries"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as child:
            assert child.stdout is not None
            assert child.stderr is not None
            child.stdout.readline()
            child.stdout.close()
            assert child.stderr.read() == b""
        assert child.returncode == 3


def test_a_zero_byte_is_named_with_its_line(book: Path, tmp_path: Path) -> None:
    table = tmp_path / "z.csv"
    table.write_bytes(b"group,member,amount\nA-1,7,50\nA-1,8\x00,50\nA-1,9,50\n")
    said = call("import", "savings", table, *COLUMNS, book=book)
    assert (said.code, said.codes) == (1, ["file-unreadable"])
    assert "Line 3" in said.messages[0]
    table.write_bytes("group,member,amount\nA-1,4000,50\n".encode("utf-16-le"))
    assert call("import", "savings", table, *COLUMNS, book=book).value["entries"] == 1


def test_what_a_cut_off_backup_left_goes_with_the_next(book: Path, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    made = Path(call("book", "backup", place, book=book).value["file"])
    device = made.name.split("-")[0]
    left, another = place / f".backup-{device}-abc", place / ".backup-zzzzzzzz-abc"
    for one in (left, another):
        one.mkdir()
        (one / "book.db").write_bytes(b"half")
    assert call("book", "backup", place, book=book).code == 0
    assert not left.exists()
    assert another.exists(), "another book's is not ours"
    half = tmp_path / ".restore-new-abc"
    half.mkdir()
    assert call("book", "restore", made, tmp_path / "new").code == 0
    assert not half.exists()
