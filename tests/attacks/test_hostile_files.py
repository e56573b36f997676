"""Files of other people and a book's own folder under somebody else's hands: a plain answer each time, and no trace."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from calling import PASSPHRASE
from calling import call
from calling import good
from calling import new_book
from calling import written
from openpyxl import Workbook
from sqlcipher3 import dbapi2

from shg_desk.actions.books import open_desk
from shg_desk.cli.main import run
from shg_desk.domain.profiles import TEXT_LIMIT
from shg_desk.store.schema import GUARDS

COLUMNS = ("--group-column", "group", "--member-column", "member", "--column", "amount=amount", "--date", "2026-03-01")
HEAD = "group,member,amount\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = new_book(tmp_path / "a.shgbook")
    good("import", "savings", written(tmp_path / "s.csv", HEAD + "G1,1,100\nG1,2,200\n"), *COLUMNS, book=path)
    return path


@pytest.mark.parametrize(
    "text", [unicodedata.normalize("NFD", "Айгүл й ң"), "a" * 100_000, "\u202e\u0007=1+1", "a\u2028b", "\ufffe\uffff"]
)
def test_texts_of_any_kind_are_taken_or_told(tmp_path: Path, book: Path, text: str) -> None:
    file = written(tmp_path / "t.csv", f"{HEAD}{text},{text},5\n")
    for _ in range(2):
        assert call("import", "savings", file, *COLUMNS, "--source", text, book=book).code in (0, 1)
    taken = len(text) <= TEXT_LIMIT  # a longer one is told, not cut
    assert good("book", "info", book=book)["entries"] == 2 + taken  # the same file again adds nothing
    sheet = {"group": "G1", "date": "2026-03-12", "rows": [], "decisions": [{"text": text}]}
    said = call("meeting", "record", "--sheet", written(tmp_path / "m.json", json.dumps(sheet)), book=book)
    assert said.code in (0, 1)
    assert good("book", "check", book=book)["ok"]


def test_halves_of_letters_are_no_traceback(tmp_path: Path, book: Path) -> None:
    sheet = written(tmp_path / "m.json", '{"group": "\\ud800", "date": "2026-03-12", "rows": []}')
    assert call("meeting", "record", "--sheet", sheet, book=book).code == 1
    assert run(["--book", str(book), "ledger", "balances", "--group", "\udcff"]) == 2


def test_a_name_that_looks_like_a_day_is_told_as_it_is(tmp_path: Path, book: Path) -> None:
    sheet = written(tmp_path / "m.json", '{"group": "2026-13-45", "date": "2026-03-12", "rows": []}')
    said = call("meeting", "record", "--sheet", sheet, book=book)
    assert (said.code, said.codes) == (1, ["group-unknown"])
    assert "2026-13-45" in said.messages[0]


def a_workbook(folder: Path, rows: bytes) -> Path:
    """A small workbook whose sheet is made to end with these rows."""
    plain, made = folder / "plain.xlsx", folder / "made.xlsx"
    book = Workbook()
    for line in (("group", "member", "amount"), ("G7", "1", 5)):
        book.active.append(line)
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = content.replace(b"</sheetData>", rows + b"</sheetData>")
            target.writestr(name, content)
    return made


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="3"><c r="A3" t="inlineStr"><is><t>' + b"A" * (40 << 20) + b"</t></is></c></row>",
    ],
    ids=["a stray cell", "a stray cell in other quotes", "a bomb"],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path: Path, book: Path, rows: bytes) -> None:
    said = call("import", "savings", a_workbook(tmp_path, rows), *COLUMNS, book=book)
    assert (said.code, said.codes) == (1, ["file-too-large"])


def test_what_is_no_file_is_not_waited_for(tmp_path: Path, book: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", Path("/dev/zero"), tmp_path):
        said = call("import", "savings", path, *COLUMNS, book=book)
        assert (said.code, said.codes) == (1, ["file-unreadable"])


# a book's folder ----------------------------------------------------------------------------------------------------


def sql(book: Path, *statements: str) -> None:
    """Changes the book behind the program's back, as somebody who has the passphrase can."""
    desk = open_desk(book, PASSPHRASE)
    key = desk.book_key.hex()
    desk.close()
    connection = dbapi2.connect(str(book / "book.db"), isolation_level=None)
    connection.execute(f"PRAGMA key=\"x'{key}'\"")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def first_entry(book: Path) -> str:
    return str(good("ledger", "entries", book=book)["entries"][0]["id"])


@pytest.mark.parametrize(
    "statement",
    ["UPDATE posting SET amount = amount + 1 WHERE entry = (SELECT min(entry) FROM posting)",
     "DELETE FROM posting WHERE entry = (SELECT min(entry) FROM posting)"],
)  # fmt: skip
def test_a_posting_changed_by_hand_is_named(book: Path, statement: str) -> None:
    entry = first_entry(book)
    sql(book, statement)
    said = call("book", "check", book=book)
    assert said.code == 1
    assert entry in {problem["where"] for problem in said.value["problems"]}


