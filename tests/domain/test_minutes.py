"""Minutes and booklet lists read back from the record of a made-up meeting, against the sheet it was written from."""

from __future__ import annotations

from datetime import date

from paper_makers import ground
from paper_makers import meeting
from paper_makers import sheet

from shg_desk.domain.booklet import after_meeting
from shg_desk.domain.minutes import is_in
from shg_desk.domain.problems import Level
from shg_desk.domain.sheet_cash import cash_of
from shg_desk.domain.sheet_cash import row_in_minor
from shg_desk.domain.sheet_cash import row_out_minor
from shg_desk.domain.sheet_check import sheet_problems


def test_the_sheet_has_no_problems() -> None:
    assert [p for p in sheet_problems(ground(), sheet()) if p.level is Level.PROBLEM] == []


def test_rows_say_what_was_written() -> None:
    got, written = meeting(), sheet()
    for row, line in zip(got.rows, written.rows, strict=True):
        assert row.person.number == line.member
        assert row.attendance == (line.attendance or "")
        assert (row.in_minor, row.out_minor) == (row_in_minor(line), row_out_minor(line))
        assert row.represented_by == line.represented_by
        for part in line.ins:
            if part.kind == "repayment":
                assert sum(r.principal_minor + r.interest_minor for r in row.repaid) == part.amount_minor
    assert got.rows[7].paid_by == got.rows[0].person
    assert got.rows[2].fine_owed_minor == 5000
    assert got.present == 17
    assert got.has_quorum
    assert len(got.rows) == 20


def test_totals_are_the_sums_of_columns_and_rows() -> None:
    got = meeting()
    for column in got.columns:
        assert got.totals_minor[column] == sum(row.cells_minor.get(column, 0) for row in got.rows)
    assert got.in_minor == sum(amount for column, amount in got.totals_minor.items() if is_in(column))
    assert got.out_minor == sum(amount for column, amount in got.totals_minor.items() if not is_in(column))
    assert [is_in(column) for column in got.columns] == sorted((is_in(c) for c in got.columns), reverse=True)


def test_the_box_is_that_of_the_sheet() -> None:
    cash = cash_of(ground(), sheet())
    box = next(block for block in meeting().cash if block.place == "box")
    assert (box.start_minor, box.in_minor, box.out_minor) == (cash.start_minor, cash.in_minor, cash.out_minor)
    assert (box.expected_minor, box.counted_minor) == (cash.expected_minor, cash.counted_minor)
    assert (box.difference_minor, box.bearer) == (-4000, "open")
    assert box.notes is not None
    assert sum(value * number for value, number in box.notes) == cash.counted_minor


def test_lines_decisions_and_loans() -> None:
    got = meeting()
    assert [(line.kind, line.amount_minor, line.source, line.target) for line in got.lines] == [
        ("expense", 18000, "box", None),
        ("transfer", 300000, "box", "bank"),
    ]
    assert (got.lines[1].receipt, got.lines[1].carried_by) == ("0881", got.rows[0].person)
    assert [(d.votes_for, d.votes_against, d.abstained) for d in got.decisions] == [(14, 1, 2)]
    assert (got.waived[0].person, got.waived[0].text) == (got.rows[4].person, "автобус сынды")
    (loan,) = got.loans
    assert (loan.person, loan.amount_minor) == (got.rows[8].person, 500000)
    assert loan.schedule is not None
    # flat, 2 % a month on 5 000 for 4 months: 1 250 + 100 each
    assert [line.total_minor for line in loan.schedule.instalments] == [135000] * 4
    assert got.next_on == date(2026, 12, 5)


def test_booklets_end_on_the_balances_after_the_meeting() -> None:
    after, got = ground(), meeting()
    by_number = {booklet.number: booklet for booklet in after_meeting(after, got).booklets}
    for member, row in zip(after.members, got.rows, strict=True):
        if member.number not in by_number:
            assert not row.cells_minor
            continue
        booklet = by_number[member.number]
        assert (booklet.saved_minor, booklet.debt_minor) == (member.saved_in_all_minor, member.debt_minor(got.on))
        assert sum(line.in_minor for line in booklet.lines) == row.in_minor
        assert sum(line.out_minor for line in booklet.lines) == row.out_minor
        last = {line.what: line.left_minor for line in booklet.lines}
        assert last.get("withdrawal", last.get("saving", booklet.saved_minor)) == booklet.saved_minor
        assert last.get("loan", last.get("repayment", booklet.debt_minor)) == booklet.debt_minor
