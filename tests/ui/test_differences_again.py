"""Answers to differences undone by Ctrl+Z, and counts that no longer agree settled with money, on a real book."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cut_text import cut_text
from office_book import closed
from office_book import made_three
from office_book import opened
from office_book import trip
from open_books import OpenBook
from open_books import meet
from pressing import CTRL
from PySide6.QtCore import Qt

from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_between
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import STRETCHED
from shg_desk.store import meetings as meeting_store
from shg_desk.store.check import check
from shg_desk.store.differences import settled_differences

from desk_maker import RULES  # isort: skip
from desk_maker import make_desk  # isort: skip
from desk_maker import make_group  # isort: skip
from desk_maker import sums  # isort: skip

K = Qt.Key
DAY = date(2026, 3, 10)


def box(person: OpenBook, group: str) -> object:
    return person.ask(lambda desk: sums(desk, group)["box"])


def is_sound(person: OpenBook) -> None:
    assert person.ask(lambda desk: check(desk.book)) == []


def test_ctrl_z_opens_a_settled_meeting_again_and_the_other_answer_may_be_given(
    person: OpenBook, tmp_path: Path
) -> None:
    office, first, second, group = made_three(tmp_path)
    meet(first, group, DAY, 10000, 10000)
    meet(second, group, DAY, 10000, 7000, 5000)
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    totals = page.detail.view.totals if page.detail.view else None
    assert totals is not None
    person.press(K.Key_1)
    person.press(K.Key_Return)
    assert box(person, group) == totals[0]
    assert page.list.model.rowCount() == 0
    assert any(one.keys == ("Ctrl", "Z") for one in page.hints())
    person.press(K.Key_Z, held=CTRL)
    assert box(person, group) == sum(totals), "both count again, as before the answer"
    assert page.list.model.rowCount() == 1
    assert person.ask(lambda desk: settled_differences(desk.book)) == []
    person.press(K.Key_2)
    person.press(K.Key_Return)
    assert box(person, group) == totals[1]
    assert page.list.model.rowCount() == 0
    is_sound(person)
    person.press(K.Key_Z, held=CTRL)
    assert box(person, group) == sum(totals), "as often as one likes"
    assert page.detail.view is not None
    assert page.detail.view.totals == totals, "both sides are read as they were"
    person.press(K.Key_1)
    person.press(K.Key_Return)
    assert box(person, group) == totals[0], "the answer given first, once more"
    person.press(K.Key_Z, held=CTRL)
    person.press(K.Key_4)
    person.press(K.Key_Return)
    assert box(person, group) == sum(totals), "there were two meetings"
    assert page.list.model.rowCount() == 0
    person.press(K.Key_Z, held=CTRL)
    assert page.list.model.rowCount() == 1
    is_sound(person)


def test_both_laptops_learn_that_an_answer_was_undone(person: OpenBook, tmp_path: Path) -> None:
    office, first, second, group = made_three(tmp_path)
    meet(first, group, DAY, 10000)
    meet(second, group, DAY, 7000)
    trip(office, first, second)
    office.close()
    opened(person, tmp_path)
    person.press(K.Key_1)
    person.press(K.Key_Return)
    person.press(K.Key_Z, held=CTRL)
    sent = tmp_path / "after"
    person.ask(lambda desk: export_parcels(desk, sent) and None)
    for desk in (first, second):
        import_parcels(desk, [sent])
        assert sums(desk, group)["box"] == 17000
        assert settled_differences(desk.book) == []
        desk.close()


def test_a_version_of_the_rules_once_chosen_is_given_up_again(person: OpenBook, tmp_path: Path) -> None:
    office, first, second, group = made_three(tmp_path)
    set_rules(first, group, {**RULES, "social": "30"}, DAY)
    set_rules(second, group, {**RULES, "social": "40"}, DAY)
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    person.press(K.Key_1)
    person.press(K.Key_Return)
    assert page.list.model.rowCount() == 0
    person.press(K.Key_Z, held=CTRL)
    assert person.ask(lambda desk: settled_differences(desk.book)) == []
    assert page.list.model.rowCount() == 1
    person.press(K.Key_2)
    person.press(K.Key_Return)
    assert page.list.model.rowCount() == 0
    is_sound(person)


def test_what_somebody_has_gone_on_from_is_changed_on_its_own_page(person: OpenBook, tmp_path: Path) -> None:
    office, first, second, group = made_three(tmp_path)
    for desk, social in ((first, "30"), (second, "40")):
        set_rules(desk, group, {**RULES, "social": social}, DAY)
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    person.press(K.Key_1)
    person.press(K.Key_Return)
    settled = person.ask(lambda desk: settled_differences(desk.book))
    person.ask(lambda desk: set_rules(desk, group, {**RULES, "social": "50"}, DAY) and None)
    person.press(K.Key_Z, held=CTRL)
    assert person.ask(lambda desk: settled_differences(desk.book)) == settled
    assert "change it on the page of the group" in page.detail.problem.title()


def late(tmp_path: Path) -> str:
    """100 is counted on two evenings; afterwards 30 of income is written for a day between them."""
    office = make_desk(tmp_path, "office", "office")
    group = make_group(office)
    for turn, day in enumerate((DAY, date(2026, 3, 24)), start=1):
        rows = (SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10_000, product="compulsory"),)),)
        record_meeting(office, Sheet(group, day, rows=rows, counts=(Count(total_minor=turn * 10_000),)))
    record_between(office, group, date(2026, 3, 17), lines=(GroupLine("income", 3_000),))
    office.close()
    return group


def test_money_that_was_counted_right_becomes_an_open_difference(person: OpenBook, tmp_path: Path) -> None:
    group = late(tmp_path)
    page = opened(person, tmp_path)
    assert [row.key for row in page.list.model.rows() if str(row.key).startswith("count")]
    view = page.detail.view
    assert view is not None
    assert [answer.code for answer in view.answers] == ["noted", "carry"]
    assert [row.values[0] for row in view.rows] == [20_000, 20_000, 23_000]
    person.press(K.Key_2)
    assert "30" in page.detail.outcome.text()
    person.press(K.Key_Return)
    assert box(person, group) == 20_000, "as it was counted"
    assert person.ask(lambda desk: sums(desk, group)["differences"]) == 3_000
    counts = person.ask(lambda desk: [one.broken for one in meeting_store.cash_counts(desk.book, group)])
    assert counts == [False, False]
    kinds = [str(row.key).split(" ")[0] for row in page.list.model.rows()]
    assert kinds == ["cash"], "what is left is the money itself, open until it is settled"
    assert [[cell.text for cell in row.cells][-1] for row in page.detail.table.model.rows()] == ["30 short"]
    (row,) = page.list.model.rows()
    assert row.cells[-1].text == "30", "no sign: the word stands below its name"
    assert "30\u00a0som short" in str(row.cells[1].small)
    for percent in (100, 150):
        person.window.set_letter_size(percent)
        for lang in ("ky", "ru", STRETCHED):
            person.window.switch_language(lang)
            person.rest()
            person.until(lambda: not cut_text(person.window))
    person.window.set_letter_size(100)
    person.window.switch_language("en")
    person.rest()
    is_sound(person)
    person.press(K.Key_Z, held=CTRL)
    assert box(person, group) == 23_000
    assert person.ask(lambda desk: sums(desk, group).get("differences", 0)) == 0
    assert [str(row.key).split(" ")[0] for row in page.list.model.rows()] == ["count"]
