"""Corrections of corrections, and of what money has gone out on since: old and new never count side by side."""

from __future__ import annotations

from datetime import date

import pytest
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.reopening import reopen_meeting
from shg_desk.actions.views_differences import open_items
from shg_desk.actions.views_entry import entry_detail
from shg_desk.actions.views_entry import preview_correction
from shg_desk.domain.corrections import MOVES_TODAY
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.check import check
from shg_desk.store.entries import EntryRow

MARCH, APRIL, MAY = date(2026, 3, 12), date(2026, 4, 12), date(2026, 5, 12)


@pytest.fixture
def group(desk: Desk) -> str:
    return make_group(desk)


def row(member: str, *lines: In | Out) -> SheetRow:
    ins = tuple(line for line in lines if isinstance(line, In))
    outs = tuple(line for line in lines if isinstance(line, Out))
    return SheetRow(member, Attendance.PRESENT, ins=ins, outs=outs)


def record(desk: Desk, group: str, on: date, *rows: SheetRow, counted: int | None = None, **more: object) -> str:
    counts = () if counted is None else (Count(total_minor=counted),)
    return record_meeting(desk, Sheet(group, on, rows=rows, counts=counts, **more)).value.name or ""  # type: ignore[arg-type]


def entry(desk: Desk, op: str, kind: str) -> EntryRow:
    return next(one for one in entry_store.entries_of(desk.book, op) if one.kind == kind)


def named(desk: Desk, op: str, *, reversal: bool) -> str:
    """The entry of a correction that takes the old one back, or the one it wrote instead."""
    rows = entry_store.entries_of(desk.book, op)
    return next(one.name for one in rows if bool(one.corrects) is reversal and one.kind != "difference")


def correct(desk: Desk, group: str, name: str, how: str = "reverse", **change: object) -> str:
    plan = plan_entry(desk, name, how, Change(**change))  # type: ignore[arg-type]
    return write_correction(desk, group, plan, "китепте башкача").value


def broken(desk: Desk, group: str) -> list[date]:
    return [count.on for count in meeting_store.cash_counts(desk.book, group) if count.broken]


def codes(error: pytest.ExceptionInfo[KnownError]) -> set[Code]:
    return {problem.code for problem in error.value.problems}


# taking a correction back


def test_a_correction_is_taken_back_whole(desk: Desk, group: str) -> None:
    """100 put right to 90, and that taken back: 100 again, not 190, and no difference stays open."""
    meeting = record(desk, group, MARCH, row("1", In("saving", 10000)), counted=10000)
    before = sums(desk, group)
    correction = correct(desk, group, entry(desk, meeting, "saving").name, "other-amount", amount_minor=9000)
    assert sums(desk, group)["saving.compulsory"] == -9000
    correct(desk, group, named(desk, correction, reversal=True))
    assert sums(desk, group) == before
    assert broken(desk, group) == []
    assert minutes_of(desk, meeting).totals_minor == {"saving.compulsory": 10000}


def test_an_entry_whose_correction_was_taken_back_can_be_corrected_again(desk: Desk, group: str) -> None:
    meeting = record(desk, group, MARCH, row("1", In("saving", 10000)))
    name = entry(desk, meeting, "saving").name
    correction = correct(desk, group, name, "other-amount", amount_minor=9000)
    with pytest.raises(KnownError) as error:
        plan_entry(desk, name)
    assert codes(error) == {Code.ALREADY_CORRECTED}
    correct(desk, group, named(desk, correction, reversal=True))
    assert entry_detail(desk, name).corrected_by is None
    correct(desk, group, name, "other-amount", amount_minor=8000)
    assert sums(desk, group)["saving.compulsory"] == -8000
    assert list(open_items(desk)) == [one for one in open_items(desk) if one.sort == "cash"]


