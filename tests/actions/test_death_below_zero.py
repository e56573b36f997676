"""A member dies whose savings stand below zero in part: her heirs get what she has in all, and every place says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.death import Death
from shg_desk.actions.death import preview_death
from shg_desk.actions.death import write_death
from shg_desk.actions.death_account import death_sheet
from shg_desk.actions.death_account import print_death
from shg_desk.actions.death_account import undo_death
from shg_desk.actions.desk import Desk
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.domain.death import Debt
from shg_desk.domain.death import Estate
from shg_desk.domain.death import settle
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store
from shg_desk.store.check import check
from shg_desk.store.ledger import balances
from shg_desk.ui.death_parts import account_rows

DAY, DIED = date(2026, 3, 18), date(2026, 3, 20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=DIED)
    yield made
    made.close()


def moved(desk: Desk, group: str, member: str, *lines: tuple[str, int]) -> None:
    """Money of hers through the box, as records of two laptops put together leave it: nothing keeps it above zero."""
    blocks = [
        {
            "accounts": ["box", account],
            "by": "member",
            "kind": "saving" if amount > 0 else "withdrawal",
            "lines": [[0, amount]],
        }
        for account, amount in lines
    ]
    with desk.book.writing() as writer:
        body = {"group": group, "date": DAY.isoformat(), "members": [member], "entries": blocks}
        writer.append(desk.line("between", body))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def hers(desk: Desk, group: str, member: str) -> dict[str, int]:
    """What stands on her accounts as she sees it: above zero is hers."""
    rows = (one for one in balances(desk.book, group) if one.account.owner == member and one.amount_minor)
    return {one.account.code: -one.amount_minor for one in rows}


def test_what_was_paid_out_twice_goes_off_what_the_heirs_get(desk: Desk, tmp_path: Path) -> None:
    """Voluntary 200.00, compulsory 100.00 saved and twice 100.00 paid out: 200.00 - 100.00 = 100.00 for the heirs."""
    group = make_group(desk)
    member, other = [one.id for one in group_store.memberships(desk.book, group)][:2]
    moved(desk, group, other, ("saving.compulsory", 50_000))
    moved(desk, group, member, ("saving.voluntary", 20_000), ("saving.compulsory", 10_000))
    moved(desk, group, member, ("saving.compulsory", -10_000), ("saving.compulsory", -10_000))
    before = hers(desk, group, member)
    assert before == {"saving.voluntary": 20_000, "saving.compulsory": -10_000}
    assert [one.sort for one in open_items(desk)] == [Sort.BELOW_ZERO]

    death = Death(member, DIED, DIED, heir="her son")
    ahead = preview_death(desk, death)
    assert ahead.settled.payable_minor == 10_000
    shown = [
        (row.key, plain(row.cells[3].text)) for row in account_rows(Words("en"), death_sheet(desk, member, DIED))[0]
    ]
    assert shown == [(("had", "saving.voluntary"), "200 som"), (("below", "saving.compulsory"), "−100 som")]

    write_death(desk, death, seen=ahead.settled)
    assert hers(desk, group, member) == {"payable": 10_000}
    assert list(open_items(desk)) == []
    sheet = death_sheet(desk, member)
    lines = [(line.what, line.key, line.amount_minor, line.to_heirs_minor) for line in sheet.account.lines]
    assert lines == [
        ("had", "saving.voluntary", 20_000, 20_000),
        ("below", "saving.compulsory", 10_000, -10_000),
    ]
    assert sheet.account.payable_minor == 10_000
    rows, [foot] = account_rows(Words("en"), sheet)
    assert [plain(row.cells[3].text) for row in (*rows, foot)] == ["200 som", "−100 som", "100 som"]
    for lang in ("ky", "ru", "en"):
        assert print_death(desk, member, tmp_path / f"{lang}.pdf", Words(lang)).stat().st_size > 1000
    assert check(desk.book) == []

    undo_death(desk, member, "it was somebody else")
    assert hers(desk, group, member) == before


def test_who_has_less_than_nothing_leaves_nothing_to_the_heirs(desk: Desk) -> None:
    """Voluntary 30.00 against compulsory -100.00: nothing for the heirs, 70.00 stay open as what is below zero."""
    group = make_group(desk)
    member, other = [one.id for one in group_store.memberships(desk.book, group)][:2]
    moved(desk, group, other, ("saving.compulsory", 50_000))
    moved(desk, group, member, ("saving.voluntary", 3_000), ("saving.compulsory", -10_000))
    ahead = preview_death(desk, Death(member, DIED, DIED))
    assert ahead.settled.payable_minor == 0
    write_death(desk, Death(member, DIED, DIED), seen=ahead.settled)
    assert hers(desk, group, member) == {"saving.compulsory": -7_000}
    assert [one.sort for one in open_items(desk)] == [Sort.BELOW_ZERO]
    assert death_sheet(desk, member).account.payable_minor == 0


def test_it_goes_off_before_any_debt_and_what_was_paid_out_too_much_too() -> None:
    """Has 300 and 20 ahead, 50 were paid out too much, 40 and 60 are below zero: 170 left, and of 200 fines 30 stay."""
    estate = Estate(
        "m",
        {"saving.voluntary": 300},
        20,
        debts=(Debt("fines", 200),),
        below_minor={"saving.usual": 60, "saving.compulsory": 40},
        overpaid_minor=50,
    )
    settled = settle(estate, {"fines": "set-off"})
    assert estate.has_minor == 170
    assert (settled.payable_minor, settled.decided[0].set_off_minor, settled.decided[0].left_minor) == (0, 170, 30)
    sums: dict[str, int] = {}
    for code, amount in (posting for one in settled.entries for posting in one.postings):
        sums[code] = sums.get(code, 0) + amount
    assert sums == {
        "saving.voluntary": 300,
        "ahead": 20,
        "saving.usual": -60,
        "saving.compulsory": -40,
        "fines": -170,
        "payable": -50,
    }


def test_more_below_zero_than_she_has_is_taken_in_the_order_of_the_accounts() -> None:
    estate = Estate("m", {"saving.voluntary": 70}, below_minor={"saving.usual": 60, "saving.compulsory": 40})
    assert estate.covered_minor == {"saving.compulsory": 40, "saving.usual": 30}
    assert (estate.has_minor, settle(estate, {}).payable_minor) == (0, 0)
