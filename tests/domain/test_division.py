"""The division of a share-out against published figures, a plain search over who is set off whole, and what must hold
of every one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shg_desk.domain.division import Claim
from shg_desk.domain.division import Cut
from shg_desk.domain.division import divide
from shg_desk.domain.share_out import share_out

FIVE = {"A": 45, "B": 60, "C": 33, "D": 52, "E": 17}


def claim(name: str, weight: int, own: int = 0, owes: int = 0) -> Claim:
    return Claim(name, (name,), weight, own, owes)


def nets(found: dict[str, Cut] | None) -> dict[str, int]:
    assert found is not None
    return {name: cut.net_minor for name, cut in found.items()}


# the slow way -------------------------------------------------------------------------------------------------------


def searched(cash: int, claims: Sequence[Claim], unit: int) -> dict[str, tuple[int, int, int]] | None:
    """Every choice of who is set off whole is tried; of those that fit the one with the largest value of a weight."""
    cash -= cash % unit
    best: tuple[Fraction, tuple[bool, ...]] | None = None
    for whole in product((False, True), repeat=len(claims)):
        free = [one for one, is_whole in zip(claims, whole, strict=True) if not is_whole]
        weights = sum(one.weight for one in free)
        if not weights:
            continue
        value = Fraction(cash + sum(one.owes_minor for one in free) - sum(one.own_minor for one in free), weights)
        parts = [one.own_minor + one.weight * value for one in claims]
        fits = value >= 0 and all(
            (one.owes_minor > part) == is_whole for one, part, is_whole in zip(claims, parts, whole, strict=True)
        )
        if fits and (best is None or value > best[0]):
            best = (value, whole)
    if best is None or not cash:
        return None
    value, whole = best
    exact = {
        one: one.own_minor + one.weight * value - one.owes_minor
        for one, is_whole in zip(claims, whole, strict=True)
        if not is_whole
    }
    given_ = dict.fromkeys(exact, 0)
    for _ in range(cash // unit):  # one note after the other to her who is furthest below what is hers
        furthest = min(exact, key=lambda one: (given_[one] - exact[one], one.tie))
        given_[furthest] += unit
    found = {}
    for one in claims:
        part = one.own_minor + one.weight * value
        if one in given_:
            found[one.id] = (given_[one] + one.owes_minor, one.owes_minor, given_[one])
        else:
            found[one.id] = (part.numerator // part.denominator, part.numerator // part.denominator, 0)
    return found


amounts = st.integers(0, 3_000)
some = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 300), amounts), min_size=1, max_size=5)


@given(st.integers(1, 4_000), some, st.sampled_from([1, 7, 50, 100]))
def test_it_is_what_a_plain_search_finds(cash: int, stands: list[tuple[int, int, int]], unit: int) -> None:
    claims = [claim(f"m{n}", *one) for n, one in enumerate(stands)]
    found = divide(cash, claims, unit)
    slow = searched(cash, claims, unit)
    if found is None:
        assert slow is None or sum(one.weight for one in claims) == 0
        return
    assert slow == {name: (cut.part_minor, cut.set_off_minor, cut.net_minor) for name, cut in found.items()}


@given(st.integers(1, 10**9), some, st.sampled_from([1, 100, 500]))
def test_what_holds_of_every_division(cash: int, stands: list[tuple[int, int, int]], unit: int) -> None:
    claims = {f"m{n}": claim(f"m{n}", *one) for n, one in enumerate(stands)}
    found = divide(cash, list(claims.values()), unit)
    if found is None:
        return
    assert 0 <= cash - sum(cut.net_minor for cut in found.values()) < unit, "cash is hand-outs and less than a note"
    for name, cut in found.items():
        assert cut.net_minor >= 0
        assert cut.net_minor % unit == 0
        assert cut.part_minor == cut.set_off_minor + cut.net_minor
        assert 0 <= cut.set_off_minor <= claims[name].owes_minor
        assert cut.net_minor == 0 or cut.set_off_minor == claims[name].owes_minor, "who owes on is handed nothing"


@given(
    st.integers(1, 10**8),
    st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 900), min_size=1),
    st.sampled_from([1, 100]),
)
def test_without_debts_it_is_the_split_of_calc_share_out(cash: int, shares: dict[str, int], unit: int) -> None:
    found = divide(cash, [claim(name, n) for name, n in shares.items()], unit)
    expected = dict(share_out(cash, shares, unit).payouts)
    assert (nets(found) if found else dict.fromkeys(shares, 0)) == expected


@given(st.integers(100, 10**5), st.lists(st.integers(0, 20), min_size=7, max_size=7))
def test_with_debts_below_the_parts_it_is_that_split_of_cash_and_debts(cash: int, owes: list[int]) -> None:
    shares = dict(zip("ABCDEFG", (45, 60, 33, 52, 17, 8, 21), strict=True))
    debts = {name: 100 * n for name, n in zip(shares, owes, strict=True)}
    expected = share_out(100 * cash + sum(debts.values()), shares, 100, debts)
    if expected.still_owes or any(debts[name] > part - 100 for name, part in expected.parts.items()):
        return
    found = divide(100 * cash, [claim(name, n, owes=debts[name]) for name, n in shares.items()], 100)
    assert nets(found) == dict(expected.payouts)


def test_published_figures() -> None:
    assert nets(divide(5_400_00, [claim("member", 45), claim("others", 855)]))["member"] == 270_00
    five = [claim(name, n) for name, n in FIVE.items()]
    assert list(nets(divide(31_234_50, five, 100)).values()) == [6790_00, 9054_00, 4979_00, 7846_00, 2565_00]


def test_a_debt_above_the_part_stays_and_the_others_share_what_there_is() -> None:
    # by hand: B owes 900. Cash 600, and A and C owe 60 and nothing: 660 for 30 shares, 22 a share. B's 10 are 220.
    found = divide(600, [claim("A", 10, owes=60), claim("B", 10, owes=900), claim("C", 20)])
    assert found == {"A": Cut(220, 60, 160), "B": Cut(220, 220, 0), "C": Cut(440, 0, 440)}


def test_ties_go_by_name_father_and_number() -> None:
    ask = [Claim("x", ("Айгүл", "Б", "2"), 1), Claim("y", ("Айгүл", "Б", "1"), 1), Claim("z", ("Айгүл", "А", "3"), 1)]
    assert nets(divide(1, ask)) == {"x": 0, "y": 0, "z": 1}
    assert nets(divide(2, ask)) == {"x": 0, "y": 1, "z": 1}


def test_nothing_to_share_out() -> None:
    assert divide(0, [claim("A", 1)]) is None
    assert divide(100, [claim("A", 0)]) is None
    assert divide(100, [claim("A", 1, own=300)]) is None
    for wrong in ((1, [claim("A", -1)], 1), (1, [claim("A", 1, owes=-1)], 1), (1, [claim("A", 1)], 0)):
        with pytest.raises(ValueError, match="negative"):
            divide(*wrong)
