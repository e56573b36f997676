"""A typo in a number, booklet, day, nickname, or in a group's name, code, village is put right, and told by whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_group
from four_savers import four_saved

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import end_membership
from shg_desk.actions.particulars import change_group
from shg_desk.actions.particulars import change_member
from shg_desk.actions.particulars import group_particulars
from shg_desk.actions.particulars import member_particulars
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.store import groups as group_store
from shg_desk.store.ledger import balances
from shg_desk.store.operations import read_line


@pytest.fixture
def book_day() -> date:
    return date(2026, 8, 1)


@pytest.fixture
def group(desk: Desk) -> str:
    return four_saved(desk)


def member(desk: Desk, group: str, number: str) -> str:
    return group_store.memberships_by_number(desk.book, group, number)[0].id


def written(desk: Desk) -> int:
    return int(desk.book.db.value("SELECT count(*) FROM operation"))


def newest_revisions(desk: Desk) -> list[tuple[str, str]]:
    row = desk.book.db.value("SELECT line FROM operation ORDER BY id DESC LIMIT 1")
    return [(line[0], line[2]) for line in read_line(0, "", row).body["revisions"]]


def codes(error: pytest.ExceptionInfo[KnownError]) -> list[tuple[Code, str]]:
    return [(one.code, one.where) for one in error.value.problems]


def test_what_is_written_of_a_member_is_put_right_and_her_money_stays_hers(desk: Desk, group: str) -> None:
    gid = member(desk, group, "2")
    assert member_particulars(desk, gid).changed is None
    before = balances(desk.book, group)
    count = written(desk)
    typed = {"number": "12", "booklet": "А-7", "joined": "2.3.2026", "nickname": "Ай эже"}
    change_member(desk, gid, typed)
    assert written(desk) == count + 1, "one intention, one record"
    now = group_store.membership(desk.book, gid)
    assert now is not None
    assert (now.number, now.booklet, now.joined, now.nickname) == ("12", "А-7", "2026-03-02", "Ай эже")
    assert now.name == "Айгүл A-1 2", "the rest of her identity stays"
    assert balances(desk.book, group) == before
    shown = member_particulars(desk, gid)
    assert dict(shown.texts) == typed | {"joined": "2026-03-02"}
    assert shown.changed is not None
    assert (shown.changed.on, shown.changed.by) == (date(2026, 8, 1), "desk")


def test_only_what_differs_is_written(desk: Desk, group: str) -> None:
    gid = member(desk, group, "1")
    shown = dict(member_particulars(desk, gid).texts)
    with pytest.raises(KnownError) as error:
        change_member(desk, gid, shown)
    assert codes(error)[0][0] is Code.NOTHING_CHANGED
    change_member(desk, gid, shown | {"booklet": "9"})
    assert newest_revisions(desk) == [("membership", "number")]


def test_numbers_and_booklets_are_unique_in_the_group_also_of_who_left(desk: Desk, group: str) -> None:
    first, second = member(desk, group, "1"), member(desk, group, "2")
    texts = dict(member_particulars(desk, first).texts)
    change_member(desk, first, texts | {"booklet": "101"})
    end_membership(desk, first, date(2026, 7, 1))
    typed = {"number": "1", "booklet": "101", "joined": "1.9.2026", "nickname": ""}
    with pytest.raises(KnownError) as error:
        change_member(desk, second, typed)
    assert set(codes(error)) == {
        (Code.NUMBER_TAKEN, "number"),
        (Code.BOOKLET_TAKEN, "booklet"),
        (Code.DAY_IN_FUTURE, "joined"),
    }
    with pytest.raises(KnownError) as error:
        change_member(desk, first, texts | {"joined": "2.7.2026"})
    assert codes(error) == [(Code.JOINED_AFTER_LEFT, "joined")]
    with pytest.raises(KnownError) as error:
        change_member(desk, second, typed | {"number": " "})
    assert (Code.NAME_MISSING, "number") in codes(error)


def test_a_group_s_name_code_village_and_day_are_put_right(desk: Desk, group: str) -> None:
    make_group(desk, "A-2", members=1)
    with pytest.raises(KnownError) as error:
        change_group(desk, group, {"name": "Ырыс", "code": "A-2", "village": "", "formed_on": "13.3.2026"})
    assert codes(error) == [(Code.CODE_TAKEN, "code"), (Code.FORMED_AFTER_RECORDS, "formed_on")]
    change_group(desk, group, {"name": "Ырыскы", "code": "A-01", "village": "Кара-Булак", "formed_on": "1.2.2026"})
    now = group_store.group(desk.book, group)
    assert now is not None
    assert (now.name, now.code, now.village_name, now.formed_on) == ("Ырыскы", "A-01", "Кара-Булак", "2026-02-01")
    changed = group_particulars(desk, group).changed
    assert changed is not None
    assert changed.by == "desk"
    change_group(desk, group, {"name": "Ырыскы", "code": "A-1", "village": "", "formed_on": ""})
    now = group_store.group(desk.book, group)
    assert now is not None
    assert (now.code, now.village, now.formed_on) == ("A-1", None, None), "its own old code is free for it"


def test_it_stands_after_the_book_is_opened_anew(desk: Desk, group: str, tmp_path: Path) -> None:
    gid = member(desk, group, "3")
    change_member(desk, gid, dict(member_particulars(desk, gid).texts) | {"nickname": "Бурулча"})
    assert member_particulars(desk, gid).texts["nickname"] == "Бурулча"
    desk.book.rebuild()
    assert member_particulars(desk, gid).texts["nickname"] == "Бурулча"
