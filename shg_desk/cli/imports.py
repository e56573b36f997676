"""`shg-desk import …`: people and amounts from tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from shg_desk.actions import imports
from shg_desk.actions.import_people import Imported
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import Caller
from shg_desk.domain.money import ROUNDING_MODES
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.tables.mapping import TableMap
from shg_desk.tables.mapping import load_map
from shg_desk.tables.mapping import with_columns


class IsoDate(click.ParamType[date]):
    """A date as `YYYY-MM-DD`."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date of the text."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r}: YYYY-MM-DD", param, ctx)


@click.group("import")
def command() -> None:
    """People and dated amounts from a table (CSV, XLSX)."""


def _map(map_file: Path | None, columns: Sequence[str], group: str | None, member: str | None) -> TableMap:
    """The map of a file and of the flags together. Raises KnownError with everything wrong in it."""
    given, problems = load_map(map_file) if map_file else (TableMap(), ())
    words = [*columns]
    words += [f"{kind}={header}" for kind, header in (("group", group), ("member", member)) if header]
    given, more = with_columns(given, words)
    wrong: list[Problem] = [p for p in (*problems, *more) if p.level is Level.PROBLEM]
    if wrong:
        raise KnownError(*wrong)
    return given


def _answer(caller: Caller, found: Imported) -> None:
    words = caller.words
    lines = [
        words.n_("{n} entry was added", "{n} entries were added", found.entries).format(n=found.entries),
        words.n_("{n} was known already", "{n} were known already", found.known).format(n=found.known),
        words.n_("{n} person was filled in", "{n} people were filled in", found.filled).format(n=found.filled),
        words.n_("{n} member was added", "{n} members were added", found.members).format(n=found.members),
        words.n_("{n} household was added", "{n} households were added", found.households).format(n=found.households),
    ]
    caller.answer({"counts": found.counts(), **found.counts()}, lines, found.problems)


@command.command("roster")
@click.argument("file", type=PATH)
@click.option("--map", "map_file", type=PATH)
@click.option("--column", "columns", multiple=True, metavar="KIND=HEADER")
@click.option("--group-column", "group", metavar="HEADER")
@click.option("--member-column", "member", metavar="HEADER")
@click.option("--source", help="names the import; the file's own name otherwise")
@click.pass_obj
def roster(
    caller: Caller,
    file: Path,
    map_file: Path | None,
    columns: tuple[str, ...],
    group: str | None,
    member: str | None,
    source: str | None,
) -> None:
    """Households, persons, members and groups."""
    given = _map(map_file, columns, group, member)
    given = replace(given, source=source or given.source)
    desk = caller.open()
    try:
        found = imports.import_roster(desk, file, given, progress=caller.progress(file.name)).value
    finally:
        desk.close()
    _answer(caller, found)


@command.command("savings")
@click.argument("file", type=PATH)
@click.option("--map", "map_file", type=PATH)
@click.option("--column", "columns", multiple=True, metavar="KIND=HEADER")
@click.option("--group-column", "group", metavar="HEADER")
@click.option("--member-column", "member", metavar="HEADER")
@click.option("--date", "day", type=IsoDate())
@click.option("--rounding", type=click.Choice(sorted(ROUNDING_MODES)))
@click.option("--source", help="names the import; the file's own name otherwise")
@click.pass_obj
def savings(
    caller: Caller,
    file: Path,
    map_file: Path | None,
    columns: tuple[str, ...],
    group: str | None,
    member: str | None,
    day: date | None,
    rounding: str | None,
    source: str | None,
) -> None:
    """Dated amounts of members."""
    given = _map(map_file, columns, group, member)
    given = replace(given, source=source or given.source)
    desk = caller.open()
    try:
        found = imports.import_savings(
            desk, file, given, day=day, rounding=rounding, progress=caller.progress(file.name)
        ).value
    finally:
        desk.close()
    _answer(caller, found)
