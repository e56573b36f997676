"""Money goes to the group that is meant and goes there once: codes of two groups, sheets closed again, drafts left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.correction_writing import recorded_of
from shg_desk.actions.corrections import settled_plan
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.imports import import_roster
from shg_desk.actions.imports import import_savings
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.sheet_desk import close_sheet
from shg_desk.actions.sheet_desk import keep_sheet
from shg_desk.actions.sheet_desk import kept_sheet
from shg_desk.actions.sheet_files import proposed
from shg_desk.actions.sheet_files import record_sheet
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_keeping import kept
from shg_desk.store.check import check
from shg_desk.store.drafts import Drafts
from shg_desk.store.entries import entries
from shg_desk.tables.mapping import TableMap

DAY = date(2026, 3, 9)


@pytest.fixture
def doubled(tmp_path: Path) -> Iterator[tuple[Desk, str, str]]:
    """An office with two groups of one code, each made on a laptop that knew nothing of the other."""
    office = make_desk(tmp_path, "office", "office")
    found = []
    for name in ("first", "second"):
        desk = make_desk(tmp_path, name)
        found.append(make_group(desk))
        enrol(office, desk, tmp_path)
        export_parcels(desk, tmp_path / "stick")
        desk.close()
    import_parcels(office, [tmp_path / "stick"])
    one, other = found
    yield office, one, other
    assert check(office.book) == []
    office.close()


def refused(told: pytest.ExceptionInfo[KnownError]) -> tuple[Code, object]:
    (problem,) = told.value.problems
    return problem.code, problem.facts.get("names")


def test_a_code_of_two_groups_is_nobodys_on_a_sheet(doubled: tuple[Desk, str, str]) -> None:
    office, one, other = doubled
    row = {"member": "1", "attendance": "present", "in": [{"kind": "saving", "amount": "70"}]}
    with pytest.raises(KnownError) as told:
        record_sheet(office, {"group": "A-1", "date": "2026-04-02", "rows": [row]})
    assert refused(told) == (Code.GROUP_AMBIGUOUS, "Ырыс, Ырыс")
    with pytest.raises(KnownError) as told:
        proposed(office, "A-1", DAY)
    assert refused(told)[0] is Code.GROUP_AMBIGUOUS
    assert (sums(office, one), sums(office, other)) == ({}, {})


def test_rows_of_a_code_of_two_groups_are_left_out_of_a_table(tmp_path: Path, doubled: tuple[Desk, str, str]) -> None:
    office, one, other = doubled
    table = tmp_path / "table.csv"
    table.write_text("group;member;saving;date\nA-1;1;50;2026-04-01\nB-1;1;60;2026-04-01\n")
    found = import_savings(office, table, TableMap()).value
    assert [problem.code for problem in found.problems] == [Code.GROUP_AMBIGUOUS]
    assert (found.entries, found.groups) == (1, 1)
    roster = tmp_path / "roster.csv"
    roster.write_text("group;member;name\nA-1;9;Бермет\nB-1;2;Назгүл\n")
    found = import_roster(office, roster, TableMap()).value
    assert [problem.code for problem in found.problems] == [Code.GROUP_AMBIGUOUS]
    assert found.persons == 1
    assert (sums(office, one), sums(office, other)) == ({}, {})


def sheet_of(group: str, day: date = DAY) -> Sheet:
    rows = tuple(SheetRow(str(n), Attendance.PRESENT, ins=(In("saving", 10000),)) for n in (1, 2))
    return Sheet(group, day, rows=rows)


def test_a_draft_that_cannot_be_dropped_is_known_at_the_next_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from shg_desk.actions.ground import ground_of

    group = make_group(desk)
    draft = Draft(ground_of(desk, group, DAY))
    draft.mark(0, Attendance.PRESENT)
    keep_sheet(desk, group, kept(draft))

    def full(_self: Drafts, _kind: str, _key: str) -> None:
        raise SurroundingsError(Problem(Code.DISK_FULL, "drafts.db"))

    with monkeypatch.context() as disk:
        disk.setattr(Drafts, "drop", full)
        close_sheet(desk, sheet_of(group))  # it is told as closed: it is
        assert sums(desk, group)["box"] == 20000
        assert kept_sheet(desk, group) is None
    assert kept_sheet(desk, group) is None
    assert desk.drafts.get("meeting", group) is None
    with pytest.raises(KnownError) as told:
        close_sheet(desk, sheet_of(group))
    assert refused(told)[0] is Code.SHEET_WRITTEN
    assert sums(desk, group)["box"] == 20000
    draft.mark(1, Attendance.ABSENT)
    keep_sheet(desk, group, kept(draft))
    assert kept_sheet(desk, group) is not None  # another draft is nobody's meeting yet


def test_the_same_sheet_counts_once_and_again_when_it_was_taken_back(desk: Desk) -> None:
    group = make_group(desk)
    close_sheet(desk, sheet_of(group))
    with pytest.raises(KnownError) as told:
        close_sheet(desk, sheet_of(group))
    assert refused(told)[0] is Code.SHEET_WRITTEN
    close_sheet(desk, sheet_of(group, date(2026, 3, 16)))
    with pytest.raises(KnownError) as told:
        close_sheet(desk, sheet_of(group, date(2026, 3, 16)))
    assert refused(told)[0] is Code.SHEET_WRITTEN
    gone = [recorded_of(row) for row in entries(desk.book, group) if row.effective == date(2026, 3, 16)]
    write_correction(desk, group, settled_plan(desk, group, "meeting", gone, [], "in-differences"), "not so")
    close_sheet(desk, sheet_of(group, date(2026, 3, 16)))
    assert sums(desk, group)["saving.compulsory"] == -40000


def test_every_closed_sheet_is_known_not_only_the_last(desk: Desk) -> None:
    group = make_group(desk)
    sheets = []
    for day, som in ((9, 70), (16, 80), (23, 90)):
        row = SheetRow("1", Attendance.PRESENT, ins=(In("saving", som * 100, product="voluntary"),))
        sheets.append(Sheet(group, date(2026, 3, day), number=str(day), rows=(row,)))
        record_meeting(desk, sheets[-1])
    before = sums(desk, group)
    assert before["box"] == (70 + 80 + 90) * 100
    for sheet in sheets:
        with pytest.raises(KnownError) as told:
            record_meeting(desk, sheet)
        assert refused(told)[0] is Code.SHEET_WRITTEN
    assert sums(desk, group) == before
    record_meeting(desk, replace(sheets[0], on=date(2026, 3, 30)))
    assert sums(desk, group)["box"] == before["box"] + 7_000, "another day is another sheet"
