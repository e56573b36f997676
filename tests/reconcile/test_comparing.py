"""Comparing two sides: what the words of the comparison mean, and that no order of lines changes the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from shg_desk.reconcile.comparing import Compared
from shg_desk.reconcile.comparing import compare
from shg_desk.reconcile.rows import Row

DAY = date(2026, 3, 12)


def row(name: str, amount: int, day: int = 0, **more: str) -> Row:
    return Row(name, DAY + timedelta(day), amount, **more)


def counts(found: Compared) -> dict[str, int]:
    return {name: number for name, number in found.counts.items() if number}


def test_the_same_names_are_the_same_lines() -> None:
    left = [row("a", 100), row("b", 200), row("c", 300)]
    found = compare(left, [row("c", 300), row("a", 100), row("d", 50)])
    assert counts(found) == {"matched": 2, "missing_left": 1, "missing_right": 1}
    assert (found.missing_left, found.missing_right) == (("d",), ("b",))
    assert [(pair.left, pair.right, pair.reason) for pair in found.pairs] == [
        (("a",), ("a",), "id"),
        (("c",), ("c",), "id"),
    ]


def test_the_same_name_with_another_amount_is_no_pair() -> None:
    found = compare([row("a", 100)], [row("a", 110)])
    assert counts(found) == {"amount": 1}
    assert found.pairs == ()
    assert found.amount == ("a",)
    assert found.drift_minor == {"": -10}
    assert counts(compare([row("a", 100)], [row("a", 110)], tolerance_minor=10)) == {"matched": 1}


def test_the_same_name_on_another_day_is_a_pair_with_its_reason() -> None:
    found = compare([row("a", 100)], [row("a", 100, 3)])
    assert counts(found) == {"date": 1}
    assert [pair.reason for pair in found.pairs] == ["date"]
    assert counts(compare([row("a", 100)], [row("a", 100, 3)], window_days=3)) == {"matched": 1}


def test_window_and_tolerance_hold_both_ways_and_no_further() -> None:
    for days, minor in ((2, 0), (-2, 0), (0, 5), (0, -5), (2, -5)):
        right = [row("x", 1000 + minor, days)]
        assert counts(compare([row("a", 1000)], right, window_days=2, tolerance_minor=5)) == {"matched": 1}
        assert counts(compare([row("a", 1000)], right)) == {"missing_left": 1, "missing_right": 1}
    for days, minor in ((3, 0), (-3, 0), (0, 6), (0, -6)):
        right = [row("x", 1000 + minor, days)]
        found = compare([row("a", 1000)], right, window_days=2, tolerance_minor=5)
        assert counts(found) == {"missing_left": 1, "missing_right": 1}


def test_the_nearest_day_is_joined() -> None:
    found = compare([row("a", 100, 3)], [row("x", 100, 0), row("y", 100, 4)], window_days=5)
    assert [(pair.left, pair.right) for pair in found.pairs] == [(("a",), ("y",))]
    assert found.missing_left == ("x",)


def test_what_both_sides_name_must_agree() -> None:
    for field in ("currency", "account", "group", "member"):
        left = [replace(row("a", 100), **{field: "1"})]
        assert counts(compare(left, [replace(row("x", 100), **{field: "2"})])) == {
            "missing_left": 1,
            "missing_right": 1,
        }
        assert counts(compare(left, [row("x", 100)])) == {"matched": 1}


def test_a_payment_and_its_reversal_are_not_the_other_sides_payment() -> None:
    left = [row("a", 100), row("b", -100, 1, reference="a")]
    found = compare(left, [row("x", 100)], window_days=5)
    assert found.pairs == ()
    assert found.missing_left == ("x",)
    assert set(found.missing_right) == {"a", "b"}
    by_kind = [row("a", 100), row("b", -100, 1, kind="reversal")]
    assert compare([row("x", 100)], by_kind, window_days=5).pairs == ()
    kept = [row("a", 100), row("b", -100, 1)]  # two payments, one each way: nothing says one takes back the other
    assert len(compare(kept, [row("x", 100)], window_days=5).pairs) == 1


def test_a_line_twice_is_counted_and_joined_once() -> None:
    found = compare([row("a", 100), row("a", 100)], [row("a", 100)])
    assert counts(found) == {"matched": 1, "duplicate": 1}
    entry = [row("e", 100, account="box"), row("e", -100, account="saving.usual", member="1")]
    assert counts(compare(entry, entry)) == {"matched": 1}


def test_drift_is_by_account() -> None:
    left = [row("a", 100, account="box"), row("b", 50, account="bank")]
    right = [row("a", 100, account="box"), row("c", 20, account="bank")]
    assert compare(left, right).drift_minor == {"bank": 30}


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 6), st.sampled_from(["", "box", "bank"])), max_size=30),
    st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 6), st.sampled_from(["", "box", "bank"])), max_size=30),
    st.integers(0, 3),
    st.integers(0, 1),
    st.integers(0, 2**16),
)
def test_order_plays_no_part_and_every_line_is_somewhere_once(
    left: list[tuple[int, int, str]], right: list[tuple[int, int, str]], window: int, tolerance: int, seed: int
) -> None:
    ours = [row(f"l{n}", amount, day, account=account) for n, (amount, day, account) in enumerate(left)]
    theirs = [row(f"r{n}", amount, day, account=account) for n, (amount, day, account) in enumerate(right)]
    found = compare(ours, theirs, window_days=window, tolerance_minor=tolerance)
    chance = Random(seed)
    mixed = [chance.sample(side, len(side)) for side in (ours, theirs)]
    assert compare(*mixed, window_days=window, tolerance_minor=tolerance) == found
    joined_left = [name for pair in found.pairs for name in pair.left]
    joined_right = [name for pair in found.pairs for name in pair.right]
    assert sorted([*joined_left, *found.missing_right]) == sorted(one.id for one in ours)
    assert sorted([*joined_right, *found.missing_left]) == sorted(one.id for one in theirs)
    by_name = {one.id: one for one in (*ours, *theirs)}
    for pair in found.pairs:
        one, other = by_name[pair.left[0]], by_name[pair.right[0]]
        assert abs(one.amount_minor - other.amount_minor) <= tolerance
        assert abs((one.date - other.date).days) <= window
        assert not one.account or not other.account or one.account == other.account
    for missing in found.missing_right:
        for other_name in found.missing_left:
            one, other = by_name[missing], by_name[other_name]
            alike = not one.account or not other.account or one.account == other.account
            assert not (alike and one.amount_minor == other.amount_minor and one.date == other.date)