@pytest.mark.parametrize("change", ["replace(cast(line AS TEXT), '03', '93')", "x'7b7d'", "zeroblob(9)"])
def test_a_record_changed_by_hand_is_named(book: Path, change: str) -> None:
    operation = first_entry(book).partition("#")[0]
    seq = operation.rpartition(".")[2]
    name = "operation_no_update"
    line = f"UPDATE operation SET line = cast({change} AS BLOB) WHERE seq = {seq}"
    sql(book, f"DROP TRIGGER {name}", line, GUARDS[name])
    said = call("book", "check", book=book)
    assert said.code == 1
    assert ("chain-broken", operation) in {(problem["code"], problem["where"]) for problem in said.value["problems"]}


def nothing(book: Path) -> None:
    (book / "book.db").write_bytes(b"")


def half(book: Path) -> None:
    content = (book / "book.db").read_bytes()
    (book / "book.db").write_bytes(content[: len(content) // 2])


def no_keys(book: Path) -> None:
    for name in ("book.key", "book.key.2"):
        (book / name).write_bytes(b"\x00\xff{")


def no_trigger(book: Path) -> None:
    sql(book, "DROP TRIGGER operation_no_delete")


@pytest.mark.parametrize("hurt", [nothing, half, no_keys, no_trigger])
def test_a_hurt_book_is_not_opened_and_never_taken_for_a_new_one(book: Path, hurt: Callable[[Path], None]) -> None:
    hurt(book)
    before = {path.name: path.read_bytes() for path in book.glob("book.*") if path.suffix in (".db", ".key", ".2")}
    said = call("book", "info", book=book)
    assert said.code == 1
    assert said.codes[0] in ("book-damaged", "guards-missing")
    assert {name: (book / name).read_bytes() for name in before} == before


def test_a_backup_with_a_damaged_page_is_named_and_leaves_no_book(book: Path, tmp_path: Path) -> None:
    """Wherever in the database the byte lies: in its first page, in one that only the check reads, in its last."""
    file = Path(good("book", "backup", tmp_path / "stick", book=book)["file"])
    new = tmp_path / "new.shgbook"
    with tarfile.open(file) as tar:
        inside = tar.getmember("book.db")
    for at in range(20, inside.size, 7 * 4096):
        content = bytearray(file.read_bytes())
        content[inside.offset_data + at] ^= 1
        hurt = tmp_path / "hurt.shgbackup"
        hurt.write_bytes(content)
        said = call("book", "restore", hurt, new)
        assert (said.code, said.codes) == (1, ["book-damaged"]), at
        assert said.messages[0].startswith(f"The file {hurt} is no whole backup of a book."), at
        assert not new.exists(), at
    assert good("book", "restore", file, new)["ok"]


@pytest.mark.parametrize(
    "mark", [b"", b"[" * 100_000, b'{"epoch":"x","seq":1e999,"head":""}', None], ids=["empty", "deep", "odd", "folder"]
)
def test_a_hurt_mark_stands_in_nobodys_way(book: Path, mark: bytes | None) -> None:
    entries = good("book", "info", book=book)["entries"]
    (book / "mark").unlink()
    if mark is None:
        (book / "mark").mkdir()
    else:
        (book / "mark").write_bytes(mark)
    assert good("book", "info", book=book)["entries"] == entries


def test_hurt_drafts_are_put_aside_and_nothing_is_recorded_twice(tmp_path: Path, book: Path) -> None:
    for left in book.glob("drafts.db*"):
        left.unlink()
    (book / "drafts.db").write_bytes(b"garbage" * 1000)
    rows = [
        {"member": "1", "attendance": "present", "in": [{"kind": "saving", "amount": "5", "product": "compulsory"}]}
    ]
    sheet = {"group": "G1", "date": "2026-03-12", "rows": rows}
    said = call("meeting", "record", "--sheet", written(tmp_path / "m.json", json.dumps(sheet)), book=book)
    assert (said.code, said.value["recorded"]) == (0, True)
    assert (book / "drafts.db.damaged").read_bytes() == b"garbage" * 1000


def test_drafts_hold_texts_of_any_kind(book: Path) -> None:
    desk = open_desk(book, PASSPHRASE)
    desk.drafts.put("meeting", "g", {"text": unicodedata.normalize("NFD", "й") + "\x00"}, 1)
    kept = desk.drafts.get("meeting", "g")
    desk.close()
    assert kept is not None
    assert kept.content == {"text": "й"}


def test_a_folder_in_the_way_is_the_surroundings(book: Path) -> None:
    shutil.rmtree(book / "inbox")
    (book / "inbox").write_text("x")
    said = call("book", "info", book=book)
    assert (said.code, said.codes) == (3, ["folder-unusable"])
