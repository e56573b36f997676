"""`shg-desk group …`: rules of a group."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from shg_desk.actions import groups
from shg_desk.actions.ledgers import group_meant
from shg_desk.cli.imports import IsoDate
from shg_desk.cli.telling import Caller
from shg_desk.cli.telling import read_json
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem


@click.group("group")
def command() -> None:
    """Rules of a group."""


@command.command("rules")
@click.option("--group", "code", required=True)
@click.option("--file", "file", type=click.Path(path_type=Path), required=True)
@click.option("--from", "since", type=IsoDate())
@click.pass_obj
def rules(caller: Caller, code: str, file: Path, since: date | None) -> None:
    """A dated version of a group's rules, from a JSON file."""
    try:
        content = read_json(file)
        if not isinstance(content, dict):
            raise TypeError
        since = since or (date.fromisoformat(content.pop("from")) if "from" in content else None)
    except (ValueError, TypeError) as error:
        raise KnownError(Problem(Code.FILE_UNREADABLE, file.name, {"file": file.name})) from error
    desk = caller.open()
    try:
        name = groups.set_rules(desk, group_meant(desk, code).id, content, since or desk.today()).value
    finally:
        desk.close()
    caller.answer({"version": name, "group": code}, [caller.words._("The rules are recorded.")])
