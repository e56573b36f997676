"""Named corrections of loans, withdrawals, grants, shares and products: the book as if it had been right at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk_maker import make_desk
from desk_maker import make_group
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as some

from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_between
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.views_entry import entry_detail
from shg_desk.actions.views_entry import preview_correction
from shg_desk.domain.corrections import MOVES_TODAY
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import entries as entry_store
from shg_desk.store.check import check
from shg_desk.store.ledger import balances
from shg_desk.store.loans import loans

MARCH, MAY, TODAY = date(2026, 3, 12), date(2026, 5, 7), date(2026, 8, 1)
RULES: dict[str, Any] = {
    "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}, {"code": "voluntary", "amount": "0"}],
    "share": {"price": "50", "min": 0, "max": 50},
    "social": "20",
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3},
}


def funded(folder: Path) -> tuple[Desk, str]:
    """Four members, each with 50 000 saved of both products, and a social fund."""
    folder.mkdir(exist_ok=True)
    desk = make_desk(folder, day=TODAY)
    group = make_group(desk, rules=RULES)
    ins = (In("saving", 5_000_000, "compulsory"), In("saving", 5_000_000, "voluntary"), In("social", 500_000))
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=ins) for n in range(1, 5))
    record_meeting(desk, Sheet(group, date(2026, 3, 5), rows=rows))
    return desk, group


@pytest.fixture
def desk_and_group(tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    desk, group = funded(tmp_path)
    yield desk, group
    assert check(desk.book) == []
    desk.close()


@pytest.fixture(scope="module")
def well_used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, str]]:
    desk, group = funded(tmp_path_factory.mktemp("book"))
    yield desk, group
    assert check(desk.book) == []
    desk.close()


def standing(desk: Desk, group: str) -> dict[tuple[str, str], int]:
    """What stands on each account of each owner, zero left out."""
    found = {(one.account.code, one.account.owner or ""): one.amount_minor for one in balances(desk.book, group)}
    return {key: amount for key, amount in found.items() if amount}


def by_account(desk: Desk, group: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for (code, _), amount in standing(desk, group).items():
        found[code] = found.get(code, 0) + amount
    return found


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    found = {code: after.get(code, 0) - before.get(code, 0) for code in {*before, *after}}
    return {code: amount for code, amount in found.items() if amount}


def between(
    desk: Desk, group: str, on: date, number: str, *, ins: tuple[In, ...] = (), outs: tuple[Out, ...] = ()
) -> str:
    made = record_between(desk, group, on, (SheetRow(number, ins=ins, outs=outs),)).value
    assert made.name is not None
    return made.name


def entry_of(desk: Desk, op: str, kind: str) -> str:
    return next(row.name for row in entry_store.entries_of(desk.book, op) if row.kind == kind)


def corrected(desk: Desk, group: str, name: str, how: str, change: Change, cash: str = "in-differences") -> str:
    preview = preview_correction(desk, name, how, change, cash)
    assert sum(preview.plan.effects().values()) == 0, "what it adds on one account it takes from another"
    return write_correction(desk, group, preview.plan, "жаңылыш").value


TERMS = some.fixed_dictionaries(
    {
        "rate": some.sampled_from(["0", "1", "2.5"]),
        "rate_per": some.just("month"),
        "method": some.sampled_from(["flat", "annuity", "equal-principal", "bullet"]),
        "instalments": some.integers(1, 12),
        "interest_at_start": some.booleans(),
    }
)


@settings(max_examples=15, deadline=None)
@given(
    TERMS,
    some.integers(1, 300),
    some.integers(1, 300),
    some.sampled_from(["other-member", "other-amount", "other-date"]),
)
def test_a_loan_given_again_is_the_loan_that_should_have_been(
    well_used: tuple[Desk, str], terms: dict[str, Any], hundreds: int, should: int, how: str
) -> None:
    desk, group = well_used
    change = {
        "other-member": Change(member="3"),
        "other-amount": Change(amount_minor=should * 10_000),
        "other-date": Change(on=MAY),
    }[how]
    if how == "other-amount" and should == hundreds:
        should += 1
        change = Change(amount_minor=should * 10_000)
    amount = should * 10_000 if how == "other-amount" else hundreds * 10_000
    before = by_account(desk, group)
    op = between(desk, group, MARCH, "2", outs=(Out("loan", hundreds * 10_000, terms=terms, guarantors=("1",)),))
    wrong = by_account(desk, group)
    name = entry_of(desk, op, "loan")
    written = corrected(desk, group, name, how, change)
    after = by_account(desk, group)
    # the oracle: the same loan written down right at once
    number, on = "3" if how == "other-member" else "2", MAY if how == "other-date" else MARCH
    right = between(desk, group, on, number, outs=(Out("loan", amount, terms=terms, guarantors=("1",)),))
    asked = moved(after, by_account(desk, group))
    got = moved(before, after)
    got["box"] = got.get("box", 0) + got.pop("differences", 0)
    assert {code: sum_ for code, sum_ in got.items() if sum_} == asked
    rows = {row.op: row for row in loans(desk.book, group) if row.op in (written, right, op)}
    new, good = rows[written], rows[right]
    assert (new.principal_minor, new.on, new.terms, new.member.number) == (
        good.principal_minor, good.on, good.terms, good.member.number,
    )  # fmt: skip
    # and back: what the correction wrote is taken back as a whole
    again = next(
        row.name for row in entry_store.entries_of(desk.book, written) if row.kind == "loan" and not row.corrects
    )
    back = preview_correction(desk, again, "reverse", Change(), MOVES_TODAY)
    assert sum(back.plan.effects().values()) == 0
    assert wrong["principal"] - before.get("principal", 0) == hundreds * 10_000


def test_a_loan_that_is_paid_on_offers_no_other_loan(desk_and_group: tuple[Desk, str]) -> None:
    desk, group = desk_and_group
    op = between(desk, group, MARCH, "2", outs=(Out("loan", 300_000),))
    name = entry_of(desk, op, "loan")
    assert entry_detail(desk, name).hows == ("other-member", "other-amount", "other-date", "twice", "reverse")
    between(desk, group, MAY, "2", ins=(In("repayment", 10_000),))
    assert entry_detail(desk, name).hows == ("twice", "reverse")
    with pytest.raises(KnownError) as told:
        preview_correction(desk, name, "other-amount", Change(amount_minor=1))
    assert [one.code for one in told.value.problems] == [Code.LOAN_HAS_REPAYMENTS]


def test_a_borrower_does_not_answer_for_herself(desk_and_group: tuple[Desk, str]) -> None:
    desk, group = desk_and_group
    op = between(desk, group, MARCH, "2", outs=(Out("loan", 300_000, guarantors=("1",)),))
    with pytest.raises(KnownError) as told:
        preview_correction(desk, entry_of(desk, op, "loan"), "other-member", Change(member="1"))
    assert Code.GUARANTOR_WRONG in [one.code for one in told.value.problems]


INS = [
    ("saving", "compulsory"),
    ("saving", "voluntary"),
    ("shares", None),
    ("social", None),
    ("fine", None),
    ("other", None),
]
OUTS = [("withdrawal", "compulsory"), ("withdrawal", "voluntary"), ("grant", None), ("other", None)]


def line_of(kind: str, product: str | None, amount_minor: int, *, out: bool) -> dict[str, Any]:
    if out:
        return {"outs": (Out(kind, amount_minor, product=product, text="тамга"),)}
    shares = amount_minor // 5_000 if kind == "shares" else None
    return {"ins": (In(kind, amount_minor, product=product, shares=shares, text="тамга"),)}


@settings(max_examples=20, deadline=None)
@given(some.data(), some.booleans(), some.integers(1, 20))
def test_money_of_another_kind_or_product_is_as_if_written_so_at_once(
    well_used: tuple[Desk, str], data: some.DataObject, out: bool, times: int
) -> None:
    desk, group = well_used
    kinds = OUTS if out else INS
    wrong, right = data.draw(some.lists(some.sampled_from(kinds), min_size=2, max_size=2, unique=True))
    amount = times * 5_000
    before = standing(desk, group)
    op = between(desk, group, MARCH, "4", **line_of(*wrong, amount, out=out))
    name = next(row.name for row in entry_store.entries_of(desk.book, op))
    detail = entry_detail(desk, name)
    assert "other-kind" in detail.hows
    offered = {(one.kind, one.product) for one in detail.kinds}
    assert offered == set(kinds) - {wrong}
    kind, product = right
    corrected(desk, group, name, "other-kind", Change(kind=kind, product=product))
    after = standing(desk, group)
    between(desk, group, MARCH, "4", **line_of(*right, amount, out=out))
    then = standing(desk, group)
    keys = {*before, *after, *then}
    once = {key: after.get(key, 0) - before.get(key, 0) for key in keys}
    twice = {key: then.get(key, 0) - after.get(key, 0) for key in keys}
    assert once == twice


@settings(max_examples=4, deadline=None)
@given(some.integers(1, 200), some.integers(1, 200))
def test_another_sum_of_a_withdrawal_nobody_counted_since_is_the_box_s_too(
    well_used: tuple[Desk, str], wrong: int, right: int
) -> None:
    desk, group = well_used
    right += wrong == right
    before = by_account(desk, group)
    op = between(desk, group, MARCH, "4", outs=(Out("withdrawal", wrong * 100, product="voluntary"),))
    corrected(desk, group, entry_of(desk, op, "withdrawal"), "other-amount", Change(amount_minor=right * 100))
    got = moved(before, by_account(desk, group))
    assert got == {"saving.voluntary": right * 100, "box": -right * 100}


def test_the_kind_it_is_already_changes_nothing(desk_and_group: tuple[Desk, str]) -> None:
    desk, group = desk_and_group
    (loan,) = record_between(desk, group, MARCH, [SheetRow("2", outs=(Out("loan", 300_000),))]).value.new_loans
    saved = between(desk, group, MARCH, "1", ins=(In("saving", 5_000, product="voluntary"),))
    taken = between(desk, group, MARCH, "1", outs=(Out("withdrawal", 5_000, product="voluntary"),))
    repaid = between(desk, group, MAY, "2", ins=(In("repayment", 10_000, loan=loan.id),))
    for op, kind, product in (
        (saved, "saving", None),
        (taken, "withdrawal", None),
        (taken, "withdrawal", "voluntary"),
        (repaid, "repayment", None),
    ):
        with pytest.raises(KnownError) as told:
            preview_correction(desk, entry_of(desk, op, kind), "other-kind", Change(kind=kind, product=product))
        assert [one.code for one in told.value.problems] == [Code.NOTHING_CHANGED]
