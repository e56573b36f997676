"""Reports over a real book: papers made and handed to the viewer, and the list of those that wait for a printer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import nothing
from village import village

from shg_desk.actions.views_papers import waiting_papers
from shg_desk.store import meetings as meeting_store
from shg_desk.ui import choosing
from shg_desk.ui import desk_page
from shg_desk.ui.long_work import Lending
from shg_desk.ui.minutes_page import MinutesPage
from shg_desk.ui.reports_page import PAPERS
from shg_desk.ui.reports_page import ReportsPage
from shg_desk.ui.today_page import TodayPage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def test_every_paper_is_made_and_shown(person: PageDesk) -> None:
    page = person.go("reports", ReportsPage)
    shown: list[Path] = []
    object.__setattr__(page.ways, "open_file", shown.append)
    for _ in PAPERS:
        person.press(K.Key_F10, K.Key_Down)
    assert len({path.name for path in shown}) == len(PAPERS) - 1, "a group that never shared out has no list of it"
    assert all(path.read_bytes().startswith(b"%PDF") for path in shown)


def test_papers_wait_for_a_printer_and_are_still_there_later(person: PageDesk) -> None:
    page = person.go("reports", ReportsPage, "minutes")
    person.press(K.Key_Insert, K.Key_Insert)
    page.week_button.press()
    person.rest()
    rows = [[cell.text for cell in row.cells] for row in page.waiting.model.rows()]
    assert rows == [["Minutes", "KB-03", "07.11.2026"], ["Sheet of a meeting", "KB-03", "21.11.2026"]]
    person.go("today", TodayPage)
    again = person.go("reports", ReportsPage)
    assert again.waiting.model.rowCount() == 2
    again.waiting.view.setFocus()
    person.press(K.Key_Delete)
    assert again.waiting.model.rowCount() == 1


def test_before_it_is_saved_it_is_said_whose_data_is_on_it(
    person: PageDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(choosing, "new_file", lambda _page, title, *_more: asked.append(title))
    page = person.go("reports", ReportsPage, "minutes")
    assert "Ырыс, 4 members" in page._whose.text()
    page.save_button.press()
    assert "Ырыс, 4 members" in asked[-1]
    page = person.go("reports", ReportsPage, "passbook")
    assert "Ырыс, 4 members" in page._whose.text()
    page.member.picker.set_key("2")
    page.member.picker.picked.emit("2")
    person.rest()
    assert "№ 2 Айгүл KB-03 2, Ырыс" in page._whose.text()
    page.save_button.press()
    assert "№ 2 Айгүл KB-03 2, Ырыс" in asked[-1]


def test_a_paper_is_saved_where_a_person_says(
    person: PageDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "book.pdf"
    monkeypatch.setattr(choosing, "new_file", lambda *_asked: out)
    page = person.go("reports", ReportsPage, "passbook")
    page.save_button.press()
    person.rest()
    assert out.read_bytes().startswith(b"%PDF")


def test_without_groups_it_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("reports", ReportsPage)
    assert page._empty.isVisible()
    person.end()


def test_nothing_is_cut(person: PageDesk) -> None:
    person.go("reports", ReportsPage, "passbook")
    person.press(K.Key_Insert)
    person.fits_everywhere()


def test_a_closed_meeting_is_shown_as_it_was_recorded(person: PageDesk) -> None:
    ops = person.ask(lambda desk: [one.op for one in meeting_store.meetings(desk.book, str(person.made))])
    assert isinstance(ops, list)
    page = person.go("minutes", MinutesPage, ops[2])
    assert page.title() == "Ырыс, meeting 3"
    foot = [cell.text for cell in page.table.foot_model.row(0).cells]
    assert foot[3:5] == ["400", "80"]
    person.fits_everywhere()


class NoViewer:
    """A computer without a program for papers."""

    @staticmethod
    def openUrl(_url: object) -> bool:
        return False


def test_a_paper_nothing_can_show_says_where_it_lies(person: PageDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_page, "QDesktopServices", NoViewer)
    told: list[tuple[str, bool]] = []
    monkeypatch.setattr(person.window, "toast", lambda words, *, done: told.append((words, done)))
    person.go("reports", ReportsPage)
    person.press(K.Key_F10)
    ((words, done),) = told
    assert not done, "no tick of success"
    assert words.startswith("It could not be opened; the file lies at ")
    assert Path(words.removeprefix("It could not be opened; the file lies at ")).is_file()


def test_the_print_list_is_written_when_long_work_has_given_the_book_back(
    person: PageDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written beside a child that holds the write lock it would keep the book's thread waiting, and then be refused."""
    page = person.go("reports", ReportsPage, "minutes")
    with monkeypatch.context() as lent:
        lent.setattr(Lending, "is_lent", True)
        person.press(K.Key_Insert)
        assert person.ask(waiting_papers) == ()
    waiting = person.session.lending._after
    assert len(waiting) == 1
    waiting.pop()()
    person.rest()
    assert page.waiting.model.rowCount() == 1
