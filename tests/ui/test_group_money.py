"""What a group has and whose it is come to the same sum on its page, line by line, worked out by hand."""

from __future__ import annotations

from pathlib import Path

from page_desk import DAY
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import Sheet
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.card import Card

NBSP = "\u00a0"


def bought(desk: Desk) -> str:
    """At a fourth meeting nobody pays; 150 came in as a gift's yield, 50 went out for paper."""
    group = village(desk)
    lines = (GroupLine("income", 15_000, text="wool sold"), GroupLine("expense", 5_000, text="paper"))
    record_meeting(desk, Sheet(group, DAY, lines=lines))
    return group


def in_card(card: Card) -> list[str]:
    return [one.text().replace(NBSP, " ") for one in card.findChildren(Label) if one is not card.title]


def test_both_cards_add_up_to_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    """4 x 3 x 120 saved; 300 lent, 40 missing, 150 in, 50 out: box 1 200 + 300 + 40 = 1 200 + 240 + 100."""
    person = PageDesk(qtbot, tmp_path, bought)
    page = person.go("groups", GroupsPage, person.made)
    glance = page.detail.glance
    has, whose = in_card(glance.money), in_card(glance.funds)
    assert has == ["1 200 som", "300 som", "40 som", "Together", "1 540 som"]
    assert whose == ["1 200 som", "240 som", "Profit so far, not shared out", "100 som", "Together", "1 540 som"]
    person.fits_everywhere()
    person.end()
