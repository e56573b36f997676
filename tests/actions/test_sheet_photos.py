"""Photos of a signed sheet in one book: made small, sealed beside the log, taken away again."""

from __future__ import annotations

import hashlib
import io
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from desk_maker import CHEAP
from desk_maker import PASSPHRASE
from desk_maker import make_desk
from desk_maker import make_group

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from photo_desk import a_meeting
from photo_desk import codes
from photo_desk import kept
from photo_makers import opened
from photo_makers import phone_photo
from PIL import Image

from shg_desk.actions import photos
from shg_desk.actions.books import add_key
from shg_desk.actions.books import open_desk
from shg_desk.actions.desk import Desk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.roles import Role
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store.backup import backup
from shg_desk.store.backup import restore
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import dump
from shg_desk.tables.photos import small_photo


@pytest.fixture
def meeting(desk: Desk) -> str:
    return a_meeting(desk, make_group(desk))


# made small -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright_and_tells_nothing_of_the_phone(tmp_path: Path, kind: str) -> None:
    file = phone_photo(tmp_path / "photo", (2600, 1950), kind=kind)
    assert b"Invented phone" in file.read_bytes()
    small = small_photo(file)
    picture = opened(small)
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (1500, 2000), {})
    assert b"Invented" not in small
    assert b"Exif" not in small
    assert len(small) <= 400_000
    corner = picture.getpixel((picture.width // 2, 8))  # the table, not the paper
    paper = picture.getpixel((picture.width // 2, picture.height // 12))
    assert sum(corner) < 400 < 600 < sum(paper)


def test_noise_that_does_not_pack_gets_small_all_the_same(tmp_path: Path) -> None:
    noise = Image.merge("RGB", [Image.effect_noise((3000, 4000), 180) for _ in range(3)])
    noise.save(tmp_path / "noise.jpg", quality=95)
    assert len(small_photo(tmp_path / "noise.jpg")) <= 400_000


def test_a_small_one_is_not_made_larger_and_what_is_seen_through_is_white(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    picture = opened(small_photo(tmp_path / "clear.png"))
    assert (picture.size, picture.getpixel((5, 5))) == ((300, 200), (255, 255, 255))


def test_what_is_no_picture_is_one_sentence(tmp_path: Path) -> None:
    whole = phone_photo(tmp_path / "whole.jpg").read_bytes()
    gif = io.BytesIO()
    Image.new("RGB", (9, 9)).save(gif, "GIF")
    for content in (b"", b"hello", whole[:200], whole[: len(whole) // 2], b"%PDF-1.4", gif.getvalue(),
                    b"<svg xmlns='http://www.w3.org/2000/svg'/>"):  # fmt: skip
        (tmp_path / "odd.jpg").write_bytes(content)
        with pytest.raises(KnownError) as refused:
            small_photo(tmp_path / "odd.jpg")
        assert codes(refused) == [Code.PHOTO_UNREADABLE]
    with pytest.raises(KnownError) as refused:
        small_photo(tmp_path / "nothing.jpg")
    assert codes(refused) == [Code.FILE_UNREADABLE]
    with pytest.raises(KnownError) as refused:
        small_photo(tmp_path)
    assert codes(refused) == [Code.PHOTO_UNREADABLE]


def test_a_picture_that_says_it_is_enormous_is_not_unpacked(tmp_path: Path) -> None:
    Image.new("1", (9000, 9000)).save(tmp_path / "bomb.png")
    assert (tmp_path / "bomb.png").stat().st_size < 20_000
    with pytest.raises(KnownError) as refused:
        small_photo(tmp_path / "bomb.png")
    assert codes(refused) == [Code.PHOTO_TOO_LARGE]


def test_bits_turned_over_never_end_in_anything_but_a_sentence(tmp_path: Path) -> None:
    whole = phone_photo(tmp_path / "whole.jpg", (320, 240)).read_bytes()
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = phone_photo(tmp_path / "whole", (320, 240), kind=kind).read_bytes()
        for at in range(0, len(whole), max(1, len(whole) // 150)):
            (tmp_path / "odd").write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            with suppress(KnownError):
                small_photo(tmp_path / "odd")


# in one book ----------------------------------------------------------------------------------------------------------


def test_pages_are_added_shown_and_kept_sealed(desk: Desk, meeting: str, tmp_path: Path) -> None:
    files = [phone_photo(tmp_path / f"{n}.jpg", seed=n) for n in (1, 2)]
    done: list[tuple[int, int]] = []
    seen = photos.add_photos(desk, meeting, files, "кол коюлган барак", lambda *step: done.append(step)).value
    assert done == [(0, 2), (1, 2), (2, 2)]
    assert [(one.page, one.caption, one.is_here) for one in seen.photos] == [
        (1, "кол коюлган барак", True),
        (2, "кол коюлган барак", True),
    ]
    first = photos.photo_bytes(desk, meeting, seen.photos[0].id)
    assert first == small_photo(files[0])
    for name, content in kept(desk).items():
        assert hashlib.sha256(content).hexdigest() == name
        assert b"JFIF" not in content
    lines = [bytes(line) for (line,) in desk.book.db.rows("SELECT line FROM operation")]
    assert not any("барак".encode() in line for line in lines)
    assert sum(len(line) for line in lines[-2:]) < 1600
    again = photos.add_photos(desk, meeting, files[:1]).value
    assert [one.page for one in again.photos] == [1, 2, 3]
    out = photos.write_photos(desk, meeting, tmp_path / "out").value
    assert [one.name for one in out] == [f"A-1-2026-03-12-{n}.jpg" for n in (1, 2, 3)]
    assert out[0].read_bytes() == first


def test_one_bad_file_among_several_adds_none_and_names_it(desk: Desk, meeting: str, tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_text("no picture")
    before = book_digest(desk.book)
    files = [phone_photo(tmp_path / "a.jpg"), tmp_path / "b.jpg", tmp_path / "c.jpg"]
    with pytest.raises(KnownError) as refused:
        photos.add_photos(desk, meeting, files)
    assert [(p.code, p.where) for p in refused.value.problems] == [
        (Code.PHOTO_UNREADABLE, "b.jpg"),
        (Code.FILE_UNREADABLE, "c.jpg"),
    ]
    assert (book_digest(desk.book), kept(desk)) == (before, {})


def test_ten_pages_are_the_most(desk: Desk, meeting: str, tmp_path: Path) -> None:
    file = phone_photo(tmp_path / "a.jpg", (160, 120))
    photos.add_photos(desk, meeting, [file] * 9)
    with pytest.raises(KnownError) as refused:
        photos.add_photos(desk, meeting, [file] * 2)
    assert codes(refused) == [Code.PHOTOS_TOO_MANY]
    assert len(photos.add_photos(desk, meeting, [file]).value.photos) == 10


def test_a_page_taken_away_leaves_its_record_and_no_byte(desk: Desk, meeting: str, tmp_path: Path) -> None:
    files = [phone_photo(tmp_path / f"{n}.jpg", seed=n) for n in (1, 2)]
    one, two = photos.add_photos(desk, meeting, files).value.photos
    names = set(kept(desk))
    left = photos.take_photo_away(desk, meeting, one.id, "wrong-photo").value.photos
    assert [(photo.id, photo.page) for photo in left] == [(two.id, 1)]
    assert len(set(kept(desk))) == 1
    assert set(kept(desk)) < names
    assert photos.photo_bytes(desk, meeting, one.id) is None
    with pytest.raises(KnownError) as refused:
        photos.take_photo_away(desk, meeting, one.id, "twice")
    assert codes(refused) == [Code.PHOTO_UNKNOWN]
    assert desk.book.db.value("SELECT count(*) FROM file") == 2
    assert check(desk.book) == []


def test_a_rebuild_leaves_the_pictures_and_a_backup_brings_them(desk: Desk, meeting: str, tmp_path: Path) -> None:
    [one] = photos.add_photos(desk, meeting, [phone_photo(tmp_path / "a.jpg")]).value.photos
    before, pictures = dump(desk.book), kept(desk)
    desk.book.rebuild()
    assert (dump(desk.book), kept(desk)) == (before, pictures)
    made = backup(desk.book, desk.book_key, tmp_path / "backups", "desk", 1)
    restore(made.file, tmp_path / "back.shgbook")
    back = open_desk(tmp_path / "back.shgbook", PASSPHRASE)
    assert kept(back) == pictures
    assert photos.photo_bytes(back, meeting, one.id) == photos.photo_bytes(desk, meeting, one.id)
    assert check(back.book) == []
    back.close()


def test_the_check_names_a_picture_that_is_not_what_its_name_says(desk: Desk, meeting: str, tmp_path: Path) -> None:
    photos.add_photos(desk, meeting, [phone_photo(tmp_path / "a.jpg")])
    [(name, content)] = kept(desk).items()
    desk.book.db.run("UPDATE picture SET content = ?", (content[:-1] + b"x",))
    assert [(p.code, p.where, p.level) for p in check(desk.book)] == [(Code.PHOTO_DAMAGED, name, "problem")]
    assert photos.photo_bytes(desk, meeting, photos.photos_of(desk, meeting).photos[0].id) is None
    desk.book.db.run("DELETE FROM picture")
    [awaited] = check(desk.book)
    assert (awaited.code, awaited.level, dict(awaited.facts)) == (
        Code.PHOTO_AWAITED, "warning", {"group": "A-1", "date": "2026-03-12", "n": 1},
    )  # fmt: skip
    desk.book.db.run("INSERT INTO picture VALUES (?, ?)", (name, content))


def test_who_only_looks_adds_nothing_and_a_treasurer_adds_and_takes_away(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk)
    meeting = a_meeting(desk, group)
    add_key(desk, "words of a viewer", "V", role=Role("viewer"), cost=CHEAP)
    add_key(desk, "words of a treasurer", "T", role=Role("treasurer", group), cost=CHEAP)
    desk.close()
    file = phone_photo(tmp_path / "a.jpg")
    viewer = open_desk(tmp_path / "desk.shgbook", "words of a viewer")
    assert not photos.photos_of(viewer, meeting).may_add
    with pytest.raises(KnownError) as refused:
        photos.add_photos(viewer, meeting, [file])
    assert codes(refused) == [Code.ROLE_MAY_NOT]
    viewer.close()
    treasurer = open_desk(tmp_path / "desk.shgbook", "words of a treasurer")
    [one] = photos.add_photos(treasurer, meeting, [file]).value.photos
    assert photos.photos_of(treasurer, meeting).may_take_away
    for body, of_group in (({"type": "file"}, "another"), ({"type": "file"}, ""), ({"type": "person"}, group)):
        with pytest.raises(KnownError) as refused:
            treasurer.line("tombstone", {**body, "id": one.id}, of_group)
        assert codes(refused) == [Code.ROLE_MAY_NOT]
    assert photos.take_photo_away(treasurer, meeting, one.id, "wrong-photo").value.photos == ()
    assert photos.photo_bytes(treasurer, meeting, one.id) is None
    treasurer.close()


def test_what_stands_there_already_is_not_written_over(desk: Desk, meeting: str, tmp_path: Path) -> None:
    photos.add_photos(desk, meeting, [phone_photo(tmp_path / "photo.jpg", (600, 400))])
    (written,) = photos.write_photos(desk, meeting, tmp_path / "out").value
    assert photos.write_photos(desk, meeting, tmp_path / "out").value == [written], (
        "the same picture gives way to itself"
    )
    written.write_bytes(b"a letter")
    with pytest.raises(KnownError) as told:
        photos.write_photos(desk, meeting, tmp_path / "out")
    assert codes(told) == [Code.BOOK_EXISTS]
    assert written.read_bytes() == b"a letter"


def test_a_day_without_a_meeting_is_said_without_a_printer(desk: Desk, meeting: str) -> None:
    with pytest.raises(KnownError) as refused:
        photos.meeting_on(desk, "A-1", date(2026, 3, 13))
    said = sentence(Words("en"), refused.value.problems[0])
    assert said.startswith("There is no meeting of this group in that time.")
    assert "print" not in said
