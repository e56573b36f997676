"""A share-out of a group where two records hold the same payment: what a member brought beyond her debts is hers, what
she got beyond her due goes off her part, and no account of hers is left with it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.between import Between
from shg_desk.actions.between import plan_back
from shg_desk.actions.between import take_back
from shg_desk.actions.between import write_between
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.death_estate import death_view
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_count
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.share_out_done import print_share_out
from shg_desk.actions.share_out_done import read_share_out
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import record_share_out
from shg_desk.actions.statements import booklets
from shg_desk.actions.statements import control_totals
from shg_desk.actions.statements import group_facts
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.ledger_fact import Balances
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.store import entries as entry_store
from shg_desk.store.check import check
from shg_desk.store.groups import memberships
from shg_desk.store.share_outs import share_outs

EN = Words("en")
RULES: dict[str, Any] = {
    "lifecycle": "share-out",
    "savings": [{"code": "compulsory", "amount": "1000", "compulsory": True}],
    "loan": {"rate": "0", "rate_per": "month", "method": "flat", "instalments": 1},
}
FIRST, LENT, PAID, DAY = date(2026, 3, 7), date(2026, 3, 9), date(2026, 3, 20), date(2026, 4, 25)
ALL = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 100_000),)) for n in (1, 2, 3, 4))


@pytest.fixture
def book_day() -> date:
    return DAY


@pytest.fixture
def group(desk: Desk) -> str:
    """Four members with 1 000 each."""
    made = make_group(desk, rules=RULES)
    record_meeting(desk, Sheet(made, FIRST, rows=ALL))
    return made


def again(desk: Desk, group: str, by: str, owner: str, kind: str, postings: dict[str, int], on: date = PAID) -> None:
    """The same money in the record of another laptop."""
    entry = {"accounts": list(postings), "by": by, "kind": kind, "lines": [[0, *list(postings.values())[:-1]]]}
    body = {"group": group, "date": on.isoformat(), f"{by}s": [owner], "entries": [entry]}
    if by == "loan":
        body["members"] = [member_of(desk, group)]
    with desk.book.writing() as writer:
        writer.append(desk.line("between", body))


def member_of(desk: Desk, group: str) -> str:
    return next(one.id for one in memberships(desk.book, group) if one.number == "1")


def loan(desk: Desk, group: str, amount_minor: int, rate: str = "0") -> str:
    given = Between(group, LENT, "loan", amount_minor, member_of(desk, group), terms={"rate": rate})
    return write_between(desk, given).value.new_loans[0].id


def paid_twice(desk: Desk, group: str) -> str:
    """A loan of 300, brought once and written twice with its money: 300 too much are in the box. Gives its id."""
    name = loan(desk, group, 30_000)
    write_between(desk, Between(group, PAID, "repayment", 30_000, member_of(desk, group), loan=name))
    again(desk, group, "loan", name, "repayment", {"box": 30_000, "principal": -30_000})
    return name


def fined_twice(desk: Desk, group: str) -> None:
    """A fine of 40 was owed and brought twice."""
    sheet = Sheet(group, LENT, rows=(SheetRow("1", Attendance.PRESENT, ins=(In("fine-owed", 4_000, why="late"),)),))
    record_meeting(desk, sheet)
    write_between(desk, Between(group, PAID, "fine", 4_000, member_of(desk, group)))
    again(desk, group, "member", member_of(desk, group), "fine", {"box": 4_000, "fines": -4_000})


def shared(desk: Desk, group: str, *absent: str) -> tuple[dict[str, tuple[int, int, int, int]], list[Code]]:
    """By number part, set off, net and what is still owed, the same when it is read back; and the warnings."""
    record_count(desk, group, DAY, [Count(total_minor=sums(desk, group)["box"])])
    done = record_share_out(desk, ShareOutAsked(group, DAY, votes=(4, 0), absent=absent), EN)
    assert done.value.name is not None
    read = read_share_out(desk, done.value.name)
    with_part = [one.sums for one in done.value.rows if one.part_minor or one.net_minor]
    assert [one.sums for one in read.rows] == with_part
    assert control_totals(group_facts(desk, group))[0] == control_totals(group_facts(desk, group))[1]
    assert check(desk.book) == []
    rows = {one.number: (one.part_minor, one.set_off_minor, one.net_minor, one.owes_minor) for one in done.value.rows}
    return rows, [one.code for one in done.warnings]


def booklet(desk: Desk, group: str) -> Balances:
    return next(one.closing for one in booklets(group_facts(desk, group)) if one.holder.number == "1")


def below_zero(desk: Desk) -> bool:
    return Sort.BELOW_ZERO in {one.sort for one in open_items(desk)}


def test_a_loan_paid_twice_is_given_back(desk: Desk, group: str, tmp_path: Path) -> None:
    """No profit: each gets her 1 000, the first the 300 too much beside it."""
    paid_twice(desk, group)
    assert below_zero(desk)
    rows, warned = shared(desk, group)
    assert rows == {"1": (100_000, -30_000, 130_000, 0)} | dict.fromkeys("234", (100000, 0, 100000, 0))
    assert warned == [Code.SHARE_OUT_PAID_TOO_MUCH]
    assert (sums(desk, group), booklet(desk, group)) == ({}, Balances())
    assert not below_zero(desk)
    [op] = [one.op for one in share_outs(desk.book, group)]
    for lang in ("ky", "ru", "en"):
        assert print_share_out(desk, (op,), tmp_path / f"{lang}.pdf", Words(lang)).stat().st_size > 1000


def test_it_goes_off_another_loan_first(desk: Desk, group: str) -> None:
    """600 more were lent to her: of 1 000 and 300 too much those 600 go off, 700 are hers, the others' stay 1 000."""
    loan(desk, group, 60_000)
    paid_twice(desk, group)
    rows, _ = shared(desk, group)
    assert rows == {"1": (100_000, 30_000, 70_000, 0)} | dict.fromkeys("234", (100000, 0, 100000, 0))
    assert (sums(desk, group), booklet(desk, group)) == ({}, Balances())
    assert not any(one.outstanding_minor or one.is_open for one in loan_list(desk, group, only="all").lines)