def test_what_was_written_instead_can_go_alone(desk: Desk, group: str) -> None:
    """Then there is nothing in the place of the old entry."""
    meeting = record(desk, group, MARCH, row("1", In("saving", 10000)), counted=10000)
    correction = correct(desk, group, entry(desk, meeting, "saving").name, "other-amount", amount_minor=9000)
    correct(desk, group, named(desk, correction, reversal=False))
    assert sums(desk, group) == {"box": 10000, "differences": -10000}


def test_a_correction_corrected_since_is_taken_back_from_the_newest(desk: Desk, group: str) -> None:
    meeting = record(desk, group, MARCH, row("1", In("saving", 10000)))
    first = correct(desk, group, entry(desk, meeting, "saving").name, "other-amount", amount_minor=9000)
    second = correct(desk, group, named(desk, first, reversal=False), "other-amount", amount_minor=8000)
    with pytest.raises(KnownError) as error:
        plan_entry(desk, named(desk, first, reversal=True))
    assert codes(error) == {Code.CORRECTED_SINCE}
    correct(desk, group, named(desk, second, reversal=True))
    assert sums(desk, group)["saving.compulsory"] == -9000
    correct(desk, group, named(desk, first, reversal=True))
    assert sums(desk, group)["saving.compulsory"] == -10000


def test_what_takes_back_is_not_put_right_by_another_amount(desk: Desk, group: str) -> None:
    meeting = record(desk, group, MARCH, row("1", In("other", 10000)))
    correction = correct(desk, group, entry(desk, meeting, "other").name)
    with pytest.raises(KnownError) as error:
        plan_entry(desk, named(desk, correction, reversal=True), "other-amount", Change(amount_minor=5000))
    assert codes(error) == {Code.CORRECT_BY_REVERSAL}


def test_a_taken_back_correction_of_a_whole_meeting_leaves_the_meeting_as_it_was(desk: Desk, group: str) -> None:
    meeting = record(desk, group, MARCH, row("1", In("saving", 10000)), row("2", In("saving", 5000)), counted=15000)
    before = sums(desk, group)
    sheet = Sheet(group, MARCH, rows=(row("1", In("saving", 9000)), row("2", In("saving", 6000))))
    correction = write_correction(desk, group, plan_meeting(desk, meeting, sheet), "экөө алмашкан").value
    assert sums(desk, group) == before
    correct(desk, group, named(desk, correction, reversal=True))
    assert sums(desk, group) == before
    minutes = minutes_of(desk, meeting)
    assert [one.in_minor for one in minutes.rows] == [10000, 5000]
    assert [line.amount_minor for one in reopen_meeting(desk, meeting).sheet.rows for line in one.ins] == [10000, 5000]


# words and carriers


def test_the_words_of_a_line_and_who_carried_the_money_stay(desk: Desk, group: str) -> None:
    lines = (GroupLine("transfer", 5000, source="box", target="bank", text="банкка", carried_by="2", receipt="17"),)
    meeting = record(desk, group, MARCH, row("1", In("other", 7000, text="майрамга")), lines=lines)
    correct(desk, group, entry(desk, meeting, "transfer").name, "other-amount", amount_minor=4000)
    correct(desk, group, entry(desk, meeting, "other").name, "other-amount", amount_minor=6000)
    minutes = minutes_of(desk, meeting)
    [line] = minutes.lines
    assert (line.amount_minor, line.text, line.receipt) == (4000, "банкка", "17")
    assert line.carried_by is not None
    assert line.carried_by.number == "2"
    assert [reason for _, reason in minutes.corrections] == ["китепте башкача", "китепте башкача"]
    rows = entry_store.entries(desk.book, group, entry_store.ALL)
    full = entry_store.entry(
        desk.book, next(one.name for one in rows if one.kind == "other" and "instead" in one.facts)
    )
    assert full is not None
    assert "майрамга" in full.texts


# money that has gone out since


