"""A colleague's parcel comes in between a correction's preview and F10: what nobody has accepted is not written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from three_desks import Three
from three_desks import made_three
from three_desks import met
from three_desks import trip

from shg_desk.actions.changes import Outcome
from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.views_entry import preview_correction
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store import entries as entry_store
from shg_desk.store import log
from shg_desk.store.check import check
from shg_desk.store.ledger import balances


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    made = made_three(tmp_path)
    yield made
    for desk in made[:3]:
        assert check(desk.book) == []
        desk.close()


def withdraw(desk: Desk, group: str, on: date, amount_minor: int) -> None:
    rows = (SheetRow("1", Attendance.PRESENT, outs=(Out("withdrawal", amount_minor),)),)
    record_meeting(desk, Sheet(group, on, rows=rows))


def write(desk: Desk, group: str, name: str, *, accepted: bool = False) -> Outcome[str]:
    preview = preview_correction(desk, name, "reverse", Change(accepted=accepted))
    return write_correction(desk, group, preview.plan, "алып келген эмес")


def saving_of(desk: Desk, meeting: str) -> str:
    return next(row.name for row in entry_store.entries_of(desk.book, meeting) if row.kind == "saving")


def refused(desk: Desk, group: str, plan: object) -> list[Code]:
    before = log.newest(desk.book.db)
    with pytest.raises(KnownError) as error:
        write_correction(desk, group, plan, "алып келген эмес")  # type: ignore[arg-type]
    assert log.newest(desk.book.db) == before
    return [one.code for one in error.value.problems]


def test_what_came_between_is_asked_about_before_it_is_written(three: Three) -> None:
    """A saving that was never brought; meanwhile the other laptop has paid it out."""
    office, first, second, group = three
    name = saving_of(first, met(first, group))
    trip(office, first)
    trip(office, second)
    shown = preview_correction(first, name, "reverse", Change())
    assert not [one for one in shown.warnings if one.code is Code.BELOW_ZERO_ACCEPTED]
    withdraw(second, group, date(2026, 3, 17), 10_000)
    trip(office, second, first)
    assert refused(first, group, shown.plan) == [Code.BELOW_ZERO_THEN]
    write(first, group, name, accepted=True)
    hers = [one for one in balances(first.book, group) if one.account.code == "saving.compulsory"]
    assert sorted(one.amount_minor for one in hers) == [-10_000, 10_000]


def test_a_yes_covers_only_what_was_shown(three: Three) -> None:
    """She said yes to 40 below zero; with what came between it would be 100."""
    office, first, second, group = three
    name = saving_of(first, met(first, group))
    withdraw(first, group, date(2026, 3, 17), 4_000)
    trip(office, first)
    trip(office, second)
    shown = preview_correction(first, name, "reverse", Change(accepted=True))
    withdraw(second, group, date(2026, 3, 24), 6_000)
    trip(office, second, first)
    assert refused(first, group, shown.plan) == [Code.BELOW_ZERO_THEN]
    again = preview_correction(first, name, "reverse", Change(accepted=True))
    assert write_correction(first, group, again.plan, "алып келген эмес").value


def test_the_mark_beside_the_book_is_of_what_is_saved(three: Three) -> None:
    """A transaction within another is saved with the outer one, or with it lost: the mark must not know more."""
    _, first, _, group = three
    mark = first.folder / "mark"
    before = mark.read_bytes()

    def cut_off() -> None:
        with first.book.db.transaction():
            met(first, group)
            assert mark.read_bytes() == before
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cut_off()
    assert mark.read_bytes() == before
    with first.book.db.transaction():
        met(first, group)
        assert mark.read_bytes() == before
    tip = log.last(first.book.db, first.book.device, first.book.epoch)
    assert json.loads(mark.read_bytes())["seq"] == tip.seq > json.loads(before)["seq"]