def test_a_fine_paid_twice_is_given_back(desk: Desk, group: str) -> None:
    """40 are profit, 10 for each, and 40 go back to the first."""
    fined_twice(desk, group)
    rows, warned = shared(desk, group)
    assert rows == {"1": (101_000, -4_000, 105_000, 0)} | dict.fromkeys("234", (101000, 0, 101000, 0))
    assert warned == [Code.SHARE_OUT_PAID_TOO_MUCH]
    assert booklet(desk, group) == Balances()
    assert sums(desk, group) == {"income.fines": -4_000, "surplus": 4_000}


@pytest.mark.parametrize(
    ("too_much_minor", "absent", "hers"),
    [
        (100_000, (), (100_000, 100_000, 0, 0)),
        (60_000, (), (100_000, 60_000, 40_000, 0)),
        (60_000, ("1",), (100_000, 60_000, 40_000, 0)),
    ],
)
def test_what_was_paid_out_too_much_goes_off_her_part(
    desk: Desk, group: str, too_much_minor: int, absent: tuple[str, ...], hers: tuple[int, int, int, int]
) -> None:
    """So much was paid out to the first that was never hers: the others get their 1 000 all the same."""
    postings = {"box": -too_much_minor, "payable": too_much_minor}
    again(desk, group, "member", member_of(desk, group), "withdrawal", postings)
    rows, warned = shared(desk, group, *absent)
    assert rows == {"1": hers} | dict.fromkeys("234", (100000, 0, 100000, 0))
    assert warned == [Code.SHARE_OUT_GOT_TOO_MUCH]
    assert booklet(desk, group) == Balances(payable_minor=hers[2] if absent else 0)


def test_what_her_part_does_not_cover_she_still_owes(desk: Desk, group: str) -> None:
    """1 700 of her 1 000 were withdrawn: she has no part, owes 700, and 2 300 are left for the 3 000 of the others."""
    again(desk, group, "member", member_of(desk, group), "withdrawal", {"box": -170_000, "saving.compulsory": 170_000})
    rows, warned = shared(desk, group)
    assert rows["1"] == (0, 0, 0, 70_000)
    assert sum(row[2] for row in rows.values()) == 230_000
    assert warned == [Code.SHARE_OUT_GOT_TOO_MUCH]
    assert booklet(desk, group) == Balances(saved_minor=-70_000)


def test_a_part_of_before_that_still_waits_is_nobodys_else(desk: Desk, group: str) -> None:
    """1 000 of the last share-out wait for the first; of 5 000 in the box 4 000 are divided."""
    shared(desk, group, "1")
    record_meeting(desk, Sheet(group, DAY.replace(day=26), rows=ALL))
    on = DAY.replace(day=27)
    desk.clock.move(on)  # type: ignore[attr-defined]
    record_count(desk, group, on, [Count(total_minor=500_000)])
    done = record_share_out(desk, ShareOutAsked(group, on, votes=(4, 0)), EN).value
    assert [one.net_minor for one in done.rows] == [100_000] * 4
    assert sums(desk, group)["box"] == 100_000
    assert booklet(desk, group) == Balances(payable_minor=100_000)


@pytest.mark.parametrize("twice", [paid_twice, fined_twice])
def test_taken_back_whole_it_leaves_what_stood_before_it(
    desk: Desk, group: str, twice: Callable[[Desk, str], object]
) -> None:
    """The loan stands at -300, or the fines at -40, as they did: that is not less than before the share-out."""
    twice(desk, group)
    before, hers = sums(desk, group), booklet(desk, group)
    shared(desk, group)
    assert sums(desk, group) != before
    op = share_outs(desk.book, group)[-1].op
    [told] = plan_back(desk, op).warnings
    assert (told.code, "member" in told.facts) == (Code.BELOW_ZERO_ACCEPTED, False), "she owes none of it"
    take_back(desk, op, "the wrong day")
    assert (sums(desk, group), booklet(desk, group)) == (before, hers)
    assert below_zero(desk)
    assert check(desk.book) == []


