"""What is inside parcels before they are taken in: from whom, which kind, which groups, how many records are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from pathlib import Path

from shg_desk.actions.changes import Progress
from shg_desk.actions.desk import Desk
from shg_desk.actions.parcel_look import opened
from shg_desk.actions.parcels_in import is_for_other
from shg_desk.actions.views_exchange import day_of
from shg_desk.actions.views_exchange import label_of
from shg_desk.domain.ids import OpName
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.record_lines import legible_parts
from shg_desk.domain.record_lines import readable_parts
from shg_desk.store import groups as group_store
from shg_desk.store import log
from shg_desk.store import pictures as picture_store
from shg_desk.sync.folder import fetch
from shg_desk.sync.folder import waiting
from shg_desk.sync.label import read_label
from shg_desk.sync.payload import Parcel

FILES_MOST = 200


@dataclass(frozen=True, slots=True)
class Inside:
    """One parcel as it lies there: `kind` as in its comment, its sender's label, when it says it was made.

    `kinds` counts its records by kind, `new` those not here yet, `pictures` alike; `groups` are named where known.
    `problem` says why it cannot be opened here, `for_other` that it is addressed to another book.
    """

    file: str
    kind: str = ""
    sender: str = ""
    made: date | None = None
    records: int = 0
    new: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    number: int = 0
    pictures: int = 0
    pictures_new: int = 0
    problem: Problem | None = None
    for_other: bool = False


@dataclass(frozen=True, slots=True)
class Lying:
    """The parcels that lie in files and folders, the first FILES_MOST of them; `more` lie there beside these."""

    parcels: tuple[Inside, ...]
    more: int = 0


def look_inside(desk: Desk, paths: Sequence[Path], progress: Progress = lambda done, of: None) -> Lying:
    """What lies in files and folders, nothing of it taken in. Raises SurroundingsError FOLDER_UNUSABLE."""
    files = [file for path in paths for file in (waiting(path) if path.is_dir() else [path])]
    shown = files[:FILES_MOST]
    found = []
    for number, file in enumerate(shown):
        progress(number, len(shown))
        found.append(_look(desk, file))
    return Lying(tuple(found), len(files) - len(shown))


def _look(desk: Desk, file: Path) -> Inside:
    try:
        content = fetch(file)
        label = read_label(content)
        if is_for_other(desk, label):
            return Inside(file.name, sender=label_of(desk, label.sender), for_other=True)
        return _told(desk, file.name, opened(desk, content))
    except KnownError as error:
        problem = error.problems[0]
        return Inside(file.name, problem=Problem(problem.code, file.name, problem.facts))


def _told(desk: Desk, name: str, parcel: Parcel) -> Inside:
    comment = parcel.manifest.comment
    every = [*parcel.contents.ops, *parcel.contents.relays]
    kinds: Counter[str] = Counter()
    groups: dict[str, None] = {}
    new = 0
    for op in every:
        kind, named = _kind_and_groups(op.line)
        kinds[kind] += 1
        groups.update(dict.fromkeys(named))
        new += log.by_name(desk.book.db, OpName(op.device, op.epoch, op.seq)) is None
    return Inside(
        name,
        comment.kind,
        label_of(desk, comment.sender),
        day_of(desk, parcel.manifest.made),
        len(every),
        new,
        dict(kinds),
        tuple(_names(desk, groups)),
        parcel.manifest.return_no or 0,
        len(parcel.contents.files),
        sum(not picture_store.is_here(desk.book.db, file.sha256) for file in parcel.contents.files),
    )


def _kind_and_groups(line: bytes) -> tuple[str, list[str]]:
    """The kind of a record and the groups it is about; nothing where it cannot be read."""
    read = readable_parts(line)
    if read is None:
        return legible_parts(line)[0], []
    kind, body = read
    named = [body["group"]] if "group" in body else []
    return kind, named + [one[1] for one in body.get("revisions", ()) if one[0] == "group"]


def _names(desk: Desk, groups: Iterable[str]) -> list[str]:
    """Groups by name; those not known here yet are left out, for a parcel's own words are not trusted for a name."""
    named = [group_store.group(desk.book, gid) for gid in groups]
    return sorted({one.name or one.code or "" for one in named if one is not None})
