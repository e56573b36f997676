"""Money between meetings over a real book, by the keyboard: shown, written, its paper, taken back; and a count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pressing import CTRL
from pressing import PLAIN
from pressing import press
from pressing import write
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.store.ledger import balances
from shg_desk.store.meetings import cash_counts
from shg_desk.ui.between_page import BetweenPage
from shg_desk.ui.count_page import CountPage
from shg_desk.ui.ledger_page import LedgerPage
from shg_desk.ui.meeting_page import MeetingPage
from shg_desk.ui.parts.boxes import Scroll


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def standing(person: PageDesk) -> dict[str, int]:
    def read(desk: Desk) -> dict[str, int]:
        found: dict[str, int] = {}
        for one in balances(desk.book):
            found[one.account.code] = found.get(one.account.code, 0) + one.amount_minor
        return {code: amount for code, amount in found.items() if amount}

    found = person.ask(read)
    assert isinstance(found, dict)
    return found


def moved(person: PageDesk, before: dict[str, int]) -> dict[str, int]:
    after = standing(person)
    codes = {*before, *after}
    return {c: after.get(c, 0) - before.get(c, 0) for c in codes if after.get(c, 0) != before.get(c, 0)}


def page_of(person: PageDesk) -> BetweenPage:
    """From the meeting page by Ins."""
    person.go("meeting", MeetingPage)
    person.press(K.Key_Insert)
    return person.page(BetweenPage)


def test_a_repayment_brought_to_the_door(person: PageDesk) -> None:
    before = standing(person)
    page = page_of(person)
    assert page.form.kind.picker.key() == "repayment"
    person.press(K.Key_Return, K.Key_Down, K.Key_Return)  # the one with a loan
    # 106 fell due on 10.11: it stands there in grey and counts for nothing
    assert page.form.amount.edit.placeholderText() == "106"
    person.press("106", K.Key_Return)
    effects = {row.key: [cell.text for cell in row.cells] for row in page.effects.model.rows()}
    assert [cells[1:] for (code, _), cells in effects.items() if code == "box"] == [  # type: ignore[misc]
        ["1\u00a0100\u00a0som", "1\u00a0206\u00a0som"]
    ]
    assert standing(person) == before, "nothing is written by looking"
    page.form.receipt.setFocus()
    person.press("17", K.Key_Return, "brought to the door", K.Key_F10)
    assert moved(person, before) == {"box": 10_600, "principal": -10_000, "interest": -600}
    (row,) = page.table.model.rows()
    assert [cell.text for cell in row.cells][2:] == ["17", "106"]
    assert page.form.amount.text() == "", "ready for the next"


def test_f10_before_the_preview_has_come_writes_nothing(person: PageDesk) -> None:
    """A quick hand: the sum and F10 in one movement. What it would do comes, and the next F10 writes it."""
    before = standing(person)
    page = page_of(person)
    person.press(K.Key_Return, K.Key_Down, K.Key_Return)
    write("106")
    press(K.Key_F10, PLAIN)
    person.rest()
    assert (standing(person), page.write_button.hasFocus()) == (before, True)
    assert page.effects.model.rows()
    person.press(K.Key_F10)
    assert moved(person, before) == {"box": 10_600, "principal": -10_000, "interest": -600}


def test_its_receipt_is_a_paper(person: PageDesk) -> None:
    page = page_of(person)
    shown: list[Path] = []
    object.__setattr__(page.ways, "open_file", shown.append)
    person.press(K.Key_Return, K.Key_Down, K.Key_Return, "106", K.Key_F10)
    person.press(K.Key_P, held=CTRL)
    assert shown[0].read_bytes().startswith(b"%PDF")


def test_money_kept_elsewhere_is_moved_there_and_taken_back_whole(person: PageDesk) -> None:
    before = standing(person)
    page = page_of(person)
    person.press(K.Key_Return, K.Key_Down, K.Key_Return, "106")
    page.form.place.picker.set_key("keeper")
    page.form._chosen()
    person.rest()
    person.press(K.Key_F10)
    assert moved(person, before) == {"keeper": 10_600, "principal": -10_000, "interest": -600}
    person.press(K.Key_F6, K.Key_Delete)
    assert page.reason.isVisible()
    person.press(K.Key_F10)
    assert page.reason.problem(), "taking back wants a reason"
    person.press("typed for the wrong group", K.Key_F10)
    assert moved(person, before) == {}
    assert page.table.model.row(0).cells[1].text.startswith("Taken back: ")


def test_a_refusal_comes_in_sight(person: PageDesk) -> None:
    page = page_of(person)
    person.window.resize(1024, 600)
    person.window.set_letter_size(150)
    person.rest()
    person.press(K.Key_Return, K.Key_Down, K.Key_Return, "500")
    page.form.receipt.setFocus()
    person.rest()
    holder = person.window.stack.currentWidget()
    assert isinstance(holder, Scroll)
    holder.verticalScrollBar().setValue(holder.verticalScrollBar().maximum())
    assert page.problems.visibleRegion().isEmpty(), "it stands above what is seen"
    person.press(K.Key_F10)
    assert page.problems.isVisible()
    seen = page.problems.visibleRegion().boundingRect()
    assert seen.height() >= page.problems.height() - 1
    person.window.set_letter_size(100)


def test_what_cannot_be_is_said_and_nothing_is_written(person: PageDesk) -> None:
    before = standing(person)
    page = page_of(person)
    person.press(K.Key_Return, K.Key_Down, K.Key_Return, "500")  # more than is left of her loan
    assert page.problems.isVisible()
    assert page.write_button.reason()
    person.press(K.Key_F10)
    assert standing(person) == before


def test_a_bank_deposit_and_an_expense(person: PageDesk) -> None:
    before = standing(person)
    page = page_of(person)
    page.form.kind.picker.set_key("transfer")
    page.form._chosen()
    page.form.target.picker.set_key("bank")
    page.form.amount.setFocus()
    person.press("300", K.Key_F10)
    assert moved(person, before) == {"box": -30_000, "bank": 30_000}
    page.form.kind.picker.set_key("expense")
    page.form._chosen()
    page.form.amount.setFocus()
    person.press("40", K.Key_F10)
    assert moved(person, before) == {"box": -34_000, "bank": 30_000, "expense.other": 4_000}


def test_money_is_counted_on_any_day_and_a_difference_has_a_name(person: PageDesk) -> None:
    before = standing(person)
    person.go("ledger", LedgerPage)
    person.press(K.Key_Insert, K.Key_F8)
    page = person.page(CountPage)
    assert page.ahead_button.reason()
    person.press("+", "1090", K.Key_Return)
    assert page.wrong.title() == "10\u00a0som short"
    page.reason.setFocus()
    person.press("tea", K.Key_Return)
    page.who.setFocus()
    person.press("the inspection committee", K.Key_F10)
    assert moved(person, before) == {}, "it is shown first"
    person.press(K.Key_Return)
    assert isinstance(person.window.page(), BetweenPage)
    assert moved(person, before) == {"box": -1_000, "differences": 1_000}
    counts = person.ask(lambda desk: cash_counts(desk.book, str(person.made))[-1])
    assert (counts.counted_minor, counts.broken) == (109_000, False)  # type: ignore[attr-defined]


def test_the_bank_is_counted_too(person: PageDesk) -> None:
    page = person.go("count", CountPage)
    page.where.picker.set_key("bank")
    page._shown_anew()
    person.press("+", "0", K.Key_Return)
    assert page.agreement.isVisible()
    person.press(K.Key_F10, K.Key_Return)
    counts = person.ask(lambda desk: [one.place for one in cash_counts(desk.book, str(person.made))])
    assert counts[0] == "bank"  # type: ignore[index]


def test_nothing_is_cut(person: PageDesk) -> None:
    page_of(person)
    person.press(K.Key_Return, K.Key_Down, K.Key_Return, "106", K.Key_F10)
    person.press(K.Key_F6, K.Key_Delete)
    person.fits_everywhere()
    person.go("count", CountPage)
    person.press("+", "1090", K.Key_Return)
    person.fits_everywhere()


def test_what_was_typed_is_still_there_after_another_page(person: PageDesk) -> None:
    page = page_of(person)
    person.press(K.Key_Return, K.Key_Down, K.Key_Return, "106")
    who = page.form.member.picker.key()
    for target in (str(person.made), (str(person.made), "")):
        person.go("ledger", LedgerPage)
        person.go("between", BetweenPage, target)
    assert (page.form.amount.text(), page.form.member.picker.key()) == ("106", who)


def test_the_member_is_asked_for_no_longer_than_she_is_missing(person: PageDesk) -> None:
    page = page_of(person)
    page.form.amount.setFocus()
    person.press("106", K.Key_F10)
    assert page.form.member.problem()
    person.press(K.Key_Down)
    assert page.form.member.picker.key()
    assert page.form.member.problem() == ""
    page.form.member.tell_problem("choose the member")
    page.form.begin()
    assert page.form.member.problem() == ""


def test_shares_are_offered_where_they_have_a_price(person: PageDesk) -> None:
    """The village's rules name no share price."""
    page = page_of(person)
    offered = page.form.kind.picker.keys()
    assert ("saving" in offered, "shares" in offered) == (True, False)
