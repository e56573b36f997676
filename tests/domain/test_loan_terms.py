"""Terms as words, impossible terms, rates of a period and due dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from shg_desk.domain.loan_terms import GraceKind
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import RatePer
from shg_desk.domain.loan_terms import TermsError
from shg_desk.domain.loan_terms import Unit
from shg_desk.domain.loan_terms import due_dates
from shg_desk.domain.loan_terms import period_rate
from shg_desk.domain.loan_terms import rate_text
from shg_desk.domain.loan_terms import read_rate
from shg_desk.domain.loan_terms import read_terms

SHEET = {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 6}
LENT = date(2026, 3, 12)
AGREED = LoanTerms(500_000, Fraction(2), Method.FLAT, 6, LENT)


def read(words: dict[str, object]) -> LoanTerms | tuple[str, ...]:
    answer = read_terms(words, principal_minor=500_000, start=LENT)
    return answer if isinstance(answer, LoanTerms) else tuple(problem.where for problem in answer)


def test_the_words_of_a_meeting_sheet() -> None:
    assert read(SHEET) == AGREED
    assert read(SHEET | {"rate": 2, "first": None}) == AGREED


def test_every_impossible_word_is_named() -> None:
    assert read({}) == ("rate", "method", "instalments")
    wrong = {"rate": "two", "method": "bank", "instalments": True, "every": "x", "colour": "red", "first": "31.02.2026"}
    assert set(read(wrong)) == set(wrong)  # type: ignore[arg-type]
    assert read(SHEET | {"instalments": 0}) == ("instalments",)
    assert read(SHEET | {"grace_principal": 6, "rounding": "sideways"}) == ("grace_principal", "rounding")
    assert read(SHEET | {"non_working": ["sat", "someday"]}) == ("non_working",)
    assert read(SHEET | {"instalment_multiple": "-5"}) == ("instalment_multiple",)
    assert read(SHEET | {"first": "2026-03-01"}) == ("first",)
    assert read(SHEET | {"rate": "-1"}) == ("rate",)


def test_terms_that_cannot_be_kept_are_refused() -> None:
    with pytest.raises(TermsError) as caught:
        replace(AGREED, principal_minor=0, every=0, non_working_weekdays=frozenset(range(7)))
    assert caught.value.fields == ("principal", "every", "non_working")
    with pytest.raises(TermsError, match="grace_interest"):
        replace(AGREED, grace_interest=6)
    assert replace(AGREED, grace_interest=6, grace_kind=GraceKind.FORGIVEN)
    with pytest.raises(TermsError, match="instalments"):
        replace(AGREED, instalments=600, every=366)


@pytest.mark.parametrize(
    ("per", "unit", "every", "rate"),
    [
        (RatePer.YEAR, Unit.MONTH, 1, "24/1200"),
        (RatePer.YEAR, Unit.WEEK, 2, "48/5200"),
        (RatePer.YEAR, Unit.DAY, 15, "360/36500"),
        (RatePer.MONTH, Unit.MONTH, 3, "72/100"),
        (RatePer.MONTH, Unit.WEEK, 1, "288/5200"),
        (RatePer.WEEK, Unit.MONTH, 1, "1248/1200"),
        (RatePer.PERIOD, Unit.WEEK, 4, "24/100"),
    ],
)
def test_rate_of_a_period(per: RatePer, unit: Unit, every: int, rate: str) -> None:
    agreed = replace(AGREED, rate_percent=Fraction(24), rate_per=per, unit=unit, every=every)
    assert period_rate(agreed) == Fraction(rate)


@pytest.mark.parametrize(("text", "rate"), [("2", "2"), (" 1,5 ", "3/2"), ("9.4822", "94822/10000"), (".5", "1/2")])
def test_rates_are_exact(text: str, rate: str) -> None:
    assert read_rate(text) == Fraction(rate)
    assert read_rate(rate_text(Fraction(rate))) == Fraction(rate)


@pytest.mark.parametrize("text", ["", "1e3", "1/3", "-2", "1.2.3", "٣", "nan"])
def test_what_is_no_rate(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_rate(text)


def test_a_third_is_no_decimal() -> None:
    with pytest.raises(ValueError, match="1/3"):
        rate_text(Fraction(1, 3))


def test_due_dates_keep_the_day_of_month() -> None:
    agreed = replace(AGREED, start=date(2025, 9, 30), first_due=date(2025, 10, 31), instalments=12)
    days = due_dates(agreed)
    assert [day.day for day in days] == [31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30]
    assert days[-1] == date(2026, 9, 30)


def test_moved_days_do_not_move_the_next() -> None:
    # Nooruz on a Saturday, then two days of leave; the next one counts from the planned day
    holidays = frozenset({date(2026, 3, 21), date(2026, 3, 23)})
    agreed = replace(
        AGREED, start=date(2026, 3, 14), unit=Unit.WEEK, instalments=2,
        holidays=holidays, non_working_weekdays=frozenset({5, 6}),
    )  # fmt: skip
    assert due_dates(agreed) == (date(2026, 3, 24), date(2026, 3, 30))
