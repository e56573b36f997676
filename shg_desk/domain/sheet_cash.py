"""What a written sheet moves: sums of rows and lines, and the cash that should lie in a place beside the count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shg_desk.domain.loan_schedule import taken_at_start_minor
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.money import major
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow


def row_in_minor(row: SheetRow) -> int:
    """Cash a row brings."""
    return sum(line.amount_minor for line in row.ins if line.kind != "fine-owed")


def row_out_minor(row: SheetRow) -> int:
    """Cash a row takes."""
    return sum(line.amount_minor for line in row.outs)


def agreed_terms(ground: Ground, terms: Mapping[str, Any] | None) -> dict[str, Any]:
    """The words a new loan of the group is given on: those of its rules, what is other for this loan (`terms`), and the
    smallest coin that its instalments are whole in. A loan read back that was given without one (None) stays so.
    """
    smallest, digits = ground.currency.smallest_minor, ground.currency.minor_digits
    coin = {"coin": major(smallest, digits)} if smallest > 1 else {}
    agreed = {**coin, **ground.rules.loan_terms, **(terms or {})}
    return {word: said for word, said in agreed.items() if word != "coin" or said is not None}


def interest_taken_minor(ground: Ground, amount_minor: int, terms: Mapping[str, Any] | None) -> int:
    """The interest that stays in the box when a loan on these terms is handed out; the member gets so much less."""
    words = agreed_terms(ground, terms)
    if words.get("interest_at_start") is not True or amount_minor <= 0:
        return 0
    digits = ground.currency.minor_digits
    agreed = read_terms(words, principal_minor=amount_minor, start=ground.on, minor_digits=digits)
    return taken_at_start_minor(agreed) if isinstance(agreed, LoanTerms) else 0


def row_taken_minor(ground: Ground, row: SheetRow) -> int:
    """The interest that stays in the box of all loans a row hands out."""
    return sum(interest_taken_minor(ground, out.amount_minor, out.terms) for out in row.outs if out.kind == "loan")


def line_cash_minor(line: GroupLine, place: str) -> int:
    """What a group line adds to (or takes from) the money in a place."""
    if line.kind == "transfer":
        return (line.amount_minor if line.target == place else 0) - (line.amount_minor if line.source == place else 0)
    if line.place != place or (line.kind == "settlement" and line.what not in ("brought", "returned")):
        return 0
    if line.kind == "settlement":
        return line.amount_minor if line.what == "brought" else -line.amount_minor
    return line.amount_minor if line.kind in ("income", "gift", "lender-loan") else -line.amount_minor


@dataclass(frozen=True, slots=True)
class Cash:
    """The money of one place through a meeting: at the start, in, out, by the book, and as counted (None: not yet)."""

    start_minor: int
    in_minor: int
    out_minor: int
    counted_minor: int | None

    @property
    def expected_minor(self) -> int:
        """What should be there by the book."""
        return self.start_minor + self.in_minor - self.out_minor

    @property
    def difference_minor(self) -> int | None:
        """Counted less expected; None while nothing was counted."""
        return None if self.counted_minor is None else self.counted_minor - self.expected_minor


def cash_of(ground: Ground, sheet: Sheet, place: str = "box") -> Cash:
    """The running comparison of one place: expected against counted. Members' money goes through the box."""
    moves = [line_cash_minor(line, place) for line in sheet.lines]
    if place == "box":
        for row in sheet.rows:
            moves += [row_in_minor(row), row_taken_minor(ground, row), -row_out_minor(row)]
    counted = next((count.counted_minor for count in sheet.counts if count.place == place), None)
    return Cash(
        ground.places_minor.get(place, 0),
        sum(move for move in moves if move > 0),
        -sum(move for move in moves if move < 0),
        counted,
    )
