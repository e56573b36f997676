"""How far one thing has come: its least record decides, on the laptop and at the office, by parcel and receipt."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import add_member
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.record_states import Reached
from shg_desk.actions.record_states import reached
from shg_desk.actions.record_states import reached_of
from shg_desk.actions.views_groups import group_card
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_loans import loan_sheet
from shg_desk.actions.views_minutes import meeting_record
from shg_desk.actions.views_people import household_card
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import people as people_store
from shg_desk.store.exchange import set_exported
from shg_desk.store.exchange import set_received

TERMS = {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3}


def lend(desk: Desk, group: str, on: date, *, repaid: bool) -> str:
    ins = (In("repayment", 1_000),) if repaid else (In("saving", 50_000),)
    outs = () if repaid else (Out("loan", 30_000, terms=TERMS),)
    row = SheetRow("1", Attendance.PRESENT, ins=ins, outs=outs)
    name = record_meeting(desk, Sheet(group, on, rows=(row,))).value.name
    assert name is not None
    return name


def test_a_book_without_an_office_is_saved_and_then_backed_up(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, day=date(2026, 8, 1))
    group = make_group(desk)
    meeting = lend(desk, group, date(2026, 3, 12), repaid=False)
    assert meeting_record(desk, meeting).reached == Reached("saved", 2)
    home = people_store.households(desk.book)[0].id
    card = household_card(desk, home)
    assert card is not None
    assert card.reached == Reached("saved", 2)
    assert reached(desk, []) is None
    assert reached_of(desk, [("group", group)]) == Reached("saved", 2)
    with desk.book.writing():
        desk.book.set_setting("backed_up", "100000")
    assert meeting_record(desk, meeting).reached == Reached("backed-up", 2)
    later = lend(desk, group, date(2026, 4, 12), repaid=True)
    with desk.book.writing():
        stored = int(str(desk.book.db.value("SELECT max(id) FROM operation")))
        desk.book.set_setting("backed_up", str(stored - 1))
    loan = loan_list(desk, group).lines[0].id
    assert meeting_record(desk, later).reached == Reached("saved", 2)
    assert loan_sheet(desk, loan).reached == Reached("saved", 2), "its last payment is not backed up"
    desk.close()


@pytest.mark.parametrize(
    ("sent", "acknowledged", "state"), [(0, 0, "saved"), (99, 0, "on-its-way"), (99, 99, "received")]
)
def test_with_an_office_three_numbers_decide(tmp_path: Path, sent: int, acknowledged: int, state: str) -> None:
    desk = make_desk(tmp_path, day=date(2026, 8, 1))
    group = make_group(desk)
    meeting = lend(desk, group, date(2026, 3, 12), repaid=False)
    device, epoch, _ = meeting.split(".")
    with desk.book.writing():
        desk.book.set_setting("office", "isfana")
        set_exported(desk.book.db, device, epoch, sent)
        set_received(desk.book.db, device, epoch, acknowledged)
    found = meeting_record(desk, meeting).reached
    assert found == Reached(state, 4)
    desk.close()


def test_a_group_is_as_far_as_the_least_of_its_records(tmp_path: Path) -> None:
    """Its own profile is with the office; its meeting never left the laptop, then a member who joined later did not."""
    desk = make_desk(tmp_path, day=date(2026, 8, 1))
    group, other = make_group(desk), make_group(desk, "KB-09")
    device, epoch, sent = str(lend(desk, group, date(2026, 3, 12), repaid=False)).split(".")
    with desk.book.writing():
        desk.book.set_setting("office", "isfana")

    def far(exported: int, received: int, gid: str = group) -> str:
        with desk.book.writing():
            set_exported(desk.book.db, device, epoch, exported)
            set_received(desk.book.db, device, epoch, received)
        card = group_card(desk, gid)
        assert card is not None
        assert card.reached is not None
        return card.reached.state

    before = int(sent) - 1
    assert far(before, before) == "saved"
    assert far(before, before, other) == "reconciled", "there is no month in which they could differ"
    assert far(int(sent), before) == "on-its-way"
    assert far(int(sent), int(sent)) == "received", "no month was found the same yet"
    add_member(desk, NewMember(group, "77"))
    assert far(int(sent), int(sent)) == "saved"
    desk.close()
