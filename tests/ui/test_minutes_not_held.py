"""A meeting that was not held: its page and its paper say why in the reader's language, and when the next one is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import print_meeting
from shg_desk.actions.statements import Period
from shg_desk.domain.sheet import Sheet
from shg_desk.i18n.catalog import Words
from shg_desk.store.meetings import meetings
from shg_desk.ui.minutes_page import MinutesPage

SNOW = date(2026, 11, 20)
NEXT = date(2026, 11, 28)
WORDS = {"ky": "Кар жаап, жол жабык", "ru": "Снег, дорога закрыта", "en": "Snow, the road is closed"}


def snowed_in(desk: Desk) -> str:
    group = village(desk)
    record_meeting(desk, Sheet(group, SNOW, held=False, reason="snow", next_on=NEXT))
    return meetings(desk.book, group)[-1].op


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, snowed_in)
    yield at
    at.end()


def test_the_page_says_why_and_when_next(person: PageDesk) -> None:
    page = person.go("minutes", MinutesPage, str(person.made))
    for lang, why in WORDS.items():
        person.window.switch_language(lang)
        assert why in page.sentence()
        assert "28.11.2026" in page.sentence()
    assert not page.table.isVisible()
    assert page.not_held.isVisible(), "the page is not empty"
    assert person.focus() is page.print_button
    person.fits_everywhere()


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_the_paper_says_why(person: PageDesk, tmp_path: Path, lang: str) -> None:
    out = tmp_path / "minutes.pdf"

    def make(desk: Desk) -> None:
        print_meeting(desk, "minutes", out, Words(lang), group="KB-03", period=Period(SNOW, SNOW))

    person.ask(make)
    with pypdfium2.PdfDocument(out) as paper:
        read = paper[0].get_textpage().get_text_bounded()
    assert WORDS[lang] in read
    assert "snow" not in read
