"""From the start to the end: first run, unlocking, the window of a role, what is remembered; all by real keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from open_books import OpenBook
from pressing import CTRL
from pressing import SHIFT
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.actions.books import open_desk
from shg_desk.actions.books import recovery_is_on_paper
from shg_desk.actions.first_book import layout_twins
from shg_desk.actions.first_book import phrase_words
from shg_desk.actions.first_book import propose_phrase
from shg_desk.actions.key_care import save_recovery_sheet
from shg_desk.i18n.catalog import Words
from shg_desk.sync.keyfiles import load_keys
from shg_desk.sync.keyslots import unlock_as_office
from shg_desk.ui import choosing
from shg_desk.ui import recovery_page
from shg_desk.ui.first_run import FirstRun
from shg_desk.ui.recovery_page import RecoveryPage
from shg_desk.ui.settings import KnownBook
from shg_desk.ui.settings import Settings
from shg_desk.ui.unlock_page import UnlockPage

from desk_maker import CHEAP  # isort: skip
from desk_maker import PASSPHRASE  # isort: skip
from desk_maker import enrol  # isort: skip
from desk_maker import make_desk  # isort: skip

K = Qt.Key


def first_run(person: OpenBook, work: int, recovery: int, *, language: bool = True) -> str:
    """Answers every question of the first run; gives the passphrase."""
    person.desktop.start()
    page = person.screen
    assert isinstance(page, FirstRun)
    QTest.qWaitForWindowActive(page)
    page.language.focus_first()
    if language:
        press(K.Key_1)
    press(K.Key_Return)
    press(K.Key_1 + work - 1)
    press(K.Key_Return)
    write("Айгүл")
    press(K.Key_Tab)
    write("Кара-Булак")
    press(K.Key_Return)
    phrase = page.proposed.text()
    write(phrase)
    press(K.Key_Return)
    press(K.Key_1 + recovery - 1)
    press(K.Key_Return)
    person.until(lambda: person.desktop.work is not None)
    person.rest()
    return phrase


def test_the_first_run_makes_a_book_that_opens_the_next_time(person: OpenBook, tmp_path: Path) -> None:
    phrase = first_run(person, work=1, recovery=3)
    book = tmp_path / "books" / "Кара-Булак.shgbook"
    assert (book / "book.db").is_file()
    facts = person.desktop.work.session.facts
    assert (facts.name, facts.person, facts.is_office) == ("Кара-Булак", "Айгүл", False)
    person.desktop.work.leave_book.emit()
    person.until(lambda: isinstance(person.desktop.screen, UnlockPage))
    assert person.screen.accessibleName() == "Кара-Булак"  # the folder's name; who works there is in the book
    QTest.qWaitForWindowActive(person.screen)
    person.screen.passphrase.setFocus()
    write(phrase.upper())
    press(K.Key_Return)
    person.until(lambda: person.desktop.work is not None)
    assert Settings(tmp_path / "config").books()[0].name == "Кара-Булак"


def test_an_office_has_its_rail_and_its_numbers(person: OpenBook) -> None:
    first_run(person, work=2, recovery=3)
    there = list(person.window.rail.items)
    assert there.index("inbox") < there.index("differences") < there.index("exchange")
    assert "meeting" not in there
    press(K.Key_2, CTRL)
    assert person.window.here() == "inbox"
    press(K.Key_3, CTRL)
    assert person.window.here() == "differences"
    press(K.Key_0, CTRL)
    assert person.window.here() == "settings"


def test_every_place_of_an_office_has_a_key_and_says_it(person: OpenBook) -> None:
    """Ten and eleven have no digit of their own: they are Shift with one and two. Missing places keep their numbers."""
    first_run(person, work=2, recovery=3)
    both = CTRL | Qt.KeyboardModifier.ShiftModifier
    for key, place in ((K.Key_1, "reports"), (K.Key_2, "exchange")):
        press(key, both)
        assert person.window.here() == place
    press(K.Key_At, both)  # as a Latin keyboard sends it
    assert person.window.here() == "exchange"
    said = {key: item.toolTip().rpartition(" · ")[2] for key, item in person.window.rail.items.items()}
    assert said == {
        "today": "Ctrl+1",
        "inbox": "Ctrl+2",
        "differences": "Ctrl+3",
        "households": "Ctrl+5",
        "groups": "Ctrl+6",
        "ledger": "Ctrl+7",
        "loans": "Ctrl+8",
        "reports": "Ctrl+Shift+1",
        "exchange": "Ctrl+Shift+2",
        "settings": "Ctrl+0",
    }
    press(K.Key_F1)
    person.rest()
    told = person.window.page().text.toPlainText()  # type: ignore[attr-defined]
    assert "Ctrl Shift 2" in told
    assert "Ctrl 11" not in told


def test_reserved_numbers_hold_even_where_pages_are_missing(person: OpenBook) -> None:
    first_run(person, work=1, recovery=3)
    press(K.Key_9, CTRL)
    assert person.window.here() == "exchange"
    press(K.Key_7, CTRL)
    assert person.window.here() == "exchange"
    assert person.window._toast.words().startswith("Ctrl+7 ")


def test_a_language_accepted_as_it_stands_is_kept(person: OpenBook, tmp_path: Path) -> None:
    first_run(person, work=1, recovery=3, language=False)
    kept = json.loads((tmp_path / "config" / "settings.json").read_text("utf-8"))
    assert kept["lang"] == person.desktop.words.lang


def test_joining_is_where_the_first_run_ends_for_who_joins(person: OpenBook) -> None:
    first_run(person, work=3, recovery=3)
    assert person.window.here() == "join"


def test_the_recovery_page_of_the_first_run_is_answered_by_enter(
    person: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter saves the sheet, Enter says that it is on paper; the cursor always stands where Enter works."""
    out = tmp_path / "sheet.pdf"
    monkeypatch.setattr(choosing, "new_file", lambda *_words: out)
    monkeypatch.setattr(recovery_page, "show_file", lambda *_what: None)
    first_run(person, work=1, recovery=1)
    page = person.window.page()
    assert isinstance(page, RecoveryPage)
    QTest.qWaitForWindowActive(person.window)
    assert page.isAncestorOf(QApplication.focusWidget())
    person.press(K.Key_Return)
    assert out.is_file()
    assert page.confirm_button.hasFocus()
    page.focus_first()
    assert page.confirm_button.hasFocus()
    person.press(K.Key_Return)
    assert page.on_paper
    assert page.typed.edit.hasFocus()