def test_savings_already_withdrawn_are_not_taken_back(desk: Desk, group: str) -> None:
    """100 saved and withdrawn: they were hers, so first the withdrawal is put right."""
    meeting = record(desk, group, MARCH, row("4", In("saving", 10000)))
    later = record(desk, group, APRIL, row("4", Out("withdrawal", 10000)))
    name = entry(desk, meeting, "saving").name
    with pytest.raises(KnownError) as error:
        plan_entry(desk, name)
    [problem] = error.value.problems
    assert sentence(Words("en"), problem).startswith("Member № 4 Айгүл A-1 4 would be at \u2212100 on 12.04.2026")
    assert (problem.facts["amount"], problem.facts["date"]) == ("-100.00", "2026-04-12")
    with pytest.raises(KnownError):
        plan_entry(desk, name, "other-amount", Change(amount_minor=9900))
    with pytest.raises(KnownError):
        plan_entry(desk, name, "other-date", Change(on=MAY))
    with pytest.raises(KnownError):
        plan_entry(desk, name, "other-member", Change(member="2"))
    with pytest.raises(KnownError):
        plan_meeting(desk, meeting, Sheet(group, MARCH, rows=(row("4"),)))
    correct(desk, group, entry(desk, later, "withdrawal").name)
    correct(desk, group, name)
    assert "saving.compulsory" not in sums(desk, group)


def test_less_than_nothing_is_written_once_somebody_says_it_is_right(desk: Desk, group: str) -> None:
    """A saving that was never brought, withdrawn in good faith: she owes the group what she got."""
    meeting = record(desk, group, MARCH, row("1", In("saving", 10_000)))
    record(desk, group, APRIL, row("1", Out("withdrawal", 10_000)))
    name = entry(desk, meeting, "saving").name
    with pytest.raises(KnownError) as error:
        preview_correction(desk, name, "reverse", Change())
    assert codes(error) == {Code.BELOW_ZERO_THEN}
    preview = preview_correction(desk, name, "reverse", Change(accepted=True), MOVES_TODAY)
    told = [one for one in preview.warnings if one.code is Code.BELOW_ZERO_ACCEPTED]
    assert [(one.facts["member"], one.facts["amount"]) for one in told] == [("1", "-100.00")]
    write_correction(desk, group, preview.plan, "алып келген эмес")
    assert sums(desk, group)["saving.compulsory"] == 10_000, "a debt of hers to the group"
    assert not check(desk.book)


def test_a_lenders_loan_that_was_paid_back_is_not_taken_back(desk: Desk, group: str) -> None:
    meeting = record(desk, group, MARCH, lines=(GroupLine("lender-loan", 50000, lender_loan="X-1"),))
    record(desk, group, APRIL, lines=(GroupLine("lender-repayment", 20000, lender_loan="X-1"),))
    with pytest.raises(KnownError) as error:
        plan_entry(desk, entry(desk, meeting, "lender-loan").name)
    assert codes(error) == {Code.BELOW_ZERO_THEN}
    correct(desk, group, entry(desk, meeting, "lender-loan").name, "other-amount", amount_minor=20000)
    assert "lender.X-1" not in sums(desk, group)


def test_what_is_below_zero_already_may_be_made_better(desk: Desk, group: str) -> None:
    """Two laptops withdrew the same 100: taking one back is what puts it right."""
    record(desk, group, MARCH, row("1", In("saving", 10000)))
    record(desk, group, APRIL, row("1", Out("withdrawal", 10000)))
    member = entry_store.entries(desk.book, group, entry_store.ALL)[0].member
    assert member is not None
    block = {"accounts": ["saving.compulsory", "box"], "kind": "withdrawal", "by": "member", "lines": [[0, 10000]]}
    body = {"group": group, "date": APRIL.isoformat(), "members": [member.id], "entries": [block]}
    with desk.book.writing() as writer:
        twice = str(writer.append(desk.line("between", body)).name)
    assert sums(desk, group)["saving.compulsory"] == 10000
    correct(desk, group, f"{twice}#1")
    assert "saving.compulsory" not in sums(desk, group)
