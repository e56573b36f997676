"""A laptop goes on without its office: full work, history kept, and the way to another office with all it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk_maker import PASSPHRASE
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums
from three_desks import Three
from three_desks import met
from three_desks import trip

from shg_desk.actions.books import confirm_recovery
from shg_desk.actions.books import open_desk
from shg_desk.actions.care import back_up
from shg_desk.actions.care import restore_book
from shg_desk.actions.desk import Desk
from shg_desk.actions.enrolment import accept_grant
from shg_desk.actions.enrolment import grant_enrolment
from shg_desk.actions.enrolment import request_enrolment
from shg_desk.actions.leaving import leave_office
from shg_desk.actions.leaving import offices_left
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_colleague
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.registry import known_keys
from shg_desk.actions.views_exchange import exchange_view
from shg_desk.domain.ids import OpName
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.roles import Role
from shg_desk.store import exchange as exchange_store
from shg_desk.store import log
from shg_desk.store.check import check
from shg_desk.store.dump import dump
from shg_desk.store.groups import memberships
from shg_desk.store.operations import unsettled
from shg_desk.store.people import person
from shg_desk.store.states import RecordState
from shg_desk.store.states import States
from shg_desk.sync import keyslots
from shg_desk.sync.keyfiles import load_keys

DAY = date(2026, 3, 10)


def refusal(three: Three, desk: Desk, reason: str = "жабылды") -> Code:
    with pytest.raises(KnownError) as error:
        leave_office(desk, reason)
    return error.value.problems[0].code


def names(desk: Desk, group: str) -> list[str | None]:
    found = []
    for one in memberships(desk.book, group):
        known = person(desk.book, one.person or "")
        found.append(known.name if known else None)
    return found


def test_the_book_is_one_of_its_own_and_remembers(three: Three) -> None:
    office, first, second, group = three
    met(first, group)
    trip(office, first, second)
    met(second, group, date(2026, 3, 12))
    export_parcels(second, stick := office.folder.parent / "second")
    import_parcels(office, [stick])
    late = export_parcels(office, office.folder.parent / "late").value
    before, received = (
        dump(first.book),
        exchange_store.mark(first.book.db, first.book.device, first.book.epoch).received,
    )
    assert received > 0
    done = leave_office(first, " The programme ended ")
    assert [one.code for one in done.warnings] == [Code.RECOVERY_NOT_ON_PAPER]
    [left] = offices_left(first)
    assert (left.name, left.reason, left.records) == ("office", "The programme ended", received)
    assert dump(first.book) == before  # nothing of what was written has changed
    view = exchange_view(first)
    assert view.office is None
    assert not view.asked
    assert view.left == (left,)
    states = [one.state for one in view.parcels if one.outgoing and one.records]
    assert states
    assert set(states) == {3}  # what it received it has received; nothing is on its way any more
    assert set(view.counts) == {RecordState.SAVED}
    met(first, group, date(2026, 3, 17))
    back_up(first)
    assert set(States(first.book).counts()) == {RecordState.BACKED_UP}
    assert all(slot.kind != keyslots.OFFICE for slot in load_keys(first.folder).file.slots)
    with pytest.raises(KnownError) as error:
        export_parcels(first, office.folder.parent / "nowhere")
    assert error.value.problems[0].code is Code.NO_OFFICE
    # neither the office nor its laptops say anything in this book any more
    taken = import_parcels(first, [one.path for one in late if one.to == first.book.device]).value
    assert [one.code for one in taken.problems] == [Code.OFFICE_LEFT]
    colleague = export_colleague(second, office.folder.parent / "c", first.book.device).value
    taken = import_parcels(first, [one.path for one in colleague]).value
    assert [one.code for one in taken.problems] == [Code.BUNDLE_STRANGER]
    assert {one.state for one in known_keys(first)} == {"own", "left"}
    assert exchange_store.devices(first.book.db)[0].state == "left"
    assert refusal(three, first) is Code.NO_OFFICE


def test_who_may_leave_and_what_has_to_be_said(three: Three) -> None:
    office, first, _, _ = three
    assert refusal(three, office) is Code.NOT_A_DESK
    assert refusal(three, first, " ") is Code.REASON_MISSING
    assert refusal(three, replace(first, role=Role("viewer"))) is Code.ROLE_MAY_NOT
    confirm_recovery(first)
    assert leave_office(first, "жабылды").warnings == ()


def test_leaving_is_all_or_nothing(three: Three) -> None:
    office, first, second, group = three
    met(first, group)
    db = first.book.db
    db.run("CREATE TEMP TRIGGER cut BEFORE DELETE ON device_group BEGIN SELECT RAISE(ABORT, 'cut off'); END")
    with pytest.raises(Exception, match="cut off"):
        leave_office(first, "жабылды")
    db.run("DROP TRIGGER cut")
    assert offices_left(first) == []
    trip(office, first, second)
    assert sums(first, group) == sums(office, group)


def test_the_way_in_is_closed_at_the_next_opening_where_leaving_was_cut_off(three: Three) -> None:
    _, first, _, _ = three
    slots = load_keys(first.folder).file
    leave_office(first, "жабылды")
    from shg_desk.sync.keyfiles import save_keys

    save_keys(first.folder, replace(slots, serial=slots.serial + 9))  # as if cut off before the slots were written
    first.book.set_setting("office_slot_waits", "1")
    again = open_again(first)
    assert all(slot.kind != keyslots.OFFICE for slot in load_keys(again.folder).file.slots)
    first.book = again.book


def open_again(desk: Desk) -> Desk:
    desk.close()
    return open_desk(desk.folder, PASSPHRASE)


def test_what_the_office_left_out_stays_left_out(three: Three) -> None:
    """Its answers are records: leaving it, a rebuild and another office change nothing of what counts."""
    from shg_desk.actions.decisions import decide_records
    from shg_desk.actions.enrolment import revoke

    office, first, second, group = three
    revoke(office, first.book.device)
    name = met(first, group)
    stick = office.folder.parent / "revoked"
    export_parcels(first, stick)
    import_parcels(office, [stick])
    decide_records(office, [name], counts=False, reason="жок")
    enrol(office, first, office.folder.parent, ("A-1",))
    trip(office, first, second)
    assert sums(first, group) == {}
    leave_office(first, "жабылды")
    first.book.rebuild()
    assert sums(first, group) == {}
    other = make_desk(office.folder.parent, "other", "office")
    enrol(other, first, office.folder.parent)
    trip(other, first)
    first.book.rebuild()
    assert sums(first, group) == {}
    other.close()


# a group's own book -------------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path, three: Three) -> Iterator[Desk]:
    """The group's new book: it joined with this one group granted, got its records, and has left since."""
    office, first, second, group = three
    met(first, group)
    met(second, group, date(2026, 3, 17))
    make_group(first, "B-1")
    trip(office, first, second)
    trip(office, first, second)
    made = make_desk(tmp_path, "own")
    request, grant = tmp_path / "own.request", tmp_path / "own.grant"
    digits = request_enrolment(made, request).value.fingerprint
    grant_enrolment(office, request, grant, groups=("A-1",), typed_fingerprint=digits)
    accept_grant(made, grant)
    trip(office, made)
    leave_office(made, "The programme ended")
    yield made
    assert check(made.book) == []
    made.close()


