"""Roles of a book's users: what each passphrase lets its person do, from the file on disk to every kind of writing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk_maker import CHEAP
from desk_maker import PASSPHRASE
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.books import add_key
from shg_desk.actions.books import change_key
from shg_desk.actions.books import confirm_recovery
from shg_desk.actions.books import list_keys
from shg_desk.actions.books import open_desk
from shg_desk.actions.books import remove_key
from shg_desk.actions.care import about
from shg_desk.actions.care import back_up
from shg_desk.actions.care import check_book
from shg_desk.actions.care import write_identity
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_rules
from shg_desk.actions.key_care import make_recovery
from shg_desk.actions.ledgers import balance_lines
from shg_desk.actions.ledgers import entry_lines
from shg_desk.actions.ledgers import group_meant
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import register_household
from shg_desk.actions.views_groups import group_names
from shg_desk.actions.views_people import find
from shg_desk.actions.views_people import household_card
from shg_desk.actions.views_people import household_marks
from shg_desk.actions.views_people import household_page
from shg_desk.actions.views_today import today_at_first
from shg_desk.actions.writers import writer_of
from shg_desk.domain import canonical
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.roles import Role
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import log
from shg_desk.store import operations as operation_store
from shg_desk.store.groups import memberships
from shg_desk.sync import keyslots

SHE, HE = "treasurer of the group", "somebody who looks"
MARCH = date(2026, 3, 12)


@pytest.fixture
def book(tmp_path: Path) -> tuple[Path, str, str]:
    """A book with two groups, a treasurer of the first and a viewer; gives the path and both groups."""
    desk = make_desk(tmp_path, day=date(2026, 4, 1))
    ours, theirs = make_group(desk, "A-1"), make_group(desk, "B-2")
    add_key(desk, SHE, "Айгүл", role=Role("treasurer", ours), cost=CHEAP)
    add_key(desk, HE, "Бакыт", role=Role("viewer"), cost=CHEAP)
    desk.close()
    return desk.folder, ours, theirs


def sheet(group: str) -> Sheet:
    return Sheet(group, MARCH, rows=(SheetRow("1", Attendance.PRESENT, ins=(In("saving", 10_000),)),))


def kept(desk: Desk, group: str) -> Between:
    first = memberships(desk.book, group)[0].id
    return Between(group, date(2026, 3, 20), "saving", 5_000, first, product="voluntary")


def refused(desk: Desk, action: Callable[[Desk], object]) -> bool:
    """Whether an action is refused for the role, and nothing of it stays."""
    before = log.newest(desk.book.db), len(list_keys(desk))
    codes = []
    try:
        action(desk)
    except KnownError as error:
        codes = [one.code for one in error.problems]
    stays = (log.newest(desk.book.db), len(list_keys(desk))) == before
    return codes == [Code.ROLE_MAY_NOT] and stays


def registers(group: str, folder: Path) -> dict[str, Callable[[Desk], object]]:
    """What only the animator does."""
    return {
        "family": lambda desk: register_household(desk, NewHousehold("X-9")),
        "group": lambda desk: register_group(desk, NewGroup("X-9", "Жаңы")),
        "rules": lambda desk: set_rules(desk, group, {"social": "30"}, MARCH),
        "key": lambda desk: add_key(desk, "one passphrase more", "X", cost=CHEAP),
        "another's key": lambda desk: change_key(desk, 1, "one passphrase more", cost=CHEAP),
        "away": lambda desk: remove_key(desk, 1),
        "paper": lambda desk: make_recovery(desk, cost=CHEAP),
        "on paper": confirm_recovery,
        "parcels": lambda desk: export_parcels(desk, folder),
        "taking in": lambda desk: import_parcels(desk, [folder]),
        "request": lambda desk: request_enrolment(desk, folder / "r"),
        "identity": lambda desk: write_identity(desk, folder / "i"),
    }


def test_a_treasurer_writes_her_own_group_and_nothing_else(book: tuple[Path, str, str], tmp_path: Path) -> None:
    path, ours, theirs = book
    desk = open_desk(path, SHE)
    assert (desk.role, [one.id for one in group_names(desk)]) == (Role("treasurer", ours), [ours])
    assert not refused(desk, lambda one: record_meeting(one, sheet(ours)))
    assert not refused(desk, lambda one: write_between(one, kept(one, ours)))
    assert refused(desk, lambda one: record_meeting(one, sheet(theirs)))
    assert refused(desk, lambda one: write_between(one, kept(one, theirs)))
    (tmp_path / "out").mkdir()
    assert [name for name, action in registers(ours, tmp_path / "out").items() if not refused(desk, action)] == []
    with pytest.raises(KnownError):
        group_meant(desk, "B-2")
    assert {one.group for one in balance_lines(desk)} == {"A-1"}
    assert today_at_first(desk).groups == 1
    change_key(desk, desk.slot, "her own new passphrase", cost=CHEAP)
    back_up(desk, tmp_path)
    desk.close()
    again = open_desk(path, "her own new passphrase")
    assert again.role == Role("treasurer", ours), "another passphrase is no other role"
    again.close()


def test_a_viewer_reads_everything_and_writes_nothing(book: tuple[Path, str, str], tmp_path: Path) -> None:
    path, ours, theirs = book
    desk = open_desk(path, HE)
    assert {one.id for one in group_names(desk)} == {ours, theirs}
    (tmp_path / "out").mkdir()
    assert refused(desk, lambda one: record_meeting(one, sheet(ours)))
    assert [name for name, action in registers(ours, tmp_path / "out").items() if not refused(desk, action)] == []
    assert check_book(desk).problems == ()
    desk.close()


def test_who_has_the_sheet_of_paper_does_everything(book: tuple[Path, str, str], tmp_path: Path) -> None:
    path, ours, _ = book
    desk = open_desk(path, PASSPHRASE)
    assert desk.role.does_all
    code = make_recovery(desk, cost=CHEAP).value.code
    with pytest.raises(KnownError) as caught:
        add_key(desk, "long enough words", "X", role=Role("treasurer"), cost=CHEAP)
    assert caught.value.problems[0].code is Code.USER_ROLE_UNKNOWN
    with pytest.raises(KnownError):
        add_key(desk, "long enough words", "X", role=Role("queen"), cost=CHEAP)
    desk.close()
    on_paper = open_desk(path, code)
    assert on_paper.role.does_all
    assert not refused(on_paper, lambda one: record_meeting(one, sheet(ours)))
    on_paper.close()


def test_the_last_one_who_may_do_everything_stays(book: tuple[Path, str, str]) -> None:
    desk = open_desk(book[0], PASSPHRASE)
    with pytest.raises(KnownError) as caught:
        remove_key(desk, 1)
    assert caught.value.problems[0].code is Code.SLOT_LAST
    assert [(one.number, one.role.name) for one in list_keys(desk)] == [
        (1, "animator"),
        (2, "treasurer"),
        (3, "viewer"),
    ]
    desk.close()


def test_a_role_changed_in_the_file_opens_nothing(book: tuple[Path, str, str]) -> None:
    """The word stands under the seal of the slot: who rewrites it has a file that her passphrase does not open."""
    file = keyslots.read_key_file((book[0] / "book.key").read_bytes())
    for change in ({"role": "animator"}, {"role": None}, {"role": "viewer"}, {"group": book[2]}):
        slots = []
        for slot in file.slots:
            fields = {**slot.fields, **(change if slot.number == 2 else {})}
            kept = {name: value for name, value in fields.items() if value is not None}
            slots.append(keyslots.Slot(slot.number, slot.kind, slot.made, kept))
        forged = keyslots.read_key_file(keyslots.KeyFile(file.serial, tuple(slots)).content())
        with pytest.raises(KnownError) as caught:
            keyslots.unlock(forged, SHE)
        assert caught.value.problems[0].code is Code.BOOK_DAMAGED
        assert keyslots.unlock(forged, PASSPHRASE).slot == 1


def test_a_slot_without_the_word_is_an_animators(book: tuple[Path, str, str]) -> None:
    first = json.loads((book[0] / "book.key").read_bytes())["slots"][0]
    assert "role" not in first, "files of before stay as they were"
    file = keyslots.read_key_file((book[0] / "book.key").read_bytes())
    assert file.slots[0].role == Role()
    strange = keyslots.Slot(9, keyslots.PASSPHRASE, 1, {**file.slots[1].fields, "role": "auditor"})
    assert not strange.role.may_write("meeting", {"group": book[1]}), "a newer program's word only reads"
    assert canonical.encode(strange.value())


def test_a_new_person_never_gets_the_number_of_one_who_left(book: tuple[Path, str, str]) -> None:
    """Records bear the number of the person's way in: reused, hers would stand under the new one's name."""
    path, ours, _ = book
    desk = open_desk(path, SHE)
    name = record_meeting(desk, sheet(ours)).value.name
    desk.close()
    desk = open_desk(path, PASSPHRASE)
    for slot in (3, 2):
        remove_key(desk, slot)
    assert add_key(desk, "words of somebody new", "Дамира", cost=CHEAP) > 3
    operation = operation_store.operation(desk.book, name or "")
    assert operation is not None
    assert writer_of(desk, operation) == "Айгүл"
    desk.close()


def test_a_treasurer_finds_her_own_group_s_families_and_nobody_else(book: tuple[Path, str, str]) -> None:
    path, ours, theirs = book
    desk = open_desk(path, PASSPHRASE)
    hers = memberships(desk.book, ours)[0]
    add_member(desk, NewMember(theirs, "77", hers.person, hers.household))
    stranger = memberships(desk.book, theirs)[1]
    assert household_marks(desk).count == 8
    for group in (ours, theirs):
        record_meeting(desk, sheet(group))
    assert {one.group for one in about(desk).buckets} == {"A-1", "B-2"}
    entry = next(one.id for one in entry_lines(desk, "B-2")).split("/")[0]
    desk.close()
    desk = open_desk(path, SHE)
    assert household_marks(desk).count == 4
    assert {one.code for one in household_page(desk, "", None)} == {f"A-1-{n}" for n in range(1, 5)}
    assert [hit.kind for hit in find(desk, "Айгүл B-2").hits] == []
    assert {hit.kind for hit in find(desk, "Айгүл A-1 2").hits} == {"person", "household"}
    assert stranger.household is not None
    assert hers.household is not None
    assert household_card(desk, stranger.household) is None
    card = household_card(desk, hers.household)
    assert card is not None
    assert {one.group for one in card.memberships} == {ours}, "what else she is in is not this treasurer's"
    (hit,) = [one for one in find(desk, "Айгүл A-1 1").hits if one.kind == "person"]
    assert "77" not in " ".join(hit.below)
    assert {one.group for one in about(desk).buckets} == {"A-1"}
    assert refused(desk, lambda one: plan_entry(one, entry))
    own = plan_entry(desk, next(one.id for one in entry_lines(desk, "A-1")).split("/")[0])
    theirs_taken = replace(own, reversed=tuple(replace(one, name=entry) for one in own.reversed))
    assert refused(desk, lambda one: write_correction(one, ours, theirs_taken, "x"))
    assert refused(desk, lambda one: write_correction(one, theirs, own, "x"))
    desk.close()
