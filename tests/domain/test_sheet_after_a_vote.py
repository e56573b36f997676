"""A begun sheet after the rules or the loans changed under it: what was typed keeps what it was typed for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_columns import sheet_columns
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_keeping import kept
from shg_desk.domain.sheet_keeping import restored
from shg_desk.domain.sheet_keeping import typed_in
from shg_desk.domain.sheet_posting import write_sheet
from shg_desk.domain.sheet_preview import preview_of
from shg_desk.domain.sheet_steps import Place
from tests.meeting_grounds import loan
from tests.meeting_grounds import member
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

SAVED = tuple(
    member(n, name, saved_minor={"usual": 30_000, "voluntary": 30_000})
    for n, name in enumerate(("Айгүл", "Бермет", "Гүлнара"), 1)
)
SHARES = {"price": "50", "min": 1, "max": 5}


def ruled(*products: str, **changes: Any) -> Ground:
    savings = [{"code": code, "amount": "100"} for code in products]
    return replace(yrys(dues={}), members=SAVED, rules=rules(savings=savings, **changes))


def begun(ground: Ground, cells: dict[tuple[int, str], str]) -> dict[str, Any]:
    """A kept draft: all are there, and so much was typed by (line, column)."""
    draft = Draft(ground)
    for line in range(len(ground.members)):
        draft.mark(line, Attendance.PRESENT)
    for (line, column), text in cells.items():
        assert draft.type_text(Place(line, column), text) is None
    assert draft.sheet().rows[0].has_money
    return kept(draft)


def blocking(draft: Draft) -> list[tuple[Code, str]]:
    found = sheet_problems(draft.ground, draft.sheet())
    return [(one.code, one.where) for one in found if one.level is Level.PROBLEM]


def test_a_withdrawal_is_taken_from_the_savings_it_was_typed_for() -> None:
    record = begun(ruled("voluntary"), {(0, "withdrawal.voluntary"): "200"})
    draft, told = restored(ruled("usual"), record)
    assert told == []
    assert draft.sheet().rows[0].outs == (Out("withdrawal", 20_000, product="voluntary"),)
    blocks = write_sheet(draft.ground, draft.sheet(), iter(())).body["entries"]
    assert [block["accounts"] for block in blocks] == [["saving.voluntary", "box"]]
    draft.move_to(ruled("school", "voluntary"))
    assert draft.sheet().rows[0].outs == (Out("withdrawal", 20_000, product="voluntary"),), "an open sheet as well"


def test_savings_typed_for_what_a_vote_did_away_with_stand_in_a_column_of_their_own() -> None:
    record = begun(ruled("voluntary"), {(line, "saving.voluntary"): "150" for line in range(3)})
    draft, told = restored(ruled("monthly"), record)
    assert told == []
    assert draft.columns[:2] == sheet_columns(draft.ground, {"saving.voluntary"})[:2]
    totals = [(one.key, draft.figures.column_total_minor(one)) for one in draft.columns[:2]]
    assert totals == [("saving.monthly", 0), ("saving.voluntary", 45_000)]
    assert (draft.figures.total_minor, draft.cash().in_minor) == (45_000, 45_000)
    # nobody pays into it by the new rules: a person says what the money is, by cutting it out and putting it down
    assert blocking(draft) == [(Code.PRODUCT_UNKNOWN, f"member {n} saving") for n in (1, 2, 3)]
    for line in range(3):
        assert draft.cut(Place(line, "saving.voluntary"))
        assert draft.paste(Place(line, "saving.monthly"))
    assert blocking(draft) == []
    assert draft.figures.column("saving.voluntary") is None, "nothing stands in it any more"
    assert draft.cash().in_minor == 45_000


def test_shares_typed_before_a_vote_did_away_with_them_wait_for_a_person() -> None:
    record = begun(ruled(share=SHARES), {(0, "shares"): "2"})
    draft, told = restored(ruled("monthly"), record)
    assert (told, draft.figures.total_minor) == ([], 10_000)
    assert blocking(draft) == [(Code.SHARES_WITHOUT_PRICE, "member 1 shares")]
    again = draft.type_text(Place(0, "shares"), "3")
    assert isinstance(again, Problem)
    assert again.code is Code.SHARES_WITHOUT_PRICE, "nobody knows what a third one costs"
    assert draft.cut(Place(0, "shares"))
    assert not draft.paste(Place(0, "shares"))
    assert draft.paste(Place(0, "saving.monthly"))
    assert blocking(draft) == []


def test_a_repayment_of_a_loan_that_is_paid_is_told_and_in_no_total() -> None:
    borrower = member(1, "Айгүл", [loan("1", 1060, "L-1")])
    before = replace(yrys(dues={}), members=(borrower, *SAVED[1:]))
    record = begun(before, {(0, "repayment"): "106", (1, "social"): "20"})
    paid = replace(before, members=(replace(borrower, loans=()), *SAVED[1:]))
    draft, told = restored(paid, record)
    facts = {"member": "1", "name": "Айгүл", "amount_minor": 10_600}
    assert told == [Problem(Code.NOT_ON_SHEET, "member 1", facts, Level.WARNING)]
    assert told[0] in preview_of(draft).problems, "and once more before it is closed"
    repayments = draft.figures.column("repayment")
    assert repayments is not None
    assert draft.figures.column_total_minor(repayments) == 0
    assert (draft.figures.row_total_minor(borrower.id), draft.figures.total_minor) == (0, 2_000)
    assert draft.cash().in_minor == 2_000
    draft.move_to(before)
    assert (draft.misplaced(), draft.figures.total_minor) == ([], 12_600), "the loan is open again"


def test_what_one_who_left_since_had_brought_is_told_and_in_no_total() -> None:
    record = begun(ruled("usual"), {(0, "saving.usual"): "100", (1, "saving.usual"): "100"})
    here = ruled("usual")
    assert here.since is not None
    left = replace(SAVED[0], left=here.since, fines_owed_minor=4_000)  # she has a line, for what she owes
    draft, told = restored(replace(here, members=(left, *SAVED[1:])), record)
    assert [(one.code, one.facts["member"]) for one in told] == [(Code.NOT_ON_SHEET, "1")]
    assert (draft.figures.total_minor, draft.cash().in_minor) == (10_000, 10_000)
    assert blocking(draft) == []


def test_a_half_typed_sum_stays_with_its_member_loan_and_savings() -> None:
    loans = [loan("1", 1060, "L-1"), loan("1", 530, "L-2")]
    before = ruled("voluntary")
    two = replace(before, members=(replace(SAVED[0], loans=tuple(loans)), *SAVED[1:]))
    one = replace(two, members=(replace(SAVED[0], loans=(loans[1],)), *SAVED[1:]))
    # lines of two loans: № 1, № 1 again, № 2, № 3; of one: № 1, № 2, № 3
    for at, then in ((Place(1, "repayment"), Place(0, "repayment")), (Place(3, "social"), Place(2, "social"))):
        record = kept(Draft(two), (at, "50+"))
        assert typed_in(restored(one, record)[0], record) == (then, "50+")
    record = kept(Draft(two), (Place(0, "repayment"), "50+"))
    assert typed_in(restored(one, record)[0], record) is None, "the loan is paid"
    record = kept(Draft(before), (Place(1, "saving.voluntary"), "50+"))
    draft, _ = restored(ruled("monthly"), record)
    assert typed_in(draft, record) == (Place(1, "saving.voluntary"), "50+")
    assert draft.state.cells == {}
    assert typed_in(draft, kept(draft)) is None


@pytest.mark.parametrize("usual", ["usual", "voluntary"])
def test_a_draft_of_an_older_program_names_the_usual_withdrawal_by_its_kind(usual: str) -> None:
    record = begun(ruled(usual), {(0, f"withdrawal.{usual}"): "200"})
    record["cells"] = [[member, loan, column.partition(".")[0], cell] for member, loan, column, cell in record["cells"]]
    draft, told = restored(ruled(usual), record)
    assert (told, draft.sheet().rows[0].outs) == ([], (Out("withdrawal", 20_000, product=usual),))
