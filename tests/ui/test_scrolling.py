"""A page that scrolls moves as little as brings a field into sight, and not at all for one that is in sight."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shg_desk.ui.parts.boxes import Scroll
from shg_desk.ui.parts.boxes import bring_into_sight
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import seen_whole

HEIGHT, GAP, ROOM, MARGIN = 60, 12, 400, 28


def shown(qtbot: QtBot, fields: int, above: int) -> tuple[Scroll, Sequence[QLineEdit]]:
    """Fields of one panel under something so many pixels tall."""
    panel, page, top = QWidget(), QWidget(), QWidget()
    inner, outer = rows(panel, gap=GAP), rows(page, gap=0)
    edits = [QLineEdit() for _ in range(fields)]
    for edit in edits:
        edit.setFixedHeight(HEIGHT)
        inner.addWidget(edit)
    seen_whole(panel)
    top.setFixedHeight(above)
    outer.addWidget(top)
    outer.addWidget(panel)
    outer.addStretch(1)
    scroll = Scroll(page)
    qtbot.addWidget(scroll)
    scroll.resize(300, ROOM)
    scroll.show()
    QTest.qWaitForWindowExposed(scroll)
    return scroll, edits


@pytest.mark.parametrize("above", [0, 200])
def test_in_a_panel_taller_than_the_page_it_moves_once_and_as_little_as_it_can(qtbot: QtBot, above: int) -> None:
    """Down and up again: a field begins at above + 72 a place, and 28 pixels around it belong to it."""
    scroll, edits = shown(qtbot, 12, above)
    bar, moves = scroll.verticalScrollBar(), list[int]()
    bar.valueChanged.connect(moves.append)
    for at in (*range(12), *range(11, -1, -1)):
        before, top = bar.value(), above + at * (HEIGHT + GAP)
        moves.clear()
        bring_into_sight(edits[at])
        high, low = top - MARGIN, top + HEIGHT + MARGIN - ROOM
        expected = max(0, min(max(before, low) if before <= high else high, bar.maximum()))
        assert (bar.value(), moves) == (expected, [expected] if expected != before else []), at


def test_a_panel_that_fits_is_seen_whole(qtbot: QtBot) -> None:
    """4 fields are 276 pixels, from 300 to 576: 176 are scrolled, by the first field already."""
    scroll, edits = shown(qtbot, 4, 300)
    bring_into_sight(edits[0])
    assert scroll.verticalScrollBar().value() == 176
