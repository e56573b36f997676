"""Letters made larger while the program runs: every field that stands grows with them, and the main keys stay told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from meeting_hands import Hands
from meeting_hands import Village
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QStackedWidget
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.catalog import Words
from shg_desk.ui import theme
from shg_desk.ui import tokens
from shg_desk.ui.hand_strip import HandStrip
from shg_desk.ui.parts.boxes import restyle
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.field import LineEdit
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.hint_bar import HintBar
from shg_desk.ui.parts.hint_bar import HintButton
from tests.meeting_grounds import yrys

MEMBERS = (
    Hint(("Enter",), "анын китепчеси"),
    Hint(("Ins",), "жаңы мүчө"),
    Hint(("F2",), "оңдоо"),
    Hint(("Del",), "топтон чыгат"),
    Hint(("F10",), "барагын ачуу"),
    Hint(("F7",), "мүчө каза болду"),
    Hint(("F1",), "жардам"),
)


@pytest.fixture(autouse=True)
def usual_letters() -> Iterator[None]:
    yield
    tokens.set_letter_size(100)


def fixed(root: QWidget) -> dict[int, int]:
    """The fields of a fixed width in sight."""
    found = {id(one): one for one in root.findChildren(QLineEdit) if one.isVisible()}
    return {key: one.minimumWidth() for key, one in found.items() if one.minimumWidth() == one.maximumWidth()}


def test_the_fields_of_a_count_and_of_a_question_on_the_sheet_grow(qtbot: QtBot) -> None:
    hands = Hands(qtbot, Village(yrys()))
    hands.begin()
    hands.press("F8")
    count = fixed(hands.sheet.side.count)
    assert set(count.values()) == {48, 72}
    hands.window.set_letter_size(150)
    assert fixed(hands.sheet.side.count) == {key: width * 3 // 2 for key, width in count.items()}
    hands.window.set_letter_size(100)
    hands.sheet.go_to(Place(9, "loan"))
    hands.press("6000", "Enter", "Up", "F2")
    asked = [one.width() for one in hands.sheet.panel.edits]
    assert len(asked) >= 6
    hands.window.set_letter_size(150)
    edits = hands.sheet.panel.edits
    assert [one.minimumWidth() for one in edits] == [int(width * 1.5 + 0.5) for width in asked]
    assert [one.maximumWidth() for one in edits] == [one.minimumWidth() for one in edits]


def test_the_field_of_a_passphrase_in_the_strip_grows(qtbot: QtBot) -> None:
    strip = HandStrip(Words("ky"), "Ырыс")
    qtbot.addWidget(strip)
    assert strip.edit.minimumWidth() == 200
    tokens.set_letter_size(150)
    restyle(strip)
    assert strip.edit.minimumWidth() == strip.edit.maximumWidth() == 300


@pytest.mark.parametrize("percent", [100, 125, 150])
@pytest.mark.parametrize("width", [1276, 1190, 934])
def test_the_last_step_and_help_stay_in_the_hint_bar(qtbot: QtBot, percent: int, width: int) -> None:
    tokens.set_letter_size(percent)
    bar = HintBar()
    qtbot.addWidget(bar)
    bar.set_saved("Сакталды 14:32")
    bar.set_hints(MEMBERS)
    bar.resize(width, bar.height())
    bar.show()
    shown = [one for one in bar.findChildren(HintButton) if one.isVisible()]
    said = [one.hint.keys[0] for one in shown]
    assert {"F10", "F1"} <= set(said)
    assert said == [one.keys[0] for one in MEMBERS if one.keys[0] in said], "in their own order"
    edges = [(one.x(), one.x() + one.width()) for one in shown]
    assert all(right < left for (_, right), (left, _) in pairwise(edges))
    assert edges[-1][1] < bar._saved.x()
    left = bar._saved.x() - edges[-1][1]
    missing = [one.sizeHint().width() for one in bar.findChildren(HintButton) if not one.isVisible()]
    assert all(width + 30 > left - 30 for width in missing), "no room is given away"
    assert bool(missing) == (len(said) < len(MEMBERS))


def test_without_a_last_step_the_first_hint_stays(qtbot: QtBot) -> None:
    tokens.set_letter_size(150)
    bar = HintBar()
    qtbot.addWidget(bar)
    bar.set_hints([one for one in MEMBERS if one.keys != ("F10",)])
    bar.resize(600, bar.height())
    bar.show()
    assert [one.hint.keys[0] for one in bar.findChildren(HintButton) if one.isVisible()] == ["Enter", "F1"]


def enlarge(application: QApplication, root: QWidget) -> None:
    """As the window does."""
    tokens.set_letter_size(150)
    theme.apply(application)
    restyle(root)


def letters_of(edit: QLineEdit) -> int:
    return edit.font().pixelSize()


def test_what_was_never_shown_has_the_letters_made_larger_before(qtbot: QtBot, qapp: QApplication) -> None:
    page, pages, hidden = QWidget(), QStackedWidget(), LineEdit()
    qtbot.addWidget(page)
    page.show()
    rows(page).addWidget(pages)
    for part in (QWidget(), hidden):
        pages.addWidget(part)
    usual = letters_of(hidden)
    enlarge(qapp, page)
    pages.setCurrentWidget(hidden)
    assert letters_of(hidden) == round(usual * 1.5)
    assert hidden.height() == 69


def test_a_field_keeps_its_letters_when_trouble_is_told(qtbot: QtBot, qapp: QApplication) -> None:
    field = Field()
    qtbot.addWidget(field)
    field.show()
    usual = letters_of(field.edit)
    enlarge(qapp, field)
    before = letters_of(field.edit)
    assert before == round(usual * 1.5)
    field.tell_problem("Something has to stand here")
    assert letters_of(field.edit) == before
    field.tell_problem("")
    assert letters_of(field.edit) == before
