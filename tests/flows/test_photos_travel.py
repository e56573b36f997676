"""Photos of a signed sheet from laptop to office to colleague, a process a book; and a kill at any time."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from cheap_books import enrol
from cheap_books import new_book
from program import ENVIRONMENT
from program import call
from program import command
from program import good
from program import here

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from photo_makers import opened
from photo_makers import phone_photo

WHICH = ("--group", "G-1", "--date", "2027-01-05")
KILLS = 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("photos")


@pytest.fixture(scope="module")
def books(folder: Path) -> dict[str, Path]:
    """An office and two laptops of one group, with one closed meeting everybody knows."""
    made = {name: new_book(folder / f"{name}.shgbook", "office" if name == "office" else "desk")
            for name in ("office", "first", "second")}  # fmt: skip
    for name in ("first", "second"):
        enrol(made[name], made["office"], folder, "--groups", "G-1")
    table = folder / "savings.csv"
    table.write_text("group,member,date,amount\n" + "".join(f"G-1,{n},2026-12-01,5.00\n" for n in range(1, 6)))
    good("import", "savings", table, book=made["first"])
    rows = [{"member": str(n), "attendance": "present", "in": [{"kind": "saving", "amount": "50.00",
             "product": "usual"}]} for n in range(1, 6)]  # fmt: skip
    sheet = folder / "sheet.json"
    sheet.write_text(json.dumps({"group": "G-1", "date": "2027-01-05", "held": True, "rows": rows}))
    good("meeting", "record", "--sheet", sheet, book=made["first"])
    for trip in ("a", "b"):
        travel(folder / trip, made)
    return made


def travel(stick: Path, books: dict[str, Path]) -> dict[str, list[dict]]:
    """Laptops to the office and back, every file by its own process; what was written by whom."""
    found = {name: good("bundle", "export", "--to", stick / name, book=books[name])["files"]
             for name in ("first", "second")}  # fmt: skip
    good("bundle", "import", stick / "first", stick / "second", book=books["office"])
    found["office"] = good("bundle", "export", "--to", stick / "office", book=books["office"])["files"]
    for name in ("first", "second"):
        good("bundle", "import", stick / "office", book=books[name])
    return found


def test_two_pages_from_laptop_to_office_to_colleague(books: dict[str, Path], folder: Path) -> None:
    photos = [phone_photo(folder / f"{n}.jpg", (1600, 1200), seed=n) for n in (1, 2)]
    added = good("meeting", "photo", *WHICH, "--caption", "барак", *photos, book=books["first"])
    assert [(one["page"], one["state"], one["here"], one["caption"]) for one in added["photos"]] == [
        (1, "only-here", True, "барак"),
        (2, "only-here", True, "барак"),
    ]
    went = travel(folder / "c", books)
    assert [(one["kind"], one["operations"], one["pictures"]) for one in went["first"]] == [
        ("ops", 2, 0),
        ("files", 0, 2),
    ]
    assert [(one["kind"], one["pictures"]) for one in went["office"] if one["kind"] == "files"] == [("files", 2)]
    inside = good("bundle", "inspect", next((folder / "c" / "first").glob("*-files-*")), book=books["office"])
    assert (inside["kind"], inside["pictures"], inside["counts"], inside["whole"]) == ("files", 2, {"file": 2}, True)
    seen = good("meeting", "photo", *WHICH, book=books["first"])
    assert [one["state"] for one in seen["photos"]] == ["there", "there"]
    again = call("bundle", "import", folder / "c" / "first", book=books["office"]).value
    assert (again["new"], again["pictures"], again["refused"]) == (0, 0, 0)
    out = {name: good("meeting", "photo", *WHICH, "--out", folder / f"out-{name}", book=book)["files"]
           for name, book in books.items()}  # fmt: skip
    written = {name: [Path(file).read_bytes() for file in files] for name, files in out.items()}
    assert written["office"] == written["first"] == written["second"]
    assert [opened(one).size for one in written["second"]] == [(1200, 1600)] * 2
    for book in books.values():
        assert here("book", "check", book=book)["problems"] == []
    info = {name: here("book", "info", book=book)["digest"] for name, book in books.items()}
    for book in books.values():
        good("book", "rebuild", book=book)
    assert {name: here("book", "info", book=book)["digest"] for name, book in books.items()} == info
    assert "files" not in [one["kind"] for one in travel(folder / "d", books)["first"]]


def test_what_is_no_picture_is_one_sentence_and_changes_nothing(books: dict[str, Path], folder: Path) -> None:
    (folder / "letter.jpg").write_text("not a picture")
    before = here("book", "info", book=books["first"])["digest"]
    said = call("meeting", "photo", *WHICH, folder / "letter.jpg", book=books["first"])
    assert said.code == 1
    [problem] = said.value["problems"]
    assert problem["code"] == "photo-unreadable"
    assert "letter.jpg" in problem["message"]
    assert call("meeting", "photo", "--group", "G-1", "--date", "2027-02-05", book=books["first"]).code == 1
    assert here("book", "info", book=books["first"])["digest"] == before


def test_a_kill_while_adding_leaves_all_pages_or_none(books: dict[str, Path], folder: Path) -> None:
    chance = Random("kill")
    photos = [phone_photo(folder / f"k{n}.jpg", (2400, 1800), seed=n) for n in range(3)]
    base = len(here("meeting", "photo", *WHICH, book=books["second"])["photos"])
    words = ("meeting", "photo", *WHICH, *photos)
    whole = folder / "whole.shgbook"
    shutil.copytree(books["second"], whole)
    began = time.monotonic()
    good(*words, book=whole)
    seconds, stopped = time.monotonic() - began, 0
    for moment in range(KILLS):
        copy = folder / f"killed-{moment}.shgbook"
        shutil.copytree(books["second"], copy)
        running = subprocess.Popen(
            command(*words, book=copy), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
        )
        if moment % 2:
            while running.poll() is None and not _is_written(copy):
                time.sleep(0.0005)
            time.sleep(chance.random() * 0.01)
        else:
            time.sleep(seconds * (moment + chance.random()) / KILLS)
        stopped += running.poll() is None
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert here("book", "check", book=copy)["problems"] == []
        seen = here("meeting", "photo", *WHICH, book=copy)["photos"]
        assert len(seen) in (base, base + 3)
        assert all(one["here"] for one in seen)
    assert stopped >= KILLS // 2, "the kills came too late to prove anything"


def _is_written(book: Path) -> bool:
    wal = book / "book.db-wal"
    return wal.exists() and wal.stat().st_size > 4096
