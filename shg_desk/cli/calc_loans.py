"""`shg-desk calc schedule|allocate|share-out|par`: loan arithmetic as the program does it, without a book."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from shg_desk.cli.imports import IsoDate
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import Caller
from shg_desk.cli.telling import no_json
from shg_desk.cli.telling import read_json
from shg_desk.domain import allocation
from shg_desk.domain.allocation import Due
from shg_desk.domain.allocation import DueKind
from shg_desk.domain.allocation import Payment
from shg_desk.domain.loan_schedule import schedule
from shg_desk.domain.loan_terms import GraceKind
from shg_desk.domain.loan_terms import Method
from shg_desk.domain.loan_terms import RatePer
from shg_desk.domain.loan_terms import Remainder
from shg_desk.domain.loan_terms import Unit
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.money import ROUNDING_MODES
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import major
from shg_desk.domain.money import parse_amount
from shg_desk.domain.par import AGEING_BANDS
from shg_desk.domain.par import PortfolioLoan
from shg_desk.domain.par import UnpaidDue
from shg_desk.domain.par import portfolio_at_risk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.share_out import share_out

_DAY_COUNTS = ("30/360", "30e/360", "actual/365", "actual/360", "actual/actual", "7/364", "period")
_LATER = ("instalment", "tranche", "fee", "shares")
"""Words of the contract that this version does not reckon yet; naming one is wrong usage."""


def _words(kind: type[Any]) -> click.Choice[str]:
    return click.Choice([word.value for word in kind])


@click.command("schedule")
@click.option("--principal", required=True)
@click.option("--rate", required=True)
@click.option("--rate-per", type=_words(RatePer), required=True)
@click.option("--method", type=_words(Method), required=True)
@click.option("--instalments", type=int)
@click.option("--every", type=int, default=1, show_default=True)
@click.option("--unit", type=_words(Unit), default=Unit.MONTH.value, show_default=True)
@click.option("--from", "start", type=IsoDate(), required=True)
@click.option("--first", type=IsoDate())
@click.option("--day-count", type=click.Choice(_DAY_COUNTS), default="period", show_default=True)
@click.option(
    "--first-period", type=click.Choice(("nominal", "scaled", "actual")), default="nominal", show_default=True
)
@click.option("--grace-principal", type=int)
@click.option("--grace-interest", type=int)
@click.option("--grace-kind", type=_words(GraceKind))
@click.option("--rounding", type=click.Choice([*ROUNDING_MODES, "none"]), default="half-even", show_default=True)
@click.option("--minor-units", "digits", type=click.IntRange(0, 6), default=2, show_default=True)
@click.option("--instalment-multiple")
@click.option("--coin")
@click.option("--remainder", type=_words(Remainder), default=Remainder.LAST.value, show_default=True)
@click.option("--non-working", metavar="sat,sun,DATE...")
@click.option("--instalment", hidden=True)
@click.option("--tranche", hidden=True, multiple=True)
@click.option("--fee", hidden=True, multiple=True)
@click.option("--shares", hidden=True, type=PATH)
@click.pass_obj
def schedule_of_loan(
    caller: Caller,
    /,
    principal: str,
    start: date,
    first: date | None,
    day_count: str,
    first_period: str,
    rounding: str,
    digits: int,
    non_working: str | None,
    **others: Any,
) -> None:
    """The instalments of a loan."""
    later = {name: others.pop(name) for name in _LATER}
    later |= {"day-count": day_count != "period", "first-period": first_period != "nominal"}
    later["rounding none"] = rounding == "none"
    named = [f"--{name}" for name, said in later.items() if said]
    if named:
        text = caller.words._("This version cannot reckon with {options} yet.")
        raise click.UsageError(text.format(options=", ".join(named)))
    said: dict[str, object] = {**others, "rounding": rounding, "first": first.isoformat() if first else None}
    if non_working:
        said["non_working"] = [word.strip() for word in non_working.split(",")]
    try:
        amount = parse_amount(principal, digits, grouped=False)
    except AmountError as error:
        raise KnownError(Problem(error.code, "--principal", {"text": principal})) from error
    terms = read_terms(said, principal_minor=amount, start=start, minor_digits=digits)
    if isinstance(terms, tuple):
        raise KnownError(*terms)
    made = schedule(terms)

    def money(amount_minor: int) -> str:
        return major(amount_minor, digits)

    lines = [
        {
            "n": line.n,
            "due": line.due.isoformat(),
            "principal": money(line.principal_minor),
            "interest": money(line.interest_minor),
            "fee": money(line.fee_minor),
            "total": money(line.total_minor),
            "balance": money(line.balance_minor),
        }
        for line in made.instalments
    ]
    totals = {
        "principal": money(made.principal_minor),
        "interest": money(made.interest_minor),
        "total": money(made.total_minor),
    }
    told = ["\t".join(str(said) for said in line.values()) for line in lines]
    caller.answer({"instalments": lines, "totals": totals, "apr": None}, told)


def _from_file(file: Path, read: Callable[[Any], Any]) -> Any:
    """What `read` makes of a JSON file. Raises KnownError with what is wrong in it."""
    data = read_json(file)
    try:
        return read(data)
    except AmountError as error:
        raise KnownError(Problem(error.code, file.name, {"file": file.name})) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise no_json(file) from error


def _minor(text: object) -> int:
    if not isinstance(text, str):
        raise TypeError(text)
    amount = parse_amount(text, 2, grouped=False)
    if amount < 0:
        raise AmountError(Code.AMOUNT_NEGATIVE)
    return amount


@click.command("allocate")
@click.option("--file", "file", type=PATH, required=True)
@click.pass_obj
def allocate(caller: Caller, file: Path) -> None:
    """Split given payments over given dues by a named order."""

    def read(data: Mapping[str, Any]) -> tuple[list[Payment], list[Due], list[str]]:
        payments = [
            Payment(one["id"], date.fromisoformat(one["date"]), _minor(one["amount"])) for one in data["payments"]
        ]
        dues = [
            Due(one["id"], date.fromisoformat(one["date"]), DueKind(one["kind"]), _minor(one["amount"]))
            for one in data["dues"]
        ]
        return payments, dues, list(data.get("order") or allocation.DEFAULT_ORDER)

    payments, dues, order = _from_file(file, read)
    problems = allocation.order_problems(order)
    if problems:
        raise KnownError(*problems)
    found = _from_file(file, lambda _: allocation.allocate(payments, dues, order))
    rows = [
        {
            "payment": one.payment,
            "parts": [
                {"due": part.due, "kind": part.kind.value, "amount": major(part.amount_minor)} for part in one.parts
            ],
            "left": major(one.left_minor),
        }
        for one in found
    ]
    caller.answer(rows, [f"{row['payment']}\t{row['left']}" for row in rows])


@click.command("share-out")
@click.option("--file", "file", type=PATH, required=True)
@click.pass_obj
def share_out_pool(caller: Caller, file: Path) -> None:
    """Split a pool of cash by shares held, exact to the last unit."""

    def read(data: Mapping[str, Any]) -> Any:
        shares = dict(data["shares"])
        if not all(type(number) is int for number in shares.values()):
            raise TypeError(shares)
        owes = {name: _minor(amount) for name, amount in (data.get("owes") or {}).items()}
        return share_out(_minor(data["pool"]), shares, _minor(data["unit"]) if "unit" in data else 1, owes)

    found = _from_file(file, read)
    value: dict[str, Any] = {
        "payouts": {name: major(amount) for name, amount in found.payouts.items()},
        "left_in_box": major(found.left_in_box_minor),
        "still_owes": {name: major(amount) for name, amount in found.still_owes.items()},
    }
    caller.answer(value, [f"{name}\t{amount}" for name, amount in value["payouts"].items()])


@click.command("par")
@click.option("--file", "file", type=PATH, required=True)
@click.pass_obj
def par(caller: Caller, file: Path) -> None:
    """Portfolio at risk, and overdue amounts by age."""

    def read(data: Mapping[str, Any]) -> Any:
        loans = [
            PortfolioLoan(
                str(loan["id"]),
                _minor(loan["outstanding"]),
                tuple(
                    UnpaidDue(
                        date.fromisoformat(due["due"]),
                        _minor(due.get("principal_unpaid", "0")),
                        _minor(due.get("interest_unpaid", "0")),
                    )
                    for due in loan.get("dues", ())
                ),
                rescheduled=bool(loan.get("rescheduled", False)),
            )
            for loan in data["loans"]
        ]
        bands = tuple(data.get("bands") or AGEING_BANDS)
        grace = int(data.get("grace_days") or 0)
        return portfolio_at_risk(loans, date.fromisoformat(data["at"]), bands=bands, grace_days=grace)

    found = _from_file(file, read)
    value: dict[str, Any] = {
        "gross": major(found.gross_minor),
        "par": {
            str(one.level): {
                "amount": major(one.amount_minor),
                "ratio": None if one.ratio is None else float(one.ratio),
                "only_rescheduled": major(one.only_rescheduled_minor),
            }
            for one in found.at_risk
        },
        "ageing": [
            {"from": band.from_days, "to": band.to_days, "amount": major(band.amount_minor)} for band in found.ageing
        ],
    }
    caller.answer(value, [f"PAR {level}\t{said['amount']}" for level, said in value["par"].items()])


COMMANDS = (schedule_of_loan, allocate, share_out_pool, par)
