"""The window under real key events: places, history, languages, letter sizes, the hidden screen, the hint bar."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence

import pytest
from cut_text import cut_text
from pressing import ALT
from pressing import CTRL
from pressing import PLAIN
from pressing import SHIFT
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QLineEdit
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Words
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.main_window import Place
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.hint_bar import HintButton
from shg_desk.ui.parts.picker import Picker
from shg_desk.ui.parts.rail import Look

made: list[str] = []


class TestPage(Page):
    __test__ = False
    name = ""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        made.append(self.name)
        self.field = Field(letters="always", lang="ky")
        rows(self).addWidget(self.field)
        self.log: list[str] = []
        self.stays = False

    def title(self) -> str:
        return self.frame.words._("Today") + f" {self.name}"

    def hints(self) -> Sequence[Hint]:
        return (Hint(("F5",), "all as usual"), Hint(("F1",), "help"))

    def open(self, target: object = None) -> None:
        self.log.append(f"open {target}")

    def leave(self) -> bool:
        return not self.stays

    def retranslate(self) -> None:
        self.log.append(f"words {self.frame.words.lang}")

    def refresh(self, changes: Collection[str]) -> None:
        self.log.append(f"refresh {sorted(changes)}")

    def focus_first(self) -> None:
        self.field.setFocus()

    def focus_find(self) -> None:
        self.log.append("find")

    def on_key(self, event: QKeyEvent) -> bool:
        if keys.is_plain(event, Qt.Key.Key_F5):
            self.log.append("F5")
            return True
        return False


def page_named(page_name: str) -> type[TestPage]:
    return type(f"Page{page_name}", (TestPage,), {"name": page_name})


PLACES = [
    Place("today", "today", N_("Today")),
    Place("groups", "people", N_("Groups")),
    Place("ledger", "book", N_("Ledger")),
    Place("settings", "sliders", N_("Settings"), foot=True),
]


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made.clear()
    pages = {name: page_named(name) for name in ("today", "groups", "ledger", "settings", "member")}
    pages["member"].place = "groups"
    shown = MainWindow(Words("ru"), PLACES, pages, languages=("ru", "ky", "en"))
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    QTest.qWaitForWindowActive(shown)
    shown.go("today")
    yield shown
    shown.hide()


def the(window: MainWindow) -> TestPage:
    page = window.page()
    assert isinstance(page, TestPage)
    return page


def test_pages_are_made_on_the_first_visit_and_kept(window: MainWindow) -> None:
    assert made == ["today"]
    first = the(window)
    press(Qt.Key.Key_2, CTRL)
    assert (window.here(), made) == ("groups", ["today", "groups"])
    press(Qt.Key.Key_1, CTRL)
    assert the(window) is first
    assert made == ["today", "groups"]


def test_a_number_without_a_place_is_answered_with_the_numbers_there_are(window: MainWindow) -> None:
    press(Qt.Key.Key_7, CTRL)
    told = window._toast.words()
    assert told.startswith("Ctrl+7 здесь никуда не ведёт.")
    for number, place in ((1, "today"), (2, "groups"), (3, "ledger"), (0, "settings")):
        assert f"{number}\u00a0{window.rail.items[place].text()}" in told
    assert not window._toast.tick.isVisible(), "nothing was done"
    window.toast("Сохранено")
    assert window._toast.tick.isVisible()


def test_ctrl_zero_is_settings_and_alt_left_comes_back(window: MainWindow) -> None:
    press(Qt.Key.Key_0, CTRL)
    assert window.here() == "settings"
    window.go("member", 7)
    press(Qt.Key.Key_Left, ALT)
    assert window.here() == "settings"
    press(Qt.Key.Key_Left, ALT)
    assert window.here() == "today"
    press(Qt.Key.Key_Left, ALT)
    assert window.here() == "today"


def test_a_page_outside_the_rail_marks_its_place(window: MainWindow) -> None:
    window.go("member", 7)
    assert window.rail.items["groups"].isChecked()
    assert the(window).log[-1] == "open 7"


def test_coming_back_shows_the_same_thing(window: MainWindow) -> None:
    window.go("member", 7)
    window.go("ledger")
    window.back()
    assert the(window).log[-1] == "open 7"


def test_alt_and_an_arrow_go_back_from_a_button(window: MainWindow) -> None:
    window.go("ledger")
    button = Button("Print", kind="secondary")
    layout = the(window).layout() or QVBoxLayout(the(window))
    layout.addWidget(button)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Left, ALT)
    assert window.here() == "today"


def test_a_page_that_will_not_be_left_stays(window: MainWindow) -> None:
    the(window).stays = True
    press(Qt.Key.Key_2, CTRL)
    assert window.here() == "today"
    assert window.rail.items["today"].isChecked()


def test_page_keys_reach_the_page_from_a_field_and_from_the_rail(window: MainWindow) -> None:
    press(Qt.Key.Key_F5)
    window.rail.items["ledger"].setFocus()
    press(Qt.Key.Key_F5)
    assert the(window).log.count("F5") == 2


def test_language_cycles_by_the_place_of_the_key(window: MainWindow) -> None:
    cyrillic_l = ord("Д")  # the key of L in the Russian layout
    press(cyrillic_l, CTRL | SHIFT)
    assert window.words.lang == "ky"
    press(Qt.Key.Key_L, CTRL | SHIFT)
    assert window.words.lang == "en"
    assert window.rail.items["ledger"].text() == "Ledger"
    assert window.header.title.text() == "Today today"
    assert the(window).log[-1] == "words en"


def test_a_page_made_before_gets_the_new_words(window: MainWindow) -> None:
    window.go("groups")
    window.switch_language("ky")
    page = window.page("today")
    assert isinstance(page, TestPage)
    assert page.log[-1] == "words ky"


@pytest.mark.parametrize("key", [Qt.Key.Key_F, ord("А")])
def test_ctrl_f_finds_in_every_layout(window: MainWindow, key: int) -> None:
    press(key, CTRL)
    assert "find" in the(window).log


def test_slash_finds_but_is_typed_in_a_field(window: MainWindow) -> None:
    press(Qt.Key.Key_Slash, PLAIN, "/")
    assert "find" not in the(window).log
    assert the(window).field.text() == "/"
    window.header.title.setFocus()
    press(Qt.Key.Key_Slash, PLAIN, "/")
    assert "find" in the(window).log


def test_letters_grow_in_steps_and_nothing_typed_is_lost(window: MainWindow) -> None:
    write("Өмүр")
    wide = window.rail.width()
    press(Qt.Key.Key_Plus, CTRL)
    press(Qt.Key.Key_Plus, CTRL)
    press(Qt.Key.Key_Plus, CTRL)
    assert tokens.letter_size() == 150
    assert window.rail.width() == 90 < wide
    assert the(window).field.text() == "Өмүр"
    assert the(window).field.edit.height() == 69
    press(Qt.Key.Key_Minus, CTRL)
    press(Qt.Key.Key_Minus, CTRL)
    assert tokens.letter_size() == 100
    assert window.rail.width() == wide


def test_f9_hides_everything_until_f9(window: MainWindow) -> None:
    write("сыр")
    press(Qt.Key.Key_F9)
    hidden = window.grab().toImage()
    corner = hidden.pixelColor(5, 300)
    assert corner.name() == tokens.CANVAS.lower()
    press(Qt.Key.Key_2, CTRL)
    press(Qt.Key.Key_Tab)
    write("x")
    press(Qt.Key.Key_Escape)
    assert window.here() == "today"
    assert window.grab().toImage() == hidden
    press(Qt.Key.Key_F9)
    assert QApplication.focusWidget() is the(window).field.edit
    assert the(window).field.text() == "сыр"


def test_f1_asks_for_the_page_s_help(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.help_asked) as asked:
        press(Qt.Key.Key_F1)
    assert asked.args == ["pagetoday"]


def test_f11_fills_the_screen_and_comes_back(window: MainWindow) -> None:
    press(Qt.Key.Key_F11)
    assert window.isFullScreen()
    press(Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_a_hint_does_what_its_key_does(window: MainWindow) -> None:
    hint = next(b for b in window.hint_bar.findChildren(HintButton) if b.hint.keys == ("F5",))
    hint.click()
    assert the(window).log[-1] == "F5"


def test_every_page_made_hears_of_changes_the_visible_one_first(window: MainWindow) -> None:
    window.go("groups")
    heard: list[str] = []
    for name in ("today", "groups"):
        page = window.page(name)
        page.refresh = lambda changes, name=name: heard.append(name)  # type: ignore[method-assign]
    window.tell({"ledger"})
    assert heard == ["groups", "today"]


def test_focus_is_never_lost_after_a_page_changes(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.go("groups")
    assert QApplication.focusWidget() is the(window).field.edit
    monkeypatch.setattr(TestPage, "focus_first", lambda _page: None)
    window.go("ledger")
    focus = QApplication.focusWidget()
    assert focus is window.header.title or (focus is not None and the(window).isAncestorOf(focus))
    window.back()
    assert QApplication.focusWidget() is the(window).field.edit


def test_there_is_one_ring_and_it_follows_the_focus(window: MainWindow) -> None:
    assert window._ring.target() is the(window).field.edit
    assert window._ring.isVisible()
    window.rail.items["ledger"].setFocus()
    assert window._ring.target() is None
    assert not window._ring.isVisible()


def test_toast_says_and_takes_back(window: MainWindow) -> None:
    undone: list[int] = []
    window.toast("Заплатила 500, осталось 560", lambda: undone.append(1))
    toast = window._toast
    assert toast.isVisible()
    assert toast.words() == "Заплатила 500, осталось 560"
    page = window.stack.geometry()
    assert not toast.geometry().intersects(page), "no button and no row of the page is under it"
    assert window.rect().contains(toast.geometry())
    shown = [one for one in window.hint_bar.findChildren(HintButton) if one.isVisible()]
    assert all(one.mapTo(window, one.rect().bottomRight()).x() < toast.x() for one in shown), "no hint is seen half"
    toast._button.click()
    assert undone == [1]
    assert not toast.isVisible()
    window.hide_screen()
    window.toast("Заплатила 500")
    assert window.childAt(toast.geometry().center()) is window._curtain, "what is hidden stays hidden"


def test_a_toast_grows_with_the_letters_and_is_not_left_in_another_language(window: MainWindow) -> None:
    window.resize(1024, 600)
    undone: list[int] = []
    window.toast("Заплатила 500, осталось 560; " * 4, lambda: undone.append(1))
    for percent in (150, 100):
        window.set_letter_size(percent)
        QApplication.processEvents()
        assert cut_text(window) == []
        assert window.rect().contains(window._toast.geometry())
    window.switch_language("ru")
    assert not window._toast.isVisible()
    assert window._toast.take_back()
    assert undone == [1]


def test_practice_cannot_be_mistaken(qtbot: QtBot) -> None:
    shown = MainWindow(Words("en"), PLACES, {"today": page_named("today")}, look=Look.PRACTICE)
    qtbot.addWidget(shown)
    shown.resize(1200, 700)
    shown.show()
    shown.go("today")
    image = shown.grab().toImage()
    for x, y in ((1, 350), (1198, 350), (600, 1), (600, 698)):
        assert image.pixelColor(x, y).name() == tokens.OCHRE.lower()
    assert shown.header.title.text().startswith("Practice: ")


def test_badges_are_spoken(window: MainWindow) -> None:
    window.set_badge("groups", 3)
    assert window.rail.items["groups"].accessibleName().endswith(", 3")
    window.set_badge("groups", 0)
    assert "," not in window.rail.items["groups"].accessibleName()


@pytest.mark.parametrize("lang", ["ky", "ru", "tg", "uz", "en"])
@pytest.mark.parametrize("percent", tokens.LETTER_SIZES)
def test_the_frame_cuts_no_word(window: MainWindow, lang: str, percent: int) -> None:
    window.switch_language(lang)
    window.set_letter_size(percent)
    QApplication.processEvents()
    assert cut_text(window) == []


def test_no_second_edit_appears(window: MainWindow) -> None:
    assert len(the(window).findChildren(QLineEdit)) == 1


def test_ctrl_with_a_number_leads_on_from_a_list_of_choices(window: MainWindow) -> None:
    """The digit is no letter of a choice: on Linux and Windows the press carries it as its text."""
    picker = Picker()
    picker.set_choices([(n, f"{n} груши") for n in (1, 2)])
    window.page().layout().addWidget(picker)  # type: ignore[union-attr]
    picker.show()
    picker.setFocus()
    assert QApplication.focusWidget() is picker
    press(Qt.Key.Key_2, CTRL, "2")
    assert window.here() == "groups"
    assert picker.key() == 1
