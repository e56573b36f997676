"""Photos of a meeting's signed sheet: added page by page, shown, taken away again, written out as files.

A page is one operation that names its sealed bytes; the bytes lie beside the log. Adding is one transaction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.changes import Progress
from shg_desk.actions.desk import Desk
from shg_desk.actions.folders import make_folder
from shg_desk.actions.ledgers import group_meant
from shg_desk.actions.pictures_in import forget_taken_away
from shg_desk.domain.entries import pointed
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import groups as group_store
from shg_desk.store import keys as key_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import operations as operation_store
from shg_desk.store import pictures as picture_store
from shg_desk.store.meetings import Meeting
from shg_desk.store.pictures import PictureRow
from shg_desk.sync.attachments import seal_file
from shg_desk.sync.attachments import unseal_file
from shg_desk.sync.durable import write_where_said
from shg_desk.tables.photos import MEDIA
from shg_desk.tables.photos import SIDE_PIXELS
from shg_desk.tables.photos import small_photo
from shg_desk.tables.plain_jpeg import is_plain_jpeg

PHOTOS_MOST = 10
"""Pages of one meeting."""

REASONS = ("wrong-photo", "unreadable", "twice", "asked", "other")
"""Why a photo is taken away: words, never free text, for they stand in clear."""

ONLY_HERE, SENT, THERE = "only-here", "sent", "there"
"""How far a picture has come: nowhere yet, into a parcel, to the office."""


@dataclass(frozen=True, slots=True)
class Photo:
    """One page of a meeting: its id, its number among those shown, length in bytes, a caption where it has one.

    `reached` is one of `ONLY_HERE`, `SENT`, `THERE`; empty at an office and where there is none. `is_here` says whether
    the picture itself is here.
    """

    id: str
    page: int
    length: int
    caption: str
    reached: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Photos:
    """The photos of one meeting, and whether this person may add and take away."""

    meeting: str
    group_name: str
    on: date
    photos: tuple[Photo, ...]
    may_add: bool = False
    may_take_away: bool = False


def photos_of(desk: Desk, meeting: str) -> Photos:
    """What the page of a meeting (by its name) shows. Raises KnownError MEETING_UNKNOWN."""
    met = _met(desk, meeting)
    office = None if desk.is_office else desk.book.setting("office")
    rows = picture_store.of_meeting(desk.book.db, meeting)
    seen = [
        Photo(row.id, page, row.length, _caption(desk, row), _reached(desk, row, office), row.is_here)
        for page, row in enumerate(rows, 1)
    ]
    group = group_store.group(desk.book, met.group)
    name = (group.name or group.code or "") if group is not None else ""
    return Photos(
        meeting,
        name,
        met.on,
        tuple(seen),
        may_add=desk.role.may_write("file", {"group": met.group}),
        may_take_away=desk.role.may_write("tombstone", {"type": "file"}, met.group),
    )


def add_photos(
    desk: Desk, meeting: str, files: Sequence[Path], caption: str = "", progress: Progress = lambda done, of: None
) -> Outcome[Photos]:
    """Adds the pictures of files as pages of a meeting, all of them or none; `progress` counts files.

    Raises KnownError: MEETING_UNKNOWN, ROLE_MAY_NOT, PHOTOS_TOO_MANY, KEY_MISSING, and for each file that is none
    PHOTO_UNREADABLE, PHOTO_TOO_LARGE or FILE_UNREADABLE.
    """
    met = _met(desk, meeting)
    desk.line("file", {"group": met.group})  # who may not is told before anything is unpacked
    here = len(picture_store.of_meeting(desk.book.db, meeting))
    if here + len(files) > PHOTOS_MOST:
        raise KnownError(Problem(Code.PHOTOS_TOO_MANY, "photos", {"n": here, "most": PHOTOS_MOST}))
    try:
        number, key = key_store.newest(desk.book.db, met.group, "group")
    except KeyError as error:
        raise KnownError(Problem(Code.KEY_MISSING, "group")) from error
    pictures = _made_small(files, progress)
    texts = [caption.strip()] if caption.strip() else []
    with desk.book.writing() as writer:
        for page, picture in enumerate(pictures, here + 1):
            sealed = seal_file(key, picture, owner=met.group, number=number, random_bytes=desk.random_bytes)
            body: dict[str, Any] = {
                "group": met.group,
                "about": meeting,
                "file": desk.new_id(),
                "sha256": sealed.sha256,
                "length": len(sealed.content),
                "media": MEDIA,
                "key": number,
                "page": page,
                "pages": here + len(pictures),
                **desk.seal_texts("file", met.group, texts),
                **({"text": 0} if texts else {}),
            }
            picture_store.put(desk.book.db, sealed.content)
            writer.append(desk.line("file", body))
    return Outcome(photos_of(desk, meeting), Changed.LEDGER | Changed.EXCHANGE, frozenset({met.group}))


def _made_small(files: Sequence[Path], progress: Progress) -> list[bytes]:
    """Raises KnownError with what is wrong with each of the files."""
    found: list[bytes] = []
    problems: list[Problem] = []
    for done, file in enumerate(files):
        progress(done, len(files))
        try:
            found.append(small_photo(file))
        except KnownError as error:
            problems += error.problems
    progress(len(files), len(files))
    if problems:
        raise KnownError(*problems)
    return found


def take_photo_away(desk: Desk, meeting: str, photo: str, reason: str) -> Outcome[Photos]:
    """Takes one page (by id) of a meeting away for a reason (a word of `REASONS`): its bytes go here and, with the
    record of it, on every other book. The record that it was there stays.

    Raises KnownError PHOTO_UNKNOWN, ROLE_MAY_NOT.
    """
    assert reason in REASONS
    met = _met(desk, meeting)
    row = next((one for one in picture_store.of_meeting(desk.book.db, meeting) if one.id == photo), None)
    if row is None:
        raise KnownError(Problem(Code.PHOTO_UNKNOWN, photo))
    with desk.book.writing() as writer:
        body = {"type": "file", "id": photo, "reason": reason, "saw": [row.op]}
        writer.append(desk.line("tombstone", body, row.group))
        writer.flush()
        gone = forget_taken_away(desk)
    if gone:
        key_store.forget_traces(desk.book.db)
    return Outcome(photos_of(desk, meeting), Changed.LEDGER | Changed.EXCHANGE, frozenset({met.group}))


def photo_bytes(desk: Desk, meeting: str, photo: str) -> bytes | None:
    """The JPEG of a page; None where it is not here, cannot be opened here, or is of another sort than `small_photo`
    writes: such a one may take minutes to unpack. Raises KnownError MEETING_UNKNOWN.
    """
    _met(desk, meeting)
    row = next((one for one in picture_store.of_meeting(desk.book.db, meeting) if one.id == photo), None)
    sealed = picture_store.content(desk.book.db, row.hash) if row is not None else None
    key = key_store.key(desk.book.db, row.group, "group", row.key) if row is not None else None
    if row is None or sealed is None or key is None or row.media != MEDIA:
        return None
    try:
        content = unseal_file(key, sealed, owner=row.group, number=row.key)
    except KnownError:
        return None
    return content if is_plain_jpeg(content, SIDE_PIXELS) else None


def write_photos(desk: Desk, meeting: str, folder: Path) -> Outcome[list[Path]]:
    """Writes the pages that are here into a folder as `<group>-<date>-<page>.jpg`; gives the files.

    How many pages were left out is a warning, PHOTOS_NOT_WRITTEN: they are not here, or are none of the plain pictures
    that `photo_bytes` gives.

    Raises SurroundingsError, and KnownError BOOK_EXISTS where something else bears such a name.
    """
    met = _met(desk, meeting)
    group = group_store.group(desk.book, met.group)
    make_folder(folder)
    written = []
    pages = photos_of(desk, meeting).photos
    for one in pages:
        content = photo_bytes(desk, meeting, one.id)
        if content is not None:
            code = re.sub(r"[^\w-]", "_", (group.code if group else None) or met.group)
            file = folder / f"{code}-{met.on.isoformat()}-{one.page}.jpg"
            write_where_said(file, content, lambda _seconds: None)
            written.append(file)
    left_out = len(pages) - len(written)
    warnings = [Problem(Code.PHOTOS_NOT_WRITTEN, "photos", {"n": left_out}, Level.WARNING)] if left_out else []
    return Outcome(written, warnings=tuple(warnings))


def meeting_on(desk: Desk, code: str, on: date) -> str:
    """The name of the meeting of a group (by code) on a day. Raises KnownError MEETING_UNKNOWN; as `group_meant`."""
    found = meeting_store.meetings(desk.book, group_meant(desk, code).id, on, on)
    if not found:
        raise KnownError(Problem(Code.MEETING_UNKNOWN, "meeting"))
    return found[-1].op


def _met(desk: Desk, meeting: str) -> Meeting:
    full = meeting_store.meeting(desk.book, meeting)
    if full is None or desk.book.only_group not in (None, full.meeting.group):
        raise KnownError(Problem(Code.MEETING_UNKNOWN, meeting))
    return full.meeting


def _caption(desk: Desk, row: PictureRow) -> str:
    operation = operation_store.operation(desk.book, row.op)
    if operation is None:
        return ""
    return pointed(operation_store.texts(desk.book, operation), operation.body.get("text")) or ""


def _reached(desk: Desk, row: PictureRow, office: str | None) -> str:
    if office is None:
        return ""
    sent, has = picture_store.reached(desk.book.db, office, row.hash)
    ours = row.op.partition(".")[0] == desk.book.device
    if not ours:
        return ""
    return THERE if has else SENT if sent else ONLY_HERE
