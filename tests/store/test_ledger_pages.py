"""Balances, pages of entries and pages of accounts against a plain re-adding of the lines themselves."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from histories import History
from villages import AT
from villages import make
from villages import new_device
from villages import new_group
from villages import put_all
from villages import savings

from shg_desk.domain.accounts import Account
from shg_desk.domain.accounts import account_kind
from shg_desk.store.book import Book
from shg_desk.store.entries import ALL
from shg_desk.store.entries import EntryRow
from shg_desk.store.entries import Page
from shg_desk.store.entries import account_page
from shg_desk.store.entries import entries
from shg_desk.store.entries import entries_of
from shg_desk.store.entries import entry
from shg_desk.store.entries import member_entries
from shg_desk.store.ledger import balance_minor
from shg_desk.store.ledger import balances

Posting = tuple[Account, int]


def said(book: Book, group: str) -> list[tuple[tuple[Any, ...], list[Posting]]]:
    """Key and postings of every entry of a group that counts, read from the lines with nothing of the program's."""
    lines = {
        f"{device}.{epoch}.{seq}": json.loads(line)
        for device, epoch, seq, line in book.db.rows(
            "SELECT c.device, c.epoch, o.seq, o.line FROM operation o JOIN chain c ON c.id = o.chain "
            "JOIN standing s ON s.op = o.id WHERE s.state = 0"
        )
    }

    def depth(name: str | None) -> int:
        return 0 if name is None else 1 + depth(lines[name]["body"].get("seen"))

    found = []
    for name, line in lines.items():
        body = line["body"]
        if body.get("group") != group:
            continue
        number = 0
        for block in body.get("entries", []):
            for row in block["lines"]:
                number += 1
                amounts = row[1 : len(block["accounts"])]
                whose = None if row[0] is None else body[block["by"] + "s"][row[0]]
                postings = [
                    (Account(group, code, None if account_kind(code).owner == "group" else whose), amount)
                    for code, amount in zip(block["accounts"], [*amounts, -sum(amounts)], strict=True)
                    if amount
                ]
                device, epoch, seq = name.split(".")
                found.append(((body["date"], depth(name), device, epoch, int(seq), number), postings))
    return sorted(found)


@pytest.fixture
def history() -> History:
    chance = Random(11)
    steps = [
        (chance.randrange(15), chance.randrange(10**6), chance.randrange(3), chance.randrange(400)) for _ in range(90)
    ]
    return History(steps)


@pytest.fixture
def book(tmp_path: Path, history: History) -> Book:
    made = make(tmp_path)
    put_all(made, history.shuffled(Random(2)))
    return made


def key(row: EntryRow) -> tuple[Any, ...]:
    device, epoch, rest = row.name.split(".")
    seq, number = rest.split("#")
    return row.effective.isoformat(), row.key.depth, device, epoch, int(seq), int(number)


def test_pages_put_together_are_the_whole_ledger_in_order(book: Book, history: History) -> None:
    for group in history.groups:
        truth = said(book, group.gid)
        assert len(truth) > 20
        for newest_first in (False, True):
            found: list[EntryRow] = []
            while page := entries(book, group.gid, Page(found[-1].key if found else None, 7, newest_first)):
                found += page
            expected = truth[::-1] if newest_first else truth
            assert [key(row) for row in found] == [one[0] for one in expected]
            assert [[(Account(group.gid, p.code, p.owner), p.amount_minor) for p in row.postings] for row in found] == [
                one[1] for one in expected
            ]


def test_balances_at_every_day_are_the_sums_to_that_day(book: Book, history: History) -> None:
    group = history.groups[0].gid
    truth = said(book, group)
    days = sorted({one[0][0] for one in truth})
    for day in [*days, None]:
        sums: Counter[Account] = Counter()
        moved: Counter[Account] = Counter()
        for one, postings in truth:
            if day is None or one[0] <= day:
                for account, amount in postings:
                    sums[account] += amount
                    moved[account] += 1
        at = date.fromisoformat(day) if day else None
        found = {balance.account: balance.amount_minor for balance in balances(book, group, at)}
        assert found == {account: sums[account] for account in moved}
        assert all(balance_minor(book, account, at) == sums[account] for account in moved)
        assert sum(found.values()) == 0
    assert balance_minor(book, Account(group, "bank")) == 0
    member = history.groups[0].members[0]
    (saving,) = balances(book, group, accounts=["saving"], owner=member)
    assert saving.account == Account(group, "saving.usual", member)
    assert {b.account.code for b in balances(book, group, accounts=["box", "principal"])} <= {"box", "principal"}


