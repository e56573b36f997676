"""`shg-desk ledger …`: balances and entries. Debit is positive, so a group's lines add up to zero."""

from __future__ import annotations

from datetime import date

import click

from shg_desk.actions import ledgers
from shg_desk.cli.imports import IsoDate
from shg_desk.cli.telling import Caller
from shg_desk.domain.money import major


@click.group("ledger")
def command() -> None:
    """Balances of accounts; entries."""


@command.command("balances")
@click.option("--group")
@click.option("--at", type=IsoDate(), help="with everything up to the end of this day")
@click.pass_obj
def balances(caller: Caller, group: str | None, at: date | None) -> None:
    """What stands on every account."""
    desk = caller.open()
    try:
        found = ledgers.balance_lines(desk, group, at)
    finally:
        desk.close()
    rows = []
    for line in found:
        row = {
            "group": line.group,
            "account": line.account,
            "member": line.member,
            "currency": line.currency.code,
            "amount": major(line.amount_minor, line.currency.minor_digits),
        }
        if line.loan is not None:
            row["loan"] = line.loan
        rows.append(row)
    caller.answer(
        {"balances": rows},
        [
            "\t".join(str(row[name] or "") for name in ("group", "account", "member", "amount", "currency"))
            for row in rows
        ],
    )


@command.command("entries")
@click.option("--group")
@click.option("--account", help="a code such as box, or a family such as saving")
@click.pass_obj
def entries(caller: Caller, group: str | None, account: str | None) -> None:
    """Every side of every entry, in order."""
    desk = caller.open()
    try:
        rows = [
            {
                "id": line.id,
                "effective": line.effective.isoformat(),
                "recorded": line.recorded.isoformat() if line.recorded else None,
                "group": line.group,
                "member": line.member,
                "account": line.account,
                "kind": line.kind,
                "amount": major(line.amount_minor, line.currency.minor_digits),
                "currency": line.currency.code,
                "state": line.state,
                "corrects": line.corrects,
                "source": line.source,
                "loan": line.loan,
                "of": line.of,
            }
            for line in ledgers.entry_lines(desk, group, account)
        ]
    finally:
        desk.close()
    names = ("effective", "group", "of", "kind", "account", "amount", "currency", "state", "id")
    caller.answer({"entries": rows}, ["\t".join(str(row[name] or "") for name in names) for row in rows])
