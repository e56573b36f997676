"""The group's own places of money by the keyboard: listed and named on its page, chosen on the sheet and between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from test_between_page import moved
from test_between_page import page_of
from test_between_page import standing
from village import village

from shg_desk.store import groups as group_store
from shg_desk.ui.count_page import CountPage
from shg_desk.ui.group_detail import TABS
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.ledger_page import LedgerPage
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.meeting_sheet import SheetView


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def places_tab(person: PageDesk) -> GroupsPage:
    page = person.go("groups", GroupsPage, person.made)
    for _ in TABS[1:]:
        if page.detail.tab != "places":
            person.press(K.Key_F6)
    page.detail.focus_first()
    assert page.detail.tab == "places"
    return page


def listed(page: GroupsPage) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in page.detail.tables["places"].model.rows()]


def make_list(person: PageDesk) -> None:
    """A bag of the social fund under a name of its own, the second member's keeping, and no wallet."""
    page = places_tab(person)
    person.press(K.Key_Insert)
    assert page.place_form.picker("kind").key() == "box.social"
    person.press(K.Key_Return, "Социалдык баштык", K.Key_F10)
    person.press(K.Key_Insert)
    for _ in range(2):
        person.press(K.Key_Down)
    assert page.place_form.picker("kind").key() == "keeper"
    person.press(K.Key_Return, K.Key_Down, K.Key_F10)
    page.detail.tables["places"].view.put_cursor(3)
    person.press(K.Key_Delete)


def second(person: PageDesk) -> str:
    found = person.ask(lambda desk: group_store.memberships(desk.book, str(person.made))[1].id)
    return str(found)


def test_the_list_is_made_on_the_groups_page(person: PageDesk) -> None:
    page = places_tab(person)
    assert [row[0] for row in listed(page)] == ["Cash box", "In keeping", "Bank", "Mobile wallet", "On the way"]
    make_list(person)
    rows = listed(page)
    assert [row[0] for row in rows][:3] == ["Cash box", "In keeping", "Bank"]
    assert [row[0] for row in rows][3:] == ["On the way", "Социалдык баштык", rows[5][0]]
    assert rows[5][0].startswith("In keeping: ")
    assert rows[0][2] == "1\u00a0100", "what lies there now"
    page.detail.tables["places"].view.put_cursor(0)
    person.press(K.Key_F2)
    assert page.place_form.isVisible()
    person.press("Темир сандык", K.Key_Return)
    assert listed(page)[0][0] == "Темир сандык"
    ledger = person.go("ledger", LedgerPage, (person.made, "box"))
    assert ledger.title() == "Ledger: Темир сандык"


def test_places_and_their_form_fit(person: PageDesk) -> None:
    make_list(person)
    person.fits_everywhere()
    person.press(K.Key_Insert)
    person.fits_everywhere()


def test_the_sheet_offers_exactly_these_places_by_name(person: PageDesk) -> None:
    make_list(person)
    page = person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_Insert, "3", "200", K.Key_Return)
    assert sheet.panel._below.text().replace("\u00a0", " ").split("   ")[:5] == [
        "1 Cash box", "2 In a person's keeping", "3 Bank", "4 On its way", "5 Социалдык баштык",
    ]  # fmt: skip
    person.press("1", "5", K.Key_Return)
    (line,) = sheet.draft.state.lines
    assert (line.source, line.target) == ("box", "box.social")
    assert sheet.table.foot.model().index(1, 2).data() == "Cash box → Социалдык баштык", "from where to where"
    assert sheet.draft.cash().out_minor == 20_000


def test_money_into_a_members_keeping_asks_whose(person: PageDesk) -> None:
    page = person.go("meeting", MeetingPage)
    person.press(K.Key_Return)
    sheet = page.view()
    assert isinstance(sheet, SheetView)
    person.press(K.Key_Insert, "3", "200", K.Key_Return, "1", "2", K.Key_Return)
    assert [edit.accessibleName() for edit in sheet.panel.edits] == ["Number of the member"]
    assert not sheet.draft.state.lines
    person.press("2", K.Key_Return)
    (line,) = sheet.draft.state.lines
    assert line.target == f"keeper.{second(person)}"
    assert str(sheet.table.foot.model().index(1, 2).data()).startswith("Cash box → In keeping: "), "and with whom"
    person.press(K.Key_Insert, "3", "50", K.Key_Return, K.Key_Down, K.Key_Return)
    assert sheet.panel.edits[1].text() == "In a person's keeping", "Down looks through the places"


def test_between_meetings_it_is_paid_into_a_persons_hands(person: PageDesk) -> None:
    before = standing(person)
    page = page_of(person)
    form = page.form
    person.press(K.Key_Return, K.Key_Down, K.Key_Down, K.Key_Return, "106", K.Key_Return)
    assert not form.keeper.isVisible()
    person.press(K.Key_Down)
    assert form.place.picker.key() == "keeper"
    assert form.keeper.isVisible()
    person.press(K.Key_Return, K.Key_Down, K.Key_Down)
    assert form.keeper.picker.key() == second(person)
    person.press(K.Key_Return, "17", K.Key_F10)
    assert moved(person, before) == {f"keeper.{second(person)}": 10_600, "principal": -10_000, "interest": -600}
    count = person.go("count", CountPage, person.made)
    where = dict(zip(count.where.picker.keys(), range(9), strict=False))
    assert f"keeper.{second(person)}" in where, "it can be counted where it lies"


def test_the_form_between_meetings_fits_with_a_keeper(person: PageDesk) -> None:
    page = page_of(person)
    person.press(K.Key_Return, K.Key_Down, K.Key_Down, K.Key_Return, "106", K.Key_Return, K.Key_Down)
    assert page.form.keeper.isVisible()
    person.fits_everywhere()


def test_a_name_that_stays_as_it_is_is_not_written_again(person: PageDesk) -> None:
    def records() -> object:
        return person.ask(lambda desk: desk.book.db.value("SELECT count(*) FROM operation"))

    page = places_tab(person)
    page.detail.tables["places"].view.put_cursor(0)
    person.press(K.Key_F2, "Сандык", K.Key_Return)
    before = records()
    person.press(K.Key_F2, K.Key_Return)
    assert records() == before
    assert page.place_form.isVisible()
    assert "Nothing differs" in page.place_form.problems.accessibleName() + page.place_form.field("name").problem()
