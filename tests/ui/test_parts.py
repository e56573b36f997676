"""The smaller parts: letters under a field, values in fields, problem list, buttons that wait, progress, pictures."""

from __future__ import annotations

import gallery
import pytest
from cut_text import cut_text
from pressing import ALT
from pressing import SHIFT
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLabel
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import restyle
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.letter_bar import letters_for
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList
from shg_desk.ui.parts.progress import Progress
from shg_desk.ui.parts.progress import time_left
from shg_desk.ui.parts.progress import time_words


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    QTest.qWaitForWindowActive(widget)
    return widget


@pytest.fixture
def name(qtbot: QtBot) -> Field:
    field = Field(letters="always", lang="ky", names=True)
    shown(qtbot, field)
    field.setFocus()
    return field


# The alphabets: letters beyond the Russian one, by the orthographies of Kyrgyz (1940), Tajik (1998), Uzbek Cyrillic.
@pytest.mark.parametrize(("lang", "own"), [("ky", "ңөү"), ("tg", "ғӣқӯҳҷ"), ("uz-Cyrl", "ўқғҳ"), ("ru", "")])
def test_own_letters_stand_first_and_none_is_missing(lang: str, own: str) -> None:
    first, others = letters_for(lang)
    assert set(first) == set(own)
    assert set(first + others) == set("ңөүғӣқӯҳҷў")


def test_letters_by_place_of_the_key_capital_at_the_start_of_a_name(name: Field) -> None:
    press(Qt.Key.Key_Exclam, ALT | SHIFT)  # Alt+Shift+1
    write("м")
    press(ord('"'), ALT | SHIFT)  # Alt+Shift+2 in the Russian layout
    write("р ")
    press(Qt.Key.Key_1, ALT | SHIFT)
    assert name.text() == "Өмүр Ө"


def test_a_letter_replaces_what_is_selected_and_leaves_the_focus(name: Field) -> None:
    write("абв")
    name.edit.setSelection(1, 1)
    bar = name.letter_bar
    assert bar is not None
    bar.write("ң")
    assert name.text() == "аңв"
    assert QApplication.focusWidget() is name.edit


def test_letters_of_a_passphrase_stay_small(name: Field) -> None:
    name.edit.setEchoMode(QLineEdit.EchoMode.Password)
    press(Qt.Key.Key_1, ALT | SHIFT)
    assert name.text() == "ө"


def test_letters_follow_the_focus_without_moving_the_page(qtbot: QtBot) -> None:
    page = QWidget()
    column = rows(page)
    first, second = Field(letters="focused", lang="tg"), Field(letters="focused", lang="tg")
    column.addWidget(first)
    column.addWidget(second)
    shown(qtbot, page)
    first.setFocus()
    assert first.letter_bar is not None
    assert second.letter_bar is not None
    assert (first.letter_bar.isVisible(), second.letter_bar.isVisible()) == (True, False)
    place = second.geometry()
    second.setFocus()
    QApplication.processEvents()
    assert (first.letter_bar.isVisible(), second.letter_bar.isVisible()) == (False, True)
    assert second.geometry() == place


def test_a_problem_line_puts_the_cursor_where_it_is_mended(qtbot: QtBot) -> None:
    page = QWidget()
    column = rows(page)
    problems, field = ProblemList(), Field()
    column.addWidget(problems)
    column.addWidget(field)
    shown(qtbot, page)
    assert not problems.isVisible()
    problems.show_problems("2 вещи мешают закрыть", [ProblemLine("Дата", field.setFocus), ProblemLine("Без места")])
    assert problems.isVisible()
    assert QApplication.focusWidget() is problems.links[0]
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is field.edit
    problems.show_problems("", [])
    assert not problems.isVisible()


def test_a_waiting_button_says_why_by_key_and_by_hand(qtbot: QtBot) -> None:
    button = Button("Жабуу", keys=("F10",))
    shown(qtbot, button)
    pressed: list[int] = []
    reasons: list[str] = []
    button.clicked.connect(lambda: pressed.append(1))
    button.refused.connect(reasons.append)
    button.set_reason("2 сап калды")
    button.setFocus()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (pressed, reasons) == ([], ["2 сап калды"] * 3)
    assert button.toolTip() == "2 сап калды"
    button.set_reason("")
    press(Qt.Key.Key_Return)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1, 1]


