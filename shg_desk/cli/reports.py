"""`shg-desk report …`: papers as PDF."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Any

import click

from shg_desk.actions.statements import EVER
from shg_desk.actions.statements import Period
from shg_desk.cli.imports import IsoDate
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import Caller
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.control_totals import ControlTotals
from shg_desk.domain.money import major

NAMES = ("passbook", "minutes", "sheet", "ledger", "booklets", "read-aloud", "share-out")


class PeriodType(click.ParamType[Period]):
    """`2026`, `2026-Q1`, `2026-03`, a day, or `FROM..TO`."""

    name = "period"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """The days of the text, both included."""
        try:
            return read_period(str(value))
        except ValueError:
            self.fail(f"{value!r}: 2026, 2026-Q1, 2026-03, 2026-03-01..2026-03-31", param, ctx)


def read_period(text: str) -> Period:
    """The days a period means. Raises ValueError."""
    first, dots, last = text.partition("..")
    if dots:
        period = Period(read_period(first).since if first else None, read_period(last).until if last else None)
        if period.since and period.until and period.until < period.since:
            raise ValueError(text)
        return period
    if found := re.fullmatch(r"(\d{4})(?:-Q([1-4])|-(\d{2}))?", text):
        year, quarter, month = int(found[1]), found[2], found[3]
        low = int(month) if month else int(quarter) * 3 - 2 if quarter else 1
        high = int(month) if month else int(quarter) * 3 if quarter else 12
        return Period(date(year, low, 1), date(year, high, monthrange(year, high)[1]))
    day = date.fromisoformat(text)
    return Period(day, day)


@click.command("report")
@click.argument("name", type=click.Choice((*NAMES, "list")))
@click.option("--group", metavar="CODE")
@click.option("--member", metavar="NUMBER")
@click.option("--period", type=PeriodType(), default=None)
@click.option("--out", type=PATH)
@click.option("--control", is_flag=True, help="passbook: the group's totals beside the booklets' sums, as a file more")
@click.option("--account", default="box", show_default=True, help="ledger: which account")
@click.option("--full", is_flag=True, help="ledger: every line, not a line a meeting and kind of money")
@click.option("--date", "on", type=IsoDate(), help="sheet, share-out: its day")
@click.option("--size", type=click.Choice(("A6", "A5")), default="A6", show_default=True)
@click.option("--large", is_flag=True, help="passbook: large letters")
@click.pass_obj
def command(
    caller: Caller,
    name: str,
    group: str | None,
    member: str | None,
    period: Period | None,
    out: Path | None,
    control: bool,
    account: str,
    full: bool,
    on: date | None,
    size: str,
    large: bool,
) -> None:
    """Papers: passbook, minutes, sheet, ledger, booklets, read-aloud, share-out; `list` names them."""
    if name == "list":
        caller.answer(_listed(caller), [f"{one['name']}\t{one['title']}" for one in _listed(caller)])
        return
    words = caller.words
    if out is None:
        raise click.UsageError(words._("--out FILE is missing"))
    if group is None and name != "passbook":
        raise click.UsageError(words._("--group CODE is missing"))
    _check_account(account)
    from shg_desk.actions import printing  # the drawing library is loaded only where something is drawn
    from shg_desk.actions import share_out_done

    desk = caller.open()
    try:
        within = period or EVER
        if name == "passbook":
            papers = printing.print_passbooks(
                desk, out, words, group=group, member=member, period=within, control=control, size=size, large=large
            )
        elif name == "ledger":
            papers = printing.print_account(
                desk, out, words, group=group or "", account=account, member=member, period=within, full=full
            )
        elif name == "share-out":
            papers = share_out_done.print_shared(desk, out, words, group=group or "", on=on)
        else:
            papers = printing.print_meeting(desk, name, out, words, group=group or "", period=within, on=on)
    finally:
        desk.close()
    value: dict[str, Any] = {
        "files": [str(path) for path in papers.files],
        "pages": papers.pages,
        "members": papers.members,
        "digest": papers.digest,
    }
    if papers.totals is not None:
        value["totals"] = {
            one.code: {
                **_totals(one.whole[0], one.minor_digits),
                "agree": one.agree,
                "periods": [_totals(ledger, one.minor_digits) for ledger, _ in one.parts],
            }
            for one in papers.totals
        }
    if papers.missing_letters:
        value["missing_letters"] = "".join(sorted(papers.missing_letters))
    pages = words.n_("{n} page", "{n} pages", papers.pages).format(n=papers.pages)
    caller.answer(value, [pages, *(str(path) for path in papers.files)])


def _check_account(account: str) -> None:
    try:
        account_kind(account)
    except ValueError as error:
        raise click.BadParameter(account, param_hint="--account") from error


def _totals(ledger: ControlTotals, minor_digits: int) -> dict[str, Any]:
    def amount(amount_minor: int) -> str:
        return major(amount_minor, minor_digits)

    return {
        "from": ledger.since.isoformat() if ledger.since else None,
        "to": ledger.until.isoformat() if ledger.until else None,
        "lines": ledger.lines,
        "in": amount(ledger.in_minor),
        "out": amount(ledger.out_minor),
        "saved": amount(ledger.closing.saved_minor),
        "debt": amount(ledger.closing.debt_minor),
    }


def _listed(caller: Caller) -> list[dict[str, str]]:
    words = caller.words
    titles = (
        words._("Passbooks"),
        words._("Minutes"),
        words._("Meeting sheet"),
        words._("An account of a group"),
        words._("Write into the booklets"),
        words._("Read aloud"),
        words._("List of a share-out"),
    )
    return [{"name": name, "title": title} for name, title in zip(NAMES, titles, strict=True)]
