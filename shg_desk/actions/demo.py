"""A sample province: an office and two laptops with invented villages, through a year of the whole main job.

Deterministic by seed: the same ids, clock, keys, lines and digests. Its keys come from the seed and are no secret, so
its books are marked practice and no other office takes them.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from dataclasses import field
from datetime import UTC
from datetime import date
from datetime import datetime
from pathlib import Path
from random import Random

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import make_book
from shg_desk.actions.changes import Progress
from shg_desk.actions.demo_meetings import meeting_days
from shg_desk.actions.demo_meetings import record_invented
from shg_desk.actions.demo_villages import FIRST_LAPTOP
from shg_desk.actions.demo_villages import SECOND_LAPTOP
from shg_desk.actions.demo_villages import SHARED_CODE
from shg_desk.actions.demo_villages import GroupPlan
from shg_desk.actions.demo_villages import register_groups
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.folders import holds_something
from shg_desk.actions.folders import make_folder
from shg_desk.actions.imports import import_savings
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store.groups import id_with_code
from shg_desk.sync.keyslots import Cost
from shg_desk.tables.mapping import parse_map

PASSPHRASE = "practice"  # noqa: S105 - invented people, a passphrase everybody may know
LAST_DAY = date(2026, 11, 21)
BISHKEK_MINUTES = 360


@dataclass(slots=True)
class DemoClock:
    """A clock that says what the demo's story says."""

    day: date
    minutes: int = 14 * 60

    def __call__(self) -> tuple[int, int]:
        midnight = datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)
        self.minutes += 1
        return int(midnight.timestamp()) + (self.minutes - BISHKEK_MINUTES) * 60, BISHKEK_MINUTES

    def move(self, day: date) -> None:
        """Another day begins at two in the afternoon."""
        self.day, self.minutes = day, 14 * 60


@dataclass(slots=True)
class Demo:
    """What a demo leaves: its books by name, its parcels, and which differences the office will find."""

    folder: Path
    books: dict[str, Path] = field(default_factory=dict)
    parcels: list[Path] = field(default_factory=list)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)
    passphrase: str = PASSPHRASE


@dataclass(slots=True)
class _Story:
    demo: Demo
    clock: DemoClock
    chance: Random
    office: Desk
    first: Desk
    second: Desk
    progress: Progress
    done: int = 0

    def step(self) -> None:
        self.done += 1
        self.progress(self.done, 150)


def passphrase_of_demo() -> str:
    """The passphrase of practice books: the environment's, else the well-known one."""
    return os.environ.get("SHG_DESK_PASSPHRASE") or PASSPHRASE


def make_demo(folder: Path, seed: int = 7, progress: Progress = lambda done, of: None) -> Demo:
    """Makes the sample province in an empty folder. Raises KnownError FOLDER_NOT_EMPTY."""
    if holds_something(folder):
        raise KnownError(Problem(Code.FOLDER_NOT_EMPTY, str(folder), {"folder": str(folder)}))
    make_folder(folder)
    demo = Demo(folder, passphrase=passphrase_of_demo())
    story = _begin(demo, seed, progress)
    try:
        _enrol(story)
        demo.groups["first"] = register_groups(story.first, FIRST_LAPTOP, story.chance)
        demo.groups["second"] = register_groups(story.second, SECOND_LAPTOP, story.chance)
        _share_group(story)
        _year(story)
        _differences(story)
    finally:
        for desk in (story.office, story.first, story.second):
            desk.close()
    demo.parcels = sorted(folder.glob("parcels/*/*.shgb"))
    return demo


def make_practice(folder: Path, progress: Progress = lambda done, of: None) -> tuple[Path, str]:
    """The practice book, in a folder that holds nothing else: its place and passphrase.

    It is one laptop of the sample province; one left unfinished is made anew.
    """
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    demo = make_demo(fresh, progress=progress)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return folder / demo.books["first"].name, demo.passphrase


