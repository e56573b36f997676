"""A member has died, by keys: her account, what the group decided, what is written, paid out later, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from pytestqt.qtbot import QtBot
from test_between_page import moved
from test_between_page import standing
from village import village

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import set_officer
from shg_desk.store import groups as group_store
from shg_desk.ui.death_page import DeathPage
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.member_page import MemberPage
from shg_desk.ui.today_page import TodayPage


def with_secretary(desk: Desk) -> str:
    """The village; the second member, who owes a loan of 300 and has saved 300, is its secretary."""
    group = village(desk)
    set_officer(desk, group, "secretary", group_store.memberships(desk.book, group)[1].id, date(2026, 10, 10))
    return group


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, with_secretary)
    yield at
    at.end()


def member(person: PageDesk, number: str = "2") -> str:
    found = person.ask(lambda desk: group_store.memberships_by_number(desk.book, str(person.made), number))
    assert isinstance(found, list)
    return str(found[0].id)


def rows(page: DeathPage) -> list[tuple[str, ...]]:
    return [tuple(cell.text.replace("\u00a0", " ") for cell in row.cells) for row in page.table.model.rows()]


def foot(page: DeathPage) -> tuple[str, ...]:
    (found,) = [tuple(cell.text.replace("\u00a0", " ") for cell in row.cells) for row in page.table.foot_model.rows()]
    return found


def test_from_the_groups_page_to_the_written_record(person: PageDesk) -> None:
    before = standing(person)
    person.go("groups", GroupsPage, (person.made, "members"))
    person.press(K.Key_Return, K.Key_Down, K.Key_F7)
    page = person.page(DeathPage)
    assert page.fields.died.edit.hasFocus()
    person.press("20.11.2026", K.Key_F6)
    assert rows(page) == [
        ("Savings, compulsory", "300 som", "to her heirs", "300 som"),
        ("Loan L-1", "306 som", "stays a debt of the family", ""),
    ]
    person.press(K.Key_Down, K.Key_Space)
    assert rows(page)[1][1:] == ("306 som", "300 som set off, 6 som stays a debt of the family", "−300 som")
    person.press(K.Key_Space)
    assert rows(page)[1][1:] == ("306 som", "forgiven by the group", "")
    page.fields.votes_for.edit.setFocus()
    person.press("3", K.Key_Tab, "0", K.Key_F10)
    assert page.ahead.isVisible()
    assert moved(person, before) == {}, "what is shown is not written"
    person.press(K.Key_Escape)
    assert page.fields.votes_for.text() == "3", "nothing typed is lost"
    person.press(K.Key_F10, K.Key_Return)
    assert moved(person, before) == {
        "principal": -30_000, "interest": -1_800, "expense.forgiven": 30_600, "expense.interest": 1_200,
        "saving.compulsory": 30_000, "payable": -30_000,
    }  # fmt: skip
    assert page.sentence().endswith("died 20.11.2026")
    groups = person.go("groups", GroupsPage, (person.made, "members"))
    texts = [cell.text for row in groups.detail.tables["members"].model.rows() for cell in row.cells]
    assert "died 20.11.2026" in texts
    today = person.go("today", TodayPage)
    waiting = person.ask(today_waiting)
    assert isinstance(waiting, list)
    assert "vacant" in waiting
    assert today.isVisible()


def today_waiting(desk: Desk) -> list[str]:
    from shg_desk.actions.views_today import today_at_first

    return [one.kind for one in today_at_first(desk).waiting]


def test_from_the_member_page_and_taken_back(person: PageDesk) -> None:
    before = standing(person)
    person.go("member", MemberPage, member(person))
    person.press(K.Key_F7)
    page = person.page(DeathPage)
    person.press("20.11.2026", K.Key_F10, K.Key_Return)
    assert moved(person, before) == {"saving.compulsory": 30_000, "payable": -30_000}
    assert page.table.view.hasFocus()
    person.press(K.Key_Delete)
    assert page.reason.edit.hasFocus()
    person.press(K.Key_Return)
    assert page.reason.problem()
    person.press("another Aigul", K.Key_Return)
    assert moved(person, before) == {}
    assert not page.ahead.isVisible()
    assert page.fields.died.isVisible()


def test_answers_end_with_what_they_were_given_for(person: PageDesk) -> None:
    page = person.go("death", DeathPage, member(person))
    person.press("20.11.2026", K.Key_F10, K.Key_Return)
    page.table.view.put_cursor(1)
    person.press(K.Key_Space, K.Key_Space)
    assert rows(page)[-1][2] == "forgiven by the group"
    page.fields.heir.set_text("her son")
    page.table.view.setFocus()
    person.press(K.Key_Delete)
    person.press("another Aigul", K.Key_Return)
    assert rows(page)[-1][2] == "stays a debt of the family"
    assert page.fields.heir.text() == ""


def test_what_was_paid_out_since_stands_on_the_page(person: PageDesk) -> None:
    page, her = person.go("death", DeathPage, member(person)), member(person)
    person.press("20.11.2026", K.Key_F10, K.Key_Return)
    out = Between(str(person.made), date(2026, 11, 21), "payable", 12_000, member=her, receipt="44")
    person.ask(lambda desk: write_between(desk, out))
    page.refresh(())
    person.rest()
    assert ("Paid on 21.11.2026, receipt 44", "", "", "−120 som") in rows(page)
    assert foot(page) == ("Still to be paid out to the heirs", "", "", "180 som")


def test_the_written_account_adds_up(person: PageDesk) -> None:
    """300 saved, a loan of 300 and 6 of interest: 300 are set off, 0 left; the grant of 50 changes nothing of it."""
    page = person.go("death", DeathPage, member(person))
    person.press("20.11.2026", K.Key_F6, K.Key_Down, K.Key_Space)
    page.fields.grant.set_text("50")
    page.fields.votes_for.edit.setFocus()
    person.press("3", K.Key_Tab, "0", K.Key_F10, K.Key_Return)
    assert page._died()
    assert [(row[0], row[1], row[3]) for row in rows(page)] == [
        ("Savings, compulsory", "300 som", "300 som"),
        ("Loan L-1", "300 som", "−300 som"),
        ("Grant from the social fund", "50 som", ""),
        ("Loan L-1", "6 som", ""),
    ]
    assert foot(page)[3] == "0 som"


def test_cash_stands_first_where_money_lies_in_several_places(person: PageDesk) -> None:
    at_bank = Between(str(person.made), date(2026, 11, 12), "transfer", 5_000, place="box", target="bank")
    person.ask(lambda desk: write_between(desk, at_bank))
    page = person.go("death", DeathPage, member(person))
    assert page.fields.place.isVisible()
    assert page.fields.place.picker.keys() == ["box", "bank"]
    assert page.fields.place.picker.key() == "box"


def test_a_meeting_after_that_day_is_named_with_what_to_do(person: PageDesk) -> None:
    page = person.go("death", DeathPage, member(person))
    person.press("1.11.2026", K.Key_F10)
    assert page.problems.isVisible()
    assert not page.ahead.isVisible()
    person.press(K.Key_Escape)


def test_nothing_is_cut(person: PageDesk) -> None:
    page = person.go("death", DeathPage, member(person))
    person.press("20.11.2026", K.Key_F6)
    person.fits_everywhere()
    person.press(K.Key_F10)
    assert page.ahead.isVisible()
    for _ in range(1):
        from cut_text import cut_text

        for lang in ("ky", "ru"):
            person.window.switch_language(lang)
            person.rest()
            person.press(K.Key_F10)
            assert [str(one) for one in cut_text(person.window)] == [], lang
    person.press(K.Key_Return)
    person.fits_everywhere()
    opened: list[Path] = []
    page.ways = replace(page.ways, open_file=opened.append)
    person.press(K.Key_P, held=CTRL)
    assert [one.suffix for one in opened] == [".pdf"]


def test_something_written_meanwhile_is_shown_before_it_is_written(person: PageDesk) -> None:
    page, her = person.go("death", DeathPage, member(person)), member(person)
    person.press("20.11.2026", K.Key_F6, K.Key_Down, K.Key_Space, K.Key_F10)
    assert page.ahead.isVisible()
    taken = Between(str(person.made), date(2026, 11, 21), "withdrawal", 10_000, member=her)
    person.ask(lambda desk: write_between(desk, taken))
    before = standing(person)
    person.press(K.Key_Return)
    assert moved(person, before) == {}
    assert page.problems.isVisible()
    assert rows(page)[0][1] == "200 som"
    person.press(K.Key_F10, K.Key_Return)
    assert moved(person, before)["saving.compulsory"] == 20_000


def test_voted_down_is_not_written(person: PageDesk) -> None:
    before = standing(person)
    page = person.go("death", DeathPage, member(person))
    person.press("20.11.2026", K.Key_F6, K.Key_Down, K.Key_Space, K.Key_Space)
    page.fields.votes_for.edit.setFocus()
    person.press("0", K.Key_Tab, "2", K.Key_F10)
    assert page.problems.isVisible()
    assert not page.ahead.isVisible()
    assert moved(person, before) == {}
