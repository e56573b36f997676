"""Refusals and warnings that a person meets seldom, each brought about as it happens to people."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from desk_maker import PASSPHRASE
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from mourning import DIED
from mourning import MAY
from mourning import village

from shg_desk.actions import photos
from shg_desk.actions.between import plan_back
from shg_desk.actions.books import open_desk
from shg_desk.actions.death_estate import death_view
from shg_desk.actions.death_estate import in_the_way
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import end_membership
from shg_desk.actions.meetings import record_between
from shg_desk.actions.meetings import record_count
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_written import state_of
from shg_desk.store import groups as group_store
from shg_desk.store.dump import dump

HELD = date(2026, 3, 10)
TODAY = date(2026, 3, 26)


@pytest.fixture
def book_day() -> date:
    return TODAY


def meet(desk: Desk, group: str, on: date = HELD, counted: int | None = None) -> str:
    """Two members bring 100 each."""
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10_000),)) for n in (1, 2))
    counts = () if counted is None else (Count(total_minor=counted),)
    return str(record_meeting(desk, Sheet(group, on, rows=rows, counts=counts)).value.name)


def test_a_record_between_meetings_says_something(desk: Desk) -> None:
    group = make_group(desk)
    before = dump(desk.book)
    with pytest.raises(KnownError) as caught:
        record_between(desk, group, TODAY)
    assert [one.code for one in caught.value.problems] == [Code.NOTHING_WRITTEN]
    assert dump(desk.book) == before


def test_a_count_that_a_later_one_confirms_is_not_taken_back(desk: Desk) -> None:
    group = make_group(desk)
    meet(desk, group, counted=20_000)
    missing = [NamedDifference(-500, "not found", "open")]
    first = record_count(desk, group, TODAY, [Count(total_minor=19_500)], missing, "Асан").value.name
    record_count(desk, group, TODAY, [Count(total_minor=19_500)], (), "Асан")
    with pytest.raises(KnownError) as caught:
        plan_back(desk, str(first))
    assert [one.code for one in caught.value.problems] == [Code.COUNTED_AGAIN]
    assert sums(desk, group)["differences"] == 500


def test_of_a_closed_period_no_count_is_put_right(desk: Desk) -> None:
    group = make_group(desk)
    name = meet(desk, group, counted=20_000)
    closing = {"group": group, "from": "2026-03-01", "until": "2026-03-15", "balances": [], "heads": []}
    with desk.book.writing() as writer:
        writer.append(desk.line("closing", closing))
    opened = reopen_meeting(desk, name)
    state = state_of(opened.ground, opened.sheet)
    draft = Draft(opened.ground, state, state)
    draft.count_total(19_000)
    with pytest.raises(KnownError) as caught:
        plan_meeting(desk, name, draft.sheet())
    [problem] = caught.value.problems
    assert (problem.code, problem.facts) == (Code.PERIOD_CLOSED, {"date": "2026-03-15"})


def test_photos_are_not_kept_without_the_groups_key(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, day=TODAY)
    group = make_group(desk)
    meeting = meet(desk, group)
    desk.book.db.run("DELETE FROM household_key WHERE owner = ? AND purpose = 'group'", (group,))
    (tmp_path / "page.jpg").write_bytes(b"")
    with pytest.raises(KnownError) as caught:
        photos.add_photos(desk, meeting, [tmp_path / "page.jpg"])
    assert [one.code for one in caught.value.problems] == [Code.KEY_MISSING]
    assert photos.photos_of(desk, meeting).photos == ()
    desk.close()


def test_who_left_before_she_died_and_who_is_in_another_group_too(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, day=date(2026, 6, 10))
    group, member = village(desk)
    other = make_group(desk, "B-1")
    [one] = [one for one in group_store.memberships(desk.book, group) if one.id == member]
    add_member(desk, NewMember(other, "9", one.person, one.household))
    [told] = in_the_way(desk, death_view(desk, member, DIED), DIED)
    assert (told.code, told.level, told.where) == (Code.IN_ANOTHER_GROUP, Level.WARNING, "member")
    end_membership(desk, member, MAY)
    found = {one.code: one for one in in_the_way(desk, death_view(desk, member, DIED), DIED)}
    assert found[Code.LEFT_BEFORE_DEATH].facts == {"left": MAY.isoformat()}
    assert found[Code.LEFT_BEFORE_DEATH].level is Level.PROBLEM
    desk.close()


def joined(tmp_path: Path) -> tuple[Desk, Desk, str]:
    """An office that has everything of a laptop with one meeting."""
    office, first = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "first")
    enrol(office, first, tmp_path)
    group = make_group(first)
    meet(first, group)
    return office, first, group


def answered(office: Desk, desk: Desk, stick: Path) -> Path:
    """What the laptop has goes to the office; the folder with the office's receipt."""
    export_parcels(desk, stick / "out")
    import_parcels(office, [stick / "out"])
    export_parcels(office, stick / "back")
    return stick / "back"


def test_a_laptop_that_was_put_back_hears_it_from_its_office(tmp_path: Path) -> None:
    """The whole folder is an old copy, mark and all: only the office knows that there was more."""
    office, first, group = joined(tmp_path)
    import_parcels(first, [answered(office, first, tmp_path / "one")])
    first.close()
    shutil.copytree(first.folder, tmp_path / "old.shgbook")
    again = open_desk(first.folder, PASSPHRASE)
    meet(again, group, date(2026, 3, 17))
    receipt = answered(office, again, tmp_path / "two")
    again.close()
    old = open_desk(tmp_path / "old.shgbook", PASSPHRASE)
    life = old.book.epoch
    received = import_parcels(old, [receipt]).value
    assert (Code.ROLLED_BACK, Level.WARNING) in [(one.code, one.level) for one in received.problems]
    assert old.book.epoch != life, "it goes on under a new name, or two records would have one"
    for desk in (old, office):
        desk.close()


def test_another_sum_at_the_office_is_told_by_its_month(tmp_path: Path) -> None:
    """The office's own sum of March is wrong by one: the laptop works out its own and says so."""
    office, first, group = joined(tmp_path)
    export_parcels(first, tmp_path / "out")
    import_parcels(office, [tmp_path / "out"])
    office.book.db.run("UPDATE digest SET debit = debit + 1")
    export_parcels(office, tmp_path / "back")
    received = import_parcels(first, [tmp_path / "back"]).value
    [problem] = received.problems
    assert (problem.code, problem.level) == (Code.DIGEST_DIFFERS, Level.WARNING)
    assert problem.facts == {"group": group, "month": "2026-03"}
    for desk in (first, office):
        desk.close()
