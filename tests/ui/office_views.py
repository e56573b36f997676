"""The views only an office has, and those before any book is open."""

from __future__ import annotations

from pathlib import Path

from contact_sheet import Camera
from contact_sheet import Window
from full_books import PASSPHRASE
from full_books import Books
from full_books import Wording
from laptop_views import Take
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shg_desk.i18n.catalog import Words
from shg_desk.ui.crash_dialog import CrashDialog
from shg_desk.ui.first_run import FirstRun
from shg_desk.ui.first_run import FirstRunVerbs
from shg_desk.ui.unlock_page import UnlockPage
from shg_desk.ui.unlock_page import UnlockVerbs

SIZE = (1366, 768)


def office(window: Window, books: Books, stick: Path, take: Take) -> None:
    """Inbox and differences in their states."""
    page = window.go("inbox")
    for row in range(min(2, page.table.model.rowCount())):
        page.table.view.put_cursor(row)
        window.rest()
        take(f"inbox, laptop {row}")
        page.laptop._ask(sure=True)
        take(f"inbox, laptop {row} lost")
        page.laptop._ask(sure=False)
    request = next(iter(sorted(stick.glob("*.request"))), None)
    if request is not None:
        page.begin_joining()
        window.rest()
        take("inbox, a laptop joins")
        page.enrol.label.set_text("")
        page.enrol.grant()
        window.rest()
        take("inbox, a laptop joins, refused")
        page.enrol.close_card()
    page.take_in()
    window.rest()
    take("inbox, taken in")
    page.write_receipts()
    window.rest()
    take("inbox, receipts written")
    page = window.go("differences")
    seen = set()
    for row in range(page.list.model.rowCount()):
        item = page._shown_items()[row]
        if item.sort in seen:
            continue
        seen.add(item.sort)
        page.list.view.put_cursor(row)
        window.rest()
        take(f"differences, {item.sort.value}")
        for number in range(1, 6):
            if page.detail.choose(number):
                window.rest()
                take(f"differences, {item.sort.value} {number}")
    del books


def before_a_book(qtbot: QtBot, camera: Camera, words: Wording) -> None:
    """Unlocking, the first run question by question, and the window after a mishap."""
    lang = camera.lang

    def shown(screen: QWidget, size: tuple[int, int] | None = SIZE) -> None:
        qtbot.addWidget(screen)
        if size is not None:
            screen.resize(*size)
        screen.show()
        screen.activateWindow()
        QTest.qWaitForWindowActive(screen)

    def nothing(*_anything: object) -> None: ...

    unlock = UnlockPage(
        Words(lang), f"{words.place}, {words.person}", UnlockVerbs(nothing, nothing, nothing, nothing, nothing)
    )
    shown(unlock)
    camera.take("unlock", unlock)
    unlock.aid.tell_capitals(on=True)
    unlock.tell_problem("Бул сырсөз китепти ачпайт: тамгалар башка тилдеги баскычтар менен терилген окшойт.")
    unlock.aid.show_button.click()
    unlock.passphrase.edit.setText(PASSPHRASE)
    camera.take("unlock, a wrong word", unlock)
    unlock.progress_line.begin()
    unlock.progress_line.step(40, 150, "40 / 150")
    qtbot.waitUntil(unlock.progress_line.isVisible, timeout=5000)
    camera.take("unlock, the practice book is being made", unlock)
    unlock.hide()

    run = FirstRun(
        Words(lang),
        FirstRunVerbs(lambda _lang: "булак жайлоо ак-куу темир өрүк", nothing, nothing, nothing, nothing, nothing),
    )
    shown(run)
    for step in range(5):
        run._show(step)
        QTest.qWait(5)
        camera.take(f"first run {step + 1}", run)
        if step in (2, 3):
            run.go_on()
            QTest.qWait(5)
            camera.take(f"first run {step + 1}, nothing typed", run)
        if step == 2:
            run.person.set_text(words.person)
            run.place.set_text(words.place)
        if step == 3:
            run.own_words.click()
            run.go_on()
            QTest.qWait(5)
            camera.take("first run 4, words of one's own", run)
    run.tell_problem("Бул жерге жазууга болбойт: дискте орун жок.")
    camera.take("first run 5, refused", run)
    run.hide()
    try:
        raise ValueError
    except ValueError as bug:
        from shg_desk.ui.crash_presenter import report_text

        mishap = CrashDialog(Words(lang), report_text(bug, "0.1.0"))
    shown(mishap, None)
    camera.take("after a mishap", mishap)
    mishap.hide()
