"""`shg-desk calc …`: the program's arithmetic, without a book."""

from __future__ import annotations

import click

from shg_desk.cli import calc_loans
from shg_desk.cli.telling import Caller
from shg_desk.domain.spelling import key
from shg_desk.domain.spelling import latin


@click.group("calc")
def command() -> None:
    """The program's arithmetic; no book is needed."""


for _verb in calc_loans.COMMANDS:
    command.add_command(_verb)


@command.command("spell")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.pass_obj
def spell(caller: Caller, names: tuple[str, ...]) -> None:
    """The folded search key and the Latin spelling of each name."""
    found = [{"key": key(name), "latin": latin(name)} for name in names]
    caller.answer(found, [f"{one['key']}\t{one['latin']}" for one in found])
