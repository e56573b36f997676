"""Schedules against figures published by two lending programs, a second plain reckoning, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.domain.loan_schedule import Instalment
from shg_desk.domain.loan_schedule import Schedule
from shg_desk.domain.loan_schedule import schedule
from shg_desk.domain.loan_terms import GraceKind
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import RatePer
from shg_desk.domain.loan_terms import Remainder
from shg_desk.domain.loan_terms import Unit
from tests.domain import schedule_oracle as oracle

ANNUITY, EQUAL, FLAT, BULLET = Method.ANNUITY, Method.EQUAL_PRINCIPAL, Method.FLAT, Method.BULLET
FIRST, LAST, SPREAD = Remainder.FIRST, Remainder.LAST, Remainder.SPREAD
WEEKEND = frozenset({5, 6})


def terms(principal: int, rate: str, method: Method, count: int, **more: object) -> LoanTerms:
    agreed = LoanTerms(principal, Fraction(rate), method, count, date(2010, 1, 1))
    return replace(agreed, **more)  # type: ignore[arg-type]


def cents(*amounts: str) -> list[int]:
    return [int(Decimal(amount) * 100) for amount in amounts]


def principals(plan: Schedule) -> list[int]:
    return [line.principal_minor for line in plan.instalments]


def interests(plan: Schedule) -> list[int]:
    return [line.interest_minor for line in plan.instalments]


def pairs(plan: Schedule) -> list[tuple[int, int]]:
    """(interest, principal), the order the whole-unit figures were published in."""
    return list(zip(interests(plan), principals(plan), strict=True))


def days(plan: Schedule) -> list[date]:
    return [line.due for line in plan.instalments]


def of_hundreds(lines: Sequence[int]) -> list[int]:
    return [line * 100 for line in lines]


MONTHLY_ANNUITY = terms(1_200_000, "2", ANNUITY, 4, start=date(2011, 9, 20))
WEEKLY_ANNUITY = terms(1_000_000, "2", ANNUITY, 4, unit=Unit.WEEK)


def test_level_instalment_monthly() -> None:
    plan = schedule(MONTHLY_ANNUITY)
    assert days(plan) == [date(2011, 10, 20), date(2011, 11, 20), date(2011, 12, 20), date(2012, 1, 20)]
    assert principals(plan) == cents("2911.49", "2969.72", "3029.11", "3089.68")
    assert interests(plan) == cents("240.00", "181.77", "122.38", "61.79")
    assert [line.total_minor for line in plan.instalments] == cents("3151.49", "3151.49", "3151.49", "3151.47")
    assert plan.interest_minor == 60594


def test_monthly_rate_on_weekly_instalments() -> None:
    plan = schedule(WEEKLY_ANNUITY)
    assert principals(plan) == cents("2482.76", "2494.22", "2505.73", "2517.29")
    assert interests(plan) == cents("46.15", "34.69", "23.18", "11.62")
    assert plan.interest_minor == 11564
    yearly = schedule(replace(WEEKLY_ANNUITY, rate_percent=Fraction(24), rate_per=RatePer.YEAR))
    assert yearly == plan


def test_a_yearly_rate_with_many_places() -> None:
    plan = schedule(terms(10_000, "9.4822", ANNUITY, 6, rate_per=RatePer.YEAR))
    assert principals(plan) == cents("16.34", "16.47", "16.60", "16.73", "16.86", "17.00")
    assert interests(plan) == cents(".79", ".66", ".53", ".40", ".27", ".13")


@pytest.mark.parametrize("method", [ANNUITY, EQUAL, FLAT])
def test_no_interest(method: Method) -> None:
    plan = schedule(terms(100_000, "0", method, 4))
    assert [line.balance_minor for line in plan.instalments] == [75_000, 50_000, 25_000, 0]
    assert plan.interest_minor == 0


@pytest.mark.parametrize(
    ("principal", "rate", "remainder", "grace", "lines"),
    [
        (10_000, "5", FIRST, 0, [(500, 1471), (427, 1543), (349, 1621), (268, 1702), (183, 1787), (94, 1876)]),
        (10_000, "5", LAST, 0, [(500, 1470), (427, 1543), (349, 1621), (268, 1702), (183, 1787), (94, 1877)]),
        (1_000, "3", SPREAD, 0, [(30, 155), (25, 160), (21, 163), (16, 169), (11, 173), (5, 180)]),
        (1_000, "3", LAST, 0, [(30, 155), (25, 160), (21, 164), (16, 169), (11, 174), (5, 178)]),
        (1_000, "3", FIRST, 0, [(30, 153), (25, 160), (21, 164), (16, 169), (11, 174), (5, 180)]),
        (1_000, "2", SPREAD, 0, [(20, 159), (17, 161), (14, 165), (10, 169), (7, 171), (4, 175)]),
        (1_000, "3", SPREAD, 3, [(30, 0), (30, 0), (30, 0), (30, 324), (20, 333), (10, 343)]),
    ],
)
def test_whole_units_and_where_the_remainder_goes(
    principal: int, rate: str, remainder: Remainder, grace: int, lines: list[tuple[int, int]]
) -> None:
    agreed = terms(
        principal, rate, ANNUITY, 6, remainder=remainder, grace_principal=grace,
        rounding="half-up", rate_per=RatePer.PERIOD, non_working_weekdays=WEEKEND,
    )  # fmt: skip
    plan = schedule(agreed)
    assert pairs(plan) == lines
    assert days(plan)[3] == date(2010, 5, 3)
    assert days(plan)[4] == date(2010, 6, 1)


def test_remainder_spread_in_small_coin() -> None:
    plan = schedule(terms(10_000, "1", ANNUITY, 10, remainder=SPREAD, rounding="half-up"))
    expected = cents("9.56", "9.66", "9.75", "9.85", "9.95", "10.05", "10.14", "10.24", "10.35", "10.45")
    assert principals(plan) == expected
    assert interests(plan) == cents("1.00", ".90", ".81", ".71", ".61", ".51", ".41", ".31", ".21", ".10")


# A currency counted in hundreds: the minor unit of these two loans is 100.
IN_HUNDREDS = terms(100_000, "2", EQUAL, 24, start=date(2014, 6, 2))


def test_equal_principal_in_hundreds() -> None:
    plan = schedule(IN_HUNDREDS)
    assert of_hundreds(principals(plan)) == [416_700] * 23 + [415_900]
    shown = of_hundreds(interests(plan))
    assert shown[:6] == [200_000, 191_700, 183_300, 175_000, 166_700, 158_300]
    assert (shown[9], shown[19], shown[23]) == (125_000, 41_700, 8_300)


def test_equal_principal_after_grace() -> None:
    plan = schedule(replace(IN_HUNDREDS, grace_principal=5))
    assert of_hundreds(principals(plan)) == [0] * 5 + [526_300] * 18 + [526_600]
    shown = of_hundreds(interests(plan))
    assert shown[:6] == [200_000] * 6
    assert (shown[6], shown[9], shown[19], shown[23]) == (189_500, 157_900, 52_600, 10_500)


def test_a_multiple_rounds_the_principal_part_alone() -> None:
    plan = schedule(terms(1_000_000_000, "2", EQUAL, 24, instalment_multiple_minor=10_000))
    assert principals(plan)[:23] == [41_670_000] * 23
    assert interests(plan)[1] == 19_166_600


@pytest.mark.parametrize(
    ("grace", "parts", "interest"),
    [
        (0, [167, 167, 166, 167, 166, 167], [30, 25, 20, 15, 10, 5]),
        (3, [0, 0, 0, 333, 334, 333], [30, 30, 30, 30, 20, 10]),
    ],
)
def test_equal_principal_spread_needs_half_even(grace: int, parts: list[int], interest: list[int]) -> None:
    agreed = terms(1_000, "3", EQUAL, 6, remainder=SPREAD, grace_principal=grace)
    plan = schedule(agreed)
    assert principals(plan) == parts
    assert interests(plan) == interest


def test_equal_principal_spread_with_halves_away_from_zero() -> None:
    # the flat loans of the same program round so; on these the third part, 666 over 4, is then 167
    plan = schedule(terms(1_000, "3", EQUAL, 6, remainder=SPREAD, rounding="half-up"))
    assert principals(plan) == [167, 167, 167, 166, 167, 166]


def test_flat_in_small_coin_off_weekends() -> None:
    agreed = terms(100_000, "3", FLAT, 6, remainder=SPREAD, rounding="half-up")
    plan = schedule(replace(agreed, start=date(2006, 1, 1), non_working_weekdays=WEEKEND))
    assert principals(plan) == cents("166.67", "166.67", "166.67", "166.66", "166.67", "166.66")
    assert interests(plan) == [3_000] * 6
    assert [(day.month, day.day) for day in days(plan)] == [(2, 1), (3, 1), (4, 3), (5, 1), (6, 1), (7, 3)]


def test_flat_in_whole_units() -> None:
    plan = schedule(terms(1_000, "3", FLAT, 6, remainder=SPREAD, rounding="half-up"))
    assert pairs(plan) == [(30, part) for part in (167, 167, 167, 166, 167, 166)]
    small = schedule(terms(1_000, "0.33", FLAT, 5, remainder=SPREAD, rounding="half-up"))
    assert interests(small) == [3, 4, 3, 4, 3]


@pytest.mark.parametrize("remainder", list(Remainder))
def test_flat_with_a_month_of_grace(remainder: Remainder) -> None:
    charged = terms(100_000, "3", FLAT, 6, grace_principal=1, remainder=remainder)
    assert interests(schedule(charged)) == [3_000] * 6
    assert principals(schedule(charged)) == [0] + [20_000] * 5
    forgiven = schedule(replace(charged, grace_interest=1, grace_kind=GraceKind.FORGIVEN))
    assert interests(forgiven) == [0] + [3_000] * 5


def test_interest_that_waits_is_added_to_the_next() -> None:
    plan = schedule(replace(WEEKLY_ANNUITY, grace_interest=1))
    assert principals(plan) == cents("2482.76", "2494.22", "2505.73", "2517.29")
    assert interests(plan) == cents("0", "80.84", "23.18", "11.62")


def test_interest_forgiven_and_charged_on_a_declining_loan() -> None:
    forgiven = schedule(replace(WEEKLY_ANNUITY, grace_interest=2, grace_kind=GraceKind.FORGIVEN))
    assert interests(forgiven) == cents("0", "0", "23.18", "11.62")
    charged = schedule(replace(WEEKLY_ANNUITY, grace_interest=2, grace_kind=GraceKind.CHARGED))
    assert charged == schedule(WEEKLY_ANNUITY)


def test_flat_instalment_in_round_sums() -> None:
    # 5 000 som, 2 % a month, 6 months: 833.33 + 100.00, brought as 935 (a multiple of 5) till the last
    plan = schedule(terms(500_000, "2", FLAT, 6, instalment_multiple_minor=500))
    assert [line.total_minor for line in plan.instalments] == [93_500] * 5 + [92_500]
    assert plan.interest_minor == 60_000


def test_level_instalment_in_round_sums() -> None:
    plan = schedule(replace(MONTHLY_ANNUITY, instalment_multiple_minor=1_000))
    totals = [line.total_minor for line in plan.instalments]
    assert totals[:3] == [315_000] * 3
    assert plan.principal_minor == 1_200_000


def test_all_at_the_end() -> None:
    plan = schedule(terms(100_000, "3", BULLET, 3))
    assert pairs(plan) == [(3_000, 0), (3_000, 0), (3_000, 100_000)]


def test_interest_taken_at_handing_out() -> None:
    agreed = terms(500_000, "2", FLAT, 5, interest_at_start=True)
    first, *rest = schedule(agreed).instalments
    assert first == Instalment(0, agreed.start, 0, 50_000, 500_000)
    assert [(line.n, line.principal_minor, line.interest_minor) for line in rest] == [
        (n, 100_000, 0) for n in range(1, 6)
    ]


def test_what_repays_early_leaves_empty_lines() -> None:
    plan = schedule(terms(10_000, "0", EQUAL, 6, instalment_multiple_minor=3_000))
    assert principals(plan) == [3_000, 3_000, 3_000, 1_000, 0, 0]


def test_a_negative_first_principal_goes_on_to_the_next() -> None:
    plan = schedule(terms(6, "0", EQUAL, 10, remainder=FIRST))
    assert principals(plan) == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]


def test_a_schedule_is_in_order() -> None:
    late, early = Instalment(1, date(2026, 2, 1), 1, 0, 1), Instalment(2, date(2026, 1, 1), 1, 0, 0)
    with pytest.raises(ValueError, match="order"):
        Schedule((late, early))


RATES = st.decimals(min_value=0, max_value=60, places=3)
any_terms = st.builds(
    LoanTerms,
    principal_minor=st.integers(1, 10**9),
    rate_percent=RATES.map(Fraction),
    method=st.sampled_from(Method),
    instalments=st.integers(2, 40),
    start=st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    rate_per=st.sampled_from(RatePer),
    every=st.integers(1, 5),
    unit=st.sampled_from(Unit),
    grace_principal=st.integers(0, 1),
    grace_interest=st.integers(0, 1),
    grace_kind=st.sampled_from(GraceKind),
    rounding=st.sampled_from(["half-even", "half-up", "up", "down"]),
    remainder=st.sampled_from(Remainder),
    instalment_multiple_minor=st.sampled_from([1, 50, 100, 500, 100_000]),
    non_working_weekdays=st.frozensets(st.integers(0, 6), max_size=6),
    interest_at_start=st.booleans(),
)


@given(any_terms)
@settings(max_examples=300, deadline=None)
def test_every_schedule_adds_up(agreed: LoanTerms) -> None:
    plan = schedule(agreed)
    lines = plan.instalments[1:] if agreed.interest_at_start else plan.instalments
    assert [line.n for line in lines] == list(range(1, agreed.instalments + 1))
    assert plan.interest_minor == schedule(replace(agreed, interest_at_start=False)).interest_minor
    assert len(lines) == agreed.instalments
    assert plan.principal_minor == agreed.principal_minor
    balance = agreed.principal_minor
    for line in lines:
        balance -= line.principal_minor
        assert line.balance_minor == balance
        assert line.principal_minor >= 0
        assert line.interest_minor >= 0
        assert line.due.weekday() not in agreed.non_working_weekdays
    assert balance == 0
    assert all(line.principal_minor == 0 for line in lines[: agreed.grace_principal])
    assert plan.total_minor == plan.principal_minor + plan.interest_minor


@given(any_terms)
@settings(max_examples=200, deadline=None)
def test_flat_interest_is_rounded_once(agreed: LoanTerms) -> None:
    flat = replace(agreed, method=FLAT, remainder=LAST, grace_interest=0, rounding="half-even")
    per_year = {RatePer.YEAR: 1, RatePer.MONTH: 12, RatePer.WEEK: 52}
    rate = flat.rate_percent / 100
    if flat.rate_per is not RatePer.PERIOD:
        rate *= Fraction(per_year[flat.rate_per] * flat.every, {"month": 12, "week": 52, "day": 365}[flat.unit])
    exact = flat.principal_minor * rate * flat.instalments
    assert abs(schedule(flat).interest_minor - exact) <= Fraction(1, 2)


@given(st.integers(1, 10**8), RATES, st.integers(1, 60), st.sampled_from(["half-even", "half-up"]))
@settings(max_examples=300, deadline=None)
def test_as_reckoned_a_second_time(principal: int, rate: Decimal, count: int, rounding: str) -> None:
    base = terms(principal, str(rate), ANNUITY, count, rate_per=RatePer.PERIOD, rounding=rounding)
    ours = schedule(base)
    assert list(zip(principals(ours), interests(ours), strict=True)) == oracle.level_instalments(
        principal, rate / 100, count, rounding
    )
    equal = schedule(replace(base, method=EQUAL))
    assert list(zip(principals(equal), interests(equal), strict=True)) == oracle.equal_principals(
        principal, rate / 100, count, rounding
    )
