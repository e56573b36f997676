"""A whole meeting by nothing but the keyboard: real key events to the real window of an encrypted book.

The window is the program's own, from its unlock page on; no action, model or slot is called, every press is counted,
modifiers too. What the book holds afterwards is read by another process and compared with arithmetic on what was typed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from open_books import OpenBook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shg_desk.actions.books import open_desk
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.ui import app

from desk_maker import PASSPHRASE  # isort: skip
from desk_maker import make_desk  # isort: skip
from desk_maker import make_group  # isort: skip

K = Qt.Key
DAY = date(2026, 11, 21)
MEMBERS = 20
SAVING, SOCIAL, GIFT, LENT, PRINCIPAL, INTEREST = 100, 20, 40_000, 6_000, 1_000, 60
BORROWERS = (2, 4, 7, 12, 13)
NOTES = {5000: 3, 2000: 2, 1000: 0, 500: 1, 200: 2, 100: 1, 50: 2, 20: 0}
ALLOWED = 60
"""For a sheet of 20: all present, the usual savings, five repayments, eight notes counted."""

NAMED = {"Enter": K.Key_Return, "Esc": K.Key_Escape, "Space": K.Key_Space, "Tab": K.Key_Tab} | {
    f"F{n}": K(K.Key_F1 + n - 1) for n in range(1, 13)
}
HELD = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Shift": Qt.KeyboardModifier.ShiftModifier}


class Keyboard:
    """Presses keys on whichever window has the focus, as the window system does, and counts every one."""

    def __init__(self, person: OpenBook) -> None:
        self._person = person
        self.pressed = 0

    def press(self, *names: str) -> None:
        for name in names:
            *held, key = name.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for one in held:
                modifiers |= HELD[one]
            window = QGuiApplication.focusWindow()
            assert window is not None
            QTest.keyClick(window, NAMED[key] if key in NAMED else K(ord(key.upper())), modifiers)
            self.pressed += 1 + len(held)
            self._person.rest()

    def write(self, text: str) -> None:
        for letter in text:
            self.press("Space" if letter == " " else letter)


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenBook]:
    """The program with an unlock page in sight; its clock is told the day, nothing else is touched."""

    def opened(path: Path, phrase: str) -> tuple[Desk, bool]:
        return open_desk(path, phrase, clock=DemoClock(DAY)), False

    monkeypatch.setattr(app, "open_typed", opened)
    at = OpenBook(qtbot, tmp_path, "ru")
    yield at
    at.end()


def book(folder: Path) -> Path:
    """A group a fortnight before the day: everybody saved, five borrowed, a gift came in."""
    rules = {
        "lifecycle": "permanent",
        "savings": [{"code": "compulsory", "amount": str(SAVING), "compulsory": True}],
        "social": str(SOCIAL),
        "loan": {"rate": "1", "rate_per": "period", "method": "flat", "instalments": 6, "every": 2, "unit": "week"},
        "quorum_percent": 66,
        "meeting": {"weekday": 5, "every_weeks": 2, "time": "14:00"},
    }
    desk = make_desk(folder, day=DAY - timedelta(days=14))
    group = make_group(desk, "KB-01", members=MEMBERS, rules=rules)
    rows = tuple(
        SheetRow(
            str(number),
            Attendance.PRESENT,
            ins=(In("saving", SAVING * 100, product="compulsory"), In("social", SOCIAL * 100)),
            outs=(Out("loan", LENT * 100),) if number in BORROWERS else (),
        )
        for number in range(1, MEMBERS + 1)
    )
    gift = GroupLine("gift", GIFT * 100, text="ярмарка")
    record_meeting(desk, Sheet(group, DAY - timedelta(days=14), rows=rows, lines=(gift,)))
    desk.close()
    return desk.folder


def balances(path: Path) -> Counter[tuple[str, str]]:
    """(account, member) -> what stands there, as another process of the program reads it; zero left out."""
    words = [sys.executable, "-m", "shg_desk", "ledger", "balances", "--json", "--book", str(path)]
    environment = {**os.environ, "SHG_DESK_PASSPHRASE": PASSPHRASE, "PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run(words, capture_output=True, text=True, env=environment, check=True)
    found: Counter[tuple[str, str]] = Counter()
    for line in json.loads(said.stdout)["balances"]:
        found[line["account"], line["member"] or ""] += Decimal(line["amount"])  # type: ignore[assignment]
    return Counter({key: amount for key, amount in found.items() if amount})


def unlocked(person: OpenBook, path: Path) -> Keyboard:
    person.desktop.start(path)
    QTest.qWaitForWindowActive(person.screen)
    hands = Keyboard(person)
    hands.write(PASSPHRASE)
    hands.press("Enter")
    person.until(lambda: person.desktop.work is not None)
    QTest.qWaitForWindowActive(person.window)
    person.rest()
    return hands


@pytest.mark.parametrize("typed", [False, True], ids=["as due", "every sum typed"])
def test_a_meeting_of_twenty_takes_at_most_sixty_keys(person: OpenBook, tmp_path: Path, typed: bool) -> None:
    path = book(tmp_path)
    before = balances(path)
    hands = unlocked(person, path)
    unlocking = hands.pressed
    hands.press("Enter", "Enter")  # the first meeting of today, on the day that is planned
    opened = hands.pressed
    hands.press("F5")
    for _ in BORROWERS:
        hands.write(str(PRINCIPAL + INTEREST) if typed else "")
        hands.press("Enter")
    hands.press("F8")
    for number in NOTES.values():
        hands.write(str(number))
        hands.press("Enter")
    hands.press("F10", "Enter")
    closed = hands.pressed
    assert closed - unlocking <= ALLOWED, (closed - opened, "from the open sheet")
    hands.press("Enter", *["Space"] * (MEMBERS - 1), "Esc")  # read aloud to every member
    hands.press("Ctrl+5")
    assert person.window.here() == "ledger"
    person.desktop.end()

    after = balances(path)
    moved: Counter[tuple[str, str]] = Counter(after)
    moved.subtract(before)
    moves = {key: amount for key, amount in moved.items() if amount}
    brought = MEMBERS * (SAVING + SOCIAL) + len(BORROWERS) * (PRINCIPAL + INTEREST)
    by_account: Counter[str] = Counter()
    for (account, _), amount in moves.items():
        by_account[account] += amount
    assert by_account == {
        "box": brought,
        "saving.compulsory": -MEMBERS * SAVING,
        "social": -MEMBERS * SOCIAL,
        "principal": -len(BORROWERS) * PRINCIPAL,
        "interest": -len(BORROWERS) * INTEREST,
    }
    counted = sum(note * number for note, number in NOTES.items())
    assert sum(amount for (account, _), amount in after.items() if account == "box") == counted
    savings = {member: amount for (account, member), amount in after.items() if account == "saving.compulsory"}
    assert set(savings.values()) == {Decimal(-2 * SAVING)}
    assert len(savings) == MEMBERS
