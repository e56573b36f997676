"""Meetings, attendance, cash counts against today, differences between laptops, loans."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from villages import Device
from villages import Group
from villages import make
from villages import new_device
from villages import new_group
from villages import put_all
from villages import savings

from shg_desk.domain.ids import new_id
from shg_desk.store.book import Book
from shg_desk.store.check import check
from shg_desk.store.decided import OFFICE_DEVICE
from shg_desk.store.differences import DifferenceKind
from shg_desk.store.differences import open_differences
from shg_desk.store.differences import settled_differences
from shg_desk.store.loans import loan
from shg_desk.store.loans import loans
from shg_desk.store.meetings import attendance
from shg_desk.store.meetings import cash_counts
from shg_desk.store.meetings import last_meeting
from shg_desk.store.meetings import meeting
from shg_desk.store.meetings import meetings
from shg_desk.store.meetings import open_differences as open_cash
from shg_desk.store.meetings import since_last_meeting


@pytest.fixture
def device() -> Device:
    return new_device(Random(1))


@pytest.fixture
def colleague() -> Device:
    return new_device(Random(2), relayed=True)


@pytest.fixture
def group(device: Device) -> Group:
    made = new_group(Random(3), 3)
    device.write("profile", {"revisions": made.revisions()})
    return made


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return make(tmp_path, unseal=lambda part: {"texts": ["эже", "чечим"]} if part.text == "open" else None)


def met(device: Device, group: Group, day: str, seen: str | None = None, amount: int = 100, **more: Any) -> str:
    return str(device.write("meeting", savings(group, day, [amount] * 3, seen, **more)).name)


def count(total: int, expected: int | None = None, **more: Any) -> list[dict[str, Any]]:
    return [{"place": "box", "total": total, "expected": total if expected is None else expected, **more}]


def test_meetings_are_listed_and_the_last_is_the_deepest(book: Book, device: Device, group: Group) -> None:
    one = met(device, group, "2025-01-06", number="1", next="2025-01-13", attendance="pla")
    two = met(
        device,
        group,
        "2025-01-20",
        one,
        attendance="erp",
        represented={"1": 0},
        sealed=[[group.gid, "group", 1, "open"]],
    )
    late = met(device, group, "2025-01-13", two, held=False, reason="harvest", attendance="---")
    put_all(book, device.lines)
    found = meetings(book, group.gid)
    assert [m.op for m in found] == [one, late, two]
    assert [(m.members, m.present, m.represented, m.held) for m in found] == [
        (3, 2, 0, True),
        (0, 0, 0, False),
        (3, 1, 1, True),
    ]
    assert (found[0].number, found[0].next_on, found[1].reason, found[2].seen) == (
        "1",
        date(2025, 1, 13),
        "harvest",
        one,
    )
    assert [m.op for m in meetings(book, group.gid, date(2025, 1, 7), date(2025, 1, 13))] == [late]
    last = last_meeting(book, group.gid)
    assert last is not None
    assert (last.op, last.depth) == (late, 3)
    rates = {a.member: a for a in attendance(book, group.gid)}
    assert [(rates[m].here, rates[m].meetings) for m in group.members] == [(1, 2), (1, 2), (1, 2)]
    assert rates[group.members[1]].marks == {"late": 1, "represented": 1}
    full = meeting(book, two)
    assert full is not None
    assert full.marks == tuple(zip(group.members, ["excused", "represented", "present"], strict=True))
    assert full.texts == ("эже", "чечим")
    assert len(full.entries) == 3
    assert meeting(book, str(device.lines[0].name)) is None


def test_texts_are_open_only_with_the_key(book: Book, device: Device, group: Group) -> None:
    part = [[group.gid, "group", 1, "open"]]
    one = met(device, group, "2025-01-06", decisions=[{"text": 1, "for": 3}], sealed=part)
    two = met(device, group, "2025-01-13", one, decisions=[{"text": 1}], sealed=[[group.gid, "group", 1, "shut"]])
    put_all(book, device.lines)
    first, second = meeting(book, one), meeting(book, two)
    assert first is not None
    assert second is not None
    assert (first.texts, second.texts) == (("эже", "чечим"), ())


def test_a_count_breaks_when_the_past_before_it_changes(
    book: Book, device: Device, colleague: Device, group: Group
) -> None:
    one = met(device, group, "2025-01-06", counts=count(300))
    two = met(device, group, "2025-01-13", one, counts=count(600))
    put_all(book, device.lines)
    assert [(c.op, c.now_minor, c.broken) for c in cash_counts(book, group.gid)] == [
        (one, 300, False),
        (two, 600, False),
    ]
    block = {"kind": "expense", "accounts": ["expense.tea", "box"], "lines": [[None, 50]]}
    body = {"group": group.gid, "date": "2025-01-08", "entries": [block], "seen": one}
    put_all(book, [colleague.write("between", body)])
    assert [(c.now_minor, c.broken) for c in cash_counts(book, group.gid)] == [(300, False), (550, True)]
    assert [(c.now_minor, c.broken) for c in cash_counts(book, group.gid, date(2025, 1, 9))] == [(550, True)]


def test_what_follows_a_count_on_its_own_day_does_not_break_it(book: Book, device: Device, group: Group) -> None:
    one = met(device, group, "2025-01-06", counts=count(300))
    block = {"kind": "expense", "accounts": ["expense.tea", "box"], "lines": [[None, 50]]}
    device.write("between", {"group": group.gid, "date": "2025-01-06", "entries": [block], "seen": one})
    met(device, group, "2025-01-07", one, counts=count(550))
    put_all(book, device.lines)
    assert [(c.now_minor, c.broken) for c in cash_counts(book, group.gid)] == [(300, False), (550, False)]


def test_a_named_difference_is_whole_and_stays_open(book: Book, device: Device, group: Group) -> None:
    entries = savings(group, "2025-01-06", [100] * 3)["entries"]
    entries.append({"kind": "difference", "accounts": ["box", "differences"], "lines": [[None, -20]]})
    met(device, group, "2025-01-06", counts=count(280), entries=entries)
    put_all(book, device.lines)
    (one,) = cash_counts(book, group.gid)
    assert (one.counted_minor, one.now_minor, one.broken) == (280, 280, False)
    assert [(d.group, d.amount_minor) for d in open_cash(book)] == [(group.gid, 20)]


def test_awaiting_a_colleague_is_broken_until_her_entries_come(
    book: Book, device: Device, colleague: Device, group: Group
) -> None:
    one = met(device, group, "2025-01-06", counts=count(350, 300, awaiting=True))
    put_all(book, device.lines)
    (waiting,) = cash_counts(book, group.gid)
    assert (waiting.broken, waiting.now_minor, waiting.awaiting) == (True, 300, True)
    block = {"kind": "other", "accounts": ["box", "income.other"], "lines": [[None, 50]]}
    put_all(book, [colleague.write("between", {"group": group.gid, "date": "2025-01-05", "entries": [block]})])
    (whole,) = cash_counts(book, group.gid)
    assert (whole.broken, whole.now_minor, whole.op) == (False, 350, one)


def test_money_in_hands_is_counted_by_person(book: Book, device: Device, group: Group) -> None:
    block = {"kind": "transfer", "by": "member", "accounts": ["hand", "opening"], "lines": [[1, 700]]}
    counts = [{"place": "hand", "member": 1, "total": 700, "expected": 700}]
    body = {"group": group.gid, "date": "2025-01-06", "members": group.members, "entries": [block], "counts": counts}
    device.write("count", {k: v for k, v in body.items() if k != "entries"})
    device.write("between", {k: v for k, v in body.items() if k != "counts"} | {"date": "2025-01-05"})
    put_all(book, device.lines)
    (one,) = cash_counts(book, group.gid)
    assert (one.place, one.owner, one.now_minor, one.broken) == ("hand", group.members[1], 700, False)


def test_what_came_since_the_last_meeting(book: Book, device: Device, group: Group) -> None:
    block = {"kind": "other", "accounts": ["box", "income.other"], "lines": [[None, 50]]}

    def door(day: str, seen: str | None) -> str:
        body: dict[str, Any] = {"group": group.gid, "date": day, "entries": [block], "receipt": "7"}
        return str(device.write("between", body | ({"seen": seen} if seen else {})).name)

    before = door("2025-01-01", None)
    put_all(book, device.lines)
    assert [op.name for op in since_last_meeting(book, group.gid)] == [before]
    one = met(device, group, "2025-01-06")
    after = door("2025-01-08", one)
    put_all(book, device.lines)
    assert [op.name for op in since_last_meeting(book, group.gid)] == [after]
    met(device, group, "2025-01-13", one)
    put_all(book, device.lines)
    assert since_last_meeting(book, group.gid) == []


def test_two_meetings_on_one_predecessor_or_date_are_a_difference(
    book: Book, device: Device, colleague: Device, group: Group
) -> None:
    one = met(device, group, "2025-01-06")
    mine = met(device, group, "2025-01-13", one)
    hers = met(colleague, group, "2025-01-14", one)
    third = met(device, group, "2025-01-20", mine)
    put_all(book, [*device.lines, *colleague.lines])
    (pair,) = open_differences(book, group.gid)
    assert (pair.kind, pair.parties, pair.on) == (
        DifferenceKind.SAME_PREDECESSOR,
        tuple(sorted([mine, hers])),
        date(2025, 1, 13),
    )
    assert open_differences(book, new_group(Random(9), 1).gid) == []
    same_day = met(colleague, group, "2025-01-20", hers)
    put_all(book, colleague.lines)
    kinds = [(d.kind, d.parties) for d in open_differences(book)]
    assert (DifferenceKind.SAME_DATE, tuple(sorted([third, same_day]))) in kinds
    assert len(kinds) == 2
    settlement = {"difference": pair.name, "choice": "both", "group": group.gid}
    book.set_setting(OFFICE_DEVICE, device.code)
    put_all(book, [device.write("settlement", settlement)])
    assert [d.kind for d in open_differences(book)] == [DifferenceKind.SAME_DATE]
    assert [(s.name, s.choice) for s in settled_differences(book)] == [(pair.name, "both")]
    names = [f"{same_day}#{n}" for n in (1, 2, 3)]
    block = {"kind": "saving", "by": "member", "accounts": ["box", "saving.usual"]}
    block["lines"] = [[index, -100, {"corrects": name}] for index, name in enumerate(names)]
    body = {"group": group.gid, "date": "2025-01-20", "how": "meeting", "members": group.members}
    put_all(book, [colleague.write("correction", body | {"corrects": names, "entries": [block], "seen": same_day})])
    assert open_differences(book) == []
    assert check(book) == []


def test_one_entry_corrected_twice_and_one_cell_entered_twice(
    book: Book, device: Device, colleague: Device, group: Group
) -> None:
    one = met(device, group, "2025-01-06")
    for who in (device, colleague):
        block = {"kind": "saving", "by": "member", "accounts": ["box", "saving.usual"]}
        block["lines"] = [[0, -100, {"corrects": f"{one}#1"}]]
        body = {"group": group.gid, "date": "2025-01-06", "how": "reverse", "members": group.members[:1]}
        who.write("correction", body | {"corrects": [f"{one}#1"], "entries": [block]})
        block = {
            "kind": "saving",
            "by": "member",
            "accounts": ["box", "saving.usual"],
            "column": "S",
            "lines": [[0, 5]],
        }
        body = {"source": "x.csv", "group": group.gid, "date": "2025-02-01", "members": group.members[:1]}
        who.write("import", body | {"keys": {"group": "G", "members": ["1"]}, "entries": [block]})
    put_all(book, [*device.lines, *colleague.lines])
    corrected, entered = open_differences(book, group.gid)
    assert (corrected.kind, corrected.parties) == (DifferenceKind.CORRECTED_TWICE, (f"{one}#1",))
    assert entered.kind == DifferenceKind.ENTERED_TWICE
    assert entered.parties == tuple(sorted([f"{device.lines[-1].name}#1", f"{colleague.lines[-1].name}#1"]))


def test_one_number_given_twice_is_a_difference(book: Book, device: Device, group: Group) -> None:
    gid = new_id(Random(5).randbytes)
    lines = [["membership", gid, "place", {"group": group.gid}, []], ["membership", gid, "number", {"number": "2"}, []]]
    other = new_group(Random(6), 1)
    device.write("profile", {"revisions": [*lines, *other.revisions("G-1")]})
    put_all(book, device.lines)
    assert [(d.kind, set(d.parties)) for d in open_differences(book)] == [
        (DifferenceKind.CODE_TWICE, {group.gid, other.gid}),
        (DifferenceKind.NUMBER_TWICE, {gid, group.members[1]}),
    ]


def test_a_loan_with_its_movements(book: Book, device: Device, colleague: Device, group: Group) -> None:
    gid = new_id(Random(5).randbytes)
    new = {"loan": gid, "code": "L-1", "member": 0, "amount": 5000, "terms": {"method": "flat", "instalments": 5}}
    lend = {"kind": "loan", "by": "loan", "accounts": ["principal", "box"], "lines": [[0, 5000]]}
    met(device, group, "2025-01-06", loans=[gid], new_loans=[new], entries=[lend])

    def repay(who: Device, day: str, cash: int, interest: int, **facts: Any) -> str:
        block = {"kind": "repayment", "by": "loan", "accounts": ["box", "interest", "principal"]}
        block["lines"] = [[0, cash, -interest, facts] if facts else [0, cash, -interest]]
        return str(who.write("between", {"group": group.gid, "date": day, "loans": [gid], "entries": [block]}).name)

    late = repay(colleague, "2025-03-06", 1200, 100)
    early = repay(device, "2025-02-06", 1100, 100, receipt="12")
    put_all(book, [*colleague.lines, *device.lines])
    one = loan(book, gid)
    assert one is not None
    assert (one.code, one.on, one.principal_minor, one.terms["method"]) == ("L-1", date(2025, 1, 6), 5000, "flat")
    assert (one.member.id, one.lent_minor, one.outstanding_minor) == (group.members[0], 5000, 2900)
    moved = [(m.entry, m.principal_minor, m.interest_minor, m.is_lent) for m in one.movements]
    assert moved == [(f"{one.op}#1", -5000, 0, True), (f"{early}#1", 1000, 100, False), (f"{late}#1", 1100, 100, False)]
    assert one.movements[1].facts == {"receipt": "12"}
    assert loans(book, group.gid) == loans(book, member=group.members[0]) == loans(book) == [one]
    (before,) = loans(book, group.gid, at=date(2025, 3, 1))
    assert dataclasses.replace(one, movements=one.movements[:2]) == before
    assert loans(book, group.gid, at=date(2025, 1, 5)) == []
    assert loan(book, "z" * 16) is None