def test_the_recovery_sheet_counts_when_a_group_was_typed_from_the_paper(person: OpenBook) -> None:
    first_run(person, work=1, recovery=2)
    page = person.window.page()
    assert isinstance(page, RecoveryPage)
    person.until(lambda: bool(page.code))
    groups = page.code.split("-")
    assert [label.text() for label in page.groups] == groups
    press(K.Key_Return)
    assert page.groups == []
    write("0000" if groups[page.asked] != "0000" else "1111")
    press(K.Key_Return)
    assert page.typed.problem()
    assert person.ask(recovery_is_on_paper) is False
    page.typed.edit.clear()
    wanted = groups[page.asked]
    write(wanted.lower())
    press(K.Key_Return)
    person.rest()
    assert person.ask(recovery_is_on_paper) is True
    assert page.code == ""


def test_words_of_ones_own_are_typed_twice(person: OpenBook) -> None:
    person.desktop.start()
    page = person.screen
    assert isinstance(page, FirstRun)
    QTest.qWaitForWindowActive(page)
    for _ in range(2):
        page.go_on()
    page.person.set_text("А")
    page.place.set_text("Б")
    page.go_on()
    page.own_words.click()
    page.typed.setFocus()
    write("кыска")
    press(K.Key_Return)
    assert "8" in page.typed.problem()
    page.typed.set_text("")
    write("бул узун сырсөз")
    press(K.Key_Tab)
    write("бул узун сырсоз")
    press(K.Key_Return)
    assert page.again.problem()
    page.again.set_text("бул узун сырсөз")
    press(K.Key_Return)
    assert page.steps.currentIndex() == 4


