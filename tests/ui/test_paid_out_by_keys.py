"""What is owed to a member is paid out between meetings, by keys: offered while something is, to whom it was given."""

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

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import end_membership
from shg_desk.store import groups as group_store


def owed(desk: Desk) -> str:
    """The village, with 300 owed to the third member, who has left."""
    group = village(desk)
    member = group_store.memberships(desk.book, group)[2].id
    on = desk.today()
    line = {"accounts": ["saving.compulsory", "payable"], "by": "member", "kind": "share-out", "lines": [[0, 30_000]]}
    body = {"group": group, "date": on.isoformat(), "members": [member], "entries": [line]}
    with desk.book.writing() as writer:
        writer.append(desk.line("between", body))
    end_membership(desk, member, on)
    return group


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, owed)
    yield at
    at.end()


def test_it_is_chosen_by_keys_and_says_what_is_owed(person: PageDesk) -> None:
    before = standing(person)
    page = page_of(person)
    page.form.kind.picker.set_key("payable")
    page.form._chosen()
    assert len(page.form.member.picker.keys()) == 2, "only she whom something is owed to"
    person.press(K.Key_Return, K.Key_Down, K.Key_Return)
    assert page.form.amount.edit.placeholderText() == "300"
    person.press("400")
    assert page.problems.isVisible()
    assert page.write_button.reason()
    page.form.amount.set_text("")
    person.press("200", K.Key_Return)
    page.form.receipt.setFocus()
    person.press("9", K.Key_Return, "to her son", K.Key_F10)
    assert moved(person, before) == {"box": -20_000, "payable": 20_000}
    newest = page.table.model.rows()[0]
    assert "Paid out what was owed" in newest.cells[1].text
    assert "to her son" in newest.cells[1].text
    person.fits_everywhere()


def test_nobody_is_owed_anything_nothing_is_offered(person: PageDesk) -> None:
    page = page_of(person)
    page.form.kind.picker.set_key("payable")
    page.form._chosen()
    person.press(K.Key_Return, K.Key_Down, K.Key_Return, "300", K.Key_F10)
    kinds = page.form.kind.picker.keys()
    assert "payable" not in kinds
