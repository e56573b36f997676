"""Laptops stopped, taken in again, granted groups late: every book hears of it, and is what a rebuild makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.decisions import decide_sender
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.enrolment import revoke
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.parcels_out import shared_groups
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import exchange as exchange_store
from shg_desk.store import keys as key_store
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.dump import dump
from shg_desk.store.groups import memberships
from shg_desk.store.operations import unsettled

DAY = date(2026, 3, 10)


@dataclass
class Office:
    """An office and two laptops, to which it granted the code A-1 before any group was made."""

    folder: Path
    desk: Desk
    first: Desk
    second: Desk
    sticks: int = 0

    def stick(self) -> Path:
        self.sticks += 1
        return self.folder / f"stick-{self.sticks}"

    def take(self, *desks: Desk) -> dict[str, int]:
        stick = self.stick()
        for desk in desks:
            export_parcels(desk, stick)
        return import_parcels(self.desk, [stick]).value.counts()

    def answer(self, *desks: Desk) -> None:
        stick = self.stick()
        export_parcels(self.desk, stick)
        for desk in desks:
            import_parcels(desk, [stick])

    def trip(self, *desks: Desk) -> None:
        self.take(*desks)
        self.answer(*desks)


def meet(desk: Desk, group: str, day: date = DAY) -> None:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10000),)) for n in (1, 2))
    record_meeting(desk, Sheet(group, day, rows=rows))


def saved(desk: Desk, group: str) -> int:
    return -sums(desk, group).get("saving.compulsory", 0)


def is_as_rebuilt(desk: Desk) -> bool:
    before = dump(desk.book), book_digest(desk.book)
    desk.book.rebuild()
    return (dump(desk.book), book_digest(desk.book)) == before


def state_at(desk: Desk, other: Desk) -> str:
    known = exchange_store.device(desk.book.db, other.book.device)
    assert known is not None
    return known.state


def taken_by_stick(desk: Desk, sender: Desk, stick: Path) -> tuple[int, int]:
    """How many records of a colleague's parcel are new, and how many files are refused."""
    export_colleague(sender, stick)
    taken = import_parcels(desk, [stick]).value
    return taken.new, taken.refused


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path, make_desk(tmp_path, "office", "office"), *(make_desk(tmp_path, n) for n in ("a", "b")))
    for desk in (made.first, made.second):
        enrol(made.desk, desk, tmp_path, ("A-1",))
    yield made
    for desk in (made.desk, made.first, made.second):
        assert check(desk.book) == []
        desk.close()


def shared(office: Office) -> str:
    """The group the first laptop made, known to both."""
    group = make_group(office.first)
    for _ in range(2):
        office.trip(office.first, office.second)
    return group


def test_a_laptop_stopped_before_it_sent_anything_is_trusted_by_nobody(tmp_path: Path, office: Office) -> None:
    group = make_group(office.first)
    office.trip(office.first)
    office.answer(office.second)
    assert state_at(office.first, office.second) == "enrolled"
    revoke(office.desk, office.second.book.device)
    office.answer(office.first)
    assert state_at(office.first, office.second) == "revoked"
    meet(office.second, group)
    assert taken_by_stick(office.first, office.second, tmp_path / "c") == (0, 1)
    assert saved(office.first, group) == 0


def test_a_laptop_taken_in_again_is_a_colleague_again(tmp_path: Path, office: Office) -> None:
    group = shared(office)
    meet(office.second, group)
    office.trip(office.first, office.second)
    old = office.stick()
    export_parcels(office.desk, old)
    revoke(office.desk, office.second.book.device)
    stopping = office.stick()
    export_parcels(office.desk, stopping)
    import_parcels(office.first, [stopping])
    assert state_at(office.first, office.second) == "revoked"
    import_parcels(office.first, [old])
    assert state_at(office.first, office.second) == "revoked"
    enrol(office.desk, office.second, tmp_path, ("A-1",))
    office.answer(office.first)  # though nothing else is new
    assert state_at(office.first, office.second) == "enrolled"
    import_parcels(office.first, [stopping])  # late, or once more
    assert state_at(office.first, office.second) == "enrolled"
    meet(office.second, group, DAY + timedelta(7))
    assert taken_by_stick(office.first, office.second, tmp_path / "c") == (1, 0)
    assert saved(office.first, group) == 40000


