"""Where records are: saved, on the way, received, reconciled or backed up; and drafts, which are none of these."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from random import Random

import pytest
from villages import KEY
from villages import Group
from villages import make
from villages import new_device
from villages import new_group
from villages import put_all
from villages import savings

from shg_desk.domain.canonical import NotCanonicalError
from shg_desk.domain.digest import Digest
from shg_desk.store import exchange
from shg_desk.store import log
from shg_desk.store.backup import backup
from shg_desk.store.book import Book
from shg_desk.store.book import Line
from shg_desk.store.drafts import open_drafts
from shg_desk.store.entries import ALL
from shg_desk.store.entries import entries
from shg_desk.store.states import RecordState
from shg_desk.store.states import States


@pytest.fixture
def group() -> Group:
    return new_group(Random(3), 2)


@pytest.fixture
def book(tmp_path: Path, group: Group) -> Book:
    """Five operations of our own: the group, and a meeting in each of four months."""
    made = make(tmp_path)
    with made.writing() as writer:
        writer.append(Line("profile", {"revisions": group.revisions()}, "1", (0, 0)))
        for month in range(1, 5):
            writer.append(Line("meeting", savings(group, f"2025-0{month}-05", [100, 200]), "1", (0, 0)))
    return made


def by_operation(book: Book) -> list[RecordState | None]:
    states = States(book)
    tip = log.last(book.db, book.device, book.epoch)
    found = [states.of_operation(f"{book.device}.{book.epoch}.{seq}") for seq in range(1, tip.seq + 1)]
    told: dict[RecordState, int] = {}
    for state in found:
        assert state is not None
        told[state] = told.get(state, 0) + 1
    assert states.counts() == told
    return found


def by_entry(book: Book, group: Group) -> list[RecordState]:
    states = States(book)
    return [states.of_entry(row) for row in entries(book, group.gid, ALL)[::2]]


def test_a_book_without_an_office_is_saved_and_backed_up(tmp_path: Path, book: Book, group: Group) -> None:
    assert by_operation(book) == [RecordState.SAVED] * 5
    backup(book, KEY, tmp_path / "stick", "b", 1)
    assert by_operation(book) == [RecordState.BACKED_UP] * 5
    with book.writing() as writer:
        writer.append(Line("meeting", savings(group, "2025-06-05", [100, 200]), "1", (0, 0)))
    assert by_operation(book) == [RecordState.BACKED_UP] * 5 + [RecordState.SAVED]
    assert by_entry(book, group) == [RecordState.BACKED_UP] * 4 + [RecordState.SAVED]


def test_a_desk_goes_through_four_states(book: Book, group: Group) -> None:
    book.set_setting("office", "o" * 8)
    assert by_operation(book) == [RecordState.SAVED] * 5
    exchange.set_exported(book.db, book.device, book.epoch, 4)
    assert by_operation(book) == [RecordState.ON_ITS_WAY] * 4 + [RecordState.SAVED]
    exchange.set_received(book.db, book.device, book.epoch, 3)
    expected = [RecordState.RECONCILED] + [RecordState.RECEIVED] * 2 + [RecordState.ON_ITS_WAY, RecordState.SAVED]
    assert by_operation(book) == expected
    known = {(book.device, book.epoch): 3}
    agreed = exchange.buckets_within(book.db, known)
    assert set(agreed) == {(group.gid, 2025 * 12), (group.gid, 2025 * 12 + 1)}
    exchange.agree(book.db, {key: digest for key, digest in agreed.items() if key[1] == 2025 * 12})
    expected[1] = RecordState.RECONCILED
    assert by_operation(book) == expected
    assert by_entry(book, group) == expected[1:]


def test_an_office_has_received_what_others_wrote(tmp_path: Path, group: Group) -> None:
    office = make(tmp_path / "office", 9, role="office")
    device = new_device(Random(1))
    device.write("profile", {"revisions": group.revisions()})
    device.write("meeting", savings(group, "2025-01-05", [100]))
    put_all(office, device.lines)
    with office.writing() as writer:
        writer.append(Line("profile", {"revisions": new_group(Random(5), 1).revisions("G-5")}, "1", (0, 0)))
    assert States(office).counts() == {RecordState.RECEIVED: 2, RecordState.SAVED: 1}
    exchange.set_returned(office.db, device.code, {(device.code, device.epoch): 2})
    assert States(office).counts() == {RecordState.RECONCILED: 2, RecordState.SAVED: 1}
    assert States(office).of_operation(str(device.lines[1].name)) is RecordState.RECONCILED


def test_an_office_that_wrote_first_itself_counts_what_others_wrote(tmp_path: Path, group: Group) -> None:
    office = make(tmp_path / "office", 9, role="office")
    with office.writing() as writer:
        writer.append(Line("profile", {"revisions": new_group(Random(5), 1).revisions("G-5")}, "1", (0, 0)))
    device = new_device(Random(1))
    device.write("profile", {"revisions": group.revisions()})
    device.write("meeting", savings(group, "2025-01-05", [100]))
    put_all(office, device.lines)
    assert States(office).counts() == {RecordState.RECEIVED: 2, RecordState.SAVED: 1}
    assert States(office).counts(own=True) == {RecordState.SAVED: 1}


def test_digests_within_a_have_vector_are_those_of_a_book_that_has_only_that(tmp_path: Path, group: Group) -> None:
    chance = Random(6)
    one, two = new_device(chance), new_device(chance, relayed=True)
    one.write("profile", {"revisions": group.revisions()})
    for number in range(12):
        who = (one, two)[number % 2]
        body = savings(group, f"2025-0{number % 3 + 1}-05", [100 + number, 200])
        body["entries"].append(body["entries"][0] | {"date": f"2025-0{number % 4 + 2}-01"})
        who.write("meeting", body)
    whole = make(tmp_path / "whole")
    put_all(whole, [*one.lines, *two.lines])
    for first, second in ((1, 0), (3, 2), (7, 0), (4, 6), (7, 6)):
        less = make(tmp_path / f"less-{first}-{second}")
        put_all(less, [*one.lines[:first], *two.lines[:second]])
        known = {(one.code, one.epoch): first, (two.code, two.epoch): second}
        assert exchange.buckets_within(whole.db, known) == exchange.buckets(less.db)
        assert all(isinstance(digest, Digest) and digest.count > 0 for digest in exchange.buckets(less.db).values())
        less.close()


def test_have_stops_at_the_first_gap(tmp_path: Path, group: Group) -> None:
    device = new_device(Random(1))
    device.write("profile", {"revisions": group.revisions()})
    for day in range(1, 6):
        device.write("meeting", savings(group, f"2025-01-0{day}", [100]))
    book = make(tmp_path)
    put_all(
        book, [device.lines[0], device.lines[1], device.lines[3], dataclasses.replace(device.lines[5], relayed=True)]
    )
    tip = log.tip(book.db, device.code, device.epoch)
    assert (tip.seq, tip.head) == (2, device.lines[2].head_before)
    put_all(book, device.lines)
    assert log.tip(book.db, device.code, device.epoch).seq == 6


def test_drafts_are_kept_beside_the_book(tmp_path: Path, book: Book) -> None:
    drafts = open_drafts(book.folder, KEY)
    operations = book.db.value("SELECT count(*) FROM operation")
    drafts.put("meeting", "g1", {"rows": [1, None, "сом"]}, 5)
    drafts.put("meeting", "g1", {"rows": [2]}, 6)
    drafts.put("profile", "p1", "x", 9)
    drafts.close()
    assert b"\xd1\x81\xd0\xbe\xd0\xbc" not in (book.folder / "drafts.db").read_bytes()
    drafts = open_drafts(book.folder, KEY)
    found = drafts.get("meeting", "g1")
    assert found is not None
    assert (found.content, found.at) == ({"rows": [2]}, 6)
    assert [draft.kind for draft in drafts.every()] == ["profile", "meeting"]
    assert [draft.key for draft in drafts.every("meeting")] == ["g1"]
    drafts.drop("meeting", "g1")
    assert drafts.get("meeting", "g1") is None
    with pytest.raises(NotCanonicalError):
        drafts.put("meeting", "g1", {"amount": 1.5}, 7)
    assert book.db.value("SELECT count(*) FROM operation") == operations
    drafts.close()
