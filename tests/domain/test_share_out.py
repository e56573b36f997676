"""Share-out against published and hand-worked figures, and that the box is emptied to the last unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shg_desk.domain.share_out import share_out

FIVE = {"A": 45, "B": 60, "C": 33, "D": 52, "E": 17}


def test_refund_and_profit_of_a_member() -> None:
    others = {"member": 45, "others": 855}
    assert share_out(5_400_00, others).payouts["member"] == 270_00
    assert share_out(10_000_00, {"member": 100, "others": 900}).payouts["member"] == 1_000_00


def test_largest_remainder_to_the_smallest_coin() -> None:
    shared = share_out(31_234_50, FIVE)
    assert shared.payouts == {"A": 679011, "B": 905348, "C": 497941, "D": 784635, "E": 256515}
    assert shared.left_in_box_minor == 0


def test_largest_remainder_to_whole_som() -> None:
    shared = share_out(31_234_50, FIVE, unit_minor=100)
    assert shared.payouts == {"A": 679000, "B": 905400, "C": 497900, "D": 784600, "E": 256500}
    assert shared.left_in_box_minor == 50


def test_ties_go_by_code_point() -> None:
    assert share_out(1, {"б": 1, "a": 1, "Я": 1}).payouts == {"б": 0, "a": 1, "Я": 0}
    assert share_out(2, {"ө": 1, "б": 1, "Я": 1}).payouts == {"ө": 0, "б": 1, "Я": 1}


def test_debts_are_set_off_and_never_pay_out_below_nothing() -> None:
    shared = share_out(1_000, {"A": 1, "B": 1, "C": 0}, owes={"A": 200, "B": 700, "C": 30, "gone": 5})
    assert shared.parts == {"A": 500, "B": 500, "C": 0}
    assert shared.payouts == {"A": 300, "B": 0, "C": 0, "gone": 0}
    assert shared.set_off == {"A": 200, "B": 500}
    assert shared.still_owes == {"B": 200, "C": 30, "gone": 5}
    assert shared.left_in_box_minor == 700


@pytest.mark.parametrize("shares", [{}, {"A": 0, "B": 0}])
def test_nobody_holds_a_share(shares: dict[str, int]) -> None:
    shared = share_out(500, shares)
    assert shared.payouts == shares
    assert shared.left_in_box_minor == 500


@pytest.mark.parametrize(
    ("pool", "shares", "unit", "owes"),
    [(-1, {"A": 1}, 1, {}), (1, {"A": -1}, 1, {}), (1, {"A": 1}, 0, {}), (1, {"A": 1}, 1, {"A": -1})],
)
def test_what_cannot_be_shared(pool: int, shares: dict[str, int], unit: int, owes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="negative"):
        share_out(pool, shares, unit, owes)


names = st.text(min_size=1, max_size=3)


@given(
    st.integers(0, 10**12),
    st.dictionaries(names, st.integers(0, 5_000), max_size=40),
    st.sampled_from([1, 50, 100, 1_000]),
    st.dictionaries(names, st.integers(0, 10**11), max_size=10),
)
def test_nothing_is_lost(pool: int, shares: dict[str, int], unit: int, owes: dict[str, int]) -> None:
    shared = share_out(pool, shares, unit, owes)
    assert sum(shared.payouts.values()) + shared.left_in_box_minor == pool
    assert min(shared.payouts.values(), default=0) >= 0
    for name, debt in owes.items():
        assert shared.set_off.get(name, 0) + shared.still_owes.get(name, 0) == debt
    total = sum(shares.values())
    if total:
        assert 0 <= shared.left_in_box_minor - sum(shared.set_off.values()) < unit
        for name, part in shared.parts.items():
            # never a whole unit away from the exact part
            assert abs(part * total - pool // unit * unit * shares[name]) < unit * total
        for more, one in shared.parts.items():
            for less, other in shared.parts.items():
                assert shares[more] <= shares[less] or one >= other
