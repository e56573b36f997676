"""The lesson of a death, walked to its end by keys on the real pages of a real practice book."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from contact_sheet import Window
from pressing import CTRL
from pressing import PLAIN
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.actions.demo import LAST_DAY
from shg_desk.actions.demo import make_practice
from shg_desk.actions.lessons import lessons
from shg_desk.store import groups as group_store
from shg_desk.store import ledger as ledger_store
from shg_desk.store.check import check
from shg_desk.ui.between_page import BetweenPage
from shg_desk.ui.death_page import DeathPage
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.lessons_page import LessonsPage

K = Qt.Key


class Learner:
    """Somebody who does what the lesson says."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        book, passphrase = make_practice(folder / "practice")
        self.window = Window(qtbot, book, "en", passphrase, LAST_DAY)

    def press(self, *keys: int | str, held: Qt.KeyboardModifier = PLAIN) -> None:
        for key in keys:
            if isinstance(key, str):
                write(key)
            else:
                press(key, held)
            self.window.rest()

    def steps(self) -> list[bool]:
        found = self.window.ask(lambda desk: next(one for one in lessons(desk).lessons if one.name == "death"))
        return [done for _, done in found.steps]  # type: ignore[attr-defined]


def test_the_whole_lesson(qtbot: QtBot, tmp_path: Path) -> None:
    at = Learner(qtbot, tmp_path)
    window = at.window
    page = window.go("lessons")
    assert isinstance(page, LessonsPage)
    while QApplication.focusWidget() is not page.cards["death"].button:
        at.press(K.Key_Down)
    at.press(K.Key_Return)
    assert at.steps() == [False, False, False, False]

    group = window.ask(lambda desk: group_store.id_with_code(desk.book, "KB-03"))
    groups = window.go("groups", group)
    assert isinstance(groups, GroupsPage)
    at.press(K.Key_Return, K.Key_F6, K.Key_Down, K.Key_F7)
    death = window.window.page()
    assert isinstance(death, DeathPage)
    death.ways = replace(death.ways, open_file=(papers := list[Path]()).append)
    at.press("21.11.2026", K.Key_F6, K.Key_Down, K.Key_Space, K.Key_F6)
    while QApplication.focusWidget() is not death.fields.votes_for.edit:
        at.press(K.Key_Return)
    at.press("11", K.Key_Return, "0")
    while QApplication.focusWidget() is not death.fields.heir.edit:
        at.press(K.Key_Return)
    at.press("her son", K.Key_Return)
    assert at.steps() == [False, False, False, False], "what is shown is not written"
    at.press(K.Key_Return)
    assert at.steps() == [True, True, True, False]
    at.press(K.Key_P, held=CTRL)
    assert len(papers) == 1

    at.press(K.Key_F8)
    between = window.window.page()
    assert isinstance(between, BetweenPage)
    assert between.form.kind.picker.key() == "payable"
    between.form.amount.edit.setFocus()
    at.press("1950")
    between.form.receipt.edit.setFocus()
    at.press("17", K.Key_F10)
    assert at.steps() == [True, True, True, True]
    left = window.ask(lambda desk: ledger_store.balances(desk.book, str(group), accounts=["payable"]))
    assert isinstance(left, list)
    assert not any(one.amount_minor for one in left)
    assert window.ask(lambda desk: check(desk.book)) == []
    window.end()
