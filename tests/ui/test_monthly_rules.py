"""A group that meets once a calendar month: voted by keys, and what follows of it on the pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.actions.ground import ground_of
from shg_desk.actions.next_meetings import next_day
from shg_desk.actions.views_groups import group_lines
from shg_desk.actions.views_today import meetings_ahead
from shg_desk.domain.rhythm import Rhythm
from shg_desk.store import groups as group_store
from shg_desk.ui.groups_page import GroupsPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def meeting_of(person: PageDesk) -> object:
    def newest(desk: object) -> object:
        return group_store.rules_versions(desk.book, str(person.made))[-1].content["meeting"]  # type: ignore[attr-defined]

    return person.ask(newest)


def agreed(page: GroupsPage) -> str:
    seen = page.detail.agreed.model
    return next(seen.cell(row, 1).text for row in range(seen.rowCount()) if seen.cell(row, 0).text == "Meets on")


def test_the_last_saturday_of_each_month_is_voted_by_keys(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    assert person.ask(lambda desk: next_day(desk, group_store.groups(desk.book)[0])) == date(2026, 11, 21)
    person.press(K.Key_Return, K.Key_F2)
    page.rules_form.field("since").set_text("8.11.2026")
    page.rules_form.picker("weekday").setFocus()
    person.press(K.Key_Return)
    assert page.rules_form.picker("rhythm").hasFocus(), "Saturday stands there already"
    person.press(*[K.Key_Down] * 6)
    assert page.rules_form.picker("rhythm").currentText() == "on the last such day of the month"
    person.press(K.Key_F10)
    changed = [(one.label, one.before, one.after) for one in page.rules_form.preview.changes]
    assert changed == [("Meets on", "Saturday every 2 weeks 14:00", "each month, last Saturday 14:00")]
    person.press(K.Key_Return)
    assert meeting_of(person) == {"weekday": 5, "every_weeks": 0, "time": "14:00", "month_week": 5}
    assert agreed(page) == "each month, last Saturday 14:00"
    [line] = person.ask(group_lines)  # type: ignore[misc]
    assert line.rhythm == Rhythm(5, 0, "14:00", month_week=5)
    person.press(K.Key_F2)
    assert (page.rules_form.text("rhythm"), page.rules_form.text("every_weeks")) == ("5", "")
    page.rules_form.picker("rhythm").set_key("")
    page.rules_form.field("every_weeks").set_text("2")
    person.press(K.Key_F10, K.Key_Return)
    assert meeting_of(person) == {"weekday": 5, "every_weeks": 2, "time": "14:00"}


def test_a_day_of_the_month_is_voted_and_today_the_sheet_and_what_is_due_follow(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    form = page.rules_form
    form.field("since").set_text("8.11.2026")
    form.picker("rhythm").setFocus()
    person.press(K.Key_Down)
    person.press(K.Key_F10)
    assert form.field("month_day").problem(), "a day of the month, and none typed"
    assert "“Day of the month”" in form.field("month_day").problem(), "its label, never the record's word"
    form.field("month_day").set_text("32")
    person.press(K.Key_F10)
    assert form.field("month_day").problem()
    form.field("month_day").set_text("27")
    person.press(K.Key_F10, K.Key_Return)
    assert meeting_of(person) == {"weekday": None, "every_weeks": 0, "time": "14:00", "month_day": 27}
    assert agreed(page) == "each month, on day 27 14:00"
    assert person.ask(lambda desk: [one.on for one in meetings_ahead(desk)]) == [date(2026, 11, 27)]
    group = str(person.made)

    def due(desk: object, on: date) -> list[int]:
        found = ground_of(desk, group, on)  # type: ignore[arg-type]
        return [one.saving_due_minor.get("compulsory", 0) for one in found.members]  # type: ignore[union-attr]

    before, then, christmas = (
        person.ask(lambda desk, on=on: due(desk, on))
        for on in (date(2026, 11, 27), date(2026, 12, 12), date(2026, 12, 27))
    )
    assert isinstance(before, list)
    assert then == before, "12 December lies half way: an extra meeting makes nothing due"
    assert christmas == [one + 10_000 for one in before]


def test_nothing_is_cut(person: PageDesk) -> None:
    page = person.go("groups", GroupsPage, (person.made, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    page.rules_form.picker("rhythm").set_key("5")
    person.fits_everywhere()
    page.rules_form.field("since").set_text("8.11.2026")
    person.press(K.Key_F10, K.Key_Return)
    person.fits_everywhere()
