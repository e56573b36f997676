"""Portfolio at risk: levels, ratios, rescheduled loans, days of grace and ageing, reckoned by hand."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shg_desk.domain.par import PAR_LEVELS
from shg_desk.domain.par import PortfolioLoan
from shg_desk.domain.par import UnpaidDue
from shg_desk.domain.par import days_late
from shg_desk.domain.par import portfolio_at_risk

AT = date(2026, 6, 30)


def late(days: int, principal: int = 100, interest: int = 10) -> UnpaidDue:
    return UnpaidDue(AT - timedelta(days=days), principal, interest)


BOOK = (
    PortfolioLoan("paid in time", 4_000, (late(0), late(-30))),
    PortfolioLoan("one day", 1_000, (late(1),)),
    PortfolioLoan("thirty", 2_000, (late(30), late(0))),
    PortfolioLoan("thirty-one", 1_500, (late(31), late(1))),
    PortfolioLoan("changed terms", 500, (late(-5),), rescheduled=True),
    PortfolioLoan("interest only", 0, (late(200, 0, 7),)),
)


def test_whole_principal_of_late_loans_by_level() -> None:
    portfolio = portfolio_at_risk(BOOK, AT)
    assert portfolio.gross_minor == 9_000
    amounts = {risk.level: (risk.amount_minor, risk.only_rescheduled_minor) for risk in portfolio.at_risk}
    assert amounts == {1: (5_000, 500), 30: (2_000, 500), 60: (500, 500), 90: (500, 500), 180: (500, 500)}
    assert portfolio.at_risk[1].ratio == Fraction(2, 9)


def test_ageing_counts_each_instalment_by_its_own_days() -> None:
    portfolio = portfolio_at_risk(BOOK, AT, bands=(1, 4, 31))
    shown = [(band.from_days, band.to_days, band.amount_minor) for band in portfolio.ageing]
    assert shown == [(1, 3, 220), (4, 30, 110), (31, None, 117)]


def test_days_of_grace() -> None:
    portfolio = portfolio_at_risk(BOOK, AT, levels=(1, 30), bands=(1, 31), grace_days=5)
    assert [risk.amount_minor for risk in portfolio.at_risk] == [4_000, 2_000]
    assert [band.amount_minor for band in portfolio.ageing] == [110, 117]
    assert days_late([late(6)], AT, grace_days=5) == 6
    assert days_late([late(5)], AT, grace_days=5) == 0


def test_an_empty_portfolio_has_no_ratio() -> None:
    portfolio = portfolio_at_risk([], AT)
    assert portfolio.gross_minor == 0
    assert {risk.ratio for risk in portfolio.at_risk} == {None}


def test_what_is_paid_is_not_late() -> None:
    assert days_late([late(90, 0, 0), late(10)], AT) == 10


@pytest.mark.parametrize(
    "wrong", [{"levels": (0,)}, {"bands": (1, 1)}, {"bands": (0, 3)}, {"grace_days": -1}]
)  # fmt: skip
def test_levels_and_bands_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="levels"):
        portfolio_at_risk(BOOK, AT, **wrong)  # type: ignore[arg-type]


def test_principal_outstanding_is_not_negative() -> None:
    with pytest.raises(ValueError, match="outstanding"):
        portfolio_at_risk([PortfolioLoan("x", -1, ())], AT)


some_dues = st.lists(st.builds(late, st.integers(-50, 400), st.integers(0, 50), st.integers(0, 5)), max_size=4)
some_loans = st.lists(
    st.builds(PortfolioLoan, st.text(), st.integers(0, 1_000), some_dues.map(tuple), st.booleans()), max_size=12
)


@given(some_loans)
def test_levels_fall_and_bands_hold_all_arrears(loans: list[PortfolioLoan]) -> None:
    portfolio = portfolio_at_risk(loans, AT)
    amounts = [risk.amount_minor for risk in portfolio.at_risk]
    assert amounts == sorted(amounts, reverse=True)
    assert len(amounts) == len(PAR_LEVELS)
    assert amounts[0] <= portfolio.gross_minor
    arrears = sum(d.principal_minor + d.interest_minor for loan in loans for d in loan.dues if d.due < AT)
    assert sum(band.amount_minor for band in portfolio.ageing) == arrears
