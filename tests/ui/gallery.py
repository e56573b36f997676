"""Every part of the desktop with Kyrgyz and Russian words, drawn to pictures to be looked at; not shipped.

`python tests/ui/gallery.py FOLDER` writes one PNG a page and letter size, 1366x768.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC
from datetime import datetime
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.path.insert(0, str(Path(__file__).resolve().parent))

import gallery_pages as pages
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Words
from shg_desk.ui import theme
from shg_desk.ui import tokens
from shg_desk.ui.main_window import MainWindow
from shg_desk.ui.main_window import Place
from shg_desk.ui.parts.rail import Look

DESK = [
    Place("today", "today", N_("Today")),
    Place("households", "house", N_("Households")),
    Place("groups", "people", N_("Groups")),
    Place("meeting", "sheet", N_("Meeting")),
    Place("ledger", "book", N_("Ledger")),
    Place("loans", "coins", N_("Loans")),
    Place("services", "signpost", N_("Services")),
    Place("reports", "chart", N_("Reports")),
    Place("exchange", "exchange", N_("Exchange")),
    Place("settings", "sliders", N_("Settings"), foot=True),
]
OFFICE = [
    Place("today", "today", N_("Today")),
    Place("inbox", "inbox", N_("Inbox")),
    Place("differences", "differences", N_("Differences")),
    Place("indicators", "target", N_("Indicators"), rule_after=True),
    *DESK[1:3],
    *DESK[4:],
]
KY = ["Бүгүн", "Үй-бүлөлөр", "Топтор", "Чогулуш", "Китеп", "Карыздар", "Кызматтар", "Отчеттор", "Алмашуу", "Жөндөөлөр"]
RU = ["Сегодня", "Семьи", "Группы", "Собрание", "Книга", "Займы", "Услуги", "Отчёты", "Обмен", "Настройки"]
OFFICE_RU = ["Сегодня", "Приём", "Расхождения", "Показатели", *RU[1:3], *RU[4:]]


def window(page: str, lang: str, look: Look = Look.DESK) -> MainWindow:
    """The frame with gallery pages in it."""
    places = OFFICE if look is Look.OFFICE else DESK
    made = MainWindow(Words("ru"), places, pages.PAGES, look=look)
    names = OFFICE_RU if look is Look.OFFICE else (KY if lang == "ky" else RU)
    made.rail.set_words({place.key: name for place, name in zip(places, names, strict=True)})
    if look is Look.OFFICE:
        made.rail.set_owner("Исфана", "Офис района")
        made.set_badge("inbox", 4)
        made.set_badge("differences", 23)
    else:
        made.rail.set_owner("Кара-Булак", "Айгүл, аниматор")
        made.set_badge("today", 2)
        made.set_badge("exchange", 7)
    made.saved(datetime(2026, 11, 21, 14, 32, tzinfo=UTC))
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    made.go(page)
    QApplication.processEvents()
    return made


SCENES = {
    "meeting_ky": ("meeting", "ky", Look.DESK),
    "today_ru": ("today", "ru", Look.DESK),
    "ledger_ru": ("ledger", "ru", Look.DESK),
    "member_ky": ("groups", "ky", Look.DESK),
    "exchange_ru": ("exchange", "ru", Look.DESK),
    "differences_ru": ("differences", "ru", Look.OFFICE),
    "interview_ky": ("households", "ky", Look.DESK),
    "parts_ru": ("services", "ru", Look.PRACTICE),
}


def grab(folder: Path, scene: str, percent: int = 100) -> MainWindow:
    """One scene as a picture."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    tokens.set_letter_size(percent)
    theme.apply(application)
    made = window(*SCENES[scene])
    for _ in range(3):
        QApplication.processEvents()
    name = scene if percent == 100 else f"{scene}_{percent}"
    made.grab().save(str(folder / f"{name}.png"))
    return made


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    only = sys.argv[2:]
    theme.make_application([])
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    for scene in SCENES:
        for percent in tokens.LETTER_SIZES:
            if not only or scene in only or f"{scene}_{percent}" in only:
                grab(folder, scene, percent).deleteLater()
                QApplication.processEvents()


if __name__ == "__main__":
    main()
