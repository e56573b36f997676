"""Parcels between real books: gaps, repeats, colleagues, receipts, a restored laptop, withdrawn consent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.books import open_desk
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import differences
from shg_desk.store import exchange as exchange_store
from shg_desk.store.check import check
from shg_desk.store.dump import dump
from shg_desk.store.people import person


@pytest.fixture
def three(tmp_path: Path) -> Iterator[tuple[Desk, Desk, Desk]]:
    office = make_desk(tmp_path, "office", "office")
    first, second = make_desk(tmp_path, "first"), make_desk(tmp_path, "second")
    for desk in (first, second):
        enrol(office, desk, tmp_path, ("A-1",))
    yield office, first, second
    for desk in (office, first, second):
        assert check(desk.book) == []
        desk.close()


def meet(desk: Desk, group: str, day: date, amount: int = 10000) -> None:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", amount),)) for n in (1, 2))
    record_meeting(desk, Sheet(group, day, rows=rows))


def send(desk: Desk, folder: Path) -> list[Path]:
    return [sent.path for sent in export_parcels(desk, folder).value]


def round_trip(office: Desk, desks: tuple[Desk, ...], folder: Path) -> None:
    for desk in desks:
        send(desk, folder)
    import_parcels(office, [folder])
    send(office, folder)
    for desk in desks:
        import_parcels(desk, [folder])


def facts(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """What two books of the same groups must have alike: everything of their ledgers."""
    found = dump(desk.book)
    return {table: found[table] for table in ("entry", "posting", "month_total", "digest", "meeting", "loan")}


def test_any_order_of_parcels_ends_in_the_same_book(tmp_path: Path, three: tuple[Desk, Desk, Desk]) -> None:
    """Each parcel holds only what is new since it was last marked; the office takes them in every order."""
    office, first, _ = three
    office.close()
    group = make_group(first)
    files = []
    for number in range(3):
        meet(first, group, date(2026, 3, 10 + number))
        [path] = send(first, tmp_path / f"p{number}")
        files.append(path)
        tip = exchange_store.have(first.book.db)[0]
        exchange_store.set_received(first.book.db, first.book.device, first.book.epoch, tip[2])
    found = []
    for number, order in enumerate(permutations(files)):
        folder = tmp_path / f"office{number}.shgbook"
        shutil.copytree(tmp_path / "office.shgbook", folder)
        copy = open_desk(folder, "a long passphrase")
        for path in (*order, *order):
            import_parcels(copy, [path])
        found.append(dump(copy.book))
        assert check(copy.book) == []
        copy.close()
    assert all(one == found[0] for one in found)
    assert len(found[0]["entry"]) == 6
    three_open = open_desk(tmp_path / "office.shgbook", "a long passphrase")
    office.book = three_open.book


def test_a_gap_is_held_and_said(tmp_path: Path, three: tuple[Desk, Desk, Desk]) -> None:
    office, first, _ = three
    group = make_group(first)
    [early] = send(first, tmp_path / "a")
    tip = exchange_store.have(first.book.db)[0]
    exchange_store.set_received(first.book.db, first.book.device, first.book.epoch, tip[2])
    meet(first, group, date(2026, 3, 10))
    [late] = send(first, tmp_path / "b")
    held = import_parcels(office, [late]).value
    assert (held.new, held.held) == (1, 1)
    assert exchange_store.buckets(office.book.db) == {}
    import_parcels(office, [early])
    assert facts(office) == facts(first)


def test_receipts_turn_records_green_only_when_digests_agree(tmp_path: Path, three: tuple[Desk, Desk, Desk]) -> None:
    office, first, _ = three
    group = make_group(first)
    meet(first, group, date(2026, 3, 10))
    round_trip(office, (first,), tmp_path / "one")
    mark = exchange_store.mark(first.book.db, first.book.device, first.book.epoch)
    assert mark.received == mark.exported > 0
    assert exchange_store.agreed(first.book.db) == {(group, 2026 * 12 + 2)}
    meet(first, group, date(2026, 3, 24))
    assert exchange_store.mark(first.book.db, first.book.device, first.book.epoch).received == mark.received


def test_a_shared_group_reaches_the_colleague_through_the_office_and_by_stick(
    tmp_path: Path, three: tuple[Desk, Desk, Desk]
) -> None:
    office, first, second = three
    group = make_group(first)
    meet(first, group, date(2026, 3, 10))
    round_trip(office, (first, second), tmp_path / "one")
    round_trip(office, (first, second), tmp_path / "two")
    assert facts(second) == facts(first)
    members = [row[0] for row in second.book.db.rows("SELECT gid FROM thing WHERE type = 'person'")]
    known = person(second.book, members[0])
    assert known is not None
    assert (known.name or "").startswith("Айгүл")
    meet(first, group, date(2026, 3, 24))
    export_colleague(first, tmp_path / "stick")
    taken = import_parcels(second, [tmp_path / "stick"]).value
    assert taken.new == 1
    assert facts(second) == facts(first)
    at_office = {(device, epoch): seq for device, epoch, seq, _ in exchange_store.have(office.book.db)}
    mark = exchange_store.mark(first.book.db, first.book.device, first.book.epoch)
    # what a colleague got by stick is not received by the office
    assert at_office[first.book.device, first.book.epoch] == mark.received


def test_the_same_meeting_typed_twice_is_a_difference_and_both_count(
    tmp_path: Path, three: tuple[Desk, Desk, Desk]
) -> None:
    office, first, second = three
    group = make_group(first)
    round_trip(office, (first, second), tmp_path / "one")
    round_trip(office, (first, second), tmp_path / "two")
    for desk in (first, second):
        meet(desk, group, date(2026, 3, 10))
    round_trip(office, (first, second), tmp_path / "three")
    round_trip(office, (first, second), tmp_path / "four")
    for desk in (office, first, second):
        assert [one.kind.value for one in differences.open_differences(desk.book)] == ["same-predecessor"]
        assert sums(desk, group)["box"] == 2 * 2 * 10000
    assert facts(first) == facts(second) == facts(office)


def test_a_laptop_put_back_from_a_copy_begins_a_new_life_and_loses_nothing(
    tmp_path: Path, three: tuple[Desk, Desk, Desk]
) -> None:
    office, first, _ = three
    group = make_group(first)
    meet(first, group, date(2026, 3, 10))
    first.close()
    shutil.copytree(first.folder, tmp_path / "old")
    again = open_desk(first.folder, "a long passphrase")
    meet(again, group, date(2026, 3, 17))
    epoch = again.book.epoch
    send(again, tmp_path / "one")
    again.close()
    shutil.copy(tmp_path / "old" / "book.db", first.folder / "book.db")
    for left in ("book.db-wal", "book.db-shm"):
        (first.folder / left).unlink(missing_ok=True)
    restored = open_desk(first.folder, "a long passphrase")
    assert restored.book.epoch != epoch
    meet(restored, group, date(2026, 3, 24))
    send(restored, tmp_path / "one")
    received = import_parcels(office, [tmp_path / "one"]).value
    assert (received.refused, received.held, received.quarantined) == (0, 0, 0)
    assert sums(office, group)["box"] == 3 * 2 * 10000
    first.book = restored.book


def test_refusals_have_their_own_reason(tmp_path: Path, three: tuple[Desk, Desk, Desk]) -> None:
    office, first, _ = three
    make_group(first)
    [path] = send(first, tmp_path / "one")
    whole = path.read_bytes()
    stranger = make_desk(tmp_path, "stranger")
    cut = tmp_path / "cut.shgb"
    cut.write_bytes(whole[:-100])
    other = make_desk(tmp_path, "other", "office")
    enrol(other, stranger, tmp_path)
    [foreign] = send(stranger, tmp_path / "two")
    cases = {cut: Code.BUNDLE_INCOMPLETE, foreign: Code.BUNDLE_FOR_ANOTHER}
    before = dump(office.book)
    for file, code in cases.items():
        received = import_parcels(office, [file]).value
        assert received.refused == 1
        assert [problem.code for problem in received.problems] == [code]
    assert dump(office.book) == before
    stranger.close()
    other.close()
