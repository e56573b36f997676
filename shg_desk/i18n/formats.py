"""Money, numbers, dates, spans of time and posts as the village says them. Nothing here knows what day it is.

Names of days and months are our own short tables (checked against CLDR by a test), so a start loads no locale data;
the date is dd.mm.yyyy in every language, because CLDR's 21/11/26 is not what people write.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from shg_desk.domain.money import Currency
from shg_desk.domain.money import major
from shg_desk.domain.money import round_ratio
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import STRETCHED
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.uzbek import to_cyrillic

NBSP = "\u00a0"
MINUS = "\u2212"

UNIT_WORDS = {
    "KGS": {"ky": "сом", "ru": "сом", "tg": "сом", "uz": "som", "en": "som"},
    "TJS": {"ky": "сомони", "ru": "сомони", "tg": "сомонӣ", "uz": "somoni", "en": "somoni"},
    "UZS": {"ky": "сум", "ru": "сум", "tg": "сӯм", "uz": "soʻm", "en": "soum"},
    "RUB": {"ky": "руб.", "ru": "руб.", "tg": "руб.", "uz": "rub.", "en": "roubles"},
    "KZT": {"ky": "теңге", "ru": "тенге", "tg": "танга", "uz": "tenge", "en": "tenge"},
}
"""What stands behind an amount, by currency and language; any other currency (USD, EUR...) shows its ISO code."""

POSTS: Mapping[str, Marked] = {
    "leader": N_("Leader"),
    "treasurer": N_("Treasurer"),
    "secretary": N_("Secretary"),
    "inspector": N_("Inspector"),
    "key-holder": N_("Key holder"),
    "signatory": N_("Bank signatory"),
}

WEEKDAYS = {
    "ky": ("дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби", "жекшемби"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "tg": ("душанбе", "сешанбе", "чоршанбе", "панҷшанбе", "ҷумъа", "шанбе", "якшанбе"),
    "uz": ("dushanba", "seshanba", "chorshanba", "payshanba", "juma", "shanba", "yakshanba"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
"""Monday first, as `date.weekday()` counts."""

WEEKDAYS_SHORT = {
    "ky": ("дүй", "шей", "шар", "бей", "жум", "ише", "жек"),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "tg": ("дшб", "сшб", "чшб", "пшб", "ҷмъ", "шнб", "яшб"),
    "uz": ("dush", "sesh", "chor", "pay", "jum", "shan", "yak"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

NTH_IN_MONTH = {
    "ky": ("биринчи {day}", "экинчи {day}", "үчүнчү {day}", "төртүнчү {day}", "акыркы {day}"),
    "ru": ("перв{end} {day}", "втор{end} {day}", "треть{end} {day}", "четвёрт{end} {day}", "последн{end} {day}"),
    "tg": ("{day}и якум", "{day}и дуюм", "{day}и сеюм", "{day}и чорум", "{day}и охирин"),
    "uz": ("birinchi {day}", "ikkinchi {day}", "uchinchi {day}", "toʻrtinchi {day}", "oxirgi {day}"),
    "en": ("first {day}", "second {day}", "third {day}", "fourth {day}", "last {day}"),
}
"""The first to the fourth such weekday in a month, and the last."""

_RUSSIAN_ENDS = {
    "m": ("ый", "ой", "ий", "ый", "ий"),
    "f": ("ая", "ая", "я", "ая", "яя"),
    "n": ("ое", "ое", "е", "ое", "ее"),
}
_RUSSIAN_GENDERS = "mmfmffn"

_RUSSIAN_MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
MONTHS = {
    "ky": _RUSSIAN_MONTHS,
    "ru": _RUSSIAN_MONTHS,
    "tg": (
        *("январ", "феврал", "март", "апрел", "май", "июн"),
        *("июл", "август", "сентябр", "октябр", "ноябр", "декабр"),
    ),
    "uz": (
        *("yanvar", "fevral", "mart", "aprel", "may", "iyun"),
        *("iyul", "avgust", "sentabr", "oktabr", "noyabr", "dekabr"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
"""Names that stand alone, as in a report's heading; a date itself is always written in figures."""


