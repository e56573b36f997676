"""A person at the keyboard of the meeting page, and a village of real values behind it."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from typing import Any

from pressing import ALT
from pressing import CTRL
from pressing import PLAIN
from pressing import SHIFT
from pressing import press
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shg_desk.actions.sheet_desk import ClosedSheet
from shg_desk.domain.booklet import after_meeting
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet_draft import Draft
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Words
from shg_desk.ui import main_window
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_verbs import MeetingVerbs
from shg_desk.ui.meeting_verbs import SheetOffer
from tests.meeting_grounds import TODAY
from tests.paper_makers import minutes_read

K = Qt.Key
NOTES = [value * 100 for value in (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 3, 1)]
NAMED = {"Enter": K.Key_Return, "Esc": K.Key_Escape, "Tab": K.Key_Tab, "Space": K.Key_Space, "Ins": K.Key_Insert,
         "Del": K.Key_Delete, "Up": K.Key_Up, "Down": K.Key_Down, "Left": K.Key_Left, "Right": K.Key_Right,
         "Home": K.Key_Home, "End": K.Key_End, "PageDown": K.Key_PageDown, "PageUp": K.Key_PageUp,
         "Back": K.Key_Backspace} | {
             f"F{n}": K(K.Key_F1 + n - 1) for n in range(1, 13)}  # fmt: skip
HELD = {"Alt": ALT, "Ctrl": CTRL, "Shift": SHIFT}


class Village:
    """Stands for the program behind the page: real values, answers at once or when told to."""

    def __init__(self, *grounds: Ground) -> None:
        self.grounds = {ground.group: ground for ground in grounds}
        self.kept: dict[str, Mapping[str, Any]] = {}
        self.closed: list[Sheet] = []
        self.refuse: list[Problem] = []
        self.later: list[Callable[[], None]] | None = None
        self.times_kept = 0

    def answer(self, run: Callable[[], None]) -> None:
        if self.later is None:
            run()
        else:
            self.later.append(run)

    def offers(self, answer: Callable[[Sequence[SheetOffer]], None]) -> None:
        made = []
        for ground in self.grounds.values():
            record = self.kept.get(ground.group)
            done = tuple(record["done"]) if record else None
            made.append(SheetOffer(ground.group, ground.name, "Кара-Булак", TODAY, "14:00", done, is_today=True))
        self.answer(lambda: answer(made))

    def ground(self, group: str, on: date, answer: Callable[[Ground], None], _bad: object) -> None:
        self.answer(lambda: answer(replace(self.grounds[group], on=on)))

    def keep(self, group: str, record: Mapping[str, Any], answer: Callable[[datetime], None]) -> None:
        self.kept[group] = record
        self.times_kept += 1
        self.answer(lambda: answer(datetime(2026, 11, 21, 14, 32, tzinfo=UTC)))

    def drop(self, group: str) -> None:
        self.kept.pop(group, None)

    def close(self, sheet: Sheet, answer: Callable[[ClosedSheet], None], bad: Callable[..., None]) -> None:
        if self.refuse:
            self.answer(lambda: bad(self.refuse))
            return
        self.closed.append(sheet)
        self.kept.pop(sheet.group, None)
        ground = replace(self.grounds[sheet.group], on=sheet.on)
        done = ClosedSheet(after_meeting(ground, minutes_read(ground, sheet)), (), "")
        self.answer(lambda: answer(done))

    def verbs(self) -> MeetingVerbs:
        return MeetingVerbs(
            offers=self.offers,
            ground=self.ground,
            draft=lambda group, answer: self.answer(lambda: answer(self.kept.get(group))),
            keep=self.keep,
            drop=self.drop,
            close=self.close,
            today=lambda: TODAY,
            notes=lambda _currency, _on: NOTES,
            reasons=lambda: (("snow", "Snow"), ("harvest", "Harvest")),
            templates=lambda: (("loan-approved", "Loan approved"), ("rule-changed", "Rule changed")),
        )


class Hands:
    """A person at the keyboard; counts every key, modifiers too."""

    def __init__(self, qtbot: QtBot, village: Village, words: Words | None = None) -> None:
        self.village = village
        self.keys = 0
        made: list[MeetingPage] = []

        def factory(frame: Any) -> MeetingPage:
            made.append(MeetingPage(frame, village.verbs()))
            return made[0]

        places = [main_window.Place("meeting", "sheet", N_("Meeting"))]
        self.window = MainWindow(words or Words("en"), places, {"meeting": factory})
        qtbot.addWidget(self.window)
        self.window.resize(1366, 690)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.window.go("meeting")
        self.page = made[0]

    def press(self, *presses: str) -> None:
        """Keys by name: `Enter`, `Alt+4`, `Ctrl+Z`; anything else is typed letter by letter."""
        for one in presses:
            *held, name = one.split("+") if len(one) > 1 and one[0].isalpha() else [one]
            modifiers = PLAIN
            for modifier in held:
                modifiers |= HELD[modifier]
            self.keys += len(held)
            if name in NAMED:
                press(NAMED[name], modifiers, {"Space": " ", "Tab": "\t"}.get(name, ""))
                self.keys += 1
            elif held:
                press(ord(name), modifiers, name)
                self.keys += 1
            else:
                for letter in one:
                    press(ord(letter) if letter.isascii() else 0, PLAIN, letter)
                    self.keys += 1

    @property
    def sheet(self) -> SheetView:
        view = self.page.view()
        assert isinstance(view, SheetView)
        return view

    @property
    def draft(self) -> Draft:
        return self.sheet.draft

    def begin(self) -> None:
        self.press("Enter", "Enter")
