"""An open cash difference ended between meetings, by keys: among the first, filled, voted; and what is missing."""

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
from shg_desk.actions.meetings import record_between
from shg_desk.domain.sheet import GroupLine
from shg_desk.store.meetings import since_last_meeting
from shg_desk.store.operations import texts
from shg_desk.ui.between_page import BetweenPage
from shg_desk.ui.ledger_page import LedgerPage


def moved_to_bank(desk: Desk) -> str:
    """The village, with 200 taken to the bank after its last meeting."""
    group = village(desk)
    line = GroupLine("transfer", 20_000, source="box", target="bank")
    record_between(desk, group, desk.today(), lines=(line,))
    return group


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, moved_to_bank)
    yield at
    at.end()


def from_the_ledger(person: PageDesk, account: str) -> BetweenPage:
    """Ins on the line of the difference."""
    page = person.go("ledger", LedgerPage, (person.made, account))
    lines = [n for n, row in enumerate(page.table.model.rows()) if "Difference" in " ".join(c.text for c in row.cells)]
    page.table.view.put_cursor(lines[-1])
    person.rest()
    assert ("Ins",) in [hint.keys for hint in page.hints() if hint.words == "settle it"]
    person.press(K.Key_Insert)
    return person.page(BetweenPage)


@pytest.mark.parametrize("account", ["differences", "box"])
def test_ins_on_an_open_difference_chooses_it_filled(person: PageDesk, account: str) -> None:
    page = from_the_ledger(person, account)
    assert page.form.kind.picker.key() == "settlement"
    assert page.form.amount.text() == "40"
    assert page.form.amount._hint.text() == "open: 40\u00a0som short"


def test_it_stands_among_the_first(person: PageDesk) -> None:
    page = page_of(person)
    assert page.form.kind.picker.keys()[:2] == ["repayment", "settlement"]


def test_a_vote_is_asked_for_and_written(person: PageDesk) -> None:
    before = standing(person)
    page = from_the_ledger(person, "differences")
    assert page.form.how.picker.key() == "vote"
    person.press(K.Key_F10)
    assert moved(person, before) == {}
    assert page.form.votes_for.edit.hasFocus()
    assert page.form.votes_for.problem() == "How many were for it: the group bears a difference only by vote"
    person.press("3", K.Key_Return, "1", K.Key_F10)
    assert moved(person, before) == {"differences": -4_000, "expense.differences": 4_000}
    assert "receipt" not in person.window._toast.words()

    def written(desk: Desk) -> tuple[object, list[str | None]]:
        op = since_last_meeting(desk.book, str(person.made))[-1]
        return op.body["decisions"], list(texts(desk.book, op))

    (one,), said = person.ask(written)  # type: ignore[misc]
    assert (one["for"], one["against"], one["template"]) == (3, 1, "difference-accepted")
    assert said[one["text"]] == "The group bears the cash difference of 40\u00a0som"
    assert "for 3, against 1" in said


def test_more_votes_than_members_are_told(person: PageDesk) -> None:
    page = from_the_ledger(person, "differences")
    page.form.votes_for.edit.setFocus()
    person.press("9")
    assert "9 votes" in page._shown.warn.text()


def test_what_is_missing_is_told_at_its_field(person: PageDesk) -> None:
    page = page_of(person)
    assert len(page.form.member.picker.keys()) == 2, "only who has a loan brings a repayment"
    person.press(K.Key_F10)
    assert page.form.member.problem()
    assert page.form.member.picker.hasFocus()
    person.press(K.Key_Down, K.Key_F10)
    assert not page.form.member.problem()
    assert page.form.amount.problem() == "Type the sum"
    assert page.form.amount.edit.hasFocus()
    person.press("106", K.Key_F10)
    assert len(page.table.model.rows()) == 2
    assert person.window._toast.isVisible()
    person.press(K.Key_Escape)
    assert not person.window._toast.isVisible(), "its key is one of the page that was left"


def test_the_ledger_says_from_where_to_where(person: PageDesk) -> None:
    page = person.go("ledger", LedgerPage, (person.made, "box"))
    said = [cell.text for row in page.table.model.rows() for cell in row.cells if "Moved" in cell.text]
    assert said == ["Moved, Cash box → Bank"]
    between = page_of(person)
    assert "Cash box → Bank" in between.table.model.rows()[0].cells[1].text


def test_nothing_is_cut(person: PageDesk) -> None:
    from_the_ledger(person, "differences")
    person.press(K.Key_F10)
    person.fits_everywhere()
