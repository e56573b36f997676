"""What is owed to a member and was not paid out yet: paid out between meetings, never more, to her who left as well."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from desk_maker import sums
from four_savers import APRIL
from four_savers import MAY
from four_savers import four_saved

from shg_desk.actions.between import Between
from shg_desk.actions.between import plan_back
from shg_desk.actions.between import preview_between
from shg_desk.actions.between import print_receipt
from shg_desk.actions.between import take_back
from shg_desk.actions.between import write_between
from shg_desk.actions.correction_choices import hows_of
from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import end_membership
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.statements import booklets
from shg_desk.actions.statements import control_totals
from shg_desk.actions.statements import group_facts
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.ledger_words import statement_line
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store


@pytest.fixture
def book_day() -> date:
    return date(2026, 8, 1)


@pytest.fixture
def group(desk: Desk) -> str:
    """Four saved 100 each; the second one's 100 are owed to her, and she leaves."""
    made = four_saved(desk)
    member = second(desk, made)
    line = {"accounts": ["saving.compulsory", "payable"], "by": "member", "kind": "share-out", "lines": [[0, 10_000]]}
    body = {"group": made, "date": APRIL.isoformat(), "members": [member], "entries": [line]}
    with desk.book.writing() as writer:
        writer.append(desk.line("between", body))
    end_membership(desk, member, APRIL)
    return made


def second(desk: Desk, group: str) -> str:
    return next(one.id for one in group_store.memberships(desk.book, group) if one.number == "2")


def paid(desk: Desk, group: str, amount_minor: int, on: date = MAY) -> Between:
    who = second(desk, group)
    return Between(group, on, "payable", amount_minor, member=who, text="to her son Bakyt", receipt="31")


def test_it_is_paid_out_to_one_who_left_and_never_beyond_what_is_owed(desk: Desk, group: str) -> None:
    assert ground_of(desk, group, MAY).member("2").payable_minor == 10_000  # type: ignore[union-attr]
    ahead = preview_between(desk, paid(desk, group, 6_000))
    assert [(one.account, one.before_minor, one.after_minor) for one in ahead.preview.effects] == [
        ("box", 40_000, 34_000),
        ("payable", 10_000, 4_000),
    ]
    assert [one.what for one in ahead.preview.fresh] == ["payable"]
    write_between(desk, paid(desk, group, 6_000))
    assert sums(desk, group) == {"box": 34_000, "saving.compulsory": -30_000, "payable": -4_000}
    with pytest.raises(KnownError) as told:
        write_between(desk, paid(desk, group, 4_100))
    assert [(one.code, one.facts["left"]) for one in told.value.problems] == [(Code.PAYABLE_TOO_MUCH, "40.00")]
    with pytest.raises(KnownError):
        write_between(desk, paid(desk, group, 4_100, APRIL))
    write_between(desk, paid(desk, group, 4_000, date(2026, 7, 30)))
    assert "payable" not in sums(desk, group)
    assert ground_of(desk, group, date(2026, 7, 31)).member("2") is None, "she left and nothing is owed to her"


def test_her_booklet_names_it_well_and_adds_up(desk: Desk, group: str, tmp_path: Path) -> None:
    op = write_between(desk, paid(desk, group, 6_000)).value.name
    facts = group_facts(desk, group)
    hers = next(one for one in booklets(facts) if one.holder.number == "2")
    words = Words("en")
    assert [statement_line(words, row, facts.currency) for row in hers.rows] == [
        "Saving, compulsory",
        "Share-out, 100\u00a0som",
        "Paid out what was owed, receipt 31, to her son Bakyt",
    ]
    assert [(row.in_minor, row.out_minor, row.left_of, row.left_minor) for row in hers.rows] == [
        (10_000, 0, "saved", 10_000),
        (0, 0, "payable", 10_000),
        (0, 6_000, "payable", 4_000),
    ]
    ledger, sum_of_booklets = control_totals(facts)
    assert ledger == sum_of_booklets
    assert print_receipt(desk, str(op), tmp_path / "r.pdf", Words("ky")).read_bytes().startswith(b"%PDF")


def test_it_is_taken_back_and_put_right(desk: Desk, group: str) -> None:
    op = str(write_between(desk, paid(desk, group, 6_000)).value.name)
    (row,) = entry_store.entries_of(desk.book, op)
    assert "other-kind" not in hows_of(desk, row, 0)
    with pytest.raises(KnownError) as told:
        plan_entry(desk, row.name, "other-amount", Change(amount_minor=12_000))
    assert [one.code for one in told.value.problems] == [Code.PAYABLE_TOO_MUCH]
    plan = plan_entry(desk, row.name, "other-amount", Change(amount_minor=7_000), cash="never-moved")
    write_correction(desk, group, plan, "it was 70")
    assert sums(desk, group)["payable"] == -3_000
    later = str(write_between(desk, paid(desk, group, 3_000)).value.name)
    assert plan_back(desk, later).effects
    take_back(desk, later, "she was not there")
    assert sums(desk, group)["payable"] == -3_000


def test_the_sheet_of_a_meeting_has_no_column_for_it(desk: Desk, group: str) -> None:
    sheet = Sheet(group, MAY, rows=(SheetRow("2", outs=(Out("payable", 1_000),)),))
    with pytest.raises(KnownError) as told:
        record_meeting(desk, sheet)
    assert Code.KIND_OF_LINE_UNKNOWN in [one.code for one in told.value.problems]