def test_a_group_gets_a_book_of_its_own(three: Three, own: Desk) -> None:
    office, _, _, group = three
    assert sums(own, group) == sums(office, group) != {}
    assert names(own, group) == names(office, group)
    assert None not in names(own, group)
    assert own.book.db.value("SELECT count(*) FROM shg") == 1
    before = sums(own, group)["box"]
    met(own, group, date(2026, 3, 24))
    assert sums(own, group)["box"] == before + 20000
    assert set(States(own.book).counts()) == {RecordState.SAVED}
    view = exchange_view(own)
    assert (view.office, view.colleagues) == (None, ())


def test_it_joins_another_office_with_all_it_holds(tmp_path: Path, three: Three, own: Desk) -> None:
    """What others wrote of the group goes with it, is readable there, and goes once; then it works as any laptop."""
    group = three[3]
    met(own, group, date(2026, 3, 24))
    other = make_desk(tmp_path, "other", "office")
    enrol(other, own, tmp_path)
    assert exchange_view(own).office is not None
    stick = tmp_path / "over"
    [sent] = export_parcels(own, stick).value
    assert sent.operations > 10
    taken = import_parcels(other, [stick]).value
    assert (taken.held, taken.quarantined, taken.refused, taken.problems) == (0, 0, 0, [])
    assert taken.new == sent.operations
    assert sums(other, group) == sums(own, group)
    assert names(other, group) == names(own, group)
    assert import_parcels(other, [stick]).value.new == 0
    trip(other, own)
    assert set(States(own.book).counts()) == {RecordState.RECONCILED}
    met(own, group, date(2026, 3, 31))
    [sent] = export_parcels(own, tmp_path / "next").value
    assert sent.operations == 1
    assert import_parcels(other, [sent.path]).value.quarantined == 0
    assert sums(other, group) == sums(own, group)
    other.book.rebuild()
    assert unsettled(other.book) == []
    assert sums(other, group) == sums(own, group)
    assert check(other.book) == []
    # a further laptop of the new office is granted the group like any other
    more = make_desk(tmp_path, "more")
    enrol(other, more, tmp_path, ("A-1",))
    trip(other, more, own)
    met(more, group, date(2026, 4, 7))
    trip(other, more, own)
    trip(other, more, own)
    assert sums(more, group) == sums(own, group) == sums(other, group)
    for desk in (other, more):
        desk.close()