def test_what_a_laptop_wrote_while_it_was_stopped_counts_once_it_is_taken_in_again(
    tmp_path: Path, office: Office
) -> None:
    group = shared(office)
    revoke(office.desk, office.first.book.device)
    meet(office.first, group)
    assert office.take(office.first)["quarantined"] == 1
    enrol(office.desk, office.first, tmp_path, ("A-1",))
    assert saved(office.desk, group) == 20000
    assert is_as_rebuilt(office.desk)
    assert saved(office.desk, group) == 20000
    office.trip(office.first, office.second)
    assert saved(office.second, group) == 20000


@pytest.mark.parametrize("how", ["let in again", "decided"])
def test_books_that_differed_for_what_waited_are_compared_anew(tmp_path: Path, office: Office, how: str) -> None:
    group = shared(office)
    revoke(office.desk, office.first.book.device)
    meet(office.first, group)
    office.take(office.first)
    assert [line[0] for line in exchange_store.disagreements(office.desk.book.db)] == [office.first.book.device]
    if how == "decided":
        decide_sender(office.desk, office.first.book.device, counts=True, reason="кагазда бар")
    else:
        enrol(office.desk, office.first, tmp_path, ("A-1",))
    assert exchange_store.disagreements(office.desk.book.db) == []


def test_a_family_that_left_while_its_laptop_was_stopped_is_forgotten_then(tmp_path: Path, office: Office) -> None:
    group = shared(office)
    household = memberships(office.first.book, group)[0].household or ""
    revoke(office.desk, office.first.book.device)
    end_consent(office.first, household)
    office.take(office.first)
    assert key_store.has_key(office.desk.book.db, household, "identity")
    enrol(office.desk, office.first, tmp_path, ("A-1",))
    assert not key_store.has_key(office.desk.book.db, household, "identity")
    office.answer(office.second)
    assert not key_store.has_key(office.second.book.db, household, "identity")
    assert is_as_rebuilt(office.desk)


def test_records_that_wait_for_an_earlier_file_wait_for_a_decision_once_the_laptop_is_stopped(office: Office) -> None:
    group = shared(office)
    meet(office.first, group)
    export_parcels(office.first, office.stick())  # never comes
    tip = max(seq for code, _, seq, _ in exchange_store.have(office.first.book.db) if code == office.first.book.device)
    exchange_store.set_received(office.first.book.db, office.first.book.device, office.first.book.epoch, tip)
    meet(office.first, group, DAY + timedelta(7))
    assert office.take(office.first)["held"] == 1
    revoke(office.desk, office.first.book.device)
    assert [one.code for one in unsettled(office.desk.book)] == [Code.DEVICE_REVOKED]
    assert is_as_rebuilt(office.desk)


def test_a_colleagues_meeting_that_comes_before_the_group_counts_when_the_group_has_come(
    tmp_path: Path, office: Office
) -> None:
    """The second laptop got the group by stick and reached the office first."""
    office.answer(office.first, office.second)
    office.trip(office.first)
    group = make_group(office.first)
    assert exchange_store.device(office.first.book.db, office.second.book.device) is None
    enrol(office.desk, office.first, tmp_path, ("A-1",))
    exchange_store.put_device(office.first.book.db, _as_known(office, office.second))
    exchange_store.grant_group(office.first.book.db, office.second.book.device, "A-1", group)
    exchange_store.put_device(office.second.book.db, _as_known(office, office.first))
    exchange_store.grant_group(office.second.book.db, office.first.book.device, "*", None)
    assert taken_by_stick(office.second, office.first, tmp_path / "c")[1] == 0
    meet(office.second, group)
    assert office.take(office.second)["held"] == 1
    assert office.take(office.first)["quarantined"] == 0
    assert unsettled(office.desk.book) == []
    assert saved(office.desk, group) == 20000
    assert is_as_rebuilt(office.desk)


def _as_known(office: Office, desk: Desk) -> exchange_store.Device:
    known = exchange_store.device(office.desk.book.db, desk.book.device)
    assert known is not None
    return known