def test_it_is_not_taken_back_where_more_was_brought_since(desk: Desk, group: str) -> None:
    """The loan stood at -300; 300 more were brought on it the day after: it would stand at -600."""
    name = paid_twice(desk, group)
    shared(desk, group)
    on = DAY.replace(day=26)
    again(desk, group, "loan", name, "repayment", {"box": 30_000, "principal": -30_000}, on)
    with pytest.raises(KnownError) as told:
        take_back(desk, share_outs(desk.book, group)[-1].op, "the wrong day")
    assert [(one.code, one.where) for one in told.value.problems] == [(Code.BELOW_ZERO_THEN, "principal")]
    assert sums(desk, group)["principal"] == -30_000


@pytest.mark.parametrize("rate", ["0", "2"])
def test_all_that_was_paid_on_a_loan_that_was_not_given_is_hers(desk: Desk, group: str, rate: str) -> None:
    """900 are taken back; another laptop had 300 and 18 interest brought on them: 318 hers, the others' stay 1 000."""
    name = loan(desk, group, 90_000, rate)
    [given] = [one for one in entry_store.entries(desk.book, group, kinds=("loan",)) if one.loan == name]
    write_correction(desk, group, plan_entry(desk, given.name), "not given")
    again(desk, group, "loan", name, "repayment", {"box": 31_800, "interest": -1_800, "principal": -30_000})
    assert death_view(desk, member_of(desk, group), DAY, DAY).estate.has_minor == 131_800
    rows, _ = shared(desk, group)
    assert rows == {"1": (100_000, -31_800, 131_800, 0)} | dict.fromkeys("234", (100000, 0, 100000, 0))
    assert (sums(desk, group), booklet(desk, group)) == ({}, Balances())


def test_an_envelope_is_given_when_all_that_is_left_of_it_was_paid(desk: Desk, group: str) -> None:
    """600 she had got too much go off her 1 000, 400 wait: 10 of it bring no mark, the other 390 do."""
    postings = {"box": -60_000, "payable": 60_000}
    again(desk, group, "member", member_of(desk, group), "withdrawal", postings)
    shared(desk, group, "1")
    op = share_outs(desk.book, group)[-1].op
    for amount, marked in ((1_000, None), (39_000, DAY)):
        write_between(desk, Between(group, DAY, "payable", amount, member=member_of(desk, group)))
        assert [one.paid_on for one in read_share_out(desk, op).rows] == [marked, None, None, None]


@pytest.mark.parametrize(("twice_minor", "waits_minor"), [(60_000, 80_000), (100_000, 0)])
def test_savings_below_zero_are_covered_from_what_waits_for_her(
    desk: Desk, group: str, twice_minor: int, waits_minor: int
) -> None:
    """1 000 of the last share-out wait for the first, who saved 1 000 since, of which 600 were withdrawn twice: her
    savings are 200 below nothing, so 800 wait for her. Where it was all 1 000 twice, nothing does.
    """
    shared(desk, group, "1")
    record_meeting(desk, Sheet(group, DAY, rows=ALL))
    member = member_of(desk, group)
    write_between(desk, Between(group, DAY, "withdrawal", twice_minor, member, product="compulsory"))
    postings = {"box": -twice_minor, "saving.compulsory": twice_minor}
    again(desk, group, "member", member, "withdrawal", postings)
    on = DAY.replace(day=27)
    desk.clock.move(on)  # type: ignore[attr-defined]
    record_count(desk, group, on, [Count(total_minor=sums(desk, group)["box"])])
    done = record_share_out(desk, ShareOutAsked(group, on, votes=(4, 0)), EN).value
    covered = 100_000 - 2 * twice_minor
    assert [one.sums for one in read_share_out(desk, done.name or "").rows] == [one.sums for one in done.rows]
    lines = {one.number: (one.saved_minor, one.part_minor, one.set_off_minor, one.net_minor) for one in done.rows}
    assert lines == {"1": (covered, covered, covered, 0)} | dict.fromkeys("234", (100_000, 100_000, 0, 100_000))
    assert booklet(desk, group) == Balances(payable_minor=waits_minor)
    assert sums(desk, group) == ({"box": 80_000, "payable": -80_000} if waits_minor else {})
    assert not below_zero(desk)
    assert check(desk.book) == []
    if waits_minor:
        write_between(desk, Between(group, on, "payable", waits_minor, member))
    envelope = read_share_out(desk, share_outs(desk.book, group)[0].op).rows[0]
    assert (envelope.number, envelope.paid_on) == ("1", on), "nothing of it waits any more"


def test_without_savings_it_waits_for_her_where_she_is_away(desk: Desk, group: str) -> None:
    """Her savings were withdrawn; the 300 too much wait for her, and are read back as that."""
    paid_twice(desk, group)
    write_between(desk, Between(group, PAID, "withdrawal", 100_000, member_of(desk, group), product="compulsory"))
    rows, _ = shared(desk, group, "1")
    assert rows["1"] == (0, -30_000, 30_000, 0)
    assert booklet(desk, group) == Balances(payable_minor=30_000)
