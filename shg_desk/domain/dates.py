"""Dates as people type them: `21`, `5.3`, `5.3.26`, `21.11.2026`, ISO, with a month's name, or as the count of days a
spreadsheet keeps. What is not said (month, year, century) comes from dates given by the caller, never from a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from shg_desk.domain.problems import Code

FIRST_YEAR = 1900
LAST_YEAR = 2100

DAY_FIRST = "dmy"
MONTH_FIRST = "mdy"


class DateError(ValueError):
    """A text is no date; `code` says in which way."""

    def __init__(self, code: Code = Code.DATE_UNREADABLE) -> None:
        self.code = code
        super().__init__(code.value)


@dataclass(frozen=True, slots=True)
class Birth:
    """A birthday as far as it is known: the first day of what was said, and `day`, `month` or `year`."""

    day: date
    certainty: str


OLDEST_YEARS = 120
AGE = re.compile(r"\D{0,12}(\d{1,3})\D{0,8}")
"""An age told instead of a birthday: `45`, `40 лет`; believed up to `OLDEST_YEARS`."""

_MONTH_STEMS = (
    ("янв", "jan", "yan"),
    ("фев", "feb", "fev"),
    ("мар", "mar"),
    ("апр", "apr"),
    ("май", "мая", "мае", "may"),
    ("июн", "jun", "iyun"),
    ("июл", "jul", "iyul"),
    ("авг", "aug", "avg"),
    ("сен", "sep", "sen"),
    ("окт", "oct", "okt"),
    ("ноя", "nov", "noy"),
    ("дек", "dec", "dek"),
)
_WORDS_OF_YEAR = frozenset(
    [
        *("г", "год", "года", "ж", "жыл", "жылы", "жылдын", "сол", "соли", "с"),
        *("й", "йил", "йили", "yil", "yili", "st", "nd", "rd", "th", "of"),
    ]
)

_CLOCK = re.compile(r"[t ]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(z|[+-]\d{2}:?\d{2})?$")
_YEAR_FIRST = re.compile(r"(\d{4})\s*([-./ ])\s*(\d{1,2})\s*\2\s*(\d{1,2})\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-./, ])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?")
_NO_YEAR = re.compile(r"(\d{1,2})\s*([-./,])\s*(\d{1,2})\.?")
_DAY = re.compile(r"(\d{1,2})\.?")
_TOGETHER = re.compile(r"\d{8}")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_ONE_OR_TWO = r"\d{1,2}"
_FORMAT_SIGNS = re.compile(r"YYYY|YY|MM?|DD?|[^YMD]")


def parse_date(
    text: str,
    *,
    reference: date | None = None,
    order: str = DAY_FIRST,
    latest: date | None = None,
    whole: bool = False,
) -> date:
    """The day a person meant.

    `reference` fills what was left out: `5.3` is in its year, `21` in its month. Years of two digits fall into the 80
    years before it and the 19 after it; with `latest` (births) into the century that is not later than that day;
    with neither into 1970-2069. `order` says what `3/4` is where the year comes last. With `whole` a text without its
    year is refused, as in a table nobody is looking at. Raises DateError.
    """
    body = _cleaned(text)
    found = (
        _whole_date(body, order, reference, latest)
        or _date_with_word(body, reference, latest, whole)
        or (None if whole else _short_date(body, order, reference))
    )
    if found is None or (latest is not None and found > latest):
        raise DateError
    return found


def parse_birth(text: str, *, latest: date | None = None, order: str = DAY_FIRST) -> Birth:
    """A birthday that may be only a month or a year. Raises DateError."""
    return partial_birth(text, latest=latest) or Birth(parse_date(text, order=order, latest=latest, whole=True), "day")


def partial_birth(text: str, *, latest: date | None = None) -> Birth | None:
    """A birthday of which only the month (`03.1975`, `март 1975`) or the year (`1975`) is said; None where it is
    something else. Raises DateError for a month or year that cannot be.
    """
    body = _cleaned(text)
    if match := re.fullmatch(r"(\d{4})\D{0,6}", body):
        return _partial(int(match[1]), None, latest)
    if match := re.fullmatch(r"(\d{1,2})\s*[-./ ]\s*(\d{4})|(\d{4})\s*[-./ ]\s*(\d{1,2})", body):
        return _partial(int(match[2] or match[3]), int(match[1] or match[4]), latest)
    numbers, month = _numbers_and_month(body)
    if month and len(numbers) == 1 and len(numbers[0]) == 4:
        return _partial(int(numbers[0]), month, latest)
    return None


def parse_as(text: str, date_format: str, *, reference: date | None = None, latest: date | None = None) -> date:
    """The day of a text written in one stated form, such as `DD.MM.YYYY` or `MM/DD/YY`. Raises DateError.

    ISO dates are read whatever the form says, because spreadsheets give them for true date cells.
    """
    body = _cleaned(text)
    if match := _YEAR_FIRST.fullmatch(body):
        return _built(int(match[1]), int(match[3]), int(match[4]))
    match = format_pattern(date_format).fullmatch(body)
    if match is None:
        raise DateError
    year_text = match["year"]
    year = int(year_text) if len(year_text) == 4 else _century(int(year_text), reference, latest)
    return _built(year, int(match["month"]), int(match["day"]))


def format_pattern(date_format: str) -> re.Pattern[str]:
    """The form of a date as a pattern with groups day, month and year. Raises ValueError where one is missing."""
    groups = {"Y": "year", "M": "month", "D": "day"}
    digits = {"YYYY": r"\d{4}", "YY": r"\d{2}"}
    pattern, seen = "", set()
    for sign in _FORMAT_SIGNS.findall(date_format.upper()):
        if sign[0] not in groups:
            pattern += re.escape(sign)
            continue
        seen.add(sign[0])
        pattern += f"(?P<{groups[sign[0]]}>{digits.get(sign, _ONE_OR_TWO)})"
    if seen != set(groups):
        raise ValueError("a form of dates needs a day, a month and a year")
    return re.compile(pattern)


def order_of(texts: Iterable[str]) -> str | None:
    """Which comes first in a column's dates, day or month; None where the column speaks for both.

    Only dates with a slash can be American; a column that gives no evidence is read as the region writes, day first.
    """
    day_first = month_first = False
    for text in texts:
        match = _YEAR_LAST.fullmatch(_cleaned(text)) if "/" in text else None
        if match and match[2] == "/":
            day_first = day_first or int(match[1]) > 12
            month_first = month_first or int(match[3]) > 12
    if day_first and month_first:
        return None
    return MONTH_FIRST if month_first else DAY_FIRST


def is_two_dates(text: str) -> bool:
    """True where day and month could change places and give another date (`3/4/2026`, not `13/4/2026`)."""
    match = _YEAR_LAST.fullmatch(_cleaned(text))
    return bool(match and match[2] == "/" and int(match[1]) <= 12 and int(match[3]) <= 12 and match[1] != match[3])


def from_serial(days: int) -> date:
    """The day a spreadsheet means by a bare count (1 = 1 January 1900, with its leap day that never was).

    Raises DateError outside 1900-2100.
    """
    if not 1 <= days <= 73_415:
        raise DateError
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days)


def _cleaned(text: str) -> str:
    body = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2013", "-").strip().lstrip("'").casefold()
    return _CLOCK.sub("", body).strip()


def _built(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError from error


def _century(ending: int, reference: date | None, latest: date | None) -> int:
    """The year with these two last digits that the caller's dates make likely."""
    last = 2069 if reference is None else reference.year + 19
    if latest is not None:
        last = latest.year
    return last - (last - ending) % 100


