"""Papers to choose from, how thick they will be, and the list of papers that wait for a printer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shg_desk.actions.called import beside_numbers
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.changes import Progress
from shg_desk.actions.desk import Desk
from shg_desk.actions.next_meetings import next_day
from shg_desk.actions.print_list import WAITING
from shg_desk.actions.print_list import waiting_lines
from shg_desk.actions.printing import Papers
from shg_desk.actions.printing import print_account
from shg_desk.actions.printing import print_meeting
from shg_desk.actions.printing import print_passbooks
from shg_desk.actions.share_out_done import print_shared
from shg_desk.actions.share_out_done import share_out_days
from shg_desk.actions.statements import Period
from shg_desk.actions.views_groups import GroupName
from shg_desk.actions.views_groups import group_names
from shg_desk.actions.views_today import meetings_ahead
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.groups import Membership

NAMES = ("sheet", "passbook", "minutes", "booklets", "read-aloud", "ledger", "share-out")
OF_MEETINGS = frozenset({"minutes", "booklets", "read-aloud"})
OF_ONE = frozenset({"passbook", "ledger"})
"""Papers that can be of one member alone."""

WAITING_MOST = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that is wanted: its name, the group's code, one member's number, the meeting or sheet's day, a year.

    `full` asks for every line of the ledger, not only for a line a meeting and kind of money.
    """

    name: str
    group: str
    member: str = ""
    on: str = ""
    year: int = 0
    full: bool = False

    @property
    def is_thick(self) -> bool:
        """True for a paper of every member of a group: many pages, and a while to lay out."""
        return self.name in ("passbook", "ledger") and not self.member


@dataclass(frozen=True, slots=True)
class MeetingName:
    """A meeting to choose: its day and number, and how many members the group had then."""

    on: date
    number: str | None
    members: int


@dataclass(frozen=True, slots=True)
class PaperChoices:
    """What can be chosen for papers of a group: members by number (all there ever were), meetings, years, days of
    share-outs (`shared`), the newest first. `on_sheet` is how many members there are on the day of the next sheet.
    """

    groups: tuple[GroupName, ...]
    group: str
    members: tuple[tuple[str, str], ...]
    meetings: tuple[MeetingName, ...]
    years: tuple[int, ...]
    next_on: date
    waiting: tuple[Wanted, ...]
    shared: tuple[date, ...] = ()
    on_sheet: int = 0


def paper_choices(desk: Desk, group: str | None = None) -> PaperChoices:
    """The choices for a group (by id), or for the first one."""
    names = group_names(desk)
    first = names[0].id if names else ""
    chosen = next((one.id for one in names if one.id == group), first)
    held = [one for one in meeting_store.meetings(desk.book, chosen) if one.held] if chosen else []
    members = group_store.memberships(desk.book, chosen) if chosen else []
    apart = beside_numbers(desk, chosen) if chosen else {}
    ahead = {one.group: one.on for one in meetings_ahead(desk)} if chosen else {}
    group_chosen = group_store.group(desk.book, chosen) if chosen else None
    next_on = ahead.get(chosen) or (next_day(desk, group_chosen) if group_chosen else None) or desk.today()
    return PaperChoices(
        tuple(names),
        chosen,
        tuple((one.number, apart.get(one.id) or one.name or "") for one in members),
        tuple(MeetingName(one.on, one.number, _count(members, one.on)) for one in reversed(held)),
        tuple(sorted({one.on.year for one in held}, reverse=True)),
        next_on,
        waiting_papers(desk),
        share_out_days(desk, chosen) if chosen else (),
        _count(members, next_on),
    )


def _count(members: Sequence[Membership], on: date) -> int:
    return sum(one.is_in(on) for one in members)


def make_paper(
    desk: Desk, wanted: Wanted, out: Path, words: Words, progress: Progress = lambda done, of: None
) -> Papers:
    """Writes one paper as a PDF. Raises as `printing`."""
    progress(0, 1)
    period = Period(date(wanted.year, 1, 1), date(wanted.year, 12, 31)) if wanted.year else Period()
    day = date.fromisoformat(wanted.on) if wanted.on else None
    if wanted.name == "passbook":
        return print_passbooks(desk, out, words, group=wanted.group, member=wanted.member or None, period=period)
    if wanted.name == "ledger":
        member = wanted.member or None
        return print_account(desk, out, words, group=wanted.group, member=member, period=period, full=wanted.full)
    if wanted.name == "share-out":
        return print_shared(desk, out, words, group=wanted.group, on=day)
    if wanted.name == "sheet":
        return print_meeting(desk, "sheet", out, words, group=wanted.group, on=day)
    of_day = Period(day, day) if day is not None else Period()
    return print_meeting(desk, wanted.name, out, words, group=wanted.group, period=of_day)


def waiting_papers(desk: Desk) -> tuple[Wanted, ...]:
    """The papers that wait for a printer, in the order they were put there."""
    return tuple(Wanted(**one) for one in waiting_lines(desk) if one.get("name") in NAMES)


def _keep(desk: Desk, papers: Sequence[Wanted]) -> Outcome[tuple[Wanted, ...]]:
    desk.book.set_setting(WAITING, json.dumps([asdict(one) for one in papers], ensure_ascii=False))
    return Outcome(tuple(papers), Changed.SETTINGS)


def put_waiting(desk: Desk, papers: Sequence[Wanted]) -> Outcome[tuple[Wanted, ...]]:
    """Puts papers on the list, each once; gives the whole list."""
    return _keep(desk, list(dict.fromkeys([*waiting_papers(desk), *papers]))[-WAITING_MOST:])


def take_waiting(desk: Desk, papers: Sequence[Wanted]) -> Outcome[tuple[Wanted, ...]]:
    """Takes papers off the list; gives what is left."""
    gone = set(papers)
    return _keep(desk, [one for one in waiting_papers(desk) if one not in gone])


def sheets_of_the_week(desk: Desk) -> list[Wanted]:
    """The empty sheet of every meeting of the week ahead: as many as the first page counts, not only those it shows."""
    return [
        Wanted("sheet", one.code, on=one.on.isoformat())
        for one in meetings_ahead(desk)
        if one.on is not None and one.on >= desk.today()
    ]


def make_all(
    desk: Desk, papers: Sequence[Wanted], folder: Path, words: Words, progress: Progress = lambda done, of: None
) -> list[Path]:
    """Writes several papers into a folder, a file each; gives the files in order."""
    files = []
    for number, wanted in enumerate(papers, start=1):
        progress(number - 1, len(papers))
        out = folder / f"{number:02d}-{file_name(wanted)}"
        make_paper(desk, wanted, out, words)
        files.append(out)
    return files


def file_name(wanted: Wanted) -> str:
    """A name for a paper's file that every system takes."""
    parts = [wanted.group, wanted.name, wanted.member, wanted.on, str(wanted.year or ""), "full" * wanted.full]
    text = "-".join(part for part in parts if part)
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in text) + ".pdf"
