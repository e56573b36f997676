"""What is settled at a death, held to sums anybody can add up: nothing below zero, nothing lost, entries of zero."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shg_desk.domain.brought import FINES
from shg_desk.domain.brought import HAND
from shg_desk.domain.death import CHOICES
from shg_desk.domain.death import FORGIVEN
from shg_desk.domain.death import KEPT
from shg_desk.domain.death import SET_OFF
from shg_desk.domain.death import Debt
from shg_desk.domain.death import Estate
from shg_desk.domain.death import in_order
from shg_desk.domain.death import settle
from shg_desk.domain.leaving import DIED
from shg_desk.domain.leaving import died_on
from shg_desk.domain.leaving import last_day

AMOUNTS = st.integers(0, 1_000_000)
LOANS = st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), max_size=3)


@st.composite
def estates(draw: st.DrawFn) -> Estate:
    saved = draw(st.dictionaries(st.sampled_from(["saving.weekly", "saving.usual", "saving.share"]), AMOUNTS))
    debts = [Debt(key, draw(AMOUNTS)) for key in (FINES, HAND)]
    debts += [Debt(f"L-{n}", p, f"loan{n}", i, c) for n, (p, i, c) in enumerate(draw(LOANS), start=1)]
    return Estate("m", saved, draw(AMOUNTS), draw(AMOUNTS), in_order(debts))


@given(estates(), st.lists(st.sampled_from(CHOICES), min_size=5, max_size=5), AMOUNTS)
def test_everything_is_somewhere(estate: Estate, said: list[str], grant: int) -> None:
    choices = {debt.key: choice for debt, choice in zip(estate.debts, said, strict=False)}
    settled = settle(estate, choices, grant)
    sums: Counter[tuple[str, str]] = Counter()
    for entry in settled.entries:
        assert sum(amount for _, amount in entry.postings) == 0
        assert len({code for code, _ in entry.postings}) == len(entry.postings) > 1
        for code, amount in entry.postings:
            sums[code, entry.owner if code in ("principal", "interest") else ""] += amount
    # what she had is payable or was set off, and never below nothing
    set_off = sum(one.set_off_minor for one in settled.decided)
    assert settled.payable_minor + set_off == estate.has_minor
    assert settled.payable_minor >= 0
    assert estate.payable_minor - sums["payable", ""] == settled.payable_minor
    for code, amount in estate.saved_minor.items():
        assert sums[code, ""] == amount
    assert sums["surplus", ""] == 0
    assert -sums["box", ""] == sums["social", ""] == grant
    for one in settled.decided:
        debt, gone = one.debt, one.choice == FORGIVEN or (one.choice == SET_OFF and not one.left_minor)
        assert one.left_minor >= 0
        if one.choice == KEPT:
            assert one.left_minor == debt.owed_minor
        if debt.loan is None:
            assert -sums[debt.key, ""] == (debt.amount_minor if gone else one.set_off_minor)
        elif gone:
            assert -sums["principal", debt.loan] == debt.amount_minor
            assert -sums["interest", debt.loan] == debt.interest_minor + debt.to_come_minor
        else:
            paid = -sums["principal", debt.loan], -sums["interest", debt.loan]
            assert sum(paid) == one.set_off_minor
            assert paid[1] == min(debt.interest_minor, one.set_off_minor), "interest goes first"


def test_the_day_she_died_is_no_day_of_hers() -> None:
    day = date(2026, 5, 20)
    assert last_day(day, DIED) == date(2026, 5, 19)
    assert last_day(day, "moved") == day
    assert last_day(None, None) is None
    assert (died_on(day, DIED), died_on(day, "moved")) == (day, None)
