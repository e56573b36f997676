"""The small type of the fine cells: what is owed and what is left, whoever is there or not; money left when absent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cut_text import cut_text
from meeting_hands import Hands
from meeting_hands import Village
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_figures import CellState
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.catalog import Words
from shg_desk.ui.meeting_words import small_type
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

EN = Words("en")


def owing(som: int) -> Ground:
    """Number 2 owes a fine from before; late is 40, absent 50."""
    ground = yrys()
    members = [replace(one, fines_owed_minor=som * 100) if one.number == "2" else one for one in ground.members]
    return replace(ground, members=tuple(members), rules=rules(fines={"late": "40", "absent": "50"}))


@pytest.mark.parametrize(
    ("owed", "how", "paid", "small"),
    [
        (100, Attendance.EXCUSED, None, ("owes 100", False)),
        (100, Attendance.ABSENT, None, ("owes 150", False)),
        (100, Attendance.PRESENT, None, ("", False)),  # the grey 100 itself says it
        (100, Attendance.PRESENT, "30", ("left 70", False)),
        (100, Attendance.PRESENT, "100", ("", False)),
        (100, Attendance.PRESENT, "0", ("owes 100", True)),
        (100, Attendance.LATE, "100", ("left 40", True)),
        (0, Attendance.LATE, "0", ("owes 40", True)),
        (0, Attendance.LATE, "15", ("left 25", True)),
        (0, Attendance.ABSENT, None, ("owes 50", False)),
        (0, Attendance.EXCUSED, None, ("", False)),
        (100, None, None, ("", False)),
    ],
)
def test_fines(owed: int, how: Attendance | None, paid: str | None, small: tuple[str, bool]) -> None:
    draft = Draft(owing(owed))
    draft.mark(1, how)
    at = Place(1, "fine")
    if paid is not None:
        assert draft.type_text(at, paid) is None
    column = draft.figures.column("fine")
    assert column is not None
    assert small_type(EN, draft.cell(at), column, draft.ground.currency) == small


def test_money_confirmed_for_one_who_is_not_there_is_pointed_at(qtbot: QtBot) -> None:
    """Enter on her saving, then absent: it stays like typed money, and the strip asks who brought it."""
    hands = Hands(qtbot, Village(owing(100)))
    hands.begin()
    hands.press("Down", "Enter", "Up", "Alt+3")
    place = Place(1, "saving.compulsory")
    assert hands.draft.cell(place).state is CellState.CONFIRMED
    assert hands.sheet.strip.noted.isVisible()
    assert hands.sheet.strip.noted.text() == "Not there, 100\u00a0som stays. F4: who brought it"
    for lang in ("ky", "ru"):
        hands.window.switch_language(lang)
        QApplication.processEvents()
        assert cut_text(hands.sheet.strip) == []
        assert [one for one in cut_text(hands.sheet) if one.part in ("cell", "head")] == []
    hands.window.switch_language("en")
    hands.press("F4", "7", "Enter")
    assert not hands.sheet.strip.noted.isVisible()
    (row,) = [row for row in hands.draft.sheet().rows if row.member == "2"]
    assert (row.paid_by, row.attendance) == ("7", Attendance.EXCUSED)