def _whole_date(body: str, order: str, reference: date | None, latest: date | None) -> date | None:
    if match := _YEAR_FIRST.fullmatch(body):
        return _built(int(match[1]), int(match[3]), int(match[4]))
    if _TOGETHER.fullmatch(body):
        # 20261121 and 21112026 cannot be confused: read the other way round one has a month over 12 or no year of ours.
        if FIRST_YEAR <= int(body[:4]) <= LAST_YEAR and int(body[4:6]) <= 12:
            return _built(int(body[:4]), int(body[4:6]), int(body[6:]))
        return _built(int(body[4:]), int(body[2:4]), int(body[:2]))
    trimmed = _without_year_word(body)
    if match := _YEAR_LAST.fullmatch(trimmed):
        year = int(match[4]) if len(match[4]) == 4 else _century(int(match[4]), reference, latest)
        first, second = int(match[1]), int(match[3])
        return _built(year, first, second) if order == MONTH_FIRST else _built(year, second, first)
    return None


def _without_year_word(body: str) -> str:
    head, _, word = body.rpartition(" ")
    if head and word.strip(".") in _WORDS_OF_YEAR:
        return head
    return re.sub(r"(?<=\d)-?[гжй]\.?$", "", body)


def _short_date(body: str, order: str, reference: date | None) -> date | None:
    if reference is None:
        return None
    if match := _DAY.fullmatch(body):
        return _built(reference.year, reference.month, int(match[1]))
    if match := _NO_YEAR.fullmatch(body):
        first, second = int(match[1]), int(match[3])
        return _built(reference.year, first, second) if order == MONTH_FIRST else _built(reference.year, second, first)
    return None


def _numbers_and_month(body: str) -> tuple[list[str], int]:
    """The numbers of a date with a month's name, and the month (0 where no name or a foreign word is in it)."""
    numbers: list[str] = []
    month = 0
    for part in _PARTS.findall(body):
        if part.isdigit():
            numbers.append(part)
            continue
        named = next((n for n, stems in enumerate(_MONTH_STEMS, 1) if part.startswith(stems)), 0)
        if named and not month:
            month = named
        elif part not in _WORDS_OF_YEAR:
            return [], 0
    return numbers, month


def _date_with_word(body: str, reference: date | None, latest: date | None, whole: bool) -> date | None:
    numbers, month = _numbers_and_month(body)
    if not month or not 1 <= len(numbers) <= 2:
        return None
    long = [n for n in numbers if len(n) == 4]
    short = [n for n in numbers if len(n) <= 2]
    if len(long) == 1 and len(short) == 1:
        return _built(int(long[0]), month, int(short[0]))
    if len(short) == 2:
        return _built(_century(int(short[1]), reference, latest), month, int(short[0]))
    if len(short) == 1 and not long and reference is not None and not whole:
        return _built(reference.year, month, int(short[0]))
    return None


def _partial(year: int, month: int | None, latest: date | None) -> Birth:
    day = _built(year, month or 1, 1)
    if latest is not None and day > latest:
        raise DateError
    return Birth(day, "month" if month else "year")
