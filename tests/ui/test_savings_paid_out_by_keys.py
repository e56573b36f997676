"""Savings that the rules do not name any more are paid out by the keyboard: between meetings and on the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_group
from page_desk import DAY
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.catalog import Words
from shg_desk.ui.between_page import BetweenPage
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_words import column_name

RULES = {"savings": [{"code": "compulsory", "amount": "100", "compulsory": True}]}
FEWER = {"savings": [{"code": "voluntary", "amount": "0"}]}


def three_savers(desk: Desk) -> str:
    """The first has savings of before the rules, the second of two kinds, the third of what the rules name now."""
    group = make_group(desk, members=3, rules=RULES, voted=date(2026, 4, 1))
    for on, brought in ((date(2026, 3, 12), (500, 300, 0)), (date(2026, 4, 9), (0, 100, 0))):
        rows = tuple(
            SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", som * 100),) if som else ())
            for n, som in enumerate(brought, 1)
        )
        record_meeting(desk, Sheet(group, on, rows=rows))
    set_rules(desk, group, FEWER, date(2026, 5, 1))
    third = (SheetRow("3", Attendance.PRESENT, ins=(In("saving", 4_000),)),)
    record_meeting(desk, Sheet(group, date(2026, 5, 7), rows=third))
    return group


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, three_savers)
    yield at
    at.end()


def saved(person: PageDesk) -> list[dict[str, int]]:
    """What each member has saved, in som; what is nothing left out."""
    members = person.ask(lambda desk: ground_of(desk, str(person.made), DAY).members)
    return [
        {code: amount // 100 for code, amount in one.saved_minor.items() if amount}
        for one in members  # type: ignore[attr-defined]
    ]


def test_between_meetings_what_she_has_is_offered(person: PageDesk) -> None:
    person.go("meeting", MeetingPage)
    person.press(K.Key_Insert)
    page = person.page(BetweenPage)
    while page.form.kind.picker.key() != "withdrawal":
        person.press(K.Key_Down)
    person.press(K.Key_Return)
    offered = []
    for _ in range(3):
        person.press(K.Key_Down)
        offered.append((page.form.product.picker.keys(), page.form.product.isVisible()))
    assert offered == [(["usual"], False), (["compulsory", "usual"], True), (["voluntary"], False)]
    person.press(K.Key_Up, K.Key_Up, K.Key_Return, "200", K.Key_F10)
    assert saved(person) == [{"usual": 300}, {"usual": 300, "compulsory": 100}, {"voluntary": 40}]
    page.form.member.picker.setFocus()
    person.press(K.Key_Down)
    assert page.form.product.isVisible()
    person.fits_everywhere()


def test_on_the_sheet_it_is_another_column(person: PageDesk) -> None:
    sheet = person.go("meeting", MeetingPage, (str(person.made), DAY)).view()
    assert isinstance(sheet, SheetView)
    rare = [one for one in sheet.draft.figures.every_column if one not in sheet.draft.columns]
    names = [column_name(Words("en"), one) for one in rare if one.kind == "withdrawal"]
    assert names == ["Withdrawn", "Withdrawn: Compulsory saving", "Withdrawn: Other savings"]
    number = [one.key for one in rare].index("withdrawal.usual") + 1
    person.press(K.Key_Right, K.Key_Insert, "9", str(number))
    assert sheet.here() == Place(0, "withdrawal.usual")
    person.press("200", K.Key_Return)
    assert sheet.draft.sheet().rows[0].outs == (Out("withdrawal", 20_000, product="usual"),)
    person.fits_everywhere()