def test_no_estimate_before_there_is_a_pace() -> None:
    assert time_left(0, 100, 9000) is None
    assert time_left(4, 100, 9000) is None
    assert time_left(25, 100, 10_000) == 30
    assert time_words(Words("en"), 1) == "about 1 second left"
    assert time_words(Words("en"), 119) == "about 2 minutes left"


def test_quick_work_shows_no_progress(qtbot: QtBot) -> None:
    page = QWidget()
    progress = Progress(Words("en"))
    rows(page).addWidget(progress)
    shown(qtbot, page)
    progress.begin()
    progress.step(1, 2, "1 of 2 files")
    assert not progress.isVisible()
    progress.end()
    assert progress.bar.share() == 0.5


def test_slow_work_is_shown_and_can_be_stopped(qtbot: QtBot) -> None:
    page = QWidget()
    progress = Progress(Words("en"), silent_ms=1)
    rows(page).addWidget(progress)
    shown(qtbot, page)
    progress.begin()
    qtbot.waitUntil(progress.isVisible)
    with qtbot.waitSignal(progress.cancelled):
        progress.cancel.press()


def test_the_finder_finds_what_is_cut(qtbot: QtBot) -> None:
    page = QWidget()
    column = rows(page)
    label = Label("Остаток на конец года")
    wrapped = QLabel("Эта строка длинная и переносится на несколько строк")
    wrapped.setWordWrap(True)
    button = Button("Записать посылку")
    for part in (label, wrapped, button):
        column.addWidget(part)
    shown(qtbot, page)
    page.resize(420, 300)
    QApplication.processEvents()
    assert cut_text(page) == []
    label.setFixedWidth(50)
    wrapped.setFixedSize(100, 20)
    button.setFixedWidth(60)
    QApplication.processEvents()
    assert {(cut.part, cut.words) for cut in cut_text(page)} == {
        ("label", label.text()),
        ("label", wrapped.text()),
        ("button", button.text()),
    }


def test_the_finder_finds_what_covers_its_neighbour(qtbot: QtBot) -> None:
    page = QWidget()
    column = rows(page)
    one, other = Label("Касса"), Label("Банк")
    column.addWidget(one)
    column.addWidget(other)
    shown(qtbot, page)
    other.move(one.x(), one.y() + 2)
    assert [cut.part for cut in cut_text(page)] == ["overlap"]


def test_sizes_given_at_100_percent_grow(qtbot: QtBot) -> None:
    page = QWidget()
    column = rows(page, margins=(20, 12, 20, 12), gap=10)
    column.addWidget(Label("Касса"))
    column.addWidget(Button("Открыть"))
    qtbot.addWidget(page)
    tokens.set_letter_size(150)
    restyle(page)
    margins = column.contentsMargins()
    assert (margins.left(), margins.top(), column.spacing()) == (30, 18, 15)
    button = page.findChild(Button)
    assert button is not None
    assert button.sizeHint().height() == 57


@pytest.mark.parametrize("percent", tokens.LETTER_SIZES)
@pytest.mark.parametrize("scene", sorted(gallery.SCENES))
def test_no_word_of_the_gallery_is_cut(qtbot: QtBot, tmp_path, scene: str, percent: int) -> None:  # type: ignore[no-untyped-def]
    window = gallery.grab(tmp_path, scene, percent)
    qtbot.addWidget(window)
    assert cut_text(window) == []


def test_a_long_text_shows_its_beginning_until_one_types_in_it(qtbot: QtBot) -> None:
    page = QWidget()
    column = rows(page)
    first, second = Field(width=120), Field()
    column.addWidget(first)
    column.addWidget(second)
    shown(qtbot, page)
    second.setFocus()
    first.set_text("Абдыкадырова Бактыгүл Жумабековна")
    assert first.edit.cursorPosition() == 0
    first.setFocus()
    write("!")
    assert first.text().endswith("Жумабековна!")
    second.setFocus()
    assert first.edit.cursorPosition() == 0
