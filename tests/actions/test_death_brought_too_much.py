"""A member dies who paid a loan or a fine twice: what was too much is hers, and goes to her heirs with her savings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group
from test_death_below_zero import plain

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.death import Death
from shg_desk.actions.death import preview_death
from shg_desk.actions.death import write_death
from shg_desk.actions.death_account import death_sheet
from shg_desk.actions.death_account import print_death
from shg_desk.actions.death_account import undo_death
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.statements import control_totals
from shg_desk.actions.statements import group_facts
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.brought import Brought
from shg_desk.domain.brought import loan_brought
from shg_desk.domain.death import Debt
from shg_desk.domain.death import Estate
from shg_desk.domain.death import settle
from shg_desk.domain.loan_book import Loan
from shg_desk.domain.loan_book import Movement
from shg_desk.domain.loan_book import loan_on
from shg_desk.domain.loan_schedule import schedule
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import read_rate
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store
from shg_desk.store.check import check
from shg_desk.store.ledger import balances
from shg_desk.ui.death_parts import account_rows

DAY, DIED = date(2026, 4, 20), date(2026, 6, 30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, day=DIED)
    yield made
    made.close()


def paid_again(desk: Desk, group: str, member: str, loan: str) -> None:
    """What another laptop recorded too: a loan of 300 with 18 of interest paid whole, and a fine of 40."""
    entries = [
        {
            "accounts": ["box", "interest", "principal"],
            "by": "loan",
            "kind": "repayment",
            "lines": [[0, 31_800, -1_800]],
        },
        {"accounts": ["box", "fines"], "by": "member", "kind": "fine", "lines": [[0, 4_000]]},
    ]
    body = {"group": group, "date": DAY.isoformat(), "members": [member], "loans": [loan], "entries": entries}
    with desk.book.writing() as writer:
        writer.append(desk.line("between", body))


def standing(desk: Desk, group: str) -> dict[tuple[str, str | None], int]:
    found = balances(desk.book, group)
    return {(one.account.code, one.account.owner): one.amount_minor for one in found if one.amount_minor}


def test_it_is_in_her_account_and_becomes_her_heirs(desk: Desk, tmp_path: Path) -> None:
    """Saved 200, 300 and 18 of the loan and 40 of the fine paid twice: 200 + 318 + 40 = 558 for the heirs."""
    group = make_group(desk)
    member = group_store.memberships(desk.book, group)[0].id
    save, fine = In("saving", 20_000), In("fine-owed", 4_000, why="late")
    others = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(save,)) for n in range(2, 5))
    rows = (SheetRow("1", Attendance.LATE, ins=(save, fine)), *others)
    record_meeting(desk, Sheet(group, date(2026, 3, 5), rows=rows))
    write_between(desk, Between(group, date(2026, 3, 19), "loan", 30_000, member))
    for kind, amount in (("repayment", 31_800), ("fine", 4_000)):
        write_between(desk, Between(group, DAY, kind, amount, member))
    [loan] = [one.id for one in loan_list(desk, group, only="all").lines]
    paid_again(desk, group, member, loan)
    before = standing(desk, group)
    assert (before["principal", loan], before["interest", loan], before["fines", member]) == (-30_000, -3_600, -4_000)

    death = Death(member, DIED, DIED)
    ahead = preview_death(desk, death)
    assert ahead.settled.payable_minor == 55_800
    shown, [foot] = account_rows(Words("en"), death_sheet(desk, member, DIED))
    assert [(row.cells[0].text, plain(row.cells[3].text)) for row in shown] == [
        ("Savings, compulsory", "200 som"), ("Fines, paid too much", "40 som"), ("Loan L-1, paid too much", "318 som"),
    ]  # fmt: skip
    assert plain(foot.cells[3].text) == "558 som"

    write_death(desk, death, seen=ahead.settled)
    after = standing(desk, group)
    assert {key: amount for key, amount in after.items() if key[1] in (member, loan)} == {
        ("payable", member): -55_800,
        ("interest", loan): -1_800,
    }
    assert ("surplus", None) not in after
    [line] = loan_list(desk, group, only="all").lines
    assert (line.outstanding_minor, line.left_to_pay_minor, line.is_open) == (0, 0, False)
    assert Sort.BELOW_ZERO not in {one.sort for one in open_items(desk)}
    sheet = death_sheet(desk, member)
    assert [(line.what, line.key, line.to_heirs_minor) for line in sheet.account.lines] == [
        ("had", "saving.compulsory", 20_000), ("brought", "fines", 4_000), ("brought", "L-1", 31_800),
    ]  # fmt: skip
    assert plain(account_rows(Words("en"), sheet)[1][0].cells[3].text) == "558 som"
    ledger, booklets = control_totals(group_facts(desk, group))
    assert ledger == booklets
    for lang in ("ky", "ru", "en"):
        assert print_death(desk, member, tmp_path / f"{lang}.pdf", Words(lang)).stat().st_size > 1000
    assert check(desk.book) == []

    undo_death(desk, member, "it was somebody else")
    assert standing(desk, group) == before


def test_it_pays_for_what_is_below_zero_and_for_another_debt() -> None:
    """60 and 40 brought too much, savings at -30: 70 are left; of fines of 100 these 70 are set off, 30 stay."""
    brought = (Brought("hand", 60), Brought("L-1", 35, "aaaaaaaaaaaaaaaa", 5))
    estate = Estate("m", {}, debts=(Debt("fines", 100),), below_minor={"saving.usual": 30}, brought=brought)
    settled = settle(estate, {"fines": "set-off"})
    assert (estate.has_minor, settled.payable_minor, settled.decided[0].left_minor) == (70, 0, 30)
    sums: dict[str, int] = {}
    for one in settled.entries:
        assert sum(amount for _, amount in one.postings) == 0
        for code, amount in one.postings:
            sums[code] = sums.get(code, 0) + amount
    wanted = {"hand": 60, "principal": 35, "interest": 5, "saving.usual": -30, "fines": -70}
    assert {code: amount for code, amount in sums.items() if amount} == wanted


@pytest.mark.parametrize(("rate", "interest"), [("2", 3_600), ("0", 0)])
def test_interest_is_too_much_only_of_a_loan_that_bears_some(rate: str, interest: int) -> None:
    """300 over a month at 2 % bear 6 of interest; 42 and 310 were paid. Without a rate the terms may be unread."""
    terms = LoanTerms(30_000, read_rate(rate), Method.FLAT, 1, date(2026, 3, 1))
    loan = Loan("a", date(2026, 3, 1), schedule(terms), (Movement(date(2026, 4, 1), 31_000, 4_200),))
    assert loan_brought("L-1", "a", loan_on(loan, DIED)) == Brought("L-1", 1_000, "a", interest)
