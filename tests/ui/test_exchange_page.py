"""Exchange and the Inbox on real books: a laptop without an office, joining, parcels both ways, a laptop lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from cut_text import cut_text
from office_book import closed
from office_book import made_three
from open_books import OpenBook
from open_books import meet
from pressing import press
from pressing import write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.store import exchange as exchange_store
from shg_desk.ui import choosing
from shg_desk.ui import tokens
from shg_desk.ui.exchange_page import ExchangePage
from shg_desk.ui.inbox_page import InboxPage
from shg_desk.ui.join_page import JoinPage
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.sticks import label_in

from desk_maker import enrol  # isort: skip
from desk_maker import make_desk  # isort: skip
from desk_maker import make_group  # isort: skip

K = Qt.Key
DAY = date(2026, 3, 10)


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is chosen whenever one is asked for, and the newest file in it."""
    place = tmp_path / "KB-2"
    place.mkdir()
    monkeypatch.setattr(choosing, "folder", lambda *_asked: place)
    monkeypatch.setattr(choosing, "file", lambda *_asked: max(place.iterdir(), key=lambda one: one.stat().st_mtime_ns))
    return place


def exchange(person: OpenBook) -> ExchangePage:
    person.go("exchange")
    page = person.window.page()
    assert isinstance(page, ExchangePage)
    return page


def numbers(page: ExchangePage) -> list[str]:
    cards = page.cards.four if page.cards.four[0].isVisible() else page.cards.two
    return [card.number.text() for card in cards]


def test_a_book_without_an_office_knows_two_states_and_backs_up_by_enter(
    person: OpenBook, tmp_path: Path, stick: Path
) -> None:
    desk = make_desk(tmp_path)
    meet(desk, make_group(desk), DAY, 10000)
    desk.close()
    person.open(tmp_path / "desk.shgbook")
    page = exchange(person)
    saved = int(numbers(page)[0])
    assert numbers(page) == [str(saved), "0"]
    assert saved > 5
    assert str(saved) in page.now_below.text()
    person.press(K.Key_Return)
    assert numbers(page) == ["0", str(saved)]
    assert [one.suffix for one in stick.iterdir()] == [".shgbackup"]
    assert page.banners["done"].isVisible()
    said = " ".join(label.text() for label in page.findChildren(Label))
    assert f", on “{stick.name}”" in said
    person.go("today")
    said = " ".join(label.text() for label in person.window.page().findChildren(Label))
    assert f", on “{stick.name}”, proved by opening it again" in said


def test_records_go_through_four_states(person: OpenBook, tmp_path: Path, stick: Path) -> None:
    """Saved here, on its way when read back, received and reconciled by the office's receipt alone."""
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "first")
    enrol(office, desk, tmp_path)
    group = make_group(desk)
    meet(desk, group, DAY, 10000, 5000)
    desk.close()
    person.open(tmp_path / "first.shgbook")
    page = exchange(person)
    made = numbers(page)[0]
    assert numbers(page) == [made, "0", "0", "0"]
    person.until(lambda: person.window.rail.items["exchange"].badge == int(made))
    assert page.table.model.row(0).key == "next"
    person.press(K.Key_Return)
    assert numbers(page) == ["0", made, "0", "0"]
    assert page.banners["done"].title().startswith(made)
    person.until(lambda: person.window.rail.items["exchange"].badge == 0)
    import_parcels(office, [stick])
    export_parcels(office, stick)
    assert numbers(page) == ["0", made, "0", "0"]
    person.press(K.Key_Insert)
    assert numbers(page) == ["0", "0", "0", made]
    states = {page.table.model.cell(i, 1).text: page.table.model.cell(i, 5).state for i in range(2)}
    assert states == {"Parcel 1": 4, "Receipt № 1": 0}
    assert "1" in page.cards.four[2].below.text()
    office.close()


def test_the_stick_to_take_is_the_one_the_parcel_was_written_to(
    person: OpenBook, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "first")
    enrol(office, desk, tmp_path)
    make_group(desk)
    desk.close()
    office.close()
    person.open(tmp_path / "first.shgbook")
    page = exchange(person)
    person.press(K.Key_Return)
    assert page.now_title.text() == "Take the stick KB-2 to the office"
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setattr(choosing, "folder", lambda *_asked: empty)
    person.press(K.Key_Insert)
    assert page.now_title.text() == "Take the stick KB-2 to the office"
    person.ask(lambda desk: make_group(desk, "SECOND"))
    page.read_again()
    person.rest()
    assert page.now_title.text() == "Put in the stick KB-2 and write the parcel"


