"""What one laptop writes reaches its colleagues of the same group by the office's receipts: late or not, whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk_maker import make_desk
from desk_maker import sums
from three_desks import Three
from three_desks import trip

from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import grant_files
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.actions.views_exchange import waiting_records
from shg_desk.domain.problems import Code
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import groups as group_store
from shg_desk.store import people
from shg_desk.store.check import check
from shg_desk.sync.payload import Limits


def test_a_family_that_joins_a_group_later_comes_with_its_membership(three: Three) -> None:
    office, first, second, group = three
    made = register_household(first, NewHousehold("H-9", persons=[NewPerson("Бүбүсара")])).value
    trip(office, first, second)
    add_member(first, NewMember(group, "9", made.persons[0], made.household))
    trip(office, first, second)
    assert waiting_records(second) == []
    assert [one.name for one in group_store.memberships_by_number(second.book, group, "9")] == ["Бүбүсара"]


def test_what_was_removed_or_is_the_same_reaches_colleagues(three: Three) -> None:
    office, first, second, group = three
    one, other = [member.household or "" for member in group_store.memberships(first.book, group)[:2]]
    person = group_store.memberships(first.book, group)[3].person or ""
    with first.book.writing() as writer:
        writer.append(first.line("tombstone", {"type": "person", "id": person, "reason": "two times"}))
        writer.append(first.line("same-as", {"type": "household", "id": one, "other": other, "same": True}))
    trip(office, first, second)
    found = people.person(second.book, person)
    assert found is not None
    assert found.removed
    assert second.book.db.value("SELECT count(*) FROM same_as") == 1


def test_a_relation_to_a_family_of_no_shared_group_stays_at_the_office(three: Three) -> None:
    office, first, second, group = three
    made = register_household(first, NewHousehold("H-9", persons=[NewPerson("Бүбүсара")])).value
    one = group_store.memberships(first.book, group)[0].household or ""
    with first.book.writing() as writer:
        body = {"type": "household", "id": one, "other": made.household, "same": True}
        writer.append(first.line("same-as", body))
    trip(office, first, second)
    assert second.book.db.value("SELECT count(*) FROM same_as") == 0
    assert people.household(second.book, made.household) is None


def test_what_a_laptop_has_read_does_not_come_again(three: Three) -> None:
    office, first, second, group = three
    rows = (SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10000),)),)
    record_meeting(first, Sheet(group, date(2026, 3, 10), rows=rows))
    assert trip(office, first, second) == 1
    rows = (SheetRow("2", Attendance.PRESENT, ins=(In("saving", 10000),)),)
    record_meeting(first, Sheet(group, date(2026, 3, 17), rows=rows))
    assert trip(office, first, second) == 1


def test_a_grant_of_several_files_is_taken_in_whole(three: Three, tmp_path: Path) -> None:
    """Lost parts are told, and taken when the answer is given again with them."""
    office, first, _, group = three
    for day in (10, 17, 24):
        rows = (SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10000),)),)
        record_meeting(first, Sheet(group, date(2026, 3, day), rows=rows))
    trip(office, first)
    third = make_desk(tmp_path, "third")
    request, answer = tmp_path / "third.request", tmp_path / "answer.shgb"
    request_enrolment(third, request)
    grant_enrolment(office, request, answer, groups=("A-1",), limits=Limits(lines=12))
    parts = grant_files(answer, len(list(tmp_path.glob("answer*.shgb"))))
    assert len(parts) > 2
    away = tmp_path / "away"
    away.mkdir()
    for part in parts[2:]:
        part.rename(away / part.name)
    told = accept_grant(third, answer).warnings
    missing = [one.facts["missing"] for one in told if one.code is Code.GRANT_PARTS_MISSING]
    assert missing == [len(parts) - 2]
    for part in parts[2:]:
        (away / part.name).rename(part)
    told = accept_grant(third, parts[-1]).warnings
    assert Code.GRANT_PARTS_MISSING not in {one.code for one in told}
    assert sums(third, group) == sums(office, group)
    assert waiting_records(third) == []
    assert check(third.book) == []
    third.close()
