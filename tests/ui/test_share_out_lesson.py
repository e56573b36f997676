"""The lesson of a share-out, walked to its end by keys on the real pages of a real practice book."""

from __future__ import annotations

from pathlib import Path

from open_books import OpenBook
from pressing import write
from PySide6.QtCore import Qt
from test_lessons import steps
from test_lessons import strip

from shg_desk.actions.demo import LAST_DAY
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.demo import make_practice
from shg_desk.actions.desk import Desk
from shg_desk.store.check import check
from shg_desk.store.groups import id_with_code
from shg_desk.store.ledger import balances
from shg_desk.ui.between_page import BetweenPage
from shg_desk.ui.count_page import CountPage
from shg_desk.ui.lessons_page import LessonsPage
from shg_desk.ui.share_out_page import ShareOutPage

K = Qt.Key


def typed(person: OpenBook, text: str) -> None:
    write(text)
    person.rest()


def box_som(person: OpenBook) -> str:
    """What the box should hold, as it is counted: one sum."""

    def read(desk: Desk) -> int:
        group = id_with_code(desk.book, "KB-02")
        assert group is not None
        return sum(one.amount_minor for one in balances(desk.book, group, accounts=["box"]))

    found = person.ask(read)
    assert isinstance(found, int)
    assert found % 100 == 0
    return str(found // 100)


def count(person: OpenBook) -> None:
    """F8 from where the cursor is: one sum, shown, written."""
    person.press(K.Key_F8)
    assert isinstance(person.window.page(), CountPage)
    typed(person, "+" + box_som(person))
    person.press(K.Key_Return, K.Key_F10, K.Key_Return)


def test_the_lesson_is_walked_to_its_end(person: OpenBook, tmp_path: Path) -> None:
    book, passphrase = make_practice(tmp_path / "practice")
    person.open(book, passphrase)

    def on_its_last_day(desk: Desk) -> str:
        desk.clock = DemoClock(LAST_DAY)
        return str(id_with_code(desk.book, "KB-02"))

    group = str(person.ask(on_its_last_day))
    person.go("lessons")
    page = person.window.page()
    assert isinstance(page, LessonsPage)
    page.cards["share-out"].button.setFocus()
    person.press(K.Key_Return)
    assert "0 of 4 steps" in strip(person)
    person.go("groups", group)
    person.press(K.Key_F5)
    shared = person.window.page()
    assert isinstance(shared, ShareOutPage)
    count(person)
    assert person.window.page() is shared
    assert steps(person, "share-out") == [True, False, False, False]
    assert "Space" in strip(person), "the next step with its keys"
    shared.table.view.setFocus()
    person.press(K.Key_Down, K.Key_Space, K.Key_F6, K.Key_Return)
    typed(person, "12")
    person.press(K.Key_Return)
    typed(person, "1")
    person.press(K.Key_F10)
    assert shared.ahead.isVisible()
    assert {name: text for name, text, _ in shared.ahead.lines}["Decided by vote"] == "12 for, 1 against"
    person.press(K.Key_Return)
    assert steps(person, "share-out") == [True, True, False, False]
    person.press(K.Key_Insert)
    between = person.window.page()
    assert isinstance(between, BetweenPage)
    assert between.form.kind.picker.key() == "payable"
    person.press(K.Key_Return, K.Key_Down, K.Key_Return)
    typed(person, between.form.amount.edit.placeholderText().replace("\u00a0", ""))
    person.press(K.Key_F10, K.Key_F10)  # what will be written is shown first
    person.until(lambda: steps(person, "share-out") == [True, True, True, False])
    count(person)
    assert steps(person, "share-out") == [True, True, True, True]
    person.go("groups", group)
    person.press(K.Key_F5)
    given = [cell.small for row in shared.table.model.rows() for cell in row.cells if cell.icon == "envelope"]
    assert given == [f"given {LAST_DAY:%d.%m.%Y}"]
    assert "right after it in the box" in shared.sums.text()
    assert "at the end of the day" in shared.sentence()
    assert "is done" in strip(person)
    assert person.ask(lambda desk: check(desk.book)) == []
