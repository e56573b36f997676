"""The table: model, widths, cursor, typing, and that nothing it shows is cut."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pressing import CTRL
from pressing import press
from PySide6.QtCore import QEvent
from PySide6.QtCore import QModelIndex
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from shg_desk.ui import tokens
from shg_desk.ui.parts import cell_painter
from shg_desk.ui.parts.cells import Attendance
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import attendance
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.cells import proposal
from shg_desk.ui.parts.cells import state
from shg_desk.ui.parts.steady_table import SteadyTable
from shg_desk.ui.parts.table import Table
from shg_desk.ui.parts.table_model import TableModel
from shg_desk.ui.parts.table_widths import Wish
from shg_desk.ui.parts.table_widths import shared
from shg_desk.ui.parts.table_widths import window_of

COLUMNS = (
    Column("№", 40, right=True, fixed=True),
    Column("Аты-жөнү", 180, fixed=True, grows=1),
    Column("Топтоо", 90, right=True, group="Кассага кирет, сом", usual="адатта 100", divider=True),
    Column("Карыз төлөмү", 130, right=True, group="Кассага кирет, сом", usual="керек 6 140"),
    Column("Бардыгы", 90, right=True, fixed=True),
)


def rows(count: int = 3) -> list[Row]:
    return [
        Row(
            (
                Cell(str(n)),
                Cell(f"Жумагулова {n}"),
                money("100", editable=True),
                proposal("530", "керек 530"),
                money("630"),
            ),
            key=n,
        )
        for n in range(1, count + 1)
    ]


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(COLUMNS, cursor="cell", size=tokens.GRID, row_height=(22, 28))
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.set_rows(rows(), [Row((Cell(), Cell("Бардыгы"), money("300"), money("1 590"), money("1 890")))])
    made.show()
    QTest.qWaitForWindowActive(made)
    made.view.setFocus()
    return made


@pytest.mark.parametrize("steady", [False, True])
def test_an_event_in_the_middle_of_a_change_lays_nothing_out(qtbot: QtBot, *, steady: bool) -> None:
    """Qt hides a scroll bar, resizes, scrolls or moves the cursor while one model has its new columns already."""
    made = SteadyTable(size=tokens.GRID, row_height=(22, 28)) if steady else Table(COLUMNS[:2], row_height=(22, 28))
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.set_columns(COLUMNS[:2])
    made.set_rows(rows(600), [Row((Cell(), Cell("Бардыгы")))])
    made.show()
    QTest.qWaitForWindowActive(made)
    met = []

    def meet() -> None:
        met.append(made.model.columnCount())
        made.resize(made.width() - 1, made.height())
        bar = made.view.verticalScrollBar()
        for kind in (QEvent.Type.Hide, QEvent.Type.Show):
            QApplication.sendEvent(bar, QEvent(kind))
        bar.valueChanged.emit(3)
        for column in range(made.model.columnCount()):
            made.view.moved.emit(0, column)

    made.model.modelReset.connect(meet)
    for columns, count in ((COLUMNS, 600), (COLUMNS[:1], 2), (COLUMNS, 0), (COLUMNS[:2], 600)):
        made.set_columns(columns)
        made.set_rows(rows(count))
    assert met == [5, 1, 1, 5, 5, 2, 2]
    assert made.view.columnWidth(1) >= cell_painter.needed_width(Cell("Жумагулова 600"), tokens.GRID)
    assert [made.view.isColumnHidden(c) for c in range(2)] == [False, False]


def test_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    model = TableModel(COLUMNS, rows())
    qtmodeltester.check(model, force_py=True)
    model.set_rows(rows(5))
    model.set_rows([])


def test_same_rows_again_tell_only_what_changed(qtbot: QtBot) -> None:
    model = TableModel(COLUMNS, rows())
    told: list[int] = []
    resets: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.modelReset.connect(lambda: resets.append(1))
    changed = rows()
    changed[1] = Row((*changed[1].cells[:4], money("999")), key=2)
    model.set_rows(changed)
    assert (told, resets) == ([1], [])
    assert model.cell(1, 4).text == "999"


def test_rows_are_asked_only_when_in_sight(qtbot: QtBot) -> None:
    class Paged(Sequence[Row]):
        def __init__(self) -> None:
            self.asked: set[int] = set()

        def __len__(self) -> int:
            return 200_000

        def __getitem__(self, i):  # type: ignore[no-untyped-def]
            self.asked.add(i)
            return Row((Cell(str(i)), Cell("Взнос")), key=i)

    paged = Paged()
    table = Table((Column("№", 80, right=True), Column("Что", 200, grows=1)), row_height=(27, 27))
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.set_rows(paged)
    table.show()
    qtbot.waitExposed(table)
    table.view.scrollToBottom()
    table.grab()
    assert 199_999 in paged.asked
    assert len(paged.asked) < 600


def test_cells_are_spoken_with_what_they_belong_to() -> None:
    cells = (
        Cell("7"),
        Cell("Сайкал"),
        proposal("530", "керек 530", spoken="Карыз төлөмү, 530, сунуш"),
        money("1", "+100"),
    )
    model = TableModel(COLUMNS, [Row(cells)])
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 2).data(role) == "Карыз төлөмү, 530, сунуш"
    assert model.index(0, 3).data(role) == "Карыз төлөмү: 1, +100"
    assert model.index(0, 4).data(role) == "Бардыгы"


def test_states_are_words_for_those_who_do_not_see_bars() -> None:
    model = TableModel((Column("Состояние", 90),), [Row((state(3, "Получено офисом", bars_only=True),))])
    index = model.index(0, 0)
    assert index.data() == ""
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Получено офисом"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Получено офисом"


def test_every_attendance_has_its_own_shape() -> None:
    assert len({attendance(how, "x").icon for how in Attendance}) == len(Attendance)


def test_cursor_moves_and_page_is_asked_first(table: Table) -> None:
    seen: list[int] = []

    def take(event: QKeyEvent) -> bool:
        seen.append(event.key())
        return event.key() == Qt.Key.Key_F5

    table.view.put_cursor(0, 2)
    table.view.take_key = take
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_F5)
    here = table.view.currentIndex()
    assert (here.row(), here.column()) == (1, 2)
    assert seen == [Qt.Key.Key_Down, Qt.Key.Key_F5]


def test_enter_opens_and_ctrl_enter_does_not(table: Table, qtbot: QtBot) -> None:
    opened: list[tuple[int, int]] = []
    table.view.opened.connect(lambda row, column: opened.append((row, column)))
    table.view.put_cursor(1, 3)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, CTRL)
    assert opened == [(1, 3)]


def test_typing_in_a_cell_tells_the_text_and_changes_nothing_itself(table: Table) -> None:
    typed: list[tuple[int, int, str]] = []
    table.model.typed.connect(lambda row, column, text: typed.append((row, column, text)))
    table.view.put_cursor(0, 2)
    assert table.view.edit_cell("5")
    editor = table.view.viewport().findChild(QLineEdit)
    assert editor is not None
    assert table.view.editor_text() == "5"
    press(0, text="0", target=editor)
    press(Qt.Key.Key_Return, target=editor)
    assert typed == [(0, 2, "50")]
    assert table.model.cell(0, 2).text == "100"


def test_only_editable_cells_open(table: Table) -> None:
    table.view.put_cursor(0, 1)
    assert not table.view.edit_cell("5")


def test_cursor_stays_on_the_person_when_rows_come_and_go(table: Table) -> None:
    table.view.put_cursor(2, 2)
    table.set_rows([row for row in rows(5) if row.key != 1])
    assert table.row_key() == 3
    assert table.view.currentIndex().column() == 2


def test_rows_fill_the_height_between_their_bounds(table: Table) -> None:
    table.set_rows(rows(20))
    heights = set()
    for high in (530, 570, 650):
        table.resize(800, high)
        QApplication.processEvents()
        heights.add(table.view.rowHeight(0))
        assert 22 <= table.view.rowHeight(0) <= 28
        assert table.view.verticalScrollBar().maximum() == 0
    assert len(heights) > 1


def test_twenty_rows_and_totals_need_no_scrolling_in_the_small_window(table: Table) -> None:
    """1366x690: 64 px of header and 32 of hint bar leave 594 for head, 20 members, totals and one line."""
    table.set_rows(rows(20), [Row((Cell(), Cell("Бардыгы"))), Row((Cell(), Cell("Дептер")))])
    table.resize(918, 594 - 20)
    QApplication.processEvents()
    assert table.view.verticalScrollBar().maximum() == 0
    assert table.view.rowHeight(0) >= 22


def test_narrow_window_keeps_fixed_columns_and_goes_sideways_by_whole_ones(table: Table) -> None:
    gone: list[list[str]] = []
    table.sideways.connect(lambda left, right: gone.append([*left, "|", *right]))
    table.resize(400, 300)
    shown = [c for c in range(5) if not table.view.isColumnHidden(c)]
    assert {0, 1, 4} <= set(shown)
    assert 3 not in shown
    assert gone[-1] == ["|", "Карыз төлөмү"]
    table.view.put_cursor(0, 3)
    assert not table.view.isColumnHidden(3)
    assert gone[-1] == ["Топтоо", "|"]
    assert [table.foot.isColumnHidden(c) for c in range(5)] == [table.view.isColumnHidden(c) for c in range(5)]
    assert table.view.cut_cells() == []


def test_arrow_reaches_a_column_out_of_sight(table: Table) -> None:
    table.resize(400, 300)
    table.view.put_cursor(0, 2)
    press(Qt.Key.Key_Right)
    assert table.view.currentIndex().column() == 3
    press(Qt.Key.Key_Right)
    assert table.view.currentIndex().column() == 4
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)
    assert table.view.currentIndex().column() == 2
    assert not table.view.isColumnHidden(2)


def test_a_list_goes_sideways_with_the_arrows(qtbot: QtBot) -> None:
    table = Table([Column(f"Колонка{n}", 100, fixed=n == 0) for n in range(6)], row_height=(27, 27))
    qtbot.addWidget(table)
    table.set_rows([Row(tuple(Cell(f"1{n}") for n in range(6)), key=1)])
    table.resize(340, 200)
    table.show()
    QTest.qWaitForWindowActive(table)
    table.view.setFocus()
    seen = []
    for _ in range(6):
        seen.append([c for c in range(6) if not table.view.isColumnHidden(c)])
        press(Qt.Key.Key_Right)
    assert seen[0] == [0, 1, 2]
    assert {c for shown in seen for c in shown} == set(range(6))
    assert seen[-1] == [0, 4, 5]
    assert all(shown[0] == 0 for shown in seen)
    for _ in range(6):
        press(Qt.Key.Key_Left)
    assert [c for c in range(6) if not table.view.isColumnHidden(c)] == [0, 1, 2]


def test_a_list_names_its_columns_out_of_sight_and_shows_them_by_a_click(qtbot: QtBot) -> None:
    table = Table([Column(f"Колонка{n}", 100, fixed=n == 0) for n in range(6)], row_height=(27, 27))
    qtbot.addWidget(table)
    table.set_rows([Row(tuple(Cell(f"1{n}") for n in range(6)), key=1)])
    table.resize(340, 200)
    table.show()
    qtbot.waitExposed(table)
    qtbot.wait(20)
    assert table.aside.accessibleName() == "→ Колонка3 · Колонка4 · Колонка5"
    assert table.height() >= table.view.height() + table.aside.height()
    assert table.view.rowViewportPosition(0) + table.view.rowHeight(0) <= table.view.viewport().height()
    for _ in range(3):
        qtbot.mouseClick(table.aside, Qt.MouseButton.LeftButton, pos=table.aside.rect().center())
    table.view.sideways_asked.emit(1)
    table.view.sideways_asked.emit(1)
    assert table.aside.accessibleName() == "← Колонка1 · Колонка2 · Колонка3"
    table.resize(900, 200)
    assert table.aside.height_taken() == 0


def test_the_row_under_the_cursor_stays_whole_where_the_rows_lose_room(qtbot: QtBot) -> None:
    table = Table([Column("Что", 100, grows=1)], row_height=(27, 27))
    qtbot.addWidget(table)
    table.set_rows([Row((Cell(f"{n}"),), key=n) for n in range(30)])
    table.resize(300, 400)
    table.show()
    qtbot.waitExposed(table)
    table.view.put_cursor(11)
    for height in (300, 250, 333):
        table.resize(300, height)
        qtbot.wait(20)
        top = table.view.rowViewportPosition(11)
        assert 0 <= top <= table.view.viewport().height() - 27


def test_long_words_break_and_the_row_grows(qtbot: QtBot) -> None:
    table = Table((Column("№", 50), Column("Что", 200, grows=1, wraps=True)), row_height=(27, 27))
    qtbot.addWidget(table)
    table.resize(320, 300)
    long = "Погашение займов пяти участников после исправления собрания"
    table.set_rows([Row((Cell("1"), Cell("Взносы"))), Row((link("2"), Cell(long)))])
    table.show()
    qtbot.waitExposed(table)
    assert table.view.rowHeight(0) == 27
    assert table.view.rowHeight(1) > 40
    assert table.view.cut_cells() == []


def test_cut_cells_are_found(table: Table) -> None:
    table.view.setColumnWidth(3, 60)
    assert (0, 3, "530") in table.view.cut_cells()
    table.view.setColumnWidth(2, 30)
    assert "Топтоо" in table.head().cut_sections()


def test_a_state_beyond_its_bars_is_refused() -> None:
    with pytest.raises(ValueError, match="5"):
        state(5, "?")


WISHES = st.builds(
    lambda least, more, drawn, grows, fixed: Wish(least, least + more, least + drawn, grows, fixed),
    st.integers(1, 300),
    st.integers(0, 200),
    st.integers(0, 200),
    st.integers(0, 3),
    st.booleans(),
)


@given(st.lists(WISHES, min_size=1, max_size=12), st.integers(1, 3000))
def test_widths_fill_the_room_and_cut_nobody(wishes: list[Wish], room: int) -> None:
    widths = shared(wishes, room)
    assert all(width >= wish.least for width, wish in zip(widths, wishes, strict=True))
    least = sum(wish.least for wish in wishes)
    assert sum(widths) == max(room, least)
    if room >= sum(wish.needs for wish in wishes):
        assert all(width >= wish.needs for width, wish in zip(widths, wishes, strict=True))


@given(st.lists(WISHES, min_size=1, max_size=12), st.integers(1, 3000), st.integers(0, 12))
def test_columns_in_sight_are_whole_and_neighbours(wishes: list[Wish], room: int, first: int) -> None:
    shown = window_of(wishes, room, first)
    fixed = {c for c, wish in enumerate(wishes) if wish.fixed}
    assert fixed <= shown
    scrolling = [c for c in range(len(wishes)) if c not in fixed]
    places = [scrolling.index(c) for c in sorted(shown - fixed)]
    assert places == list(range(places[0], places[0] + len(places))) if places else not scrolling
    if len(shown) < len(wishes) and len(places) > 1:
        assert sum(wishes[c].least for c in shown) <= room


def test_no_index_of_no_row(table: Table) -> None:
    assert table.model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
