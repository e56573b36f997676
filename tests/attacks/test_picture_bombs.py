"""Pictures that would stop the window: small files that say they are huge, or in thousands of passes."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from desk_maker import make_desk
from desk_maker import make_group
from PIL import Image

from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.photos import photo_bytes
from shg_desk.actions.photos import photos_of
from shg_desk.actions.photos import write_photos
from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import keys as key_store
from shg_desk.store import pictures as picture_store
from shg_desk.sync.attachments import seal_file

DAY = date(2026, 3, 17)


def written(side: int, *, progressive: bool) -> bytes:
    out = io.BytesIO()
    Image.new("L", (side, side), 128).save(out, "JPEG", quality=5, progressive=progressive)
    return out.getvalue()


def many_passes(side: int, passes: int) -> bytes:
    """A progressive picture with one of its passes said again and again."""
    plain = written(side, progressive=True)
    begins = plain.index(b"\xff\xda", plain.index(b"\xff\xda") + 2)
    ends = next(at for at in range(begins + 2, len(plain)) if plain[at] == 0xFF and plain[at + 1] != 0)
    return plain[:ends] + plain[begins:ends] * passes + plain[ends:]


def a_page(desk: Desk, group: str, meeting: str, content: bytes, page: int) -> None:
    """A photo as another program seals and names it."""
    number, key = key_store.newest(desk.book.db, group, "group")
    sealed = seal_file(key, content, owner=group, number=number, random_bytes=desk.random_bytes)
    told = {"sha256": sealed.sha256, "length": len(sealed.content), "media": "image/jpeg", "key": number, "page": page}
    with desk.book.writing() as writer:
        picture_store.put(desk.book.db, sealed.content)
        writer.append(desk.line("file", {"group": group, "about": meeting, "file": desk.new_id(), **told}))


def test_only_plain_pictures_are_handed_to_the_window(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, day=DAY)
    group = make_group(desk)
    row = SheetRow("1", Attendance.PRESENT, ins=(In("saving", 100),))
    meeting = record_meeting(desk, Sheet(group, DAY, rows=(row,))).value.name or ""
    plain = written(600, progressive=False)
    odd = [many_passes(2000, 800), written(2001, progressive=False), written(600, progressive=True), b"", b"no picture"]
    for page, content in enumerate([plain, *odd], 1):
        a_page(desk, group, meeting, content, page)
    pages = photos_of(desk, meeting).photos
    assert all(one.is_here for one in pages)
    assert [photo_bytes(desk, meeting, one.id) for one in pages] == [plain, *[None] * len(odd)]
    done = write_photos(desk, meeting, tmp_path / "out")
    assert [file.read_bytes() for file in done.value] == [plain]
    assert [(one.code, dict(one.facts), one.level) for one in done.warnings] == [
        (Code.PHOTOS_NOT_WRITTEN, {"n": 5}, "warning")
    ]
    desk.close()
