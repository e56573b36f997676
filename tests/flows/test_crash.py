"""The process is killed at any moment of importing, rebuilding or closing a meeting: the book is sound, old or new.

Half of the moments are spread over the verb's whole time, half come while the book's file is being written to.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
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

MOMENTS = 5
"""For each of the four verbs: twenty kills in all."""
TRIES = 4


@dataclass(frozen=True)
class Job:
    """A verb, the book it writes as it was before, and what the book's ledger may be afterwards."""

    words: tuple[object, ...]
    book: Path
    seconds: float
    old: tuple[int, int, str]
    new: tuple[int, int, str]


def what_is_there(book: Path) -> tuple[int, int, str]:
    """Operations, entries and the balances: what a person would see missing. Made-up ids differ from run to run."""
    info = here("book", "check", book=book)
    assert info["ok"]
    assert info["problems"] == []
    lines = here("ledger", "balances", book=book)["balances"]
    return info["operations"], info["entries"], json.dumps([[*line.values()] for line in lines])


def measured(words: tuple[object, ...], book: Path) -> Job:
    """Runs the verb once to its end on a copy."""
    copy = book.with_name(f"{book.stem}-{words[1]}-whole.shgbook")
    shutil.copytree(book, copy)
    old = what_is_there(copy)
    began = time.monotonic()
    good(*words, book=copy)
    seconds = time.monotonic() - began
    return Job(words, book, seconds, old, what_is_there(copy))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("crash")


@pytest.fixture(scope="module")
def table(folder: Path) -> Path:
    file = folder / "savings.csv"
    rows = [f"G-{group},{number},2026-{month:02d}-15,{number}.00"
            for group in range(8) for number in range(1, 21) for month in range(1, 13)]  # fmt: skip
    file.write_text("\n".join(["group,member,date,amount", *rows]) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def desk(folder: Path, table: Path) -> Path:
    """A laptop with a year of eight groups, known to an office."""
    book = new_book(folder / "desk.shgbook")
    good("import", "savings", table, book=book)
    return book


@pytest.fixture(scope="module")
def jobs(folder: Path, table: Path, desk: Path) -> dict[str, Job]:
    office = new_book(folder / "office.shgbook", "office")
    enrol(desk, office, folder)
    good("bundle", "export", "--to", folder / "stick", book=desk)
    rows = [
        {"member": str(n), "attendance": "present", "in": [{"kind": "saving", "amount": "50.00", "product": "usual"}]}
        for n in range(1, 21)
    ]
    sheet = folder / "sheet.json"
    sheet.write_text(json.dumps({"group": "G-1", "date": "2027-01-05", "held": True, "rows": rows}))
    return {
        "taking a parcel in": measured(("bundle", "import", folder / "stick"), office),
        "importing a table": measured(("import", "savings", table), new_book(folder / "empty.shgbook")),
        "putting in order": measured(("book", "rebuild"), desk),
        "closing a meeting": measured(("meeting", "record", "--sheet", sheet), desk),
    }


def killed(job: Job, book: Path, moment: int, chance: Random, *, sooner: int = 0) -> bool:
    """Starts the verb and kills it, a fifth `sooner` each time; true where it had not ended by itself."""
    running = subprocess.Popen(
        command(*job.words, book=book), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
    )
    if moment % 2:
        wait_for_writing(running, book / "book.db-wal")
        time.sleep(chance.random() * 0.02)
    else:
        time.sleep(job.seconds * 0.8**sooner * (moment + chance.random()) / MOMENTS)
    was_running = running.poll() is None
    running.send_signal(signal.SIGKILL)
    running.wait()
    return was_running


def wait_for_writing(running: subprocess.Popen[bytes], wal: Path) -> None:
    """Until the book's write-ahead log grows, which is where a commit begins."""
    while running.poll() is None:
        if wal.exists() and wal.stat().st_size > 4096:
            return
        time.sleep(0.0005)


@pytest.mark.parametrize("name", ["taking a parcel in", "importing a table", "putting in order", "closing a meeting"])
def test_a_killed_program_leaves_the_old_or_the_new_book(jobs: dict[str, Job], name: str) -> None:
    job = jobs[name]
    chance = Random(name)
    stopped = 0
    for moment in range(MOMENTS):
        for tries in range(TRIES):  # a busy machine may end the work before the moment comes
            copy = job.book.with_name(f"{job.book.stem}-{name.replace(' ', '-')}-{moment}-{tries}.shgbook")
            shutil.copytree(job.book, copy)
            hit = killed(job, copy, moment, chance, sooner=tries)
            found = what_is_there(copy)
            assert found in (job.old, job.new)
            if hit:
                break
        stopped += hit
        if moment == MOMENTS - 1:
            # the same work again ends as if nothing had happened, and a meeting that is written is not written twice
            again = call(*job.words, book=copy)
            if name == "closing a meeting" and found == job.new:
                assert [one["code"] for one in again.value["problems"]] == ["sheet-written"]
            else:
                assert again.code == 0
            assert what_is_there(copy) == job.new
    assert stopped >= MOMENTS - 1, "the kills came too late to prove anything"
