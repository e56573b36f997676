"""`shg-desk group …`: rules of a group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from shg_desk.actions import groups
from shg_desk.actions.groups import Vote
from shg_desk.actions.ledgers import group_meant
from shg_desk.cli.imports import IsoDate
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import Caller
from shg_desk.cli.telling import no_json
from shg_desk.cli.telling import read_json
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem


class VoteType(click.ParamType[Vote]):
    """`14`, `14,2` or `14,2,1`: for, against, abstained."""

    name = "vote"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Vote:
        """The vote of the text."""
        if isinstance(value, Vote):
            return value
        numbers = [number.strip() for number in str(value).split(",")]
        if len(numbers) > 3 or not all(one.isascii() and one.isdecimal() and len(one) < 20 for one in numbers):
            self.fail(f"{value!r}: FOR,AGAINST,ABSTAINED", param, ctx)
        return Vote(*map(int, numbers))


@click.group("group")
def command() -> None:
    """Rules of a group."""


@command.command("rules")
@click.option("--group", "code", required=True)
@click.option("--file", "file", type=PATH, required=True)
@click.option("--from", "since", type=IsoDate())
@click.option("--vote", type=VoteType(), metavar="FOR,AGAINST,ABSTAINED", help="how the group voted")
@click.option("--text", default="", help="the decision in the group's words")
@click.pass_obj
def rules(caller: Caller, code: str, file: Path, since: date | None, vote: Vote | None, text: str) -> None:
    """A dated, voted version of a group's rules, from a JSON file (which may hold `from` and `vote` itself)."""
    content = read_json(file)
    if not isinstance(content, dict):
        raise no_json(file)
    voted = _vote(content.pop("vote", None))
    starts = _day(content.pop("from", None))
    vote = vote or voted
    if text:
        if vote is None:
            raise click.UsageError("--vote FOR,AGAINST,ABSTAINED")
        vote = Vote(vote.votes_for, vote.against, vote.abstained, text=text)
    desk = caller.open()
    try:
        done = groups.set_typed_rules(desk, group_meant(desk, code).id, content, since or starts or desk.today(), vote)
    finally:
        desk.close()
    value = {"version": done.value, "group": code, "vote": vote.as_json() if vote else None}
    caller.answer(value, [caller.words._("The rules are recorded.")], done.warnings)


def _day(said: object) -> date | None:
    try:
        return None if said is None else date.fromisoformat(str(said))
    except ValueError as error:
        raise KnownError(Problem(Code.DATE_UNREADABLE, "from", {"text": str(said)})) from error


def _vote(said: object) -> Vote | None:
    """The vote of a file: `{"for", "against", "abstained", "text"}`, as a decision on a meeting's sheet."""
    if said is None:
        return None
    problem = Problem(Code.RULE_UNREADABLE, "vote", {"text": str(said)})
    if not isinstance(said, Mapping) or said.keys() - {"for", "against", "abstained", "text"}:
        raise KnownError(problem)
    numbers = [said.get(name) or 0 for name in ("for", "against", "abstained")]
    text = said.get("text") or ""
    if not all(type(number) is int and number >= 0 for number in numbers) or not isinstance(text, str):
        raise KnownError(problem)
    return Vote(*numbers, text=text)
