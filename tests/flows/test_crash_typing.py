"""The window's own process is killed while a sheet is typed and while it is closed: what was acknowledged comes back.

With the kills of `test_crash.py` these are thirty moments of typing, closing, importing and rebuilding.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from random import Random
from threading import Timer
from typing import Any

import pytest
from cheap_books import new_book
from program import ENVIRONMENT
from program import PASSPHRASE
from program import here

from shg_desk.actions.books import open_desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_rules
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.actions.sheet_desk import kept_sheet
from shg_desk.store.meetings import meetings

MEMBERS = 20
FORMED, MEETING = date(2024, 1, 1), date(2024, 2, 5)
TO_THE_SHEET = ["Ctrl+4", "Enter", *"05.02.2024", "Enter", "|"]
TYPING = [key for number in range(1, MEMBERS + 1) for key in (*str(100 + number), "Enter")]
MOMENTS = 6
PATIENCE_S = 300


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = new_book(tmp_path_factory.mktemp("typing") / "desk.shgbook")
    desk = open_desk(path, PASSPHRASE)
    group = register_group(desk, NewGroup("A-1", "Ырыс", smallest_minor=100, formed_on=FORMED)).value
    set_rules(desk, group, {"savings": [{"code": "compulsory", "amount": "100", "compulsory": True}]}, FORMED)
    for number in range(1, MEMBERS + 1):
        made = register_household(desk, NewHousehold(f"A-{number}", persons=[NewPerson(f"Айгүл {number}")])).value
        add_member(desk, NewMember(group, str(number), made.persons[0], made.household, "", FORMED))
    desk.close()
    return path, group


class Typing:
    """A process with somebody typing in its window, read line by line."""

    def __init__(self, book: Path, keys: list[str]) -> None:
        words = [sys.executable, str(Path(__file__).with_name("typing_desk.py")), str(book), *keys]
        settings = {name: str(book.parent / "settings") for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
        environment = {**ENVIRONMENT, **settings, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
        with (book.parent / "stderr.txt").open("w") as err:
            self.running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=err, text=True, env=environment)
        self.asked: dict[int, Any] = {}
        self.saved, self.closing, self.closed = 0, False, False
        self._watch = Timer(PATIENCE_S, self.running.kill)
        self._watch.start()

    def line(self) -> bool:
        """Take the next line in; False at the end."""
        assert self.running.stdout is not None
        said = self.running.stdout.readline().rstrip("\n")
        word, _, rest = said.partition(" ")
        if word == "asked":
            number, _, record = rest.partition(" ")
            self.asked[int(number)] = json.loads(record)
        elif word == "saved":
            self.saved = int(rest)
        self.closing |= word == "closing"
        self.closed |= word == "closed"
        return bool(said)

    def kill(self) -> None:
        """SIGKILL; what it said before is still taken in."""
        self.running.send_signal(signal.SIGKILL)
        while self.line():
            pass
        self.running.wait()
        self._watch.cancel()


def copy_of(book: Path, folder: Path) -> Path:
    copy = folder / "desk.shgbook"
    shutil.copytree(book, copy)
    return copy


def left(book: Path, group: str) -> tuple[Any, int]:
    """The draft that is back, and how many meetings the book has; the book is sound."""
    checked = here("book", "check", book=book)
    assert checked["ok"]
    assert checked["problems"] == []
    desk = open_desk(book, PASSPHRASE)
    try:
        draft = kept_sheet(desk, group)
        return (None if draft is None else json.loads(json.dumps(draft))), len(meetings(desk.book, group))
    finally:
        desk.close()


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_what_was_typed_and_acknowledged_is_back(book: tuple[Path, str], tmp_path: Path, moment: int) -> None:
    """Killed after some acknowledgement, between or in the middle of the writings that follow it."""
    path, group = book
    copy, chance = copy_of(path, tmp_path), Random(f"typing {moment}")
    typing = Typing(copy, [*TO_THE_SHEET, *TYPING])
    wanted = chance.randint(1, MEMBERS - 2)
    while typing.saved < wanted:
        assert typing.line(), (tmp_path / "stderr.txt").read_text()
    time.sleep(chance.random() * 0.06)
    typing.kill()
    draft, held = left(copy, group)
    assert held == 0
    back = [number for number, record in typing.asked.items() if record == draft]
    assert back, "the draft is none that was ever handed over"
    assert max(back) >= typing.saved >= wanted
    assert not typing.closing, "the kill came too late to prove anything"


@pytest.mark.parametrize("moment", range(MOMENTS - 2))
def test_a_sheet_being_closed_is_a_draft_or_a_meeting(book: tuple[Path, str], tmp_path: Path, moment: int) -> None:
    """Killed within the moments after the key that closes: never both lost, never half of one."""
    path, group = book
    copy, chance = copy_of(path, tmp_path), Random(f"closing {moment}")
    typing = Typing(copy, [*TO_THE_SHEET, "F5", "F10", "Enter"])
    while not (typing.closing and typing.saved):  # before the first acknowledgement nothing is promised
        assert typing.line(), (tmp_path / "stderr.txt").read_text()
    time.sleep(chance.random() * 0.15 * moment)
    typing.kill()
    draft, held = left(copy, group)
    assert held == 1 or (held == 0 and draft is not None and not typing.closed)
    if held == 1:
        box = [line["amount"] for line in here("ledger", "balances", book=copy)["balances"] if line["account"] == "box"]
        assert box == ["2000.00"]
