"""A fine nobody has confirmed: the closing preview names it as proposed, and F7 is told for what it does."""

from __future__ import annotations

import pytest
from meeting_hands import Hands
from meeting_hands import Village
from pytestqt.qtbot import QtBot

from shg_desk.domain.sheet_steps import Place
from shg_desk.ui.meeting_closing import ClosingView
from shg_desk.ui.parts.wrapped_link import WrappedLink
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

AWAY = Place(4, "fine")


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    """Number 5 is absent, which the rules fine with 50; the cursor is on that fine, which nobody has confirmed."""
    found = Hands(qtbot, Village(yrys(rules=rules(fines={"absent": "50"}))))
    found.begin()
    found.sheet.go_to(AWAY)
    found.press("Alt+4")
    assert found.sheet.here() == AWAY
    return found


def test_the_preview_names_the_fine_as_proposed(hands: Hands) -> None:
    hands.press("F10")
    view = hands.page.view()
    assert isinstance(view, ClosingView)
    said = [link.text() for link in view.findChildren(WrappedLink)]
    assert [one for one in said if "proposed" in one] == [
        "Fine: proposed and not confirmed, nothing is written: № 5: 50"
    ]
    assert not any("carried over" in one and "№ 5" in one for one in said)


def fifty_over(hands: Hands) -> None:
    """All that the book expects and 50 som more, counted as one sum; then the cursor is on the fine again."""
    over = hands.draft.cash().expected_minor // 100 + 50
    hands.press("F8", "+", str(over), "Enter", "Esc")
    assert (hands.sheet.here(), hands.draft.cash().difference_minor) == (AWAY, 5_000)


def caps(hands: Hands) -> tuple[tuple[str, ...], bool]:
    """The keys on the button that names the difference, and whether the hints say that F7 lets a fine pass."""
    hints = [(hint.keys, hint.words) for hint in hands.page.hints()]
    return hands.sheet.side.wrong.button().keys(), (("F7",), "let the fine pass") in hints


def test_the_problem_and_the_button_ask_for_the_difference(hands: Hands) -> None:
    fifty_over(hands)
    hands.press("F10", "Enter")
    assert hands.sheet.panel.title.text() == "50\u00a0som over: name it"
    hands.press("Esc")
    hands.sheet.go_to(AWAY)
    hands.sheet.side.wrong.button().click()
    assert hands.sheet.panel.title.text() == "50\u00a0som over: name it"
    assert hands.draft.state.row(hands.draft.lines[AWAY.line].member.id).waived is None


def test_f7_is_told_for_what_it_does(hands: Hands) -> None:
    fifty_over(hands)
    assert caps(hands) == ((), True)
    hands.press("F8")
    assert caps(hands) == (("F7",), False), "the count has the cursor"
    hands.press("Esc", "Up")
    assert caps(hands) == (("F7",), False), "nothing is asked of number 4"
    hands.press("F7")
    assert hands.sheet.panel.title.text() == "50\u00a0som over: name it"
