"""Wherever words are typed the letters of Kyrgyz, Tajik and Uzbek stand under the field, in every page of a book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from open_books import OpenBook
from open_books import meet
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from village import FIRST

from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.field import LineEdit
from shg_desk.ui.parts.find_box import FindBox
from shg_desk.ui.parts.form import Form

from desk_maker import make_desk  # isort: skip
from desk_maker import make_group  # isort: skip

PLACES = ("households", "groups", "ledger", "loans", "reports", "exchange", "settings", "differences", "inbox")
FIGURES = {
    "number", "booklet", "joined", "left", "since", "until", "code", "smallest", "formed_on", "birth", "phone",
    "passport_spelling", "votes_for", "against", "abstained", "every_weeks", "month_day", "time", "quorum_percent",
    "loan_multiple", "guarantors", "minimum_age", "social", "columns",
}  # fmt: skip
"""Fields of figures, days and codes: a number row and Latin letters are on every keyboard."""

GROUPS_OF_FIGURES = ("loan.", "share.", "savings.", "fines.", "cycle.")
NO_WORDS = {"digits", "groups", "typed", "on", "amount"}
"""Fields outside forms that take digits, sums, days or codes of groups."""


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenBook]:
    desk = make_desk(tmp_path)
    meet(desk, make_group(desk), FIRST, 10_000)
    desk.close()
    at = OpenBook(qtbot, tmp_path)
    at.open(tmp_path / "desk.shgbook")
    yield at
    at.end()


def takes_figures(key: str) -> bool:
    return key in FIGURES or key.startswith(GROUPS_OF_FIGURES)


def test_every_field_of_a_form_that_takes_words_has_its_letters(person: OpenBook) -> None:
    seen = 0
    for place in PLACES:
        person.go(place)
        for form in person.window.page().findChildren(Form):
            for key, part in form.parts.items():
                if isinstance(part, Field):
                    assert (part.edit.letter_bar is None) == takes_figures(key), (place, type(form).__name__, key)
                    seen += part.edit.letter_bar is not None
    assert seen >= 12


def test_no_other_line_for_words_is_without_letters(person: OpenBook) -> None:
    for place in PLACES:
        person.go(place)
        page = person.window.page()
        named = {id(value.edit): name for name, value in _parts(page).items() if isinstance(value, Field)}
        named |= {id(value): name for name, value in _parts(page).items() if isinstance(value, LineEdit)}
        in_forms = {id(part.edit) for form in page.findChildren(Form) for part in form.parts.values()
                    if isinstance(part, Field)}  # fmt: skip
        for line in page.findChildren(LineEdit):
            if isinstance(line, FindBox) or id(line) in in_forms:
                continue  # finding folds the letters of all alphabets
            assert line.letter_bar is not None or named.get(id(line)) in NO_WORDS, (place, named.get(id(line)))


def _parts(page: object) -> dict[str, object]:
    """Fields kept by the page and by the parts it keeps, by the name they are kept under."""
    found: dict[str, object] = {}
    for part in (page, *vars(page).values()):
        if hasattr(part, "__dict__"):
            found |= {name: value for name, value in vars(part).items() if isinstance(value, Field | QLineEdit)}
    return found