def _begin(demo: Demo, seed: int, progress: Progress) -> _Story:
    chance = Random(seed)  # noqa: S311 - invented people need no secrets
    clock = DemoClock(date(2025, 11, 15))
    desks = []
    for name, role, title in (
        ("office", "office", "Раззаков, Гүлзат"),
        ("first", "desk", "Кулунду, Айгүл"),
        ("second", "desk", "Ак-Суу, Нургүл"),
    ):
        path = demo.folder / f"{name}.shgbook"
        new = NewBook(path, role, title, demo.passphrase, "KGS", practice=True)
        own = Random(f"{seed} {name}")  # noqa: S311 - seeded keys are for practice books only
        # guessing a well-known passphrase costs nothing anyway: the demo opens at once
        desk = make_book(new, clock=clock, random_bytes=own.randbytes, cost=Cost(8 * 1024, 1, 1)).desk
        desks.append(desk)
        demo.books[name] = path
    office, first, second = desks
    return _Story(demo, clock, chance, office, first, second, progress)


def _enrol(story: _Story) -> None:
    folder = story.demo.folder / "enrolment"
    folder.mkdir()
    for desk, label in ((story.first, "Айгүл, Кулунду"), (story.second, "Нургүл, Ак-Суу")):
        request, grant = folder / f"{desk.book.device}.request.shgb", folder / f"{desk.book.device}.grant.shgb"
        digits = request_enrolment(desk, request).value.fingerprint
        grant_enrolment(story.office, request, grant, groups=(SHARED_CODE,), typed_fingerprint=digits, label=label)
        accept_grant(desk, grant)


def _share_group(story: _Story) -> None:
    """The first laptop's group of the shared code reaches the second one through the office."""
    _exchange(story, "00-begin")


def _exchange(story: _Story, name: str) -> None:
    """A round by stick: both laptops to the office, its receipts back to both."""
    folder = story.demo.folder / "parcels" / name
    for desk in (story.first, story.second):
        export_parcels(desk, folder)
    import_parcels(story.office, [folder])
    export_parcels(story.office, folder)
    for desk in (story.first, story.second):
        import_parcels(desk, [folder])


def _plans(story: _Story) -> list[tuple[date, Desk, GroupPlan, str]]:
    """Every meeting of the year in order of days; the shared group is kept by the first laptop."""
    found = []
    for desk, plans, side in ((story.first, FIRST_LAPTOP, "first"), (story.second, SECOND_LAPTOP, "second")):
        for plan in plans:
            for day in meeting_days(plan.first, LAST_DAY):
                found.append((day, desk, plan, story.demo.groups[side][plan.code]))
    return sorted(found, key=lambda one: (one[0], one[2].code))


def _year(story: _Story) -> None:
    """A year of meetings with an exchange every two months; the last fortnight has not been sent yet."""
    meetings = [one for one in _plans(story) if one[0] < LAST_DAY]
    rounds = [date(2026, month, 1) for month in (2, 4, 6, 8, 10)] + [date(2026, 11, 8)]
    for day, desk, plan, group in meetings:
        if rounds and day >= rounds[0]:
            story.clock.move(rounds[0])
            _exchange(story, f"{rounds.pop(0):%Y-%m-%d}")
        story.clock.move(day)
        short = 4000 if (plan.code, day.month) == ("KB-01", 6) and day.day < 15 else 0
        record_invented(desk, group, day, story.chance, short_minor=short)
        story.step()


def _differences(story: _Story) -> None:
    """What the office has to find: a meeting typed on both laptops, and one list of savings imported on both."""
    shared = id_with_code(story.second.book, SHARED_CODE)
    assert shared is not None
    story.clock.move(date(2026, 11, 15))
    record_invented(story.second, shared, date(2026, 11, 8), Random(1))  # noqa: S311 - the other laptop's typing
    table = story.demo.folder / "savings-on-paper.csv"
    lines = ["топ;№;сумма"] + [f"{SHARED_CODE};{number};50" for number in range(1, 6)]
    table.write_text("\n".join(lines) + "\n", "utf-8")
    given, _ = parse_map(
        {
            "columns": {"group": "топ", "member": "№", "amount": "сумма"},
            "constants": {"date": "2026-11-10", "kind": "saving"},
            "source": "paper-2026-11",
        }
    )
    for desk in (story.first, story.second):
        import_savings(desk, table, given)
    export_colleague(story.first, story.demo.folder / "parcels" / "colleague")
    folder = story.demo.folder / "parcels" / "2026-11-15"
    export_parcels(story.second, folder)
    export_parcels(story.first, folder)
    import_parcels(story.office, [folder])
    story.clock.move(LAST_DAY)
