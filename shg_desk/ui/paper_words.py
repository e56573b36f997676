"""Whose data a paper holds, said before it is written anywhere unprotected."""

from __future__ import annotations

from shg_desk.actions.views_papers import OF_ONE
from shg_desk.actions.views_papers import PaperChoices
from shg_desk.i18n.catalog import Words


def whose_data(words: Words, choices: PaperChoices | None, member: str, paper: str) -> str:
    """The group and how many of its members are on a paper, or the one member (by number) it is about."""
    group = next((one.name for one in choices.groups if one.id == choices.group), "") if choices is not None else ""
    if choices is None or not group:
        return ""
    if member and paper in OF_ONE:
        name = dict(choices.members).get(member, "")
        text = words._("On it: name and sums of № {number} {name}, {group}. Anybody who holds it can read them.")
        return text.format(number=member, name=name, group=group).replace("  ", " ")
    count = len(choices.members)
    text = words.n_(
        "On it: names and sums of {group}, {n} member. Anybody who holds it can read them.",
        "On it: names and sums of {group}, {n} members. Anybody who holds it can read them.",
        count,
    )
    return text.format(group=group, n=count)
