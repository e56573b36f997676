"""What two laptops changed unseen of each other, as the office's page tells it: marks, names, and books that differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from cut_text import cut_text
from office_book import closed
from office_book import made_three
from office_book import opened
from office_book import trip
from open_books import OpenBook
from open_books import meet
from pressing import CTRL
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shg_desk.actions.desk import Desk
from shg_desk.actions.people import change_person
from shg_desk.actions.repeating import asking
from shg_desk.actions.standing import said_of
from shg_desk.actions.told_digests import remember_told
from shg_desk.actions.volumes import Whole
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Decision
from shg_desk.store import exchange as exchange_store
from shg_desk.store import groups as group_store
from shg_desk.store import log
from shg_desk.store.check import check
from shg_desk.ui.differences_page import DifferencesPage

from three_desks import DAY  # isort: skip
from three_desks import put_right  # isort: skip

K = Qt.Key
MARCH = 2026 * 12 + 2


def lines(page: DifferencesPage) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in page.detail.table.model.rows()]


def marks_twice(tmp_path: Path) -> str:
    """Member 1 is late for the first laptop and excused for the second, who also decided otherwise."""
    office, first, second, group = made_three(tmp_path)
    meeting = meet(first, group, DAY, 10000, 10000)
    for _ in range(2):
        trip(office, first, second)
    put_right(first, group, meeting, {"1": Attendance.LATE}, (Decision("фонд 50 сом", 4, 0, 0),))
    put_right(second, group, meeting, {"1": Attendance.EXCUSED}, (Decision("фонд 60 сом", 3, 1, 0),))
    trip(office, first, second)
    closed(office, first, second)
    return meeting


def stands(person: OpenBook, meeting: str) -> tuple[list[str], list[str | None]]:
    def read(desk: Desk) -> tuple[list[str], list[str | None]]:
        said = said_of(desk, meeting)
        return sorted(said.marks.values()), [text for _, text in said.decisions]

    return person.ask(read)  # type: ignore[return-value]


def test_marks_put_right_twice_are_told_in_words_and_answered_by_a_digit(person: OpenBook, tmp_path: Path) -> None:
    meeting = marks_twice(tmp_path)
    page = opened(person, tmp_path)
    before = stands(person, meeting)
    said = lines(page)
    assert [row[1] for row in said] == ["Айгүл A-1 1", "Decisions"]
    assert sorted(said[0][2:4]) == ["Came late", "Excused"]
    assert sorted(said[1][2:4]) == ["фонд 50 сом (4 : 0 : 0)", "фонд 60 сом (3 : 1 : 0)"]
    assert any(
        one.text() == "stands in the book until it is settled"
        for one in page.detail.findChildren(type(page.detail.below))
    )
    side = said[0][2:4].index("Came late")
    person.press(K.Key_2 if side else K.Key_1)
    person.press(K.Key_Return)
    assert stands(person, meeting) == (["l", "p"], ["фонд 50 сом"])
    assert page.list.model.rowCount() == 0
    person.press(K.Key_Z, held=CTRL)
    assert stands(person, meeting) == before
    assert page.list.model.rowCount() == 1
    person.press(K.Key_3)
    assert page.detail.by_row()
    person.press(K.Key_Right if side else K.Key_Left, K.Key_Down, K.Key_Left if side else K.Key_Right)
    person.press(K.Key_Return)
    assert stands(person, meeting) == (["l", "p"], ["фонд 60 сом"])
    assert person.ask(lambda desk: check(desk.book)) == []


def test_who_and_where_is_told_by_name(person: OpenBook, tmp_path: Path) -> None:
    """Two guardians, and a village that this book does not know."""
    office, first, second, group = made_three(tmp_path)
    members = group_store.memberships(first.book, group)
    child, one, other = (member.person or "" for member in members[:3])
    change_person(first, child, {"guardian": one})
    change_person(second, child, {"guardian": other})
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    said = {row[0]: row[1:] for row in lines(page)}
    assert sorted(said["Guardian"][:2]) == ["Айгүл A-1 2 · A-1-2", "Айгүл A-1 3 · A-1-3"]
    person.go("households", members[0].household)
    links = [one.text() for one in person.window.page().findChildren(type(page.detail.below)) if "A-1-" in one.text()]
    assert not [text for text in links if one in text or other in text]


def test_what_is_not_known_here_is_said_to_be_so(person: OpenBook, tmp_path: Path) -> None:
    office, first, second, group = made_three(tmp_path)
    home = group_store.memberships(first.book, group)[0].household or ""
    child = group_store.memberships(first.book, group)[0].person or ""
    for desk, guardian in ((first, "z" * 16), (second, "Бабушка")):
        change_person(desk, child, {"guardian": guardian})
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    said = {row[0]: row[1:] for row in lines(page)}
    assert home
    assert sorted(said["Guardian"][:2]) == ["not known in this book", "Бабушка"]


def differing(tmp_path: Path) -> str:
    office, first, second, group = made_three(tmp_path)
    meet(first, group, DAY, 10000, 7000)
    for _ in range(2):
        trip(office, first, second)
    told = {(group, MARCH): ("3 24000", "2 17000")}
    exchange_store.set_disagreements(office.book.db, first.book.device, told, 0)
    device, epoch = first.book.device, first.book.epoch
    upto = {(device, epoch): log.tip(office.book.db, device, epoch).seq}
    remember_told(office, device, Whole(1, upto, (), ()), "a parcel")
    closed(office, first, second)
    return device


def test_books_that_differ_have_a_next_step(person: OpenBook, tmp_path: Path) -> None:
    device = differing(tmp_path)
    page = opened(person, tmp_path)
    said = lines(page)
    assert [row[1:4] for row in said[:2]] == [["Records", "3", "2"], ["Sum", "240", "170"]]
    assert [row[:4] for row in said[2:]] == [
        ["1", "10.03.2026 · Saving · Айгүл A-1 1", "", "100"],
        ["2", "10.03.2026 · Saving · Айгүл A-1 2", "", "70"],
    ]
    assert page.detail.choices[0].text().startswith("Ask ")
    person.press(K.Key_1)
    assert "compared" in page.detail.outcome.text()
    person.press(K.Key_Return)
    assert page.list.model.rowCount() == 0
    assert person.ask(lambda desk: len(asking(desk, device))) == 1


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize("made", [marks_twice, differing])
def test_no_word_is_cut(qtbot: QtBot, tmp_path: Path, lang: str, made: object) -> None:
    made(tmp_path)  # type: ignore[operator]
    person = OpenBook(qtbot, tmp_path, lang)
    page = opened(person, tmp_path)
    person.press(K.Key_1)
    assert cut_text(person.window) == []
    assert page.detail.answer() is not None
    person.end()
