"""Years nobody means and numbers of digits no currency has: told or set aside, and no page of any group is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from calling import call
from calling import new_book
from calling import written
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from forging import Forger

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.views_groups import group_card
from shg_desk.actions.views_groups import group_lines
from shg_desk.actions.views_today_rest import today
from shg_desk.store.check import check

RHYTHMS: dict[str, dict[str, Any]] = {
    "weeks": {"weekday": 1, "every_weeks": 1},
    "last Saturday": {"weekday": 5, "month_week": 5},
    "the 31st": {"month_day": 31},
}
DAYS = ("9999-12-31", "0001-01-01")
SAVINGS = [{"code": "compulsory", "amount": "100", "compulsory": True}]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Desk, Desk, str, Path]]:
    """An office and a laptop with two groups, and where parcels lie."""
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "laptop")
    enrol(office, desk, tmp_path)
    group = make_group(desk, "A-1")
    make_group(desk, "A-2")
    export_parcels(desk, tmp_path / "first")
    import_parcels(office, [tmp_path / "first"])
    yield office, desk, group, tmp_path
    for one in (office, desk):
        one.close()


def set_aside(two: tuple[Desk, Desk, str, Path], *records: tuple[str, dict[str, Any]]) -> int:
    """How many of the records of a laptop wait; every page of the office has to come up with them in its book."""
    office, desk, group, folder = two
    forger = Forger(desk)
    for kind, body in records:
        forger.write(kind, body)
    taken = import_parcels(office, [forger.parcel(office, folder / "forged")]).value
    today(office)
    assert [one.code for one in group_lines(office)] == ["A-1", "A-2"]
    assert group_card(office, group) is not None
    ground_of(office, group, date(2026, 3, 20))
    assert check(office.book) == []
    return taken.quarantined


@pytest.mark.parametrize("rhythm", RHYTHMS)
@pytest.mark.parametrize("day", DAYS)
def test_a_meeting_at_an_end_of_the_calendar_waits(two: tuple[Desk, Desk, str, Path], rhythm: str, day: str) -> None:
    group = two[2]
    content = {"meeting": RHYTHMS[rhythm], "savings": SAVINGS}
    rules = ("rules", {"group": group, "from": "2026-03-01", "content": content, "saw": []})
    meeting = ("meeting", {"group": group, "date": day, "held": True})
    soon = ("meeting", {"group": group, "date": "2026-03-17", "held": True, "next": day})
    assert set_aside(two, rules, meeting, soon) == 2


@pytest.mark.parametrize("digits", [-1, 7, 100_000, 2**53 - 1])
def test_digits_of_money_that_no_currency_has_wait(two: tuple[Desk, Desk, str, Path], digits: int) -> None:
    money = {"currency": "KGS", "minor_digits": digits, "smallest_minor": 1}
    assert set_aside(two, ("profile", {"revisions": [["group", two[2], "money", money, []]]})) == 1


@pytest.mark.parametrize("day", DAYS)
def test_a_year_nobody_means_is_told_on_the_command_line(tmp_path: Path, day: str) -> None:
    book = new_book(tmp_path / "b.shgbook")
    table = written(tmp_path / "s.csv", "group,member,amount\nA-1,1,50\n")
    columns = ["--column", "group=group", "--column", "member=member", "--column", "amount=amount"]
    assert call("import", "savings", table, *columns, "--date", "2026-03-01", book=book).code == 0
    again = call("import", "savings", table, *columns, "--date", day, "--source", "x", book=book)
    assert (again.code, again.codes) == (1, ["date-unreadable"])
    for words in (["meeting", "sheet"], ["report", "sheet", "--out", tmp_path / "s.pdf"]):
        said = call(*words, "--group", "A-1", "--date", day, book=book)
        assert (said.code, said.codes) == (1, ["date-unreadable"])
    sheet = written(tmp_path / "m.json", f'{{"group": "A-1", "date": "2026-03-12", "rows": [], "next": "{day}"}}')
    assert call("meeting", "record", "--sheet", sheet, book=book).code == 1
    sheet = written(tmp_path / "m.json", f'{{"group": "A-1", "date": "{day}", "rows": []}}')
    assert call("meeting", "record", "--sheet", sheet, book=book).code == 1


def test_totals_of_a_period_without_an_end_come_out(tmp_path: Path) -> None:
    book = new_book(tmp_path / "b.shgbook")
    table = written(tmp_path / "s.csv", "group,member,amount\nA-1,1,50\n")
    columns = ["--column", "group=group", "--column", "member=member", "--column", "amount=amount"]
    call("import", "savings", table, *columns, "--date", "2026-03-01", book=book)
    words = ["report", "passbook", "--group", "A-1", "--out", tmp_path / "p.pdf", "--period", "2026-03-01..9999-12-31"]
    said = call(*words, book=book)
    assert said.code == 0
    assert said.value["totals"]["A-1"]["periods"][-1]["to"] == "9999-12-31"
