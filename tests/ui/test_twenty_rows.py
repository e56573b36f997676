"""Twenty members with their whole names stand on the sheet without scrolling, on a laptop's screen and above a taskbar.

The real window on a real encrypted book: two saving products, loans of usual sums, a cash difference that is open.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from contact_sheet import Window
from cut_text import cut_text
from full_books import DAY
from full_books import FIRST
from full_books import PASSPHRASE
from full_books import TERMS
from full_books import USUAL
from full_books import rules
from laptop_views import _open
from pressing import ALT
from pressing import press
from pressing import write
from PySide6.QtCore import QRect
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import make_book
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.actions.people import register_village
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.ui import fonts
from shg_desk.ui import tokens
from shg_desk.ui.meeting_rows import NAME
from shg_desk.ui.meeting_sheet import SheetView
from tests.actions.desk_maker import CHEAP
from tests.meeting_grounds import NAMES

SIZES = ((1366, 768), (1366, 690))
LENT = (2, 4, 7, 12, 13, 16)
"""Members who borrow 20 000 som, to be paid back in 24 fortnights: a sum of four digits each time."""
K = Qt.Key


def a_book(folder: Path) -> tuple[Path, str]:
    """The book, and its group: twenty members, a meeting a fortnight before in which six borrowed and 40 som lacked."""
    clock = DemoClock(FIRST)
    new = NewBook(folder / "laptop.shgbook", "desk", USUAL.place, PASSPHRASE, "KGS")
    desk = make_book(new, clock=clock, random_bytes=Random("twenty rows").randbytes, cost=CHEAP).desk
    village = register_village(desk, USUAL.village).value
    group = register_group(
        desk, NewGroup("KB-01", USUAL.group, village, "permanent", "KGS", 2, smallest_minor=100, formed_on=FIRST)
    ).value
    set_rules(desk, group, rules(USUAL), FIRST)
    for number, name in enumerate(NAMES, start=1):
        persons = [NewPerson(name, {"sex": "f"})]
        home = register_household(desk, NewHousehold(f"KB-01-{number:02d}", village, "", "", persons)).value
        add_member(desk, NewMember(group, str(number), home.persons[0], home.household, str(100 + number), FIRST))
    day = DAY - timedelta(days=14)
    clock.move(day)
    saved = tuple(
        SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10_000, product="compulsory"),)) for n in range(1, 21)
    )
    lent = tuple(
        replace(row, outs=(Out("loan", 2_000_000, terms=TERMS),)) if int(row.member) in LENT else row for row in saved
    )
    gift = (GroupLine("gift", 15_000_000, text=USUAL.said),)
    counted = (Count(total_minor=15_000_000 + 20 * 10_000 - len(LENT) * 2_000_000 - 4_000),)
    short = (NamedDifference(-4_000, USUAL.said, "open"),)
    record_meeting(desk, Sheet(group, day, rows=lent, lines=gift, counts=counted, differences=short))
    desk.close()
    return desk.folder, group


def all_in_sight(window: Window, view: SheetView) -> None:
    """Every row, every column, head and totals; every name on one line of the usual type, whole."""
    grid, foot = view.table.view, view.table.foot
    sight: QRect = grid.viewport().rect()
    cells = grid.cells()
    assert [c for c in range(cells.columnCount()) if grid.isColumnHidden(c)] == []
    assert cells.rowCount() == len(NAMES)
    unseen = [NAMES[i] for i in range(len(NAMES)) if not sight.contains(grid.visualRect(cells.index(i, NAME)))]
    assert unseen == []
    assert grid.verticalScrollBar().maximum() == 0
    assert [cells.cell(i, NAME).text for i in range(len(NAMES))] == list(NAMES)
    narrow = [name for name in NAMES if fonts.text_width(name, tokens.GRID) > grid.columnWidth(NAME) - 12]
    assert narrow == []
    assert min(grid.rowHeight(i) for i in range(len(NAMES))) >= 22
    assert view.table.rect().contains(foot.geometry())
    assert foot.height() >= 22
    assert foot.cells().cell(0, NAME).text == view.words._("Total")
    assert grid.horizontalHeader().geometry().bottom() < sight.height() + grid.horizontalHeader().height()
    assert cut_text(window.window) == []


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_twenty_rows_stand_without_scrolling(qtbot: QtBot, tmp_path: Path, lang: str) -> None:
    book, group = a_book(tmp_path)
    window = Window(qtbot, book, lang)
    view = _open(window, group).view()
    assert isinstance(view, SheetView)
    assert view.before.isVisible(), "the difference of the meeting before takes a line of the page"
    assert sum(column.kind == "saving" for column in view.draft.columns) == 2
    for size in SIZES:
        window.window.resize(*size)
        window.rest()
        all_in_sight(window, view)
    widths = [view.table.view.columnWidth(c) for c in range(view.table.model.columnCount())]
    press(K.Key_F5)
    press(K.Key_2, ALT)  # late: a fine is due
    window.rest()
    write("500")  # of a repayment only a part
    press(K.Key_Return)
    window.rest()
    cells = view.table.model.row(LENT[0] - 1).cells
    assert [cell.text for cell in cells[3:]][:4] == ["100", "", "20", "500"]
    assert cells[6].small, "what is left of it is said"
    all_in_sight(window, view)
    assert widths == [view.table.view.columnWidth(c) for c in range(view.table.model.columnCount())]
    for size in SIZES:
        window.window.resize(*size)
        window.rest()
        all_in_sight(window, view)
    window.end()
