"""The finder of faults finds: each kind of fault is planted in a window of otherwise sound parts, and must be named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox
from PySide6.QtWidgets import QHeaderView
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QPushButton
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QTableWidget
from PySide6.QtWidgets import QTableWidgetItem
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from seen_faults import faults

from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.hint_bar import HintBar
from shg_desk.ui.parts.table import Table
from shg_desk.ui.parts.toast import Toast

LONG = "Абдыкадырова-Токтогулова Бактыгүл Жумабековна"


def window(qtbot: QtBot, *parts: QWidget, width: int = 300) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    made.setFixedSize(width, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def kinds(made: QWidget, lang: str = "ky") -> set[str]:
    return {fault.kind.split(" (")[0] for fault in faults(made, lang)}


class Painter(QWidget):
    """A part that paints by hand."""

    def __init__(self, paint: Callable[[QPainter], None]) -> None:
        super().__init__()
        self._paint = paint
        self.setFixedHeight(60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._paint(QPainter(self))


def test_a_sound_window_has_no_faults(qtbot: QtBot) -> None:
    field = QLineEdit()
    field.setPlaceholderText("Аты")
    long_typed = QLineEdit(LONG * 3)
    wide = Table([Column("Аты", 100, grows=1)])
    wide.set_rows([Row((Cell(LONG),))])
    sound = window(
        qtbot, Label("Салам, дүйнө"), Label(LONG, wrap=True), QPushButton("Ачуу"), field, long_typed, wide, width=460
    )
    assert faults(sound, "ky") == []


def test_a_label_too_narrow_is_cut(qtbot: QtBot) -> None:
    label = QLabel(LONG)
    label.setFixedWidth(80)
    assert "cut" in kinds(window(qtbot, label))


def test_a_wrapped_label_without_its_last_line_is_cut(qtbot: QtBot) -> None:
    label = QLabel(LONG)
    label.setWordWrap(True)
    label.setFixedSize(110, 18)
    assert "cut" in kinds(window(qtbot, label))


def test_a_button_too_narrow(qtbot: QtBot) -> None:
    button = QPushButton(LONG)
    button.setFixedWidth(80)
    assert kinds(window(qtbot, button)) & {"cut", "not painted"}


def test_a_placeholder_that_does_not_fit(qtbot: QtBot) -> None:
    field = QLineEdit()
    field.setPlaceholderText(LONG)
    field.setFixedWidth(80)
    assert kinds(window(qtbot, field)) & {"cut", "shortened"}


def test_a_choice_that_does_not_fit(qtbot: QtBot) -> None:
    box = QComboBox()
    box.addItem(LONG)
    box.setFixedWidth(90)
    assert kinds(window(qtbot, box)) & {"cut", "shortened"}


def test_qts_own_cells_and_heads_are_shortened(qtbot: QtBot) -> None:
    made = QTableWidget(1, 2)
    made.setHorizontalHeaderLabels([LONG, "Эки"])
    made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    made.setItem(0, 0, QTableWidgetItem("Эки"))
    made.setItem(0, 1, QTableWidgetItem(LONG))
    for column in range(2):
        made.setColumnWidth(column, 60)
    parts = " ".join(fault.part for fault in faults(window(qtbot, made), "ky"))
    assert "QHeaderView" in parts
    assert "row 0, column 1" in parts


def test_our_cell_wider_than_its_column(qtbot: QtBot) -> None:
    made = Table([Column("Аты", 60), Column("Сумма", 60, right=True)])
    made.set_rows([Row((Cell(LONG), Cell("100")))])
    shown = window(qtbot, made)
    assert kinds(shown) >= {"cut"}, "there is no room for both"
    shown.setFixedWidth(600)
    qtbot.waitUntil(lambda: kinds(shown) == set())
    made.view.setColumnWidth(0, 60)
    assert kinds(shown) & {"painted over", "out of its cell"}


def test_our_cell_lower_than_its_words(qtbot: QtBot) -> None:
    made = Table([Column("Аты", 90, wraps=True)], row_height=(20, 20))
    made.set_rows([Row((Cell("бир эки үч төрт беш алты жети сегиз тогуз он"),)), Row((Cell("эки"),))])
    shown = window(qtbot, made, width=120)
    made.view.verticalHeader().resizeSection(0, 20)
    assert kinds(shown) & {"painted over", "words over words", "out of its cell", "not painted"}


def test_our_head_narrower_than_its_name(qtbot: QtBot) -> None:
    made = Table([Column("Катышуусу", 200), Column("Аманаты", 200)])
    made.set_rows([Row((Cell("1"), Cell("2")))])
    shown = window(qtbot, made, width=460)
    made.view.setColumnWidth(0, 40)
    assert kinds(shown) & {"words over words", "cut", "painted over"}


def test_words_painted_over_by_a_box(qtbot: QtBot) -> None:
    def paint(painter: QPainter) -> None:
        painter.drawText(10, 30, "Жаңыл")
        painter.fillRect(QRectF(25, 0, 60, 60), QColor("white"))

    assert kinds(window(qtbot, Painter(paint))) == {"painted over"}


def test_words_over_words_in_one_part(qtbot: QtBot) -> None:
    def paint(painter: QPainter) -> None:
        painter.drawText(10, 30, "Жаңыл")
        painter.drawText(20, 33, "Айгүл")

    assert kinds(window(qtbot, Painter(paint))) == {"words over words"}


def test_siblings_over_each_other(qtbot: QtBot) -> None:
    shown = window(qtbot)
    for words, left in (("Биринчи", 10), ("Экинчи", 30)):
        label = QLabel(words, shown)
        label.setGeometry(left, 20, 90, 20)
        label.show()
    assert kinds(shown) >= {"overlap", "words over words"}


def test_a_part_outside_its_window(qtbot: QtBot) -> None:
    shown = window(qtbot)
    label = QLabel("Сыртта", shown)
    label.setGeometry(270, 20, 90, 20)
    label.show()
    assert kinds(shown) >= {"outside", "cut"}


def test_what_scrolls_down_may_end_at_the_edge_but_not_sideways(qtbot: QtBot) -> None:
    inner = QWidget()
    column = QVBoxLayout(inner)
    for number in range(40):
        column.addWidget(QLabel(f"{number} сап"))
    area = QScrollArea()
    area.setWidget(inner)
    area.setMinimumHeight(150)
    assert kinds(window(qtbot, area)) == set()
    broad = QLabel(LONG * 2)
    wide = QScrollArea()
    wide.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    wide.setWidget(broad)
    assert kinds(window(qtbot, wide)) >= {"cut", "outside"}


def test_words_of_another_language(qtbot: QtBot) -> None:
    shown = window(qtbot, Label("Close the meeting"), Label("F10 Enter: жабуу, sheet.csv"))
    assert [fault.words for fault in faults(shown, "ky")] == ["Close the meeting"]
    assert faults(shown, "en") == []


@pytest.mark.parametrize("words", ["Салам", LONG])
def test_what_floats_may_lie_over_the_page(qtbot: QtBot, words: str) -> None:
    bar = HintBar()
    shown = window(qtbot, *[Label("Астындагы сап") for _ in range(9)], bar, width=500)
    toast = Toast(shown, bar)
    toast.tell(words)
    qtbot.waitUntil(toast.isVisible)
    assert faults(shown, "ky") == []