def test_the_same_office_takes_it_in_again(tmp_path: Path, three: Three, own: Desk) -> None:
    office, first, second, group = three
    met(own, group, date(2026, 3, 24))
    enrol(office, own, tmp_path, ("A-1",))
    assert [one.name for one in offices_left(own)] == ["office"]
    stick = tmp_path / "back"
    export_parcels(own, stick)
    taken = import_parcels(office, [stick]).value
    assert (taken.new, taken.quarantined, taken.refused) == (1, 0, 0)
    assert [one.code for one in taken.problems] == [Code.RECORDS_HELD_BACK]  # the others send their records themselves
    for _ in range(2):
        trip(office, own, first, second)
    assert sums(own, group) == sums(first, group) == sums(office, group)


def test_nothing_is_handed_on_of_what_belongs_to_others(tmp_path: Path, three: Three, own: Desk) -> None:
    """The second laptop's true chain is known at the new office, which has a group of its own under the same family."""
    first, group = three[1], three[3]
    other = make_desk(tmp_path, "other", "office")
    leave_office(first, "жабылды")
    enrol(other, first, tmp_path)
    trip(other, first)
    before = sums(other, group)
    met(own, group, date(2026, 3, 24))
    enrol(other, own, tmp_path)
    stick = tmp_path / "over"
    export_parcels(own, stick)
    taken = import_parcels(other, [stick]).value
    assert [one.code for one in taken.problems] == [Code.RECORDS_HELD_BACK]
    assert taken.quarantined == 1  # its own meeting is of a group that is the first laptop's here: the office decides
    assert sums(other, group) == before
    enrol(other, own, tmp_path, ("A-1",))
    assert unsettled(other.book) == []
    trip(other, own, first)
    trip(other, own, first)
    assert sums(other, group) == sums(own, group) == sums(first, group)
    other.close()


def test_only_what_the_new_office_holds_is_confirmed(tmp_path: Path, three: Three, own: Desk) -> None:
    """The first laptop has joined but sent nothing: its records, refused from another laptop, stay to be sent."""
    first, group = three[1], three[3]
    other = make_desk(tmp_path, "other", "office")
    leave_office(first, "жабылды")
    enrol(other, first, tmp_path)
    enrol(other, own, tmp_path)
    stick = tmp_path / "over"
    [sent] = export_parcels(own, stick).value
    taken = import_parcels(other, [stick]).value
    refused = next(one.facts["n"] for one in taken.problems if one.code is Code.RECORDS_HELD_BACK)
    assert taken.new == sent.operations - refused
    assert refused
    trip(other, own)
    assert states_of(own, first.book.device) == {RecordState.SAVED}
    [again] = export_parcels(own, tmp_path / "again").value
    assert again.operations == refused
    assert not {device for device, _ in log.chains(other.book.db)} & {first.book.device}
    trip(other, first)  # now they come from their writer, and that is what confirms them
    enrol(other, own, tmp_path, ("A-1",))
    trip(other, own, first)
    trip(other, own, first)
    assert states_of(own, first.book.device) == {RecordState.RECONCILED}
    assert sums(other, group) == sums(own, group) == sums(first, group)
    assert [one.operations for one in export_parcels(own, tmp_path / "last").value] == [0]
    other.close()


def test_an_office_put_back_from_a_copy_gets_what_was_handed_on_once_more(
    tmp_path: Path, three: Three, own: Desk
) -> None:
    group = three[3]
    other = make_desk(tmp_path, "other", "office")
    enrol(other, own, tmp_path)
    copy = back_up(other).value.file
    trip(other, own)
    assert set(States(own.book).counts()) == {RecordState.RECONCILED}
    other.close()
    restore_book(copy, tmp_path / "put-back", PASSPHRASE)
    other = open_desk(tmp_path / "put-back", PASSPHRASE)
    assert sums(other, group) == {}
    met(own, group, date(2026, 3, 24))
    for _ in range(3):
        trip(other, own)
    assert sums(other, group) == sums(own, group) != {}
    assert set(States(own.book).counts()) == {RecordState.RECONCILED}
    other.close()


def states_of(desk: Desk, device: str) -> set[RecordState | None]:
    states, db = States(desk.book), desk.book.db
    return {
        states.of_operation(f"{device}.{epoch}.{seq}")
        for by, epoch in log.chains(db)
        if by == device
        for seq in range(1, log.last(db, device, epoch).seq + 1)
        if log.by_name(db, OpName(device, epoch, seq)) is not None
    }
