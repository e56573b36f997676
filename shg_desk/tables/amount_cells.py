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
_OWN_SPACES = {" ", "\u00a0", "\u202f", "'", ""}


@dataclass(frozen=True, slots=True)
class AmountReader:
    """How one column's cells become minor units: decimal places of the currency, its code, the decimal sign (None: no
    cell has settled it), the thousands sign where the map names it, the rounding for finer cells (None: refused).
    """

    currency: str
    minor_digits: int
    decimal: str | None = None
    thousands: str | None = None
    rounding: str | None = None

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
            amount = parse_amount(body, self.minor_digits, decimal=self.decimal, rounding=self.rounding)
        if amount < 0:
            raise AmountError(Code.AMOUNT_NEGATIVE)
        return amount

    def _breaks_thousands(self, body: str) -> bool:
        """True where a comma or point stands that the map leaves no meaning for."""
        if self.decimal is None or self.thousands is None or self.thousands not in _OWN_SPACES:
            return False
        return ("." if self.decimal == "," else ",") in body


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