def number(words: Words, value: int | str | Decimal) -> str:
    """An exact number with groups of three and the language's decimal sign: 1234567.5 -> `1 234 567,5`."""
    text = format(Decimal(value), "f")
    sign = MINUS if text.startswith("-") and Decimal(value) != 0 else ""
    whole, _, part = text.lstrip("-").partition(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", NBSP, whole)
    return sign + grouped + (_decimal_sign(words) + part if part else "")


def amount(words: Words, amount_minor: int, currency: Currency, *, plus: bool = False) -> str:
    """An amount without its unit, for a table whose head names it; `plus` writes + before a difference above zero.

    Decimal places are written when the group's smallest note or coin is finer than the whole unit, or when this amount
    is: a figure never hides money.
    """
    scale = 10**currency.minor_digits
    whole = currency.smallest_minor % scale == 0 and amount_minor % scale == 0
    text = number(words, amount_minor // scale if whole else major(amount_minor, currency.minor_digits))
    return f"+{text}" if plus and amount_minor > 0 else text


def money(words: Words, amount_minor: int, currency: Currency, *, plus: bool = False) -> str:
    """An amount with its unit word: `1 060 сом`, `12,71 сомонӣ`; the space between them does not break."""
    return f"{amount(words, amount_minor, currency, plus=plus)}{NBSP}{unit(words, currency.code)}"


def unit(words: Words, currency_code: str) -> str:
    """The word behind an amount, for a table's head."""
    found = UNIT_WORDS.get(currency_code)
    return _in(words, found) if found else currency_code


def percent(words: Words, ratio: Fraction | Decimal | int, places: int = 1) -> str:
    """A ratio as percent, `0.125` -> `12,5 %`, rounded half to even; zeros at the end are dropped."""
    text = major(round_ratio(Fraction(ratio) * 100 * 10**places, "half-even"), places)
    return number(words, text.rstrip("0").rstrip(".") if "." in text else text) + NBSP + "%"


def date(day: dt.date | str) -> str:
    """`21.11.2026`, the same in every language; takes a date or its ISO text."""
    return _day(day).strftime("%d.%m.%Y")


def date_with_weekday(words: Words, day: dt.date | str) -> str:
    """`21.11.2026, ишемби`, as sheets show it."""
    return f"{date(day)}, {weekday(words, day)}"


def time_of_day(moment: dt.datetime | dt.time) -> str:
    """`14:32`; written only beside what was saved."""
    return moment.strftime("%H:%M")


def weekday(words: Words, day: dt.date | str) -> str:
    """The day's name in full, small letters where the language writes them so."""
    return _in(words, {lang: names[_day(day).weekday()] for lang, names in WEEKDAYS.items()})


def weekday_short(words: Words, day: dt.date | str) -> str:
    """Two to four letters of the day's name."""
    return _in(words, {lang: names[_day(day).weekday()] for lang, names in WEEKDAYS_SHORT.items()})


def nth_weekday(words: Words, nth: int, weekday_number: int) -> str:
    """`вторая суббота`: the first (1) to fourth such weekday in a month, 5 the last; Monday is 0."""
    end = _RUSSIAN_ENDS[_RUSSIAN_GENDERS[weekday_number]][nth - 1]
    return _in(
        words,
        {
            lang: said[nth - 1].format(day=WEEKDAYS[lang][weekday_number], end=end)
            for lang, said in NTH_IN_MONTH.items()
        },
    )


def month(words: Words, number_of_month: int) -> str:
    """The month's name as it stands alone; January is 1."""
    return _in(words, {lang: names[number_of_month - 1] for lang, names in MONTHS.items()})


def month_of_year(words: Words, year: int, number_of_month: int) -> str:
    """`ноябрь 2026`, for the heading of a report."""
    return words.p_("month of a year", "{month} {year}").format(month=month(words, number_of_month), year=year)


def period(words: Words, text: str) -> str:
    """A period as the command line writes it (`2026`, `2026-Q1`, `2026-03`, `FROM..TO`) in the language's words."""
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return words._("quarter {quarter} of {year}").format(quarter=quarter[2], year=quarter[1])
    if of_year := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return month_of_year(words, int(of_year[1]), int(of_year[2]))
    if ".." in text:
        first, last = text.split("..", 1)
        return f"{date(first)}\u2013{date(last)}"
    return words._("year {year}").format(year=text)


def when(words: Words, day: dt.date | str, today: dt.date | str) -> str:
    """How far a day is from today: `tomorrow`, `in 3 days`, `3 days ago`; stands beside a date, never alone."""
    days = (_day(day) - _day(today)).days
    if days in {-1, 0, 1}:
        return (words._("today"), words._("tomorrow"), words._("yesterday"))[days]
    if days > 0:
        return words.n_("in {n} day", "in {n} days", days).format(n=number(words, days))
    return words.n_("{n} day ago", "{n} days ago", -days).format(n=number(words, -days))


def days(words: Words, count: int) -> str:
    """A span: `34 дня`."""
    return words.n_("{n} day", "{n} days", count).format(n=number(words, count))


def _decimal_sign(words: Words) -> str:
    return "." if words.lang in {"en", STRETCHED} else ","


def _in(words: Words, by_language: Mapping[str, str]) -> str:
    """The entry of the words' language; Uzbek is kept once, in Latin."""
    if words.lang == "uz-Cyrl":
        return to_cyrillic(by_language["uz"])
    return by_language["en" if words.lang == STRETCHED else words.lang]


def _day(day: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day


def post(words: Words, code: object) -> str:
    """The word of a post; one of another program as it stands."""
    marked = POSTS.get(str(code))
    return str(code or "") if marked is None else words.say(marked)
