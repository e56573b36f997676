"""Lessons of a practice book: they tick themselves off by what is written, and a real book has none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from open_books import OpenBook
from PySide6.QtCore import Qt
from village import village

from shg_desk.actions.corrections import plan_taking_back
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.lessons import STEPS
from shg_desk.actions.lessons import begin_lesson
from shg_desk.actions.lessons import lessons
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import ledger as ledger_store
from shg_desk.ui.lesson_words import STEPS as STEP_WORDS
from shg_desk.ui.lesson_words import TITLES
from shg_desk.ui.lessons_page import LessonsPage

from desk_maker import make_desk  # isort: skip

K = Qt.Key
TERMS = {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3}


def practice(folder: Path, *, real: bool = False) -> str:
    desk = make_desk(folder, day=date(2026, 11, 21))
    group = village(desk)
    if not real:
        desk.book.set_setting("practice", "1")
    desk.close()
    return group


def meet(desk: Desk, group: str, on: date, *, loan: bool = False) -> str | None:
    """The last member is absent; the others bring 100 and 20, one may borrow 200; the box is counted."""
    rows = []
    for number in range(1, 5):
        here = number < 4
        ins = (In("saving", 10_000, product="compulsory"), In("social", 2_000)) if here else ()
        outs = (Out("loan", 20_000, terms=TERMS),) if loan and number == 3 else ()
        mark = Attendance.PRESENT if here else Attendance.ABSENT
        rows.append(SheetRow(str(number), mark, ins=ins, outs=outs))
    box = sum(one.amount_minor for one in ledger_store.balances(desk.book, group, accounts=["box"]))
    counts = (Count(total_minor=box + 36_000 - (20_000 if loan else 0)),)
    return record_meeting(desk, Sheet(group, on, rows=tuple(rows), counts=counts)).value.name


def steps(person: OpenBook, name: str) -> list[bool]:
    found = person.ask(lambda desk: next(one for one in lessons(desk).lessons if one.name == name))
    return [done for _, done in found.steps]  # type: ignore[attr-defined]


def strip(person: OpenBook) -> str:
    assert person.desktop.work is not None
    shown = person.desktop.work.lesson_strip
    assert shown is not None
    person.desktop.work.look_at_lessons()
    person.rest()
    return shown.text.text()


def test_every_step_has_words() -> None:
    assert set(TITLES) == set(STEPS)
    assert set(STEP_WORDS) == {step for every in STEPS.values() for step in every}


def test_a_lesson_is_begun_by_enter_and_ticks_itself_off(person: OpenBook, tmp_path: Path) -> None:
    group = practice(tmp_path)
    person.open(tmp_path / "desk.shgbook")
    assert "nothing here is real" in strip(person)
    person.go("lessons")
    page = person.window.page()
    assert isinstance(page, LessonsPage)
    assert person.window.header.title.text() == "Practice: Lessons"
    person.press(K.Key_Return)
    assert "0 of 4 steps" in strip(person)
    draft = {"rows": {"x": {"attendance": "late"}}, "cells": [], "count": {"notes": [], "total": None}}
    person.ask(lambda desk: desk.drafts.put("meeting", group, draft, 1))
    assert steps(person, "meeting") == [True, True, False, False]
    assert "F8" in strip(person), "the next step with its key"
    person.ask(lambda desk: desk.drafts.put("meeting", group, {**draft, "count": {"notes": [[10000, 3]]}}, 2))
    assert steps(person, "meeting") == [True, True, True, False]
    person.ask(lambda desk: desk.drafts.drop("meeting", group))
    person.ask(lambda desk: meet(desk, group, date(2026, 11, 21)))
    assert steps(person, "meeting") == [True, True, True, True]
    assert "is done" in strip(person)
    person.go("today")
    person.go("lessons")
    others = ["Begin"] * (len(STEPS) - 1)
    assert [card.button.text() for card in page.cards.values()] == ["Begin again", *others]
    person.go("lessons")
    page.cards["meeting"].button.setFocus()
    person.press(K.Key_Return)
    assert steps(person, "meeting")[3] is False, "begun again, it looks at what comes from now on"


def test_a_mistake_is_put_right_with_a_reason(person: OpenBook, tmp_path: Path) -> None:
    group = practice(tmp_path)
    person.open(tmp_path / "desk.shgbook")
    name = person.ask(lambda desk: meet(desk, group, date(2026, 11, 21)))
    person.ask(lambda desk: begin_lesson(desk, "mistake"))
    assert steps(person, "mistake") == [False, False, False]

    def correct(desk: Desk) -> object:
        return write_correction(desk, group, plan_taking_back(desk, str(name)), "typed twice")

    person.ask(correct)
    assert steps(person, "mistake")[:2] == [True, True]


def test_a_loan_is_given_and_repaid(person: OpenBook, tmp_path: Path) -> None:
    group = practice(tmp_path)
    person.open(tmp_path / "desk.shgbook")
    person.ask(lambda desk: begin_lesson(desk, "loan"))
    person.ask(lambda desk: meet(desk, group, date(2026, 11, 21), loan=True))
    assert steps(person, "loan") == [True, True, False]

    def repay(desk: Desk) -> object:
        rows = [SheetRow(str(n), Attendance.PRESENT) for n in (1, 2, 4)]
        rows.append(SheetRow("3", Attendance.PRESENT, ins=(In("repayment", 5_000),)))
        box = sum(one.amount_minor for one in ledger_store.balances(desk.book, group, accounts=["box"]))
        counts = (Count(total_minor=box + 5_000),)
        return record_meeting(desk, Sheet(group, date(2026, 12, 5), rows=tuple(rows), counts=counts))

    person.ask(repay)
    assert steps(person, "loan") == [True, True, True]


def test_a_real_book_has_no_lessons(person: OpenBook, tmp_path: Path) -> None:
    practice(tmp_path, real=True)
    person.open(tmp_path / "desk.shgbook")
    assert person.desktop.work is not None
    assert person.desktop.work.lesson_strip is None
    person.go("lessons")
    page = person.window.page()
    assert isinstance(page, LessonsPage)
    assert page.nothing.isVisible()
    assert not any(card.isVisible() for card in page.cards.values())

    def refused(desk: Desk) -> bool:
        with pytest.raises(KnownError):
            begin_lesson(desk, "meeting")
        return desk.book.setting("lessons") is None

    assert person.ask(refused)
