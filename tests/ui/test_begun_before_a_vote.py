"""A begun sheet opened after the rules and a loan changed under it: in columns of their own, or in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_maker import make_group
from page_desk import DAY
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import set_rules
from shg_desk.actions.sheet_desk import keep_sheet
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_keeping import kept
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.catalog import Words
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView
from shg_desk.ui.meeting_words import column_name

RULES = {
    "savings": [{"code": "compulsory", "amount": "100"}],
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3},
}
VOTED = {"savings": [{"code": "quarter", "amount": "100"}]}


def begun_before(desk: Desk) -> str:
    """The first brings 100 of savings and 106 of her loan on a begun sheet; the loan is paid off, and a vote is had."""
    group = make_group(desk, members=2, rules=RULES)
    first = ground_of(desk, group, DAY).members[0].id
    write_between(desk, Between(group, DAY, "loan", 30_000, first))
    draft = Draft(ground_of(desk, group, DAY))
    draft.mark(0, Attendance.PRESENT)
    for column, som in (("saving.compulsory", "100"), ("repayment", "106")):
        assert draft.type_text(Place(0, column), som) is None
    keep_sheet(desk, group, kept(draft))
    left_minor = draft.ground.members[0].loans[0].loan_left_minor(DAY)
    write_between(desk, Between(group, DAY, "repayment", left_minor, first))
    set_rules(desk, group, VOTED, DAY)
    return group


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, begun_before)
    yield at
    at.end()


def test_what_stood_on_it_has_its_own_column_or_is_told(person: PageDesk) -> None:
    person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    sheet = person.page(MeetingPage).view()
    assert isinstance(sheet, SheetView)
    figures = sheet.draft.figures
    shown = [(column_name(Words("en"), one), figures.column_total_minor(one)) for one in figures.columns[:2]]
    assert shown == [("Savings", 0), ("Compulsory saving", 10_000)]
    assert figures.total_minor == 10_000
    told = sheet.strip.told.text().replace("\u00a0", " ")
    assert told.startswith("106 som of № 1 ")
    assert "no place on this sheet any more" in told
    person.fits_everywhere()
    # the savings stand in the way until a person says what they are now: Enter goes to them
    sheet.go_to(Place(1, "loan"))
    person.press(K.Key_F10, K.Key_Return)
    assert (sheet.here(), person.page(MeetingPage).view()) == (Place(0, "saving.compulsory"), sheet)