def test_a_wrong_passphrase_is_said_and_stays(person: OpenBook, tmp_path: Path) -> None:
    make_desk(tmp_path).close()
    person.desktop.start(tmp_path / "desk.shgbook")
    page = person.screen
    assert isinstance(page, UnlockPage)
    QTest.qWaitForWindowActive(page)
    page.passphrase.setFocus()
    write("something else")
    press(K.Key_Return)
    person.until(lambda: bool(page.passphrase.problem()))
    assert page.passphrase.text() == "something else"
    assert person.desktop.work is None


@pytest.mark.parametrize(("lang", "said"), [("ky", "жаңыраак версиясында"), ("ru", "более новая версия программы")])
def test_a_book_of_a_newer_program_is_told_and_left(qtbot: QtBot, tmp_path: Path, lang: str, said: str) -> None:
    desk = make_desk(tmp_path)
    desk.book.db.run("PRAGMA user_version=9999")
    desk.close()
    before = (tmp_path / "desk.shgbook" / "book.db").read_bytes()
    at = OpenBook(qtbot, tmp_path, lang)
    at.desktop.start(tmp_path / "desk.shgbook")
    page = at.screen
    assert isinstance(page, UnlockPage)
    QTest.qWaitForWindowActive(page)
    page.passphrase.setFocus()
    write(PASSPHRASE)
    press(K.Key_Return)
    at.until(lambda: bool(page.passphrase.problem()))
    assert said in page.passphrase.problem()
    assert at.desktop.work is None
    assert (tmp_path / "desk.shgbook" / "book.db").read_bytes() == before
    at.end()


def test_a_phrase_typed_in_the_other_layout_opens_and_is_told(person: OpenBook, tmp_path: Path) -> None:
    make_desk(tmp_path).close()
    person.desktop.start(tmp_path / "desk.shgbook")
    page = person.screen
    assert isinstance(page, UnlockPage)
    QTest.qWaitForWindowActive(page)
    page.passphrase.setFocus()
    write("ф дщтп зфыызркфыу")
    press(K.Key_Return)
    person.until(lambda: person.desktop.work is not None)
    person.rest()
    assert "keyboard" in person.window._toast.words()


def test_the_other_layout_is_the_same_keys() -> None:
    assert layout_twins("fkvf")[0] == "алма"
    assert "алма" in layout_twins("fkvf")
    assert layout_twins("алма") == ["fkvf"]


@pytest.mark.parametrize("lang", ["ky", "ru", "tg", "uz", "uz-Cyrl", "en"])
def test_proposed_words_are_many_and_none_is_close_to_another(lang: str) -> None:
    words = phrase_words(lang)
    assert len(set(words)) == len(words) >= 150
    assert not [word for word in words if "ё" in word], "many write е for it, and the letter bar has none"
    chosen = propose_phrase(lang).split()
    assert len(set(chosen)) == 5
    assert set(chosen) <= set(words)


def test_proposed_words_depend_on_chance_alone() -> None:
    assert len({propose_phrase("ru") for _ in range(40)}) > 30


def test_language_and_letters_are_remembered(person: OpenBook, tmp_path: Path) -> None:
    make_desk(tmp_path).close()
    person.open(tmp_path / "desk.shgbook")
    before = person.window.header.title.text()
    press(K.Key_L, CTRL | SHIFT)
    press(K.Key_Plus, CTRL)
    assert person.window.header.title.text() != before
    kept = json.loads((tmp_path / "config" / "settings.json").read_text("utf-8"))
    assert kept["lang"] == person.desktop.words.lang != "en"
    assert kept["letters"] == 125


