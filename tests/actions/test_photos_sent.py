"""Photos of a signed sheet on their way: parcels of their own, no tick before the office says so, gone everywhere."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from three_desks import Three
from three_desks import trip

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from photo_desk import a_meeting
from photo_desk import kept
from photo_makers import phone_photo

from shg_desk.actions import photos
from shg_desk.actions import pictures_in
from shg_desk.actions.desk import Desk
from shg_desk.actions.parcel_inside import look_inside
from shg_desk.actions.parcel_look import look_at
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.problems import Code
from shg_desk.store.check import check
from shg_desk.store.states import RecordState
from shg_desk.store.states import States

# on its way -----------------------------------------------------------------------------------------------------------


def sent(desk: Desk, folder: Path, **more: bool) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for one in export_parcels(desk, folder, **more).value:
        found.setdefault(one.kind, []).append(one.path)
    return found


def state_of(desk: Desk, meeting: str) -> tuple[str, RecordState | None]:
    [one] = photos.photos_of(desk, meeting).photos
    [op] = desk.book.db.rows(
        "SELECT c.device || '.' || c.epoch || '.' || o.seq FROM file f JOIN operation o ON o.id = f.op "
        "JOIN chain c ON c.id = o.chain"
    )
    return one.reached, States(desk.book).of_operation(op[0])


def test_no_green_tick_before_the_office_says_that_the_picture_is_there(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    small = {kind: files[0].stat().st_size for kind, files in sent(first, tmp_path / "s0").items()}
    assert list(small) == ["ops"]
    photos.add_photos(first, meeting, [phone_photo(tmp_path / "a.jpg", (2000, 1500))])
    assert state_of(first, meeting) == (photos.ONLY_HERE, RecordState.SAVED)
    went = sent(first, tmp_path / "s1")
    assert state_of(first, meeting) == (photos.SENT, RecordState.ON_ITS_WAY)
    assert went["ops"][0].stat().st_size < small["ops"] + 700
    assert went["files"][0].stat().st_size > 20_000
    # the records alone arrive: received, and no more
    import_parcels(office, went["ops"])
    assert [p.code for p in check(office.book)] == [Code.PHOTO_AWAITED]
    import_parcels(first, sent(office, tmp_path / "b1")["return"])
    assert state_of(first, meeting) == (photos.SENT, RecordState.RECEIVED)
    assert States(first.book).counts()[RecordState.RECEIVED] == 1
    # then the picture
    taken = import_parcels(office, went["files"]).value
    assert (taken.new, taken.pictures, taken.files[0].kind, taken.files[0].new) == (0, 1, "files", 1)
    back = sent(office, tmp_path / "b2")
    import_parcels(first, [file for file in back["return"] if f"-{first.book.device}-" in file.name])
    assert state_of(first, meeting) == (photos.THERE, RecordState.RECONCILED)
    assert RecordState.RECEIVED not in States(first.book).counts()
    assert list(sent(first, tmp_path / "s2")) == ["ops"]
    # and on to the colleague
    import_parcels(second, [tmp_path / "b1", tmp_path / "b2"])
    [there] = photos.photos_of(second, meeting).photos
    assert photos.photo_bytes(second, meeting, there.id) == photos.photo_bytes(first, meeting, there.id) is not None


def test_an_office_sends_until_it_has_heard(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    photos.add_photos(first, meeting, [phone_photo(tmp_path / "a.jpg")])
    import_parcels(office, [file for files in sent(first, tmp_path / "s1").values() for file in files])
    assert [len(sent(office, tmp_path / f"lost{n}")["files"]) for n in range(2)] == [1, 1]
    import_parcels(second, [tmp_path / "lost1"])
    assert photos.photos_of(second, meeting).photos[0].is_here
    import_parcels(office, sent(second, tmp_path / "s2")["ops"])
    assert "files" not in sent(office, tmp_path / "b2")
    for _ in range(2):
        trip(office, first, second)
    for one in three[:3]:
        assert len(kept(one)) == 1


def test_twice_and_in_the_wrong_order_come_to_the_same(three: Three, tmp_path: Path) -> None:
    office, first, _, group = three
    meeting = a_meeting(first, group)
    photos.add_photos(first, meeting, [phone_photo(tmp_path / f"{n}.jpg", seed=n) for n in (1, 2)])
    went = sent(first, tmp_path / "s1")
    assert import_parcels(office, went["files"]).value.pictures == 2
    assert len(kept(office)) == 2
    assert check(office.book) == []  # they wait for their record
    import_parcels(office, went["ops"])
    again = import_parcels(office, [*went["files"], *went["ops"]]).value
    assert (again.pictures, again.pictures_known, again.new, again.refused) == (0, 2, 0, 0)
    trip(office, first, three[2])
    assert kept(office) == kept(first) == kept(three[2])


def test_what_nobody_names_waits_within_bounds(three: Three, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office, first, _, group = three
    photos.add_photos(first, a_meeting(first, group), [phone_photo(tmp_path / f"{n}.jpg", seed=n) for n in (1, 2, 3)])
    went = sent(first, tmp_path / "s1")
    largest = max(len(content) for content in kept(first).values())
    monkeypatch.setattr(pictures_in, "WAITING_LIMIT_BYTES", 2 * largest)
    taken = import_parcels(office, went["files"]).value
    assert taken.pictures == 2
    assert [(p.code, p.facts["n"]) for p in taken.problems] == [(Code.PHOTOS_LEFT_ASIDE, 1)]
    import_parcels(office, went["ops"])
    trip(office, first, three[2])
    assert len(kept(office)) == 3  # sent again, and named now


def test_taken_away_goes_everywhere_and_never_comes_back(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    [photo] = photos.add_photos(first, meeting, [phone_photo(tmp_path / "a.jpg")]).value.photos
    went = sent(first, tmp_path / "s1")
    import_parcels(office, [file for files in went.values() for file in files])
    trip(office, first, second)
    assert [len(kept(one)) for one in three[:3]] == [1, 1, 1]
    photos.take_photo_away(second, meeting, photo.id, "asked")
    trip(office, second, first)
    trip(office, second, first)
    assert [len(kept(one)) for one in three[:3]] == [0, 0, 0]
    assert import_parcels(office, went["files"]).value.pictures == 0
    assert [len(kept(one)) for one in three[:3]] == [0, 0, 0]
    assert photos.photos_of(first, meeting).photos == ()


def test_a_colleague_gets_by_stick_what_the_office_does_not_have(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    photos.add_photos(first, meeting, [phone_photo(tmp_path / "a.jpg")])
    export_colleague(first, tmp_path / "stick")
    taken = import_parcels(second, [tmp_path / "stick"]).value
    assert (taken.pictures, taken.refused) == (1, 0)
    assert photos.photos_of(second, meeting).photos[0].is_here
    for _ in range(2):
        trip(office, first, second)
    assert {one.kind for one in export_colleague(first, tmp_path / "later").value} == {"colleague"}


def test_a_book_put_back_asks_for_its_pictures_again(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    photos.add_photos(first, meeting, [phone_photo(tmp_path / "a.jpg")])
    for _ in range(2):
        trip(office, first, second)
    pictures = kept(first)
    for lost in (second, office):  # as after an old copy
        lost.book.db.run("DELETE FROM picture")
        for _ in range(3):
            trip(office, first, second)
        assert kept(lost) == pictures


def test_a_parcel_of_pictures_is_refused_cut_foreign_or_forged(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    photos.add_photos(first, a_meeting(first, group), [phone_photo(tmp_path / "a.jpg")])
    went = sent(first, tmp_path / "s1")
    import_parcels(office, went["ops"])
    [file] = went["files"]
    content = file.read_bytes()
    (tmp_path / "cut.shgb").write_bytes(content[:-40])
    (tmp_path / "bent.shgb").write_bytes(content[:-40] + b"x" + content[-39:])
    found = import_parcels(office, [tmp_path / "cut.shgb", tmp_path / "bent.shgb"]).value
    assert [p.code for p in found.problems] == [Code.BUNDLE_INCOMPLETE, Code.BUNDLE_DAMAGED]
    assert [p.code for p in import_parcels(second, [file]).value.problems] == [Code.BUNDLE_FOR_ANOTHER]
    stranger = make_desk(tmp_path, "stranger")
    other_office = make_desk(tmp_path, "other-office", "office")
    enrol(other_office, stranger, tmp_path)
    assert [p.code for p in import_parcels(other_office, [file]).value.problems] == [Code.BUNDLE_FOR_ANOTHER]
    assert kept(office) == {}
    assert look_at(file, office).inside["pictures"] == 1
    [inside] = look_inside(office, [file]).parcels
    assert (inside.kind, inside.pictures, inside.pictures_new, inside.records) == ("files", 1, 1, 0)
    assert import_parcels(office, [file]).value.pictures == 1
    trip(office, first, second)
    for one in (stranger, other_office):
        one.close()


def test_pictures_fill_volumes_of_their_own(three: Three, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    photos.add_photos(first, meeting, [phone_photo(tmp_path / f"{n}.jpg", (1600, 1200), seed=n) for n in range(4)])
    from shg_desk.actions import pictures_out
    from shg_desk.sync.payload import Limits

    monkeypatch.setattr(pictures_out, "VOLUME", Limits(unpacked_bytes=500_000))
    files = sent(first, tmp_path / "s1")["files"]
    assert len(files) > 1
    shutil.rmtree(tmp_path / "s1" / "nothing", ignore_errors=True)
    import_parcels(office, [*reversed(files)])
    trip(office, first, second)
    assert kept(office) == kept(first) == kept(second)
