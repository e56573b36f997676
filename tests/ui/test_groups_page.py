"""Groups over a real book: forming one, taking members in, voting rules, electing, leaving, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import RULES
from village import nothing
from village import village

from shg_desk.store import groups as group_store
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.member_page import MemberPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def test_a_group_is_formed_by_keys(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("groups", GroupsPage)
    person.press(K.Key_Return)
    person.press("Ырыс", K.Key_Return, "KB-03", K.Key_Return, "Кара-Булак", K.Key_F10)
    assert page.title() == "Ырыс"
    card = page._card
    assert card is not None
    assert (card.code, card.village, [step.done for step in card.steps]) == (
        "KB-03",
        "Кара-Булак",
        [True, False, False, False, False],
    )
    person.end()


def test_a_second_group_with_the_same_code_is_told(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage)
    person.press(K.Key_Insert)
    person.press("Бирдик", K.Key_Return, "KB-03", K.Key_F10)
    assert page.group_form.isVisible()
    assert page.group_form.field("code").problem()


def test_somebody_known_joins_and_somebody_new_too(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return, K.Key_Insert)
    assert page.member_form.text("number") == "5"
    person.press(K.Key_Return, "105", K.Key_Return, "21.11", K.Key_Return, "Жибек эже", K.Key_F10)
    card = page._card
    assert card is not None
    last = card.members[-1]
    assert (last.number, last.name, last.booklet, last.joined) == ("5", "Жибек эже", "105", date(2026, 11, 21))
    person.press(K.Key_Insert)
    page.member_form.field("name").edit.setFocus()
    person.press("Жибек")
    found = page.member_form._flow.itemAt(0)
    assert found is not None
    choice = found.widget()
    assert choice is not None
    choice.setFocus()
    person.press(K.Key_Return)
    assert page.member_form.person is not None


def test_a_member_leaves_and_keeps_her_number(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return, K.Key_Delete)
    assert page.leave_form.isVisible()
    page.leave_form.field("left").edit.selectAll()
    person.press("20.11", K.Key_Return, "went to Osh", K.Key_F10)
    card = page._card
    assert card is not None
    assert [one.number for one in card.members] == ["2", "3", "4"]
    assert (card.former[0].number, card.former[0].left) == ("1", date(2026, 11, 20))


def test_a_new_version_of_the_rules_changes_what_was_typed_and_nothing_else(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    form = page.rules_form
    assert form.text("savings.compulsory") == "100"
    assert form.text("loan.instalments") == "3"
    form.field("social").set_text("30")
    person.press(K.Key_F10)
    found = person.ask(lambda desk: group_store.rules_versions(desk.book, str(person.made)))
    assert isinstance(found, list)
    old, new = (dict(one.content) for one in found)
    assert new.pop("social") == "30.00"
    assert old.pop("social") == RULES["social"]
    assert new.pop("savings")[0] | {"amount": "100"} == old.pop("savings")[0]
    assert new["meeting"] == old["meeting"]
    assert new["loan"] == old["loan"]
    assert "social fund 30\u00a0som" in page.detail.tables["rules"].model.cell(0, 1).text


def test_a_rule_that_cannot_be_read_is_named(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    page.rules_form.field("quorum_percent").set_text("two thirds")
    person.press(K.Key_F10)
    assert page.rules_form.field("quorum_percent").problem()
    assert page.rules_form.isVisible()


def test_an_officer_is_elected(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "officers"))
    person.press(K.Key_Return, K.Key_Insert)
    assert page.officer_form.isVisible()
    person.press(K.Key_F10)
    card = page._card
    assert card is not None
    assert {(one.post, one.number) for one in card.officers} == {("treasurer", "1"), ("leader", "1")}


def test_enter_on_a_member_opens_her_page(person: PageDesk) -> None:
    person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return, K.Key_Down, K.Key_Return)
    page = person.page(MemberPage)
    assert page.title() == "Айгүл KB-03 2"
    assert page._view is not None
    assert (page._view.now.saved_minor, page._view.now.debt_minor) == (30_000, 30_000)
    assert (page._view.late_minor, page._view.late_days, page._view.came) == (10_600, 11, 3)


def test_the_sheet_is_opened_for_the_planned_day(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage)
    asked: list[object] = []
    object.__setattr__(page.ways, "open_sheet", lambda group, on: asked.append((group, str(on))))
    person.press(K.Key_F10)
    assert asked == [(person.made, "2026-11-21")]


def test_nothing_is_cut(person: PageDesk) -> None:
    for tab in ("glance", "members", "rules", "officers"):
        person.go("groups", GroupsPage, (person.made, tab))
        person.fits_everywhere()
    person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    person.fits_everywhere()
