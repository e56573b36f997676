"""Caring for a book: is it sound, what is in it, backing it up with proof, putting a backup back, its recovery keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import UTC
from datetime import datetime
from pathlib import Path

from shg_desk.actions.backed_up import remember_place
from shg_desk.actions.books import open_desk
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.changes import Progress
from shg_desk.actions.desk import Desk
from shg_desk.actions.rotation import clear_old
from shg_desk.domain.disk_trouble import refused_by_disk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import backup as backup_store
from shg_desk.store import exchange as exchange_store
from shg_desk.store import groups as group_store
from shg_desk.store import operations as operation_store
from shg_desk.store.backup import Backup
from shg_desk.store.check import check
from shg_desk.store.dump import Counts
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import counts
from shg_desk.store.dump import month_text
from shg_desk.store.standings import State
from shg_desk.store.states import States
from shg_desk.sync.enrolment import fingerprint


@dataclass(frozen=True, slots=True)
class Looked:
    """A book looked over: how much is in it, its digest, and what is wrong with it."""

    counts: Counts
    digest: str
    problems: tuple[Problem, ...] = ()

    @property
    def is_sound(self) -> bool:
        """True where nothing is wrong (a warning is not wrong)."""
        return not any(problem.level is Level.PROBLEM for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Bucket:
    """What one group has in one month: its code, `YYYY-MM`, entries, sum of debits (minor units), and the digest."""

    group: str
    month: str
    entries: int
    debit_minor: int
    digest: str


@dataclass(frozen=True, slots=True)
class About:
    """What a book says of itself; `office` is the code of the office it belongs to, `waiting` counts by standing."""

    looked: Looked
    name: str
    role: str
    currency: str
    device: str
    office: str | None
    is_practice: bool
    states: Mapping[str, int]
    waiting: Mapping[str, int]
    buckets: tuple[Bucket, ...]


def check_book(desk: Desk, progress: Progress = lambda done, of: None) -> Looked:
    """Counts everything again from the records and names whatever does not agree."""
    problems = tuple(check(desk.book, progress))
    return Looked(counts(desk.book), book_digest(desk.book), problems)


def look(desk: Desk) -> Looked:
    """How much is in the book and its digest, nothing checked."""
    return Looked(counts(desk.book), book_digest(desk.book))


def about(desk: Desk) -> About:
    """What the book is, how much is in it, and how far its records have come."""
    book = desk.book
    waiting = {"held": 0, "quarantined": 0}
    for one in operation_store.unsettled(book):
        waiting["held" if one.state is State.HELD else "quarantined"] += 1
    return About(
        looked=look(desk),
        name=book.setting("name") or "",
        role=book.setting("role") or "desk",
        currency=desk.currency,
        device=book.device,
        office=book.setting("office_code" if desk.is_office else "office"),
        is_practice=desk.is_practice,
        states={state.value: number for state, number in States(book).counts().items()},
        waiting=waiting,
        buckets=tuple(_buckets(desk)),
    )


def _buckets(desk: Desk) -> list[Bucket]:
    codes: dict[str, str] = {}
    found = []
    only = desk.book.only_group
    for (gid, month), one in sorted(exchange_store.buckets(desk.book.db, None if only is None else [only]).items()):
        if gid not in codes:
            group = group_store.group(desk.book, gid)
            codes[gid] = (group.code if group else None) or ""
        digest = f"{one.lane0:016x}{one.lane1:016x}"
        found.append(Bucket(codes[gid], month_text(month), one.count, one.debit_minor, digest))
    return sorted(found, key=lambda bucket: (bucket.group, bucket.month, bucket.digest))


def back_up(
    desk: Desk, folder: Path | None = None, progress: Progress = lambda done, of: None, *, called: str = ""
) -> Outcome[Backup]:
    """A backup in a folder (the book's own without one), proved by opening it again before it counts.

    `called` is what people call the folder: the name of the stick it is on; the folder's own name without it.
    What is older than 90 days in the book's own folders goes then: it holds keys that were destroyed since.

    Raises KnownError BOOK_DAMAGED, SurroundingsError where it cannot be written.
    """
    at, offset = desk.clock()
    moment = datetime.fromtimestamp(at + offset * 60, UTC)
    name = f"{desk.book.device}-{moment:%Y-%m-%d-%H%M%S}"
    place = folder or desk.folder / "backups"
    made = backup_store.backup(desk.book, desk.book_key, place, name, at, progress)
    remember_place(desk, called or (folder.name if folder is not None else ""))
    clear_old(desk)
    return Outcome(made, Changed.EXCHANGE | Changed.SETTINGS)


def restore_book(file: Path, folder: Path, passphrase: str) -> Looked:
    """Puts a backup into a new folder. The book is opened and checked beside it first: where it cannot be opened and
    read to its end, nothing is there.

    Raises KnownError BOOK_EXISTS, BOOK_DAMAGED (of the backup), SurroundingsError WRONG_PASSPHRASE.
    """
    with backup_store.unpacked_beside(file, folder) as (book, label):
        try:
            looked = _looked_over(book, passphrase, file)
        except KnownError as error:
            if any(one.code is Code.BOOK_DAMAGED for one in error.problems):
                raise backup_store.damaged(file, str(error)) from error
            raise
    if looked.digest == label.digest:
        return looked
    # a newer program may count what an older one held back; the digest is then another, and the check is clean
    odd = Problem(Code.TOTALS_DIFFER, str(file), {"reason": "digest"}, Level.WARNING)
    return Looked(looked.counts, looked.digest, (*looked.problems, odd))


def _looked_over(folder: Path, passphrase: str, file: Path) -> Looked:
    """A book opened, checked and closed again; `file` is the backup it came from.

    Raises KnownError, of a page that is damaged too.
    """
    desk = open_desk(folder, passphrase)
    try:
        looked = check_book(desk)
        enrolled = [one for one in exchange_store.devices(desk.book.db) if one.state == "enrolled"]
        if desk.is_office and enrolled:  # whom it has stopped since is stopped no more, and others cannot stop anybody
            told = Problem(Code.OFFICE_PUT_BACK, str(file), {}, Level.WARNING)
            looked = replace(looked, problems=(*looked.problems, told))
    finally:
        desk.close()
    if hurt := [problem for problem in looked.problems if problem.code is Code.BOOK_DAMAGED]:
        raise KnownError(*hurt)
    return looked


def write_identity(desk: Desk, out: Path) -> str:
    """Writes the keys that open this book's parcels into a new file, as `age -d -i` reads them; gives the fingerprint.

    Whoever has the file reads every parcel sent to this book. Raises KnownError BOOK_EXISTS for a file in the way,
    SurroundingsError where it cannot be written.
    """
    desk.must_do_all()
    pairs = [desk.device_keys().age]
    public = [pairs[0].recipient, desk.device_keys().signing.public]
    if desk.is_office:
        office = desk.office_keys()
        pairs += [office.current, office.following, *office.retired]
        public = [*office.recipients, office.signing.public]
    lines = []
    for pair in pairs:
        lines += [f"# public key: {pair.recipient}", pair.secret]
    write_secret(out, "\n".join(lines) + "\n")
    return fingerprint(*public)


def write_secret(out: Path, text: str) -> None:
    """A new file that only its owner may read. Raises KnownError BOOK_EXISTS, SurroundingsError FOLDER_UNUSABLE."""
    try:
        out.touch(mode=0o600, exist_ok=False)
        out.write_text(text, "utf-8")
    except FileExistsError as error:
        raise KnownError(Problem(Code.BOOK_EXISTS, str(out))) from error
    except OSError as error:
        raise refused_by_disk(error, str(out)) from error