def test_what_is_written_of_a_group_the_office_made_counts_after_a_rebuild(tmp_path: Path, office: Office) -> None:
    enrol(office.desk, office.first, tmp_path, ("C-1",))
    group = make_group(office.desk, "C-1")
    office.trip(office.first)
    meet(office.first, group)
    assert office.take(office.first)["quarantined"] == 0
    assert is_as_rebuilt(office.desk)
    assert saved(office.desk, group) == 20000


def test_of_two_groups_of_one_code_a_colleague_gets_the_one_it_was_granted(tmp_path: Path, office: Office) -> None:
    """Two laptops made a group A-1 before they knew any office; a third laptop is granted one of them."""
    third, every = make_desk(tmp_path, "third"), make_desk(tmp_path, "every")
    groups = {make_group(desk): desk for desk in (third, office.first)}
    for desk in (third, office.first):
        meet(desk, next(group for group, by in groups.items() if by is desk))
    enrol(office.desk, third, tmp_path)
    enrol(office.desk, every, tmp_path, ("*",))
    office.trip(third, office.first, every)
    office.trip(third, office.first, every)
    for group, by in groups.items():
        assert exchange_store.granted_groups(office.desk.book.db, by.book.device) == {group}
    [granted] = exchange_store.granted_groups(office.desk.book.db, office.second.book.device)
    assert granted == next(group for group, by in groups.items() if by is office.first)
    assert shared_groups(every, office.second.book.device) == {granted}
    assert shared_groups(every, third.book.device) == set(groups) - {granted}
    meet(every, granted, DAY + timedelta(7))
    other = next(iter(set(groups) - {granted}))
    meet(every, other, DAY + timedelta(14))
    [to_second] = export_colleague(every, tmp_path / "c", office.second.book.device).value
    import_parcels(office.second, [to_second.path])
    assert sums(office.second, other) == {}
    request, grant = tmp_path / "again.request", tmp_path / "again.grant"
    request_enrolment(every, request)
    with pytest.raises(KnownError) as error:  # nobody can say which one is meant
        grant_enrolment(office.desk, request, grant, groups=("A-1",))
    assert [problem.code for problem in error.value.problems] == [Code.CODE_TAKEN]
    for desk in (third, every):
        desk.close()


def end_consent(desk: Desk, household: str) -> None:
    with desk.book.writing() as writer:
        stored = writer.append(desk.line("destroy", {"household": household, "purposes": ["identity", "life"]}))
        writer.flush()
        key_store.destroy(desk.book.db, writer, household, ("identity", "life"), str(stored.name))


def test_the_end_of_consent_leaves_no_key_behind_in_the_write_ahead_log(office: Office) -> None:
    group = shared(office)
    meet(office.first, group)
    office.trip(office.first, office.second)
    household = memberships(office.first.book, group)[0].household or ""
    end_consent(office.first, household)
    office.take(office.first)
    assert not key_store.has_key(office.desk.book.db, household, "identity")
    assert (office.desk.folder / "book.db-wal").stat().st_size == 0


@pytest.mark.parametrize("seed", range(4))
def test_an_offices_book_is_at_any_time_what_a_rebuild_makes_of_it(tmp_path: Path, office: Office, seed: int) -> None:
    """Laptops write, send, are stopped and taken in again in any order."""
    chance = Random(seed)
    groups = {
        desk.book.device: make_group(desk, code) for desk, code in ((office.first, "A-1"), (office.second, "B-1"))
    }
    days = iter(range(1, 100))
    done = set()
    for _ in range(14):
        desk = chance.choice((office.first, office.second))
        what = chance.choice(("meet", "meet", "send", "send", "stop", "let in", "trip"))
        done.add(what)
        if what == "meet":
            group = groups[chance.choice(list(groups))]
            if memberships(desk.book, group):
                meet(desk, group, DAY + timedelta(next(days)))
        elif what == "send":
            office.take(desk)
        elif what == "stop":
            revoke(office.desk, desk.book.device)
        elif what == "let in":
            enrol(office.desk, desk, tmp_path, chance.choice((("A-1",), ("B-1",), ())))
        else:
            office.trip(office.first, office.second)
        assert is_as_rebuilt(office.desk), (seed, what)
    assert len(done) > 4
