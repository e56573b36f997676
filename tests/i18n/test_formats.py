"""Figures, dates and spans as the village writes them; names of days and months against CLDR."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from babel import Locale
from babel.numbers import format_decimal
from babel.numbers import parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.money import Currency
from shg_desk.domain.money import parse_amount
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import STRETCHED
from shg_desk.i18n.catalog import Words

SOM = Currency("KGS", 2, 100)
SOMONI = Currency("TJS", 2, 1)
WORDS = {lang: Words(lang) for lang in LANGUAGES}


@pytest.mark.parametrize(
    ("lang", "currency", "amount_minor", "text"),
    [
        ("ky", SOM, 106000, "1\u00a0060\u00a0сом"),
        ("ru", SOM, -4000, "\u221240\u00a0сом"),
        ("tg", SOMONI, 1271, "12,71\u00a0сомонӣ"),
        ("ru", SOMONI, 1200, "12,00\u00a0сомони"),  # dirams are kept, so they are shown
        ("ky", SOM, 106050, "1\u00a0060,50\u00a0сом"),  # no figure hides money
        ("uz", Currency("UZS", 0), 1234567, "1\u00a0234\u00a0567\u00a0soʻm"),
        ("uz-Cyrl", Currency("UZS", 0), 1234567, "1\u00a0234\u00a0567\u00a0сўм"),
        ("ru", Currency("RUB", 0), 999, "999\u00a0руб."),
        ("en", Currency("USD", 2), 123456, "1\u00a0234.56\u00a0USD"),
        ("ky", Currency("MZN", 0), 5, "5\u00a0MZN"),
        ("en", SOM, 0, "0\u00a0som"),
    ],
)
def test_money(lang: str, currency: Currency, amount_minor: int, text: str):
    assert formats.money(WORDS[lang], amount_minor, currency) == text


def test_differences_carry_their_sign():
    assert formats.amount(WORDS["ru"], 56000, SOM, plus=True) == "+560"
    assert formats.amount(WORDS["ru"], -4000, SOM, plus=True) == "\u221240"
    assert formats.amount(WORDS["ru"], 0, SOM, plus=True) == "0"


@given(st.integers(-AMOUNT_LIMIT_MINOR, AMOUNT_LIMIT_MINOR), st.sampled_from(sorted(LANGUAGES)), st.integers(0, 2))
def test_what_is_written_is_read_back(amount_minor: int, lang: str, digits: int):
    written = formats.amount(WORDS[lang], amount_minor, Currency("KGS", digits))
    assert parse_amount(written, digits, decimal="." if lang == "en" else ",") == amount_minor


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=3), st.sampled_from(["ky", "ru", "tg", "uz"]))
def test_numbers_as_cldr_writes_them(value: Decimal, lang: str):
    ours = formats.number(WORDS[lang], value)
    theirs = format_decimal(value, "#,##0.000", locale=lang).replace("-", "\u2212")
    assert ours == (theirs if value else "0,000")
    assert parse_decimal(ours.replace("\u2212", "-"), locale=lang) == value


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Fraction(1, 8), "12,5\u00a0%"), (Fraction(91, 100), "91\u00a0%"), (Fraction(1, 3), "33,3\u00a0%"),
        (Fraction(0), "0\u00a0%"),
        (Fraction(2, 1000), "0,2\u00a0%"),
        (Decimal("-0.125"), "\u221212,5\u00a0%"), (Fraction(25, 10000), "0,2\u00a0%"),
        (1, "100\u00a0%"),
    ],
)  # fmt: skip
def test_percent(ratio: Fraction, text: str):
    assert formats.percent(WORDS["ru"], ratio) == text


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_names_of_days_and_months_are_those_of_cldr(lang: str):
    locale = Locale.parse(lang.replace("-", "_"))
    words = WORDS[lang]
    for number in range(1, 13):
        stands_alone = locale.months["stand-alone"]["wide"][number]
        ours = formats.month(words, number)
        expected = {stands_alone, stands_alone.lower()}
        if lang == "uz-Cyrl":  # the soft sign is CLDR's omission
            ours = ours.replace("ь", "")
        assert ours in expected
    monday = dt.date(2026, 11, 16)
    for offset in range(7):
        name = locale.days["stand-alone"]["wide"][offset]
        day = monday + dt.timedelta(offset)
        assert formats.weekday(words, day) in {name, name.lower()}
        assert name.lower()[0] == formats.weekday_short(words, day).lower()[0]


@pytest.mark.parametrize("lang", [*LANGUAGES, STRETCHED])
def test_a_date_is_the_same_everywhere(lang: str):
    assert formats.date("2026-11-21") == formats.date(dt.date(2026, 11, 21)) == "21.11.2026"
    assert formats.date_with_weekday(Words(lang), "2026-11-21").startswith("21.11.2026, ")


@pytest.mark.parametrize(
    ("lang", "nth", "weekday", "text"),
    [
        ("ru", 2, 5, "вторая суббота"), ("ru", 3, 6, "третье воскресенье"), ("ru", 4, 1, "четвёртый вторник"),
        ("ru", 5, 4, "последняя пятница"), ("ky", 5, 5, "акыркы ишемби"), ("tg", 2, 5, "шанбеи дуюм"),
        ("uz-Cyrl", 1, 0, "биринчи душанба"), ("en", 1, 0, "first Monday"),
    ],
)  # fmt: skip
def test_which_weekday_of_the_month(lang: str, nth: int, weekday: int, text: str):
    assert formats.nth_weekday(WORDS[lang], nth, weekday) == text


def test_a_saturday():
    assert formats.date_with_weekday(WORDS["ky"], "2026-11-21") == "21.11.2026, ишемби"
    assert formats.date_with_weekday(WORDS["ru"], "2026-11-21") == "21.11.2026, суббота"
    assert formats.date_with_weekday(WORDS["tg"], "2026-11-21") == "21.11.2026, шанбе"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-11-21", "сегодня"), ("2026-11-22", "завтра"), ("2026-11-20", "вчера"), ("2026-11-24", "через 3 дня"),
        ("2026-12-12", "через 21 день"), ("2026-12-03", "через 12 дней"), ("2026-11-17", "4 дня назад"),
        ("2026-10-21", "31 день назад"),
    ],
)  # fmt: skip
def test_how_far_a_day_is(day: str, text: str):
    assert formats.when(WORDS["ru"], day, "2026-11-21") == text


def test_how_far_in_kyrgyz_and_english():
    assert formats.when(WORDS["ky"], "2026-12-05", "2026-11-21") == "14 күндөн кийин"
    assert formats.when(WORDS["en"], "2026-11-22", "2026-11-21") == "tomorrow"
    assert formats.when(WORDS["en"], "2026-11-19", "2026-11-21") == "2 days ago"
    assert formats.days(WORDS["ru"], 34) == "34 дня"


@pytest.mark.parametrize(
    ("text", "russian"),
    [
        ("2026", "2026 год"), ("2026-Q1", "1 квартал 2026 года"), ("2026-03", "март 2026"),
        ("2026-10-24..2026-11-21", "24.10.2026–21.11.2026"),
    ],
)  # fmt: skip
def test_periods(text: str, russian: str):
    assert formats.period(WORDS["ru"], text) == russian


def test_every_currency_word_stands_in_every_language():
    for code, by_language in formats.UNIT_WORDS.items():
        assert set(by_language) == set(LANGUAGES) - {"uz-Cyrl"}, code
    for table in (formats.WEEKDAYS, formats.WEEKDAYS_SHORT, formats.MONTHS):
        assert set(table) == set(LANGUAGES) - {"uz-Cyrl"}
        assert len({len(names) for names in table.values()}) == 1
