"""`shg-desk reconcile LEFT RIGHT`: two sides compared; what differs is the result, not an error."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from shg_desk.actions import comparing
from shg_desk.actions.books import open_desk
from shg_desk.actions.comparing import Side
from shg_desk.actions.desk import Desk
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import Caller
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import major
from shg_desk.domain.money import parse_amount
from shg_desk.reconcile.comparing import Compared
from shg_desk.reconcile.comparing import Pair

RIGHT = "SHG_DESK_PASSPHRASE_RIGHT"


class AmountType(click.ParamType[int]):
    """An amount in major units, as minor units of a currency with two places."""

    name = "amount"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Minor units of the text."""
        if isinstance(value, int):
            return value
        try:
            found = parse_amount(str(value), 2, grouped=False)
        except AmountError:
            found = -1
        if found < 0:
            self.fail(f"{value!r}", param, ctx)
        return found


@click.command("reconcile")
@click.argument("left", type=PATH)
@click.argument("right", type=PATH)
@click.option("--window-days", type=click.IntRange(min=0), default=0, show_default=True)
@click.option("--tolerance", type=AmountType(), default=0, metavar="AMOUNT")
@click.option("--pairs", is_flag=True, help="list what was joined, too")
@click.pass_obj
def command(caller: Caller, left: Path, right: Path, window_days: int, tolerance: int, pairs: bool) -> None:
    """Compare two sides, each a book, a parcel or a table with the columns date and amount."""
    sides = _sides(caller, left, right)
    found = comparing.compare_sides(*sides, window_days=window_days, tolerance_minor=tolerance)
    value: dict[str, Any] = {
        "counts": dict(found.counts),
        "drift": {account: major(amount) for account, amount in found.drift_minor.items()},
        "pairs": [_pair(pair) for pair in found.pairs] if pairs else [],
        "suggestions": [_pair(pair) for pair in found.suggestions],
        "missing_left": list(found.missing_left),
        "missing_right": list(found.missing_right),
        "amount": list(found.amount),
    }
    caller.answer(value, _lines(caller, found), [*sides[0].problems, *sides[1].problems])


def _sides(caller: Caller, left: Path, right: Path) -> tuple[Side, Side]:
    """Both sides read; a parcel is opened by `--book`, else by the book on the other side."""
    desks: dict[Path, Desk] = {}
    try:
        for path, variable in ((left, "SHG_DESK_PASSPHRASE"), (right, RIGHT)):
            if comparing.is_book(path) and path.resolve() not in desks:
                given = caller.passphrase(variable) if _is_set(variable) else caller.passphrase()
                desks[path.resolve()] = open_desk(path, given)
        first, second = (_side(caller, path, side, desks) for path, side in ((left, "left"), (right, "right")))
        return first, second
    finally:
        for desk in desks.values():
            desk.close()


def _is_set(variable: str) -> bool:

    return variable in os.environ


def _side(caller: Caller, path: Path, side: str, desks: dict[Path, Desk]) -> Side:
    if not path.exists():
        raise comparing.is_missing(path)
    if comparing.is_book(path):
        return comparing.side_of_book(desks[path.resolve()])
    if not comparing.is_parcel(path):
        return comparing.side_of_table(path, side)
    if caller.book is not None and caller.book.resolve() not in desks:
        desks[caller.book.resolve()] = caller.open()
    opener = desks.get(caller.book.resolve()) if caller.book is not None else next(iter(desks.values()), None)
    if opener is None:
        raise click.UsageError(caller.words._("--book PATH is missing"))
    return comparing.side_of_parcel(path, opener)


def _pair(pair: Pair) -> dict[str, Any]:
    return {"left": list(pair.left), "right": list(pair.right), "reason": pair.reason, "score": pair.score}


def _lines(caller: Caller, found: Compared) -> list[str]:
    words, counts = caller.words, found.counts
    texts = {
        "matched": words.n_("{n} matched", "{n} matched", counts["matched"]),
        "missing_left": words.n_("{n} only on the right", "{n} only on the right", counts["missing_left"]),
        "missing_right": words.n_("{n} only on the left", "{n} only on the left", counts["missing_right"]),
        "duplicate": words.n_("{n} there twice", "{n} there twice", counts["duplicate"]),
        "amount": words.n_("{n} with another amount", "{n} with another amount", counts["amount"]),
        "date": words.n_("{n} with another date", "{n} with another date", counts["date"]),
    }
    lines = [text.format(n=counts[name]) for name, text in texts.items() if counts[name] or name == "matched"]
    return lines + [f"{account}\t{major(amount)}" for account, amount in found.drift_minor.items()]