def test_a_damaged_file_is_refused_with_its_reason_and_its_neighbour_taken(
    person: OpenBook, tmp_path: Path, stick: Path
) -> None:
    office = make_desk(tmp_path, "office", "office")
    for name in ("first", "second"):
        desk = make_desk(tmp_path, name)
        enrol(office, desk, tmp_path)
        make_group(desk, name.upper())
        export_parcels(desk, stick)
        desk.close()
    office.close()
    one, _ = sorted(stick.iterdir())
    one.write_bytes(one.read_bytes()[:-200])
    person.open(tmp_path / "office.shgbook")
    page = exchange(person)
    person.press(K.Key_Insert)
    wrong = page.banners["wrong"]
    assert wrong.isVisible()
    assert "1" in wrong.title()
    assert "new" in wrong.accessibleName()
    assert person.ask(lambda desk: len(exchange_store.have(desk.book.db))) == 1


def test_nothing_there_is_said(person: OpenBook, tmp_path: Path, stick: Path) -> None:
    make_desk(tmp_path, "office", "office").close()
    person.open(tmp_path / "office.shgbook")
    page = exchange(person)
    person.press(K.Key_Insert)
    assert page.banners["info"].isVisible()
    assert list(stick.iterdir()) == []


def test_going_back_from_the_choice_of_a_folder_changes_nothing(
    person: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path)
    make_group(desk)
    desk.close()
    monkeypatch.setattr(choosing, "folder", lambda *_asked: None)
    person.open(tmp_path / "desk.shgbook")
    page = exchange(person)
    before = numbers(page)
    person.press(K.Key_Return)
    assert numbers(page) == before
    assert not any(banner.isVisible() for banner in page.banners.values())


def test_joining_by_two_trips_with_figures_typed(person: OpenBook, tmp_path: Path, stick: Path) -> None:
    """The request is written here, granted elsewhere, and the answer taken in with its figures."""
    office = make_desk(tmp_path, "office", "office")
    make_desk(tmp_path).close()
    person.open(tmp_path / "desk.shgbook")
    person.go("join")
    page = person.window.page()
    assert isinstance(page, JoinPage)
    assert page.answer_button.reason()
    own = page.own_digits.text()
    person.press(K.Key_Return)
    [request] = stick.iterdir()
    granted = grant_enrolment(office, request, stick / "answer.shgb", typed_fingerprint=own).value
    assert granted.compared
    page.typed.setFocus()
    write("12345")
    person.press(K.Key_Return)
    assert page.banners["wrong"].isVisible()
    assert page.view is not None
    assert page.view.office is None
    page.typed.edit.clear()
    person.press(K.Key_Return)
    assert page.view.office is not None
    assert not page.view.office.compared
    assert page.banners["warning"].isVisible()
    write(page.view.office.fingerprint)
    person.press(K.Key_Return)
    assert page.view.office.compared
    assert exchange(person).office_card.pill.accessibleName() == "Compared"
    office.close()


@pytest.mark.parametrize("on_stick", [True, False])
def test_a_stick_is_called_by_its_name_and_a_colleague_by_hers(
    person: OpenBook, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, *, on_stick: bool
) -> None:
    """Never by the folder that the program's parcels for colleagues happen to lie in."""
    inside = stick / "colleague"
    inside.mkdir()
    office, first, second, group = made_three(tmp_path)
    meet(first, group, DAY, 10000)
    name = exchange_store.device(first.book.db, second.book.device)
    assert name is not None
    closed(office, first, second)
    monkeypatch.setattr(choosing, "folder", lambda *_asked: inside)
    monkeypatch.setattr(choosing, "label", lambda _place: "АЙГҮЛ-2" if on_stick else "")
    person.open(tmp_path / "first.shgbook")
    page = exchange(person)
    page.write_for_colleagues()
    person.rest()
    wanted = "АЙГҮЛ-2" if on_stick else name.label or name.code
    assert page.stick_card.name.text() == wanted
    where = {page.table.model.cell(i, 2).text for i in range(page.table.model.rowCount())}
    assert wanted in {part for one in where for part in one.split(" · ")}
    assert "colleague" not in {part for one in where for part in one.split(" · ")}


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("/media/anna/KB-2/colleague", "KB-2"),
        ("/media/KB-2", "KB-2"),
        ("/run/media/anna/Айгүл 2/a/b", "Айгүл 2"),
        ("/Volumes/KB-2/parcels", "KB-2"),
        ("/home/anna/colleague", ""),
        ("E:\\colleague", ""),
    ],
)
def test_the_name_of_a_stick_stands_in_its_path(place: str, name: str) -> None:
    assert label_in(place) == name


# the office ---------------------------------------------------------------------------------------------------------


def inbox(person: OpenBook) -> InboxPage:
    person.go("inbox")
    page = person.window.page()
    assert isinstance(page, InboxPage)
    return page


