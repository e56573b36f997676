"""Taking tables in over a real book: columns understood and changed by keys, problems by row, the same file again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from village import nothing
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import register_group
from shg_desk.actions.views_import import with_meaning
from shg_desk.store import groups as group_store
from shg_desk.store.ledger import balances
from shg_desk.ui.import_page import ImportPage

ROSTER = """№;Группа;ФИО;Дата рождения;Село
1;AK-07;Айжан;12.03.1980;Ак-Терек
2;AK-07;Бермет;1975;Ак-Терек
3;AK-07;Сайкал;31.02.1980;
"""
PAID = "топ;№;что;сумма\nKB-03;1;аванс;50\nKB-03;2;аванс;1 234,50\nKB-03;3;аванс;abc\n"


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, village)
    yield at
    at.end()


def file(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, "utf-8")
    return path


def test_people_are_shown_as_they_read_and_then_taken_in(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("import", ImportPage, "roster")
    page.take_file(file(tmp_path, ROSTER))
    person.rest()
    rows = [[cell.text for cell in row.cells] for row in page.lines.model.rows()]
    assert [row[3] for row in rows] == ["Айжан", "Бермет", "Сайкал"]
    assert [row[5] for row in rows] == ["12.03.1980", "1975", ""]
    assert page.problems.model.cell(0, 0).text == "row 4"
    person.press(K.Key_F10)
    assert "3 members were added" in page.banner.title()
    assert page.take_button.reason(), "once is enough"
    page.take_file(file(tmp_path, ROSTER))
    person.rest()
    person.press(K.Key_F10)
    assert page.banner.title() == "3 were known already"
    person.end()


def test_a_row_without_a_name_is_listed_and_the_others_are_taken(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("import", ImportPage, "roster")
    page.take_file(file(tmp_path, "№;Группа;ФИО\n8;KB-03;Айжан\n9;KB-03;\n10;KB-03;Сайкал\n"))
    person.rest()
    listed = [[page.problems.model.cell(0, column).text for column in range(page.problems.model.columnCount())]]
    assert page.problems.model.rowCount() == 1
    assert listed[0][0] == "row 3"
    assert any("This row has no name" in text for text in listed[0])
    person.press(K.Key_F10)
    assert "2 members were added" in page.banner.title()
    person.end()


def test_rows_passed_over_are_told_before_and_after(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("import", ImportPage, "roster")
    page.take_file(file(tmp_path, "№;Группа;ФИО\n8;Баары бирге;Айжан\n9;KB-03;Сайкал\n;Итого;2\n"))
    person.rest()
    assert page._look is not None
    assert (page._look.good, page._look.problem_count, page._look.warning_count) == (2, 0, 1)
    assert page._problems_title.text() == "1 thing to look at"
    assert "Row 4 is passed over" in page.problems.model.cell(0, 1).text
    person.press(K.Key_F10)
    assert "2 members were added" in page.banner.title()
    assert "Row 4 is passed over" in page.banner.accessibleName()
    person.end()


def test_a_column_is_given_another_meaning_by_keys(person: PageDesk, tmp_path: Path) -> None:
    page = person.go("import", ImportPage, "savings")
    page.take_file(file(tmp_path, PAID))
    person.rest()
    page.constants["date"].set_text("20.11.2026")
    page.constants["date"].edit.setFocus()
    person.press(K.Key_Return)
    page.constants["kind"].set_text("saving")
    page.constants["kind"].edit.setFocus()
    person.press(K.Key_Return)
    assert page._look is not None
    assert page._look.good == 2
    assert page._look.amount_minor == 128_450
    where = [page.problems.model.cell(row, 0).text for row in range(page.problems.model.rowCount())]
    assert where == ["row 4"]
    page.columns.view.setFocus()
    page.columns.view.put_cursor(3)
    person.press(K.Key_Return)
    assert page.meaning.picker.key() == "amount"
    while page.meaning.picker.key():
        person.press(K.Key_Up)
    assert page._look is not None
    assert page._look.good == 0
    assert page.take_button.reason()


def test_sums_come_into_the_ledger_once(person: PageDesk, tmp_path: Path) -> None:
    def saved() -> object:
        return person.ask(lambda desk: -sum(one.amount_minor for one in balances(desk.book, accounts=["saving"])))

    page = person.go("import", ImportPage, "savings")
    page.take_file(file(tmp_path, "группа;№;дата;сумма\nKB-03;1;20.11.2026;50\nKB-03;2;20.11.2026;70\n"))
    person.rest()
    page.constants["kind"].set_text("saving")
    page.constants["kind"].edit.setFocus()
    person.press(K.Key_Return)
    assert saved() == 120_000
    person.press(K.Key_F10)
    assert saved() == 132_000
    person.press(K.Key_F10)
    assert saved() == 132_000


def test_a_file_that_is_no_table_is_told(person: PageDesk, tmp_path: Path) -> None:
    page = person.go("import", ImportPage, "roster")
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    page.take_file(path)
    person.rest()
    assert page.trouble.isVisible()
    assert page.trouble.title() == "This file cannot be read"


def test_a_file_that_is_stopped_leaves_nothing_and_can_be_taken_again(person: PageDesk, tmp_path: Path) -> None:
    def saved() -> object:
        return person.ask(lambda desk: -sum(one.amount_minor for one in balances(desk.book, accounts=["saving"])))

    page = person.go("import", ImportPage, "savings")
    page.take_file(file(tmp_path, "группа;№;дата;сумма\nKB-03;1;20.11.2026;50\n"))
    person.rest()
    page.constants["kind"].set_text("saving")
    page.constants["kind"].edit.setFocus()
    person.press(K.Key_Return)
    person.session.lending.added = lambda long: long.began.connect(long.stop)
    person.press(K.Key_F10)
    assert saved() == 120_000
    person.session.lending.added = lambda long: None
    person.press(K.Key_F10)
    assert saved() == 125_000


def test_nothing_is_cut(person: PageDesk, tmp_path: Path) -> None:
    page = person.go("import", ImportPage, "roster")
    person.fits_everywhere()
    page.take_file(file(tmp_path, ROSTER))
    person.rest()
    person.fits_everywhere()


FINE = "группа;№;дата;сумма\nKB-03;1;20.11.2026;50,255\nKB-03;2;20.11.2026;70,001\nKB-03;3;20.11.2026;7,5\n"
TWO_WAYS = "группа;№;дата;сумма\nKB-03;1;20.11.2026;1,234\nKB-03;2;20.11.2026;70\n"


def saved(person: PageDesk) -> object:
    return person.ask(lambda desk: -sum(one.amount_minor for one in balances(desk.book, accounts=["saving"])))


def test_the_rounding_of_finer_sums_is_chosen_by_keys(person: PageDesk, tmp_path: Path) -> None:
    page = person.go("import", ImportPage, "savings")
    page.take_file(file(tmp_path, "группа;№;дата;сумма\nKB-03;1;20.11.2026;50\n"))
    person.rest()
    assert page.choices.rounding_field.isHidden(), "a file without such sums asks nothing"
    page.take_file(file(tmp_path, FINE))
    person.rest()
    assert page.choices.rounding_field.label() == "2 sums are finer than the smallest coin"
    assert page._look is not None
    assert (page._look.good, page._look.amount_minor) == (1, 750)
    assert [hint.keys for hint in page.hints() if hint.keys == ("F8",)] == [("F8",)]
    person.press(K.Key_F8)
    assert person.focus() is page.choices.rounding_field.picker
    while page.choices.rounding_field.picker.key() != "up":
        person.press(K.Key_Down)
    assert page._look is not None
    assert (page._look.good, page._look.fine, page._look.amount_minor) == (3, 2, 5_026 + 7_001 + 750)
    assert page._look.problem_count == 0
    person.press(K.Key_Return)
    assert person.focus() is page.columns.view
    before = saved(person)
    assert isinstance(before, int)
    person.press(K.Key_F10)
    assert saved(person) == before + 5_026 + 7_001 + 750


def test_another_file_is_not_rounded_as_the_one_before(person: PageDesk, tmp_path: Path) -> None:
    page = person.go("import", ImportPage, "savings")
    page.take_file(file(tmp_path, FINE))
    person.rest()
    person.press(K.Key_F8, K.Key_Down)
    assert page.choices.rounding
    page.take_file(file(tmp_path, FINE.replace("50,255", "60,255")))
    person.rest()
    assert page._look is not None
    assert (page.choices.rounding, page.choices.rounding_field.picker.key(), page._look.good) == ("", "", 1)


def test_the_decimal_sign_is_chosen_by_keys(person: PageDesk, tmp_path: Path) -> None:
    page = person.go("import", ImportPage, "savings")
    page.take_file(file(tmp_path, TWO_WAYS))
    person.rest()
    assert page.choices.decimal_field.label() == "1 sum can be read in two ways"
    person.press(K.Key_F8)
    while page.choices.decimal_field.picker.key() != ".":
        person.press(K.Key_Down)
    assert page._look is not None
    assert page._look.amount_minor == 123_400 + 7_000
    person.press(K.Key_Escape)
    assert person.focus() is page.columns.view
    person.fits_everywhere()


def test_sums_are_shown_in_what_their_group_keeps(person: PageDesk, tmp_path: Path) -> None:
    """What the page promises is what the import does: a group that keeps whole som takes no tyiyn."""
    person.ask(lambda desk: register_group(desk, NewGroup("W", "W", minor_digits=0, smallest_minor=1)))
    page = person.go("import", ImportPage, "savings")
    page.take_file(file(tmp_path, "группа;№;дата;сумма\nW;1;20.11.2026;50,50\n"))
    person.rest()
    assert page._look is not None
    assert (page._look.good, page._look.fine) == (0, 1)


def test_a_post_is_a_meaning_of_a_column(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, nothing)
    page = person.go("import", ImportPage, "roster")
    page.take_file(file(tmp_path, "№;Группа;ФИО;Должность\n1;AK-07;Айжан;казначей\n2;AK-07;Бермет;звездочёт\n"))
    person.rest()
    assert [page.columns.model.cell(row, 3).text for row in range(4)][3] == "post in the group"
    person.press(K.Key_F10)
    told = " ".join(label.text() for label in page.banner.findChildren(QLabel))
    assert "звездочёт" in told

    def posts(desk: Desk) -> list[str | None]:
        group = group_store.id_with_code(desk.book, "AK-07")
        assert group is not None
        return [one.post for one in group_store.officers(desk.book, group)]

    assert person.ask(posts) == ["treasurer"]
    person.end()


def test_enter_on_the_empty_page_asks_for_a_file(person: PageDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("shg_desk.ui.choosing.file", lambda _page, title, _kinds: asked.append(title))
    person.go("import", ImportPage, "roster")
    person.press(K.Key_Return)
    assert asked == ["Choose a table"]
    person.window.back()
    person.rest()
    person.go("import", ImportPage, "savings")
    person.press(K.Key_Return)
    assert len(asked) == 2


WITHOUT_GROUP = "№;ФИО\n5;Нургүл\n6;Сайкал\n"


def test_people_without_a_column_of_groups_are_of_the_only_group_once_it_is_chosen(
    person: PageDesk, tmp_path: Path
) -> None:
    page = person.go("import", ImportPage, "roster")
    page.take_file(file(tmp_path, WITHOUT_GROUP))
    person.rest()
    assert page.choices.group_field.isVisible()
    assert page.choices.group == ""
    assert page._look is not None
    assert page._look.good == 0
    person.press(K.Key_F8, K.Key_Down, K.Key_Return)
    assert page.choices.group_field.picker.currentText().startswith("KB-03")
    assert [row.cells[1].text for row in page.lines.model.rows()] == ["KB-03", "KB-03"]
    person.press(K.Key_F10)
    assert page.banner.title() == "2 members were added, 2 households were added"
    members = person.ask(lambda desk: [one.number for one in group_store.memberships(desk.book, str(person.made))])
    assert members == ["1", "2", "3", "4", "5", "6"]


def test_what_is_taken_in_is_not_offered_again(person: PageDesk, tmp_path: Path) -> None:
    page = person.go("import", ImportPage, "roster")
    page.take_file(file(tmp_path, WITHOUT_GROUP))
    person.rest()
    person.press(K.Key_F8, K.Key_Down, K.Key_Return)
    assert page._lines_title.text() == "2 rows can be taken in"
    assert "F10" in [key for hint in page.hints() for key in hint.keys]
    person.press(K.Key_F10)
    assert page._lines_title.text() == "2 rows are in the book"
    assert "F10" not in [key for hint in page.hints() for key in hint.keys]
    assert not page.take_button.isVisible()


def test_of_several_groups_one_is_chosen_by_keys(qtbot: QtBot, tmp_path: Path) -> None:
    def two_groups(desk: Desk) -> None:
        for code in ("AK-07", "KB-03"):
            register_group(desk, NewGroup(code, f"Group {code}"))

    person = PageDesk(qtbot, tmp_path, two_groups)
    page = person.go("import", ImportPage, "roster")
    page.take_file(file(tmp_path, WITHOUT_GROUP))
    person.rest()
    assert page._look is not None
    assert page._look.good == 0, "nobody guesses which of the two"
    assert "F8" in [key for hint in page.hints() for key in hint.keys]
    person.press(K.Key_F8, K.Key_Down, K.Key_Down, K.Key_Return)
    assert [row.cells[1].text for row in page.lines.model.rows()] == ["KB-03", "KB-03"]
    person.press(K.Key_F10)
    assert "2 members were added" in page.banner.title()
    person.end()


def test_people_of_no_group_are_not_put_into_the_only_one(person: PageDesk, tmp_path: Path) -> None:
    page = person.go("import", ImportPage, "roster")
    page.take_file(file(tmp_path, "ФИО;Село\nНургүл;Ак-Терек\n"))
    person.rest()
    assert [row.cells[1].text for row in page.lines.model.rows()] == [""]
    assert page.choices.group_field.picker.key() == ""


@pytest.mark.parametrize("kind", ["roster", "savings"])
def test_a_group_taken_away_stays_away(person: PageDesk, tmp_path: Path, kind: str) -> None:
    """Of sums the only group is proposed; of both, none stays none."""
    page = person.go("import", ImportPage, kind)
    page.take_file(file(tmp_path, "№;ФИО;дата;сумма\n5;Нургүл;20.11.2026;50\n"))
    person.rest()
    assert page.choices.group == {"roster": "", "savings": "KB-03"}[kind]
    page.choices.group_field.picker.picked.emit("KB-03")
    person.rest()
    page.choices.group_field.picker.picked.emit("")
    person.rest()
    assert page._look is not None
    assert (page._look.given.constants.get("group"), page._look.good) == (None, 0)


def test_a_column_of_groups_leaves_no_group_for_all_rows(person: PageDesk, tmp_path: Path) -> None:
    page = person.go("import", ImportPage, "roster")
    page.take_file(file(tmp_path, "№;ФИО;Куда\n5;Нургүл;KB-03\n6;Сайкал;\n"))
    person.rest()
    assert page._given is not None
    page._given = with_meaning(page._given, page._kind, "Куда", "group")
    page._read()
    person.rest()
    assert not page.choices.group_field.isVisible()
    assert [row.cells[1].text for row in page.lines.model.rows()] == ["KB-03"], "an empty cell is told, not filled"
