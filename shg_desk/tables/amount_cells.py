"""Amounts in a column of cells: which sign is the decimal one is settled by the cells that leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shg_desk.domain.money import AmountError
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code

_CURRENCY_WORDS = {
    "KGS": ("kgs", "сом", "сомдор", "сомов", "сома", "som", "soms", "с"),
    "TJS": ("tjs", "сомони", "сомонӣ", "somoni", "с", "смн"),
    "UZS": ("uzs", "сум", "сўм", "so'm", "soʻm", "so‘m", "som", "сом"),
    "RUB": ("rub", "rur", "руб", "рубл", "рублей", "р", "₽"),
    "USD": ("usd", "$", "долл", "доллар"),
    "EUR": ("eur", "€", "евро"),
    "KZT": ("kzt", "тенге", "теңге", "тг", "₸"),
    "MZN": ("mzn", "mt", "mts"),
}
_EVERY_WORD = frozenset(word for words in _CURRENCY_WORDS.values() for word in words)
_WITH_WORD = re.compile(r"([$€₽₸]?)\s*([-+\u2212]?[\d.,\s\u00a0\u202f'\u2009]*\d)\s*([^\W\d_$€₽₸][^\d]*|[$€₽₸])?")
_SPACES = re.compile("[\\s\u00a0\u202f\u2009']")
_BLANK_GROUPS = re.compile("\\d{1,3}(?:[\\s\u00a0\u202f\u2009']\\d{3})+(?:[.,]\\d*)?")
_LONE_SIGN = re.compile("[-+\u2212]?(\\d{1,3})([.,])\\d{3}")
_OWN_SPACES = {" ", "\u00a0", "\u202f", "'", ""}


@dataclass(frozen=True, slots=True)
class AmountReader:
    """How one column's cells become minor units: decimal places of the currency, its code, the decimal sign (None: no
    cell has settled it), the thousands sign where the map names it, the rounding for finer cells (None: refused).

    `grouping` is the thousands sign that the column's own cells prove (' ' for all blanks and apostrophes, None: none
    or several); `is_told` is True where the map, not the column, says which sign is the decimal one.
    """

    currency: str
    minor_digits: int
    decimal: str | None = None
    thousands: str | None = None
    rounding: str | None = None
    grouping: str | None = None
    is_told: bool = False

    def read(self, text: str, exact: bool = False) -> int:
        """Minor units of a cell; `exact` for a spreadsheet's own number. Raises AmountError; a negative amount is
        AMOUNT_NEGATIVE, because none can be in these tables.
        """
        if exact:
            amount = parse_amount(text, self.minor_digits, decimal=".", rounding=self.rounding)
        else:
            body = without_currency(text, self.currency)
            if self._breaks_thousands(body):
                raise AmountError(Code.AMOUNT_UNREADABLE)
            if self._groups_otherwise(body):
                raise AmountError(Code.AMOUNT_AMBIGUOUS)
            amount = parse_amount(body, self.minor_digits, decimal=self.decimal, rounding=self.rounding)
        if amount < 0:
            raise AmountError(Code.AMOUNT_NEGATIVE)
        return amount

    def _breaks_thousands(self, body: str) -> bool:
        """True where a comma or point stands that the map leaves no meaning for."""
        if self.decimal is None or self.thousands is None or self.thousands not in _OWN_SPACES:
            return False
        return ("." if self.decimal == "," else ",") in body

    def _groups_otherwise(self, body: str) -> bool:
        """True for `100.005` or `1,234` in a column that groups by blanks (`1 234,50`): it could be two amounts.

        The sign that is no decimal one could group only in another column than this; the decimal one before three
        figures could be somebody's thousands. A map that names the decimal sign leaves no doubt of that one.
        """
        lone = _LONE_SIGN.fullmatch(body.strip())
        if lone is None or None in (self.grouping, self.decimal) or self.thousands is not None:
            return False
        if lone[2] == self.decimal:
            return not self.is_told and self.grouping != lone[2] and bool(lone[1].strip("0"))
        return lone[2] != self.grouping


def thousands_sign(texts: Iterable[str], currency: str = "") -> str | None:
    """The thousands sign that the cells of a column prove, ' ' for blanks and apostrophes; None for none or several.

    `1 234` and `12 500,50` group by blanks, `1.234,50` and `1.234.567` by the point.
    """
    votes = {vote for text in texts if (vote := _grouping_vote(text, currency))}
    return votes.pop() if len(votes) == 1 else None


def decimal_sign(
    texts: Iterable[str], currency: str = "", decimal: str | None = None, thousands: str | None = None
) -> str | None:
    """The decimal sign of a column: as the map says, else as its unambiguous cells agree, else None.

    `1.234,50` and `12,5` speak for the comma, `1,234,567` for the point; `1,234` says nothing, and cells that
    contradict each other settle nothing.
    """
    if decimal is not None:
        return decimal
    if thousands in {",", "."}:
        return "." if thousands == "," else ","
    votes = {vote for text in texts if (vote := _vote(text, currency))}
    return votes.pop() if len(votes) == 1 else None


def without_currency(text: str, currency: str) -> str:
    """The number of `50 сом` or `$ 12.50`. Raises AmountError (CURRENCY_DIFFERS) where another currency's word stands;
    a text that is no number with a currency comes back as it is.
    """
    match = _WITH_WORD.fullmatch(text.strip())
    if match is None or not (match[1] or match[3]):
        return text
    word = (match[3] or match[1]).strip().rstrip(".").casefold()
    own = _CURRENCY_WORDS.get(currency, (currency.casefold(),)) if currency else _EVERY_WORD
    if word in own:
        return match[2]
    if word in _EVERY_WORD:
        raise AmountError(Code.CURRENCY_DIFFERS)
    return text


def _vote(text: str, currency: str) -> str:
    """The decimal sign one cell proves, or nothing; a cell in another currency is no witness for this column."""
    try:
        body = _SPACES.sub("", without_currency(text, currency)).lstrip("+-\u2212")
    except AmountError:
        return ""
    if not re.fullmatch(r"[\d.,]*\d", body):
        return ""
    marks = [letter for letter in body if letter in ".,"]
    if not marks:
        return ""
    last = marks[-1]
    other = "." if last == "," else ","
    if len(set(marks)) == 2:
        return last if marks.count(last) == 1 else ""
    if len(marks) > 1:
        return other
    whole, _, part = body.partition(last)
    if len(part) != 3 or len(whole) > 3 or not whole.strip("0"):
        return last
    return ""


def _grouping_vote(text: str, currency: str) -> str:
    """The thousands sign one cell proves, or nothing."""
    try:
        body = without_currency(text, currency).strip().lstrip("+-\u2212").lstrip()
    except AmountError:
        return ""
    if _BLANK_GROUPS.fullmatch(body):
        return " "
    for sign, decimal in ((".", ","), (",", ".")):
        groups = rf"\d{{1,3}}(?:[{sign}]\d{{3}})+"
        if re.fullmatch(rf"{groups}[{decimal}]\d+", body) or re.fullmatch(rf"{groups}[{sign}]\d{{3}}", body):
            return sign
    return ""
