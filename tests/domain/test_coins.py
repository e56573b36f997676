"""Loans paid in whole coins: each line of a schedule against reckonings in coins by hand, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.domain.loan_schedule import Schedule
from shg_desk.domain.loan_schedule import schedule
from shg_desk.domain.loan_terms import GraceKind
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import Remainder
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.money import Currency
from shg_desk.domain.money import payable_minor
from shg_desk.domain.rules import NO_RULES
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_cash import agreed_terms
from tests.domain import schedule_oracle as oracle
from tests.domain.test_loan_schedule import any_terms
from tests.domain.test_loan_schedule import terms


def lines(plan: Schedule) -> list[tuple[int, int]]:
    return [(line.principal_minor, line.interest_minor) for line in plan.instalments]


def test_a_flat_loan_in_whole_som() -> None:
    # 1025 at 2 % a month: 20.50 each, 61.50 in all; half to even: 20 and 62, the last month takes the rest of both
    agreed = terms(1025_00, "2", Method.FLAT, 3, coin_minor=1_00)
    assert lines(schedule(agreed)) == [(342_00, 20_00), (342_00, 20_00), (341_00, 22_00)]
    up = replace(agreed, rounding="half-up")
    assert lines(schedule(up)) == [(342_00, 21_00), (342_00, 21_00), (341_00, 20_00)]
    spread = replace(agreed, remainder=Remainder.SPREAD)  # 62 / 3, 41 / 2, 21; 1025 / 3, 683 / 2, 341
    assert lines(schedule(spread)) == [(342_00, 21_00), (342_00, 20_00), (341_00, 21_00)]
    # without a coin it stays what it always was: 341.67, and a last principal of 341.66
    assert lines(schedule(replace(agreed, coin_minor=1))) == [(341_67, 20_50), (341_67, 20_50), (341_66, 20_50)]


def test_level_instalments_in_whole_som() -> None:
    # 1000 at 3 %: level 218.35 -> 218; interest 30, 812 * 3 % = 24.36, 618 * 3 % = 18.54, 419 * 3 %, 214 * 3 % = 6.42
    in_som = [(188, 30), (194, 24), (199, 19), (205, 13), (214, 6)]
    plan = schedule(terms(1000_00, "3", Method.ANNUITY, 5, coin_minor=1_00))
    assert lines(plan) == [(principal * 100, interest * 100) for principal, interest in in_som]
    assert oracle.level_instalments(1000, Decimal("0.03"), 5, "half-even") == in_som


@pytest.mark.parametrize(
    ("coin", "rate", "count"), [(1_00, "1.5", 7), (50, "2.25", 12), (5_00, "3", 6), (10_00, "2", 4)]
)
def test_a_loan_in_coins_is_reckoned_in_coins(coin: int, rate: str, count: int) -> None:
    of_period = Decimal(rate) / 100
    for coins in (100, 731, 1999):
        for method, plain in (
            (Method.ANNUITY, oracle.level_instalments),
            (Method.EQUAL_PRINCIPAL, oracle.equal_principals),
        ):
            made = lines(schedule(terms(coins * coin, rate, method, count, coin_minor=coin)))
            assert made == [(p * coin, i * coin) for p, i in plain(coins, of_period, count, "half-even")]


def test_interest_that_waits_is_dropped_or_taken_at_the_start_is_whole_coins_too() -> None:
    agreed = terms(1025_00, "2", Method.FLAT, 4, coin_minor=1_00, grace_interest=2, grace_principal=1)
    assert [i for _, i in lines(schedule(agreed))] == [0, 0, 60_00, 22_00]  # 82 in all: 20, 20, 20, 22
    dropped = replace(agreed, grace_kind=GraceKind.FORGIVEN)
    assert [i for _, i in lines(schedule(dropped))] == [0, 0, 20_00, 21_00]  # 41 in all
    taken = schedule(terms(1025_00, "2", Method.FLAT, 3, coin_minor=1_00, interest_at_start=True))
    assert lines(taken)[0] == (0, 62_00)


def test_a_multiple_finer_than_the_coin_is_the_coin_and_one_of_several_coins_stays() -> None:
    fine = schedule(terms(1000_00, "3", Method.ANNUITY, 5, coin_minor=1_00, instalment_multiple_minor=50))
    assert lines(fine) == lines(schedule(terms(1000_00, "3", Method.ANNUITY, 5, coin_minor=1_00)))
    fives = schedule(terms(1000_00, "3", Method.ANNUITY, 5, coin_minor=1_00, instalment_multiple_minor=5_00))
    assert [line.total_minor for line in fives.instalments[:4]] == [220_00] * 4  # 218.35 to whole fives


@given(any_terms, st.sampled_from([1, 10, 50, 1_00, 5_00, 7]), st.integers(1, 5000))
@settings(max_examples=300, deadline=None)
def test_every_line_is_whole_coins_and_the_principal_adds_up(agreed: LoanTerms, coin: int, coins: int) -> None:
    plan = schedule(replace(agreed, principal_minor=coin * coins, coin_minor=coin))
    assert plan.principal_minor == coin * coins
    assert {line.total_minor % coin for line in plan.instalments} == {0}
    assert {line.interest_minor % coin for line in plan.instalments} == {0}


def test_the_coin_is_a_word_of_the_terms() -> None:
    words: dict[str, object] = {"rate": "2", "method": "flat", "instalments": 3, "coin": "1.00"}
    start = date(2026, 3, 12)
    read = read_terms(words, principal_minor=1025_00, start=start)
    assert isinstance(read, LoanTerms)
    assert read.coin_minor == 1_00
    for wrong in ("0", "-1", "0.001", 5):
        faults = read_terms(words | {"coin": wrong}, principal_minor=1025_00, start=start)
        assert isinstance(faults, tuple)
        assert [one.where for one in faults] == ["coin"]


def test_a_group_lends_in_its_own_coin() -> None:
    ground = Ground("g", "A", "A", Currency("KGS", 2, 50), date(2026, 3, 12), NO_RULES)
    assert agreed_terms(ground, {"rate": "2"}) == {"coin": "0.50", "rate": "2"}
    assert agreed_terms(ground, {"rate": "2", "coin": None}) == {"rate": "2"}  # one of before, written again
    loose = replace(ground, currency=Currency("KGS", 2, 1))
    assert agreed_terms(loose, {"rate": "2"}) == {"rate": "2"}
    whole = replace(ground, currency=Currency("UZS", 0, 500))
    assert agreed_terms(whole, None) == {"coin": "500"}


def test_the_next_amount_that_can_be_paid() -> None:
    assert [payable_minor(amount, 1_00) for amount in (0, 1, 50, 99, 1_00, 1_01, 362_17)] == [
        0, 1_00, 1_00, 1_00, 1_00, 2_00, 363_00,
    ]  # fmt: skip
    assert payable_minor(362_17, 1) == 362_17
