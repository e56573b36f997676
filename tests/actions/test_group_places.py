"""A group's own places of money: added, renamed, given up, read by another laptop, and called by their names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from hypothesis import given
from hypothesis import strategies as st

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.group_places import drop_place
from shg_desk.actions.group_places import place_lines
from shg_desk.actions.group_places import save_place
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.statements import account_of
from shg_desk.actions.statements import group_facts
from shg_desk.actions.views_ledger import LedgerWish
from shg_desk.actions.views_ledger import ledger_view
from shg_desk.domain.accounts import is_account
from shg_desk.domain.group_places import GroupPlace
from shg_desk.domain.group_places import code_for
from shg_desk.domain.group_places import offered
from shg_desk.domain.group_places import read_places
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store
from shg_desk.store.check import check

MARCH = date(2026, 3, 1)
EN = Words("en")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    yield made
    made.close()


def add(desk: Desk, group: str, kind: str, name: str = "", member: str = "") -> str:
    return save_place(desk, group, {"kind": kind, "name": name, "member": member}).value


def shown(desk: Desk, group: str) -> list[str]:
    found = group_store.group(desk.book, group)
    assert found is not None
    return [one.code for one in place_lines(desk, found)]


def test_a_list_begins_with_the_usual_places_and_what_is_given_up_is_offered_no_more(desk: Desk) -> None:
    group = make_group(desk)
    assert shown(desk, group) == ["box", "keeper", "bank", "wallet", "transit"]
    assert add(desk, group, "box.social", "Социалдык баштык") == "box.social"
    for code in ("keeper", "wallet", "transit"):
        drop_place(desk, group, code)
    assert shown(desk, group) == ["box", "bank", "box.social"]
    assert offered(ground_of(desk, group, MARCH).places, {}) == ("box", "bank", "box.social")
    assert check(desk.book) == []


def test_a_place_with_money_stays_and_keeps_its_name_when_given_up(desk: Desk) -> None:
    group = make_group(desk)
    code = add(desk, group, "bank", "Айыл Банк")
    assert code == "bank.ayylbank"
    write_between(desk, Between(group, MARCH, "income", 50_000, place=code))
    with pytest.raises(KnownError) as refused:
        drop_place(desk, group, code)
    assert refused.value.problems[0].code is Code.PLACE_HAS_MONEY
    write_between(desk, Between(group, MARCH, "transfer", 50_000, place=code, target="box"))
    drop_place(desk, group, code)
    assert code not in shown(desk, group)
    view = ledger_view(desk, LedgerWish(group=group, account=code))
    assert view is not None
    assert ledger_words.account(EN, code, view.statement.names) == "Айыл Банк"
    assert add(desk, group, "bank", "айыл банк") == code, "the same bank comes back under its code"
    assert code in shown(desk, group)


def test_what_cannot_be_a_place_is_told(desk: Desk) -> None:
    group = make_group(desk)
    add(desk, group, "box", "Тегирмен")
    cases = [("box", "", Code.NAME_MISSING), ("box", "тегирмен", Code.PLACE_TAKEN), ("bank", "", Code.NAME_MISSING)]
    cases += [("notes", "KGS", Code.CURRENCY_UNKNOWN), ("notes", "money", Code.CURRENCY_UNKNOWN)]
    for kind, name, code in cases:
        with pytest.raises(KnownError) as refused:
            add(desk, group, kind, name)
        assert refused.value.problems[0].code is code, (kind, name)
    assert add(desk, group, "notes", "rub") == "notes.RUB"
    assert ledger_words.account(EN, "notes.RUB", ground_of(desk, group, MARCH).place_names) == "Foreign notes, RUB"


def test_money_in_a_members_keeping_is_called_by_her_name_on_sheet_ledger_and_minutes(desk: Desk) -> None:
    group = make_group(desk)
    second = group_store.memberships(desk.book, group)[1]
    place = f"keeper.{second.id}"
    rows = (SheetRow("1", Attendance.PRESENT, ins=(In("social", 20_000),)),)
    line = GroupLine("transfer", 15_000, source="box", target=place)
    sheet = Sheet(group, MARCH, rows=rows, lines=(line,), counts=(Count(total_minor=5_000),))
    closed = record_meeting(desk, sheet).value
    assert sums(desk, group)[place] == 15_000
    said = f"In keeping: {second.name}"
    ground = ground_of(desk, group, MARCH)
    assert place in offered(ground.places, ground.places_minor), "where money lies is offered, list or none"
    minutes = minutes_of(desk, str(closed.name))
    assert minutes.lines[0].target == place
    view = ledger_view(desk, LedgerWish(group=group, account=place))
    assert view is not None
    for names in (ground.place_names, minutes.place_names, view.statement.names):
        assert ledger_words.account(EN, place, names) == said
    assert ledger_words.account(EN, place) == "In keeping", "nobody's id is ever shown"


def test_what_another_program_wrote_into_the_list_is_left_aside() -> None:
    items = [
        {"code": "box.mill", "name": "Mill"}, {"code": "box.mill", "name": "Again"}, {"code": "saving.usual"},
        {"code": "hand", "name": "x"}, "box", 7, {"name": "no code"}, {"code": "bank", "name": 3},
        {"code": "wallet", "gone": True, "colour": "red"},
    ]  # fmt: skip
    assert read_places(items) == (GroupPlace("box.mill", "Mill"), GroupPlace("wallet", "", gone=True))


@given(st.lists(st.text(min_size=1, max_size=60), max_size=6))
def test_every_name_has_a_code_of_its_own(names: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        code = code_for("box", name, taken)
        assert is_account(code)
        assert code not in taken
        taken.append(code)


def test_no_money_stands_on_two_places_of_the_ledger(desk: Desk) -> None:
    """100 and 20 are brought; 20 go to the bag, 30 to one bank and 10 to another: 60 are left in the box."""
    group = make_group(desk)
    bag, bank = add(desk, group, "box.social"), add(desk, group, "bank", "Айыл Банк")
    row = SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10_000), In("social", 2_000)))
    moves = [(bag, 2_000), ("bank", 3_000), (bank, 1_000)]
    lines = tuple(GroupLine("transfer", amount, source="box", target=place) for place, amount in moves)
    record_meeting(desk, Sheet(group, date(2026, 3, 12), rows=(row,), lines=lines))
    record_meeting(desk, Sheet(group, date(2026, 4, 12), rows=(SheetRow("1", Attendance.PRESENT, ins=row.ins),)))
    whole, facts = {"box": 18_000, bag: 2_000, "bank": 3_000, bank: 1_000}, group_facts(desk, group)
    for place, amount in whole.items():
        view = ledger_view(desk, LedgerWish(group, place))
        assert view is not None
        assert (view.now_minor, view.statement.closing_minor) == (amount, amount)
        assert account_of(facts, place).closing_minor == amount
        april = ledger_view(desk, LedgerWish(group, place, since=date(2026, 4, 1), recent=False))
        assert april is not None
        assert april.statement.opening_minor == (6_000 if place == "box" else amount)
    view = ledger_view(desk, LedgerWish(group, "box", since=date(2026, 4, 1), recent=False))
    assert view is not None
    assert [line.line for line in view.statement.rows] == [6, 7], "five lines of March stand on the box itself"
