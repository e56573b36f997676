"""Pictures that are named twice, bent, never named, or too many: what keeps them and what ends them."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from desk_maker import make_group
from three_desks import Three
from three_desks import trip

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from photo_desk import a_meeting
from photo_desk import codes
from photo_desk import kept
from photo_makers import phone_photo

from shg_desk.actions import photos
from shg_desk.actions.demo import DemoClock
from shg_desk.actions.desk import Desk
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.rotation import clear_old
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.store import operations as operation_store
from shg_desk.store import pictures as picture_store
from shg_desk.store.check import check
from shg_desk.store.standings import State


def went(desk: Desk, folder: Path, *, everything: bool = False) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for one in export_parcels(desk, folder, everything=everything).value:
        found.setdefault(one.kind, []).append(one.path)
    return found


def names_again(desk: Desk, group: str, meeting: str, of: dict[str, object]) -> str:
    """A record of another group that names the same bytes, as a stranger's program may write it; its id."""
    body = {**{word: of[word] for word in ("sha256", "length", "media", "page", "pages")}, "key": 1}
    thing = desk.new_id()
    with desk.book.writing() as writer:
        writer.append(desk.line("file", {**body, "group": group, "about": meeting, "file": thing}))
    return thing


def test_another_groups_record_neither_brings_a_picture_back_nor_takes_it_away(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    [photo] = photos.add_photos(first, meeting, [phone_photo(tmp_path / "a.jpg")]).value.photos
    files = went(first, tmp_path / "s1")
    import_parcels(office, [*files["ops"], *files["files"]])
    for _ in range(2):
        trip(office, first, second)
    [row] = picture_store.of_meeting(second.book.db, meeting)
    record = operation_store.operation(second.book, row.op)
    assert record is not None
    other = make_group(second, "B-2")
    theirs = a_meeting(second, other)
    again = names_again(second, other, theirs, dict(record.body))
    photos.take_photo_away(second, theirs, again, "other")
    assert len(kept(second)) == 1, "it is the first group's picture still"
    names_again(second, other, theirs, dict(record.body))
    photos.take_photo_away(second, meeting, photo.id, "asked")
    for _ in range(2):
        trip(office, first, second)
    assert [len(kept(one)) for one in three[:3]] == [0, 0, 0]
    assert import_parcels(office, files["files"]).value.pictures == 0
    assert [len(kept(one)) for one in three[:3]] == [0, 0, 0]
    assert not check(office.book), "nobody waits for it"


@pytest.mark.parametrize("order", ["named again last", "named again first", "all of it first"])
def test_a_picture_still_needed_stays_whatever_came_first(three: Three, tmp_path: Path, order: str) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    photos.add_photos(first, meeting, [phone_photo(tmp_path / "a.jpg")])
    good = kept(first)
    (tmp_path / "hand").mkdir()
    export_colleague(first, tmp_path / "hand", second.book.device)
    import_parcels(second, [tmp_path / "hand"])
    [row] = picture_store.of_meeting(first.book.db, meeting)
    record = operation_store.operation(first.book, row.op)
    assert record is not None
    other = make_group(second, "B-2")
    theirs = a_meeting(second, other)
    again = names_again(second, other, theirs, dict(record.body))
    if order == "named again first":
        trip(office, second)
    if order == "all of it first":
        photos.take_photo_away(second, theirs, again, "other")
        trip(office, second)
    trip(office, first)
    if order != "all of it first":
        photos.take_photo_away(second, theirs, again, "other")
    for _ in range(3):
        trip(office, first, second)
    assert [kept(one) for one in three[:3]] == [good] * 3
    office.book.rebuild()
    trip(office, first, second)
    assert [kept(one) for one in three[:3]] == [good] * 3
    assert not check(office.book)


def test_a_picture_whose_record_waits_stays_until_it_counts(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    (tmp_path / "hand").mkdir()
    export_colleague(first, tmp_path / "hand", second.book.device)
    import_parcels(second, [tmp_path / "hand"])
    photos.add_photos(second, meeting, [phone_photo(tmp_path / "a.jpg")])
    import_parcels(office, [one for files in went(second, tmp_path / "s2").values() for one in files])
    assert [one.state.name for one in operation_store.unsettled(office.book)] == ["HELD"], "its meeting has not come"
    for state in ("as it is", "set aside"):
        if state == "set aside":
            office.book.db.run("UPDATE standing SET state = ?, code = 'forked' WHERE state > 0", (State.QUARANTINED,))
        clock, came = office.clock, office.today()
        assert isinstance(clock, DemoClock)
        for lived in (0, 30, 60, 90, 120):
            clock.move(came + timedelta(days=lived))
            clear_old(office)
        assert kept(office) == kept(second), state
    office.book.db.run("UPDATE standing SET code = ? WHERE state > 0", (Code.REJECTED.value,))
    came = office.today()
    for lived in (0, 30, 60, 90):
        clock.move(came + timedelta(days=lived))
        clear_old(office)
    assert kept(office) == {}, "what the office has set aside for good names nothing"
    office.book.rebuild()


def test_a_good_parcel_heals_a_bent_picture(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    photos.add_photos(first, meeting, [phone_photo(tmp_path / f"{n}.jpg", seed=n) for n in (1, 2)])
    for _ in range(2):
        trip(office, first, second)
    good = kept(office)
    bent = sorted(good)[0]
    office.book.db.run("UPDATE picture SET content = ? WHERE hash = ?", (b"\0" + good[bent][1:], bent))
    assert [one.code for one in check(office.book)] == [Code.PHOTO_DAMAGED]
    taken = import_parcels(office, went(first, tmp_path / "again", everything=True)["files"]).value
    assert (taken.pictures, taken.pictures_known) == (1, 1)
    assert kept(office) == good
    assert check(office.book) == []


def test_a_bent_picture_does_not_keep_the_others_from_going(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    photos.add_photos(first, a_meeting(first, group), [phone_photo(tmp_path / f"{n}.jpg", seed=n) for n in (1, 2)])
    good = kept(first)
    bent = sorted(good)[0]
    first.book.db.run("UPDATE picture SET content = ? WHERE hash = ?", (b"\0" + good[bent][1:], bent))
    files = went(first, tmp_path / "s1")
    import_parcels(office, [*files["ops"], *files["files"]])
    assert sorted(kept(office)) == sorted(good)[1:]
    first.book.db.run("UPDATE picture SET content = ? WHERE hash = ?", (good[bent], bent))
    for _ in range(2):
        trip(office, first, second)
    assert kept(office) == good


def test_what_no_record_names_ends_after_ninety_days_and_is_asked_for_again(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    photos.add_photos(first, a_meeting(first, group), [phone_photo(tmp_path / "a.jpg")])
    files = went(first, tmp_path / "s1")
    import_parcels(office, files["files"])
    clock, came = office.clock, office.today()
    assert isinstance(clock, DemoClock)
    for lived in (0, 30, 60, 89, 90):
        assert len(kept(office)) == 1
        clock.move(came + timedelta(days=lived))
        clear_old(office)
    assert kept(office) == {}
    import_parcels(office, files["ops"])
    assert [one.code for one in check(office.book)] == [Code.PHOTO_AWAITED]
    for _ in range(2):
        trip(office, first, second)
    assert len(kept(office)) == len(kept(second)) == 1


def test_what_two_laptops_added_is_all_there_and_nothing_more_is_added(three: Three, tmp_path: Path) -> None:
    office, first, second, group = three
    meeting = a_meeting(first, group)
    for _ in range(2):
        trip(office, first, second)
    for at, desk in enumerate((first, second)):
        pages = [phone_photo(tmp_path / f"{at}{n}.jpg", (80, 60), seed=10 * at + n) for n in range(6)]
        photos.add_photos(desk, meeting, pages)
    for _ in range(2):
        trip(office, first, second)
    for desk in (office, first, second):
        assert [one.page for one in photos.photos_of(desk, meeting).photos if one.is_here] == [*range(1, 13)]
    with pytest.raises(KnownError) as told:
        photos.add_photos(first, meeting, [phone_photo(tmp_path / "more.jpg")])
    assert codes(told) == [Code.PHOTOS_TOO_MANY]