def test_a_book_in_use_is_told_and_nothing_breaks(person: OpenBook, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    person.desktop.start(tmp_path / "desk.shgbook", PASSPHRASE)
    page = person.screen
    assert isinstance(page, UnlockPage)
    person.until(lambda: bool(page.passphrase.problem()))
    desk.close()
    page._open()
    page.passphrase.edit.setText(PASSPHRASE)
    page._open()
    person.until(lambda: person.desktop.work is not None)


def test_settings_that_cannot_be_read_are_as_none(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("[not json", "utf-8")
    settings = Settings(tmp_path)
    assert settings.books() == []
    settings.opened(KnownBook(str(tmp_path / "gone.shgbook")))
    assert Settings(tmp_path).books() == []


def test_nobodys_name_lies_beside_the_encrypted_book(person: OpenBook, tmp_path: Path) -> None:
    """Whose book it is stands in the book alone; what an earlier version wrote down is taken out at the next start."""
    made = make_desk(tmp_path)
    made.book.set_setting("name", "Кара-Булак айылы")
    made.book.set_setting("user.1", "Айгүл Мамытова")
    made.close()
    person.desktop.start(tmp_path / "desk.shgbook", PASSPHRASE)
    person.until(lambda: person.desktop.work is not None)
    kept = next(tmp_path.rglob("settings.json")).read_text("utf-8")
    assert str(tmp_path / "desk.shgbook") in kept
    assert "Кара-Булак" not in kept
    assert "Айгүл" not in kept
    old = {"path": str(tmp_path / "desk.shgbook"), "name": "Кара-Булак", "person": "Айгүл", "office": False}
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "settings.json").write_text(json.dumps({"lang": "ky", "books": [old, 7, {"path": 1}]}), "utf-8")
    settings = Settings(tmp_path / "old")
    assert [one.path for one in settings.books()] == [old["path"]]
    assert settings.text("lang") == "ky"
    assert "Айгүл" not in (tmp_path / "old" / "settings.json").read_text("utf-8")


def test_nothing_heavy_is_loaded_before_a_page_asks_for_it(tmp_path: Path) -> None:
    """In a process of its own: an open window with its first page knows no NumPy, no paper and no table library."""
    make_desk(tmp_path).close()
    code = (
        "import sys; from pathlib import Path\n"
        "from shg_desk.ui import theme; app = theme.make_application([])\n"
        "from shg_desk.ui.app import Desktop; from shg_desk.ui.settings import Settings\n"
        "from shg_desk.i18n.catalog import Words\n"
        "d = Desktop(Words('ru'), Settings(Path(sys.argv[1]) / 'c'))\n"
        "d.start(Path(sys.argv[1]) / 'desk.shgbook', sys.argv[2])\n"
        "import time\n"
        "end = time.monotonic() + 30\n"
        "while (d.work is None or d.runner.busy()) and time.monotonic() < end: app.processEvents()\n"
        "print(d.work.window.here()); d.work.window.go('exchange')\n"
        "while d.runner.busy(): app.processEvents()\n"
        "d.end()\n"
        "print([n for n in ('numpy', 'reportlab', 'openpyxl', 'pyxform', 'click') if n in sys.modules])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), PASSPHRASE],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        check=False,
    )
    lines = run.stdout.splitlines()
    assert lines[-1:] == ["[]"], run.stdout + run.stderr
    assert QApplication.instance() is not None


def test_an_office_sheet_opens_the_book_of_a_laptop_that_joined_after_it(tmp_path: Path) -> None:
    """The private half stands on the sheet alone; a laptop let in later wraps its key for it."""
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "first")
    out = tmp_path / "sheet.pdf"
    ways = save_recovery_sheet(office, out, Words("ru"), cost=CHEAP).value
    enrol(office, desk, tmp_path)
    for book in (desk, office):
        found = unlock_as_office(load_keys(book.folder).file, ways.office_key)
        assert found.book_key == book.book_key
    assert ways.office_key.encode() not in (office.folder / "book.key").read_bytes()
    assert out.read_bytes().startswith(b"%PDF")
    office.close()
    desk.close()
    open_desk(tmp_path / "office.shgbook", ways.code).close()