def test_running_balances_go_on_over_pages_both_ways(book: Book, history: History) -> None:
    group = history.groups[0].gid
    account = Account(group, "box")
    balance, expected = 0, []
    for one, postings in said(book, group):
        for where, amount in postings:
            if where == account:
                balance += amount
                expected.append((one, amount, balance))
    assert len(expected) > 30
    for newest_first in (False, True):
        found: list[Any] = []
        while page := account_page(book, account, Page(found[-1].entry.key if found else None, 5, newest_first)):
            found += page
        told = [(key(row.entry), row.amount_minor, row.balance_minor) for row in found]
        assert told == (expected[::-1] if newest_first else expected)
    middle = date.fromisoformat(expected[len(expected) // 2][0][0])
    later = account_page(book, account, Page(limit=-1, first=middle))
    assert [row.balance_minor for row in later] == [b for one, _, b in expected if one[0] >= middle.isoformat()]
    assert account_page(book, Account(group, "bank")) == []


def test_a_member_reads_her_own_entries_and_her_loans(book: Book, history: History) -> None:
    group = history.groups[0]
    everything = entries(book, group.gid, ALL)
    for member in group.members:
        hers = [row for row in everything if row.member is not None and row.member.id == member]
        assert [row.name for row in member_entries(book, member, ALL)] == [row.name for row in hers]
        assert all(row.member is not None and row.member.number for row in hers)
    repaid = [row for row in everything if row.kind == "repayment"]
    assert any((row.loan_code or "").startswith("L-1") for row in repaid)
    kinds = {row.kind for row in entries(book, group.gid, ALL, kinds=["loan", "repayment"])}
    assert kinds <= {"loan", "repayment"}
    with_savings = entries(book, group.gid, ALL, account="saving")
    assert [row.name for row in with_savings] == [
        row.name for row in everything if any(p.code.startswith("saving.") for p in row.postings)
    ]


def test_what_is_corrected_names_what_corrects_it(tmp_path: Path) -> None:
    chance = Random(1)
    device, group = new_device(chance), new_group(chance, 2)
    device.write("profile", {"revisions": group.revisions()})
    meeting = device.write("meeting", savings(group, "2026-01-05", [500, 700], number="5"))
    wrong = f"{meeting.name}#2"
    block = {"kind": "saving", "by": "member", "accounts": ["box", "saving.usual"]}
    block["lines"] = [[0, -700, {"corrects": wrong, "text": 0}]]
    body = {"group": group.gid, "date": "2026-01-05", "how": "reverse", "corrects": [wrong], "seen": str(meeting.name)}
    more = {"members": group.members[1:], "entries": [block], "text": 0, "paper": True}
    correction = device.write("correction", body | more, at=[AT[0] + 86400 * 9, 360])
    book = make(tmp_path)
    put_all(book, device.lines)
    found = entry(book, wrong)
    assert found is not None
    assert found.row.corrected_by == (f"{correction.name}#1",)
    assert (found.row.meeting, found.row.op_kind, found.row.debit_minor, found.row.cash_minor) == (
        "5",
        "meeting",
        700,
        700,
    )
    assert found.row.recorded == date(2025, 12, 29)
    taken = entry(book, f"{correction.name}#1")
    assert taken is not None
    assert (taken.row.corrects, taken.row.from_paper, taken.row.effective) == (wrong, True, date(2026, 1, 5))
    assert taken.row.recorded == date(2026, 1, 7)
    assert [row.name for row in entries_of(book, str(meeting.name))] == [f"{meeting.name}#1", wrong]
    assert entry(book, f"{meeting.name}#3") is None
    with pytest.raises(ValueError):
        entry(book, "nothing")


def test_reading_stays_small_in_a_long_book(tmp_path: Path) -> None:
    """At most 12 rows a year and 500 more, for a balance at any date and for any page."""
    chance = Random(3)
    device, group = new_device(chance), new_group(chance, 20)
    device.write("profile", {"revisions": group.revisions()})
    years, seen = 3, None
    start = date(2023, 1, 2).toordinal()
    for week in range(52 * years):
        day = date.fromordinal(start + 7 * week).isoformat()
        seen = str(device.write("meeting", savings(group, day, [100] * 20, seen)).name)
    book = make(tmp_path)
    put_all(book, device.lines, batch=60)
    limit = 12 * years + 500

    def read(work: Any) -> int:
        before = book.db.rows_read
        assert work()
        return book.db.rows_read - before

    box, hers = Account(group.gid, "box"), Account(group.gid, "saving.usual", group.members[3])
    for account in (box, hers):
        for at in (None, date(2024, 7, 31), date(2025, 12, 20)):
            assert read(lambda account=account, at=at: balance_minor(book, account, at)) <= limit
        late = Page(first=date(2025, 6, 1))
        for page in (Page(), Page(newest_first=True), late):
            assert read(lambda account=account, page=page: account_page(book, account, page)) <= limit
    for page in (Page(), Page(newest_first=True), late):
        assert read(lambda page=page: entries(book, group.gid, page)) <= limit
        assert read(lambda page=page: member_entries(book, group.members[3], page)) <= limit
    plan = book.db.rows("EXPLAIN QUERY PLAN SELECT sum(sum) FROM month_total WHERE account = 1 AND month < 24300")
    assert "SEARCH month_total" in str(plan)
    book.close()
