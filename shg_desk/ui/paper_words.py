"""Whose data a paper holds, said before it is written anywhere unprotected."""

from __future__ import annotations

from shg_desk.actions.views_papers import OF_MEETINGS
from shg_desk.actions.views_papers import OF_ONE
from shg_desk.actions.views_papers import PaperChoices
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words


def whose_data(words: Words, choices: PaperChoices | None, member: str, paper: str, on: str = "") -> str:
    """The group and how many of its members are on a paper, or the one member (by number) it is about.

    A sheet and the papers of a meeting (of the day `on`) are of the members the group has then, booklets and the ledger
    of all there ever were.
    """
    group = next((one.name for one in choices.groups if one.id == choices.group), "") if choices is not None else ""
    if choices is None or not group:
        return ""
    if member and paper in OF_ONE:
        name = dict(choices.members).get(member, "")
        text = words._("On it: name and sums of № {number} {name}, {group}. Anybody who holds it can read them.")
        return text.format(number=member, name=name, group=group).replace("  ", " ")
    count, day = len(choices.members), ""
    if paper == "sheet":
        day = words._("For {date}. ").format(date=formats.date_with_weekday(words, choices.next_on))
        count = choices.on_sheet
    elif paper in OF_MEETINGS:
        count = next((one.members for one in choices.meetings if one.on.isoformat() == on), count)
    text = words.n_(
        "On it: names and sums of {group}, {n} member. Anybody who holds it can read them.",
        "On it: names and sums of {group}, {n} members. Anybody who holds it can read them.",
        count,
    )
    return day + text.format(group=group, n=count)
