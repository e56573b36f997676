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
    assert [one for one in said if one.startswith("Proposed")] == [
        "Proposed and not confirmed, nothing is written: № 5"
    ]
    assert not any("carried over" in one and "№ 5" in one for one in said)