def test_an_office_lets_a_laptop_join_takes_its_parcel_and_answers(
    person: OpenBook, tmp_path: Path, stick: Path
) -> None:
    from shg_desk.actions.enrolment import request_enrolment

    desk = make_desk(tmp_path, "first")
    digits = request_enrolment(desk, stick / "request.shgb").value.fingerprint
    make_desk(tmp_path, "office", "office").close()
    person.open(tmp_path / "office.shgbook")
    page = inbox(person)
    assert page.empty.isVisible()
    person.press(K.Key_Insert)
    assert page.enrol.isVisible()
    assert desk.book.device in page.enrol.words.text()
    write("Кара-Булак, Айгүл")
    press(K.Key_Return)
    press(K.Key_Return)
    write(" ".join(digits[i : i + 5] for i in range(0, 30, 5)))
    person.press(K.Key_Return)
    assert not page.enrol.isVisible()
    assert page.banners["done"].isVisible()
    answer = stick / f"{desk.book.device}-answer.shgb"
    accept_grant(desk, answer)
    meet(desk, make_group(desk), DAY, 10000)
    export_parcels(desk, stick)
    for other in ("request.shgb", answer.name):
        (stick / other).unlink()
    person.press(K.Key_Return)
    assert "Кара-Булак, Айгүл" in page.banners["done"].title()
    assert page.view is not None
    [laptop] = page.view.laptops
    assert (laptop.compared, laptop.has_news, laptop.groups[0].last_on) == (True, True, DAY)
    person.press(K.Key_F10)
    [laptop] = page.view.laptops
    assert not laptop.has_news
    assert import_parcels(desk, [stick]).value.refused == 0
    assert exchange_store.mark(desk.book.db, desk.book.device, desk.book.epoch).received > 0
    desk.close()


def test_wrong_figures_write_no_answer(person: OpenBook, tmp_path: Path, stick: Path) -> None:
    from shg_desk.actions.enrolment import request_enrolment

    desk = make_desk(tmp_path, "first")
    request_enrolment(desk, stick / "request.shgb")
    desk.close()
    make_desk(tmp_path, "office", "office").close()
    person.open(tmp_path / "office.shgbook")
    page = inbox(person)
    person.press(K.Key_Insert)
    write("Айгүл")
    press(K.Key_Return)
    press(K.Key_Return)
    write("0" * 30)
    person.press(K.Key_Return)
    assert page.enrol.problem.isVisible()
    assert [one.name for one in stick.iterdir()] == ["request.shgb"]
    person.press(K.Key_Escape)
    assert not page.enrol.isVisible()
    assert page.empty.isVisible()


def test_a_lost_laptop_is_asked_about_once_more_and_then_trusted_no_further(
    person: OpenBook, tmp_path: Path, stick: Path
) -> None:
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "first")
    enrol(office, desk, tmp_path)
    group = make_group(desk)
    export_parcels(desk, stick)
    import_parcels(office, [stick])
    office.close()
    person.open(tmp_path / "office.shgbook")
    page = inbox(person)
    page.laptop.button.press()
    person.rest()
    assert page.view is not None
    assert not page.view.laptops[0].revoked
    page.laptop.button.press()
    person.rest()
    assert page.view.laptops[0].revoked
    meet(desk, group, DAY, 10000)
    for old in stick.iterdir():
        old.unlink()
    export_parcels(desk, stick)
    desk.close()
    person.press(K.Key_Return)
    assert page.view.laptops[0].set_aside == 1
    assert page.waiting.isVisible()
    person.until(lambda: person.window.rail.items["differences"].badge == 1)
    person.press(K.Key_F7)
    assert page.decide.isVisible()
    page.decide.count_button.press()
    person.rest()
    assert page.view.laptops[0].set_aside == 1  # nothing is decided without a reason
    write("кагазда бар")
    page.decide.count_button.press()
    person.rest()
    assert not page.decide.isVisible()
    assert page.banners["done"].isVisible()
    assert page.view.laptops[0].set_aside == 0
    person.until(lambda: person.window.rail.items["differences"].badge == 0)


# looks --------------------------------------------------------------------------------------------------------------


def long_named(folder: Path) -> Desk:
    """An office with twenty laptops of long names."""
    office = make_desk(folder, "office", "office")
    for number in range(20):
        code = f"abcdefg{'abcdefghijklmnopqrst'[number]}"
        exchange_store.put_device(
            office.book.db,
            exchange_store.Device(
                code, f"Жогорку-Кара-Булак айылы, Нурмухаммед кызы Айгүлжамал {number}", "age1x", "RW", "enrolled",
                compared=number % 2 == 0, registry=1,
            ),
        )  # fmt: skip
    return office


@pytest.mark.parametrize("lang", ["ky", "ru", "tg", "x-long"])
@pytest.mark.parametrize("percent", [100, 150])
def test_no_word_is_cut(qtbot: QtBot, tmp_path: Path, lang: str, percent: int) -> None:
    long_named(tmp_path).close()
    person = OpenBook(qtbot, tmp_path, lang)
    person.open(tmp_path / "office.shgbook")
    person.window.set_letter_size(percent)
    assert tokens.letter_size() == percent
    for place in ("inbox", "differences", "exchange", "settings", "recovery"):
        person.go(place)
        QApplication.processEvents()
        assert cut_text(person.window) == [], place
    person.end()
