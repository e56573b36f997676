"""Refusals that a person meets seldom: each with its own code and sentence, and nothing written."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from calling import CHEAP
from calling import PASSPHRASE
from calling import call
from calling import digest
from calling import enrol
from calling import good
from calling import new_book
from calling import written

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import make_book

ALLOCATION: dict[str, Any] = {
    "dues": [{"id": "1", "date": "2026-02-01", "kind": "principal", "amount": "20.00"}],
    "payments": [{"id": "p", "date": "2026-03-01", "amount": "40.00"}],
}


def practice_book(path: Path) -> Path:
    made = make_book(NewBook(path, "desk", "Practice", PASSPHRASE, practice=True), cost=CHEAP)
    made.desk.close()
    return path


def refused(*words: object, code: int, problem: str, book: Path | None = None, passphrase: str = PASSPHRASE) -> None:
    said = call(*words, book=book, passphrase=passphrase)
    assert (said.code, said.codes) == (code, [problem]), said


def test_a_demo_goes_into_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    refused("demo", tmp_path, code=1, problem="folder-not-empty")
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


def test_a_book_is_not_made_in_a_network_folder() -> None:
    refused("book", "init", "//server/share/book", "--name", "x", code=1, problem="book-on-network")
    assert not Path("//server/share").exists()


def test_the_key_of_another_office_does_not_open_a_book(tmp_path: Path) -> None:
    office = tmp_path / "office.shgbook"
    good("book", "init", office, "--role", "office", "--name", "Office")
    other = good("book", "init", tmp_path / "other.shgbook", "--role", "office", "--name", "Other")
    refused("book", "info", book=office, passphrase=other["recovery"], code=3, problem="wrong-office-key")
    misread = other["recovery"][:-1] + ("Q" if other["recovery"][-1] != "Q" else "P")
    refused("book", "info", book=office, passphrase=misread, code=3, problem="wrong-office-key")


@pytest.mark.parametrize("order", [["principal", "gold"], ["principal", "fine", "principal"]])
def test_an_order_of_repayment_is_made_of_its_words(tmp_path: Path, order: list[str]) -> None:
    file = written(tmp_path / "a.json", json.dumps({**ALLOCATION, "order": order}))
    refused("calc", "allocate", "--file", file, code=1, problem="order-unknown")


def test_a_workbook_with_a_password_is_not_opened(tmp_path: Path) -> None:
    book, file = new_book(tmp_path / "desk.shgbook"), tmp_path / "locked.xlsx"
    file.write_bytes(encrypted_workbook())
    before = digest(book)
    refused("import", "roster", file, book=book, code=1, problem="file-locked")
    assert digest(book) == before


def encrypted_workbook() -> bytes:
    """The shell Excel puts around a workbook with a password ([MS-CFB] 2.2, 2.6; [MS-OFFCRYPTO] 2.3.4.4), empty inside:
    a header, one sector that says which sectors there are, one with the names.
    """
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<5H6x3I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)
    header += struct.pack("<6I", 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    sectors = struct.pack("<128I", table, end, *[free] * 126)

    def entry(name: str, kind: int, child: int) -> bytes:
        named = name.encode("utf-16-le") + bytes(2) if name else b""
        said = struct.pack("<HBB3I", len(named), kind, 1, free, free, child)
        return named.ljust(64, b"\0") + said + bytes(36) + struct.pack("<IQ", end, 0)

    names = entry("Root Entry", 5, 1) + entry("EncryptedPackage", 2, free) + entry("", 0, free) * 2
    return header + sectors + names


def test_practice_and_earnest_do_not_join(tmp_path: Path) -> None:
    office, desk = new_book(tmp_path / "office.shgbook", "office"), practice_book(tmp_path / "practice.shgbook")
    good("enrol", "request", "--out", tmp_path / "r", book=desk)
    before = digest(office)
    refused("enrol", "grant", tmp_path / "r", "--out", tmp_path / "g", book=office, code=1, problem="practice-only")
    assert digest(office) == before
    assert not (tmp_path / "g").exists()


def test_joining_without_the_figures_is_told_and_done(tmp_path: Path) -> None:
    office, desk = new_book(tmp_path / "office.shgbook", "office"), new_book(tmp_path / "desk.shgbook")
    good("enrol", "request", "--out", tmp_path / "r", book=desk)
    for words, book in (
        (("enrol", "grant", tmp_path / "r", "--out", tmp_path / "g"), office),
        (("enrol", "accept", tmp_path / "g"), desk),
    ):
        said = call(*words, book=book)
        assert (said.code, said.codes) == (0, ["not-compared"])
        assert said.value["problems"][0]["level"] == "warning"
        assert said.value["compared"] is False


def test_an_answer_nobody_asked_for_is_not_taken(tmp_path: Path) -> None:
    office, desk = new_book(tmp_path / "office.shgbook", "office"), new_book(tmp_path / "desk.shgbook")
    asking = new_book(tmp_path / "asking.shgbook")
    enrol(asking, office, tmp_path)
    refused("enrol", "accept", tmp_path / "asking.grant", book=desk, code=1, problem="request-missing")
    assert good("book", "info", book=desk)["office"] is None


def test_a_laptop_belongs_to_one_office(tmp_path: Path) -> None:
    first, second = (new_book(tmp_path / f"{name}.shgbook", "office") for name in ("first", "second"))
    desk = new_book(tmp_path / "desk.shgbook")
    enrol(desk, first, tmp_path)
    belongs = good("book", "info", book=desk)["office"]
    good("enrol", "request", "--out", tmp_path / "r", book=desk)
    good("enrol", "grant", tmp_path / "r", "--out", tmp_path / "g", book=second)
    figures = ("--fingerprint", "1" * 30)
    refused("enrol", "accept", tmp_path / "g", *figures, book=desk, code=1, problem="office-known")
    assert good("book", "info", book=desk)["office"] == belongs
