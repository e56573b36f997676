"""Figures a lender's auditor would not accept: each sum is worked out here by hand."""

from __future__ import annotations

from datetime import date

import pytest
from desk_maker import RULES
from desk_maker import make_group
from desk_maker import sums

from shg_desk.actions.corrections import Change
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.groups import set_rules
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.reopening import plan_meeting
from shg_desk.actions.sheet_files import proposed
from shg_desk.actions.views_loans import loan_list
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store import entries as entry_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.entries import EntryRow

MARCH = date(2026, 3, 12)
APRIL = date(2026, 4, 12)
LATER = date(2026, 4, 20)


@pytest.fixture
def group(desk: Desk) -> str:
    return make_group(desk)


def row(member: str, *lines: In | Out, paid_by: str | None = None) -> SheetRow:
    ins = tuple(line for line in lines if isinstance(line, In))
    outs = tuple(line for line in lines if isinstance(line, Out))
    return SheetRow(member, Attendance.PRESENT, paid_by=paid_by, ins=ins, outs=outs)


def record(desk: Desk, group: str, on: date, *rows: SheetRow, counted: int | None = None, **more: object) -> str:
    counts = () if counted is None else (Count(total_minor=counted),)
    name = record_meeting(desk, Sheet(group, on, rows=rows, counts=counts, **more)).value.name  # type: ignore[arg-type]
    assert name is not None
    return name


def refused(desk: Desk, group: str, on: date, *rows: SheetRow, **more: object) -> set[Code]:
    with pytest.raises(KnownError) as error:
        record(desk, group, on, *rows, **more)  # type: ignore[arg-type]
    return {problem.code for problem in error.value.problems if problem.level is Level.PROBLEM}


def entry(desk: Desk, op: str, kind: str, place: int = 0) -> EntryRow:
    return [one for one in entry_store.entries_of(desk.book, op) if one.kind == kind][place]


def broken(desk: Desk, group: str) -> list[date]:
    return [count.on for count in meeting_store.cash_counts(desk.book, group) if count.broken]


# the sheet


def test_savings_brought_for_one_product_are_not_withdrawn_from_another(desk: Desk, group: str) -> None:
    taken = row("1", In("saving", 5000), Out("withdrawal", 5000, product="voluntary"))
    assert refused(desk, group, MARCH, taken) == {Code.WITHDRAWAL_TOO_LARGE}


def test_a_late_typed_sheet_does_not_withdraw_again_what_was_withdrawn_later(desk: Desk, group: str) -> None:
    record(desk, group, MARCH, row("1", In("saving", 10000)))
    record(desk, group, APRIL, row("1", Out("withdrawal", 9000)))
    late = date(2026, 3, 19)
    assert refused(desk, group, late, row("1", Out("withdrawal", 2000))) == {Code.WITHDRAWAL_TOO_LARGE}
    record(desk, group, late, row("1", Out("withdrawal", 1000)))
    assert "saving.compulsory" not in sums(desk, group)


def test_a_late_typed_sheet_does_not_repay_again_what_was_repaid_later(desk: Desk, group: str) -> None:
    """300 flat at 2 % a month in 3 is 318 in all; 300 of them are paid on the later day, so 18 are left before it."""
    record(desk, group, MARCH, row("1", In("saving", 90000), Out("loan", 30000)))
    record(desk, group, LATER, row("1", In("repayment", 30000)))
    assert refused(desk, group, APRIL, row("1", In("repayment", 1900))) == {Code.REPAYMENT_TOO_LARGE}
    record(desk, group, APRIL, row("1", In("repayment", 1800)))


def test_what_would_go_below_zero_is_told_where_nobody_counts(desk: Desk, group: str) -> None:
    record(desk, group, MARCH, row("1", In("saving", 10000), In("social", 2000)))
    sheet = Sheet(
        group,
        APRIL,
        rows=(row("1", Out("grant", 5000)),),
        lines=(GroupLine("transfer", 4000, source="bank", target="box"), GroupLine("expense", 20000)),
    )
    told = {
        (p.where, p.facts["amount"]) for p in record_meeting(desk, sheet).warnings if p.code is Code.PLACE_BELOW_ZERO
    }
    assert told == {("box", "-90.00"), ("bank", "-40.00"), ("social", "-30.00")}


def test_names_the_ledger_has_no_account_for_are_refused_in_words(desk: Desk, group: str) -> None:
    expense = (GroupLine("expense", 1000, what="чай и сахар"),)
    assert refused(desk, group, MARCH, lines=expense) == {Code.KIND_OF_LINE_UNKNOWN}
    lender = (GroupLine("lender-loan", 1000, lender_loan="КФ 7/12"),)
    assert refused(desk, group, MARCH, lines=lender) == {Code.LOAN_UNKNOWN}
    free = make_group(desk, "A-2", rules={})
    assert refused(desk, free, MARCH, row("1", In("saving", 1000, product="топтоо"))) == {Code.PRODUCT_UNKNOWN}
    with pytest.raises(KnownError):
        set_rules(desk, free, {"savings": [{"code": "топтоо", "amount": "10"}]}, MARCH)


def test_a_lender_gets_no_more_interest_than_money(desk: Desk, group: str) -> None:
    record(desk, group, MARCH, lines=(GroupLine("lender-loan", 500000, lender_loan="X-1"),))
    wrong = (GroupLine("lender-repayment", 10000, lender_loan="X-1", interest_minor=30000),)
    assert refused(desk, group, APRIL, lines=wrong) == {Code.AMOUNT_NEGATIVE}


def lent(amount: int, code: str = "X-1") -> GroupLine:
    return GroupLine("lender-loan", amount, lender_loan=code)


def paid_back(amount: int, interest: int = 0, code: str = "X-1") -> GroupLine:
    return GroupLine("lender-repayment", amount, lender_loan=code, interest_minor=interest)


def test_a_lender_is_not_paid_back_more_than_was_lent(desk: Desk, group: str) -> None:
    """5,000 lent: 3,000 and 2,001 of principal are a som too much, 3,000 and 2,500 with 500 of interest are all."""
    record(desk, group, MARCH, lines=(lent(500000),))
    too_much = (paid_back(300000), paid_back(200100))
    assert refused(desk, group, APRIL, lines=too_much) == {Code.LENDER_PAID_TOO_MUCH}
    record(desk, group, APRIL, lines=(paid_back(300000), paid_back(250000, 50000)))
    assert "lender.X-1" not in sums(desk, group)


def test_a_late_typed_sheet_does_not_pay_a_lender_again(desk: Desk, group: str) -> None:
    record(desk, group, MARCH, lines=(lent(500000),))
    record(desk, group, LATER, lines=(paid_back(450000),))
    assert refused(desk, group, APRIL, lines=(paid_back(50100),)) == {Code.LENDER_PAID_TOO_MUCH}
    record(desk, group, APRIL, lines=(paid_back(50000),))


def test_what_a_lender_got_is_corrected_within_what_was_lent(desk: Desk, group: str) -> None:
    record(desk, group, MARCH, lines=(lent(500000),))
    meeting = record(desk, group, APRIL, lines=(paid_back(500000),))
    name = entry(desk, meeting, "lender-repayment").name
    with pytest.raises(KnownError) as error:
        plan_entry(desk, name, "other-amount", Change(amount_minor=500100))
    assert error.value.problems[0].code is Code.LENDER_PAID_TOO_MUCH
    write_correction(desk, group, plan_entry(desk, name, "other-amount", Change(amount_minor=499900)), "4999")
    assert sums(desk, group)["lender.X-1"] == -100


def test_a_new_loan_of_a_lender_does_not_go_on_under_the_name_of_one_paid_back(desk: Desk, group: str) -> None:
    record(desk, group, MARCH, lines=(GroupLine("lender-loan", 1000),))
    record(desk, group, APRIL, lines=(paid_back(1000),))
    record(desk, group, LATER, lines=(GroupLine("lender-loan", 2000),))
    assert sums(desk, group)["lender.X-2"] == -2000


@pytest.mark.parametrize(
    ("order", "interest", "principal"),
    [(["interest"], 1800, 6800), (["principal"], 1200, 6200), (["fine", "left"], 1800, 6800)],
)
def test_an_order_that_names_not_every_due_still_books_the_whole_amount(
    desk: Desk, order: list[str], interest: int, principal: int
) -> None:
    """300 flat at 2 % in 3 from 12 March, 250 paid on 20 May: 12.00 interest and 200.00 principal are late, 38 over.

    What is over goes to 12 June: interest first (6.00 and 32.00), or principal first (38.00) where the order says so.
    """
    group = make_group(desk, "A-9", rules={**RULES, "order": order})
    record(desk, group, MARCH, row("1", In("saving", 90000), Out("loan", 30000)))
    record(desk, group, date(2026, 5, 20), row("1", In("repayment", 25000)))
    found = sums(desk, group)
    assert (-found["interest"], found["principal"]) == (interest, principal)


AT_START = {**RULES, "loan": {**RULES["loan"], "interest_at_start": True}}


def test_interest_taken_at_handing_out_is_posted_with_the_loan(desk: Desk) -> None:
    """300 flat at 2 % a month in 3 are 18 of interest: she is handed 282, owes 300, and nothing is late a month on."""
    group = make_group(desk, "A-8", rules=AT_START)
    meeting = record(desk, group, MARCH, row("1", In("saving", 90000), Out("loan", 30000)), counted=61800)
    found = sums(desk, group)
    assert (found["principal"], found["interest"], found["box"]) == (30000, -1800, 61800)
    [line] = loan_list(desk, group, on=date(2026, 4, 11)).lines
    assert (line.outstanding_minor, line.arrears_minor, line.left_to_pay_minor) == (30000, 0, 30000)
    minutes = minutes_of(desk, meeting)
    assert (minutes.in_minor, minutes.out_minor) == (90000 + 1800, 30000)


def test_the_typed_sheet_counts_interest_taken_at_handing_out(desk: Desk) -> None:
    group = make_group(desk, "A-8", rules=AT_START)
    draft = Draft(ground_of(desk, group, MARCH))
    draft.mark(0, Attendance.PRESENT)
    draft.type_text(Place(0, "saving.compulsory"), "900")
    draft.type_text(Place(0, "loan"), "300")
    member = draft.lines[0].member.id
    assert (draft.figures.row_total_minor(member), draft.figures.total_minor) == (61800, 61800)
    assert draft.cash().expected_minor == 61800


def test_a_loan_taken_back_gives_back_the_interest_kept_of_it(desk: Desk) -> None:
    group = make_group(desk, "A-8", rules=AT_START)
    meeting = record(desk, group, MARCH, row("1", In("saving", 90000), Out("loan", 30000)), counted=61800)
    write_correction(desk, group, plan_entry(desk, entry(desk, meeting, "loan").name), "карыз берилген эмес")
    assert sums(desk, group) == {"box": 61800, "saving.compulsory": -90000, "differences": 28200}


def test_a_sheet_with_interest_taken_at_handing_out_is_put_right_beside_it(desk: Desk) -> None:
    group = make_group(desk, "A-8", rules=AT_START)
    lines = (In("saving", 90000), Out("loan", 30000))
    meeting = record(desk, group, MARCH, row("1", *lines), row("2", In("saving", 5000)), counted=66800)
    sheet = Sheet(group, MARCH, rows=(row("1", *lines), row("2", In("saving", 6000))))
    plan = plan_meeting(desk, meeting, sheet)
    assert [one.kind for one in plan.reversed] == ["saving"]


def test_problems_name_the_member_and_no_id(desk: Desk, group: str) -> None:
    """Also where a row says who by id, as corrections do."""
    record(desk, group, MARCH, row("4", In("saving", 1000)))
    member = next(one for one in ground_of(desk, group, APRIL).members if one.number == "4")
    with pytest.raises(KnownError) as error:
        record(desk, group, APRIL, row(member.id, Out("withdrawal", 2000)))
    [problem] = error.value.problems[:1]
    assert problem.where == "member 4 withdrawal"
    text = sentence(Words("en"), problem)
    assert text.startswith("Member № 4 Айгүл A-1 4 has saved ")


def test_a_loan_paid_too_much_lessens_nobody_elses_debt(desk: Desk, group: str) -> None:
    """Two laptops wrote 400 off a loan of 300: the other member still owes her 300."""
    loans = (row("1", In("saving", 90000), Out("loan", 30000)), row("2", In("saving", 90000), Out("loan", 30000)))
    record(desk, group, MARCH, *loans)
    [loan] = [one.id for one in loan_list(desk, group, on=APRIL).lines if one.number == "1"]
    block = {"accounts": ["box", "principal"], "kind": "repayment", "by": "loan", "lines": [[0, 40000]]}
    body = {"group": group, "date": APRIL.isoformat(), "loans": [loan], "entries": [block]}
    with desk.book.writing() as writer:
        writer.append(desk.line("between", body))
    [totals] = loan_list(desk, group, only="all", on=APRIL).totals
    assert (totals.outstanding_minor, totals.overpaid_minor) == (30000, 10000)


# corrections


def test_another_date_breaks_no_count_in_between(desk: Desk, group: str) -> None:
    """100 counted on 12 March were brought on the 5th; the count of the 12th and of 12 April stay as they were."""
    record(desk, group, date(2026, 3, 5), row("2", In("saving", 5000)), counted=5000)
    meeting = record(desk, group, MARCH, row("1", In("saving", 10000)), counted=15000)
    record(desk, group, APRIL, row("1", In("saving", 10000)), counted=25000)
    before = sums(desk, group)
    plan = plan_entry(desk, entry(desk, meeting, "saving").name, "other-date", Change(on=date(2026, 3, 5)))
    write_correction(desk, group, plan, "ал күнү алып келген")
    assert broken(desk, group) == []
    assert sums(desk, group) == before


def test_another_date_between_two_counts_names_no_difference(desk: Desk, group: str) -> None:
    record(desk, group, MARCH, row("1", In("saving", 10000)), counted=10000)
    meeting = record(desk, group, date(2026, 3, 26), row("1", In("saving", 10000)))
    plan = plan_entry(desk, entry(desk, meeting, "saving").name, "other-date", Change(on=date(2026, 3, 19)))
    assert [fresh.kind for fresh in plan.fresh] == ["saving"]


def test_a_withdrawal_of_everything_is_corrected_to_less(desk: Desk, group: str) -> None:
    record(desk, group, MARCH, row("1", In("saving", 90000)))
    meeting = record(desk, group, APRIL, row("1", Out("withdrawal", 90000)), counted=0)
    name = entry(desk, meeting, "withdrawal").name
    with pytest.raises(KnownError):
        plan_entry(desk, name, "other-amount", Change(amount_minor=90100))
    write_correction(desk, group, plan_entry(desk, name, "other-amount", Change(amount_minor=89000)), "890 болчу")
    assert sums(desk, group) == {"saving.compulsory": -1000, "differences": 1000}
    assert broken(desk, group) == []


def test_a_fine_corrected_to_less_leaves_the_rest_owed_and_no_new_income(desk: Desk, group: str) -> None:
    record(desk, group, MARCH, row("1", In("fine-owed", 4000, why="late")))
    meeting = record(desk, group, APRIL, row("1", In("fine", 4000)), counted=4000)
    plan = plan_entry(desk, entry(desk, meeting, "fine").name, "other-amount", Change(amount_minor=1000))
    write_correction(desk, group, plan, "10 сом төлөгөн")
    assert sums(desk, group) == {"box": 4000, "fines": 3000, "income.fines": -4000, "differences": -3000}


def test_a_loan_taken_back_asks_for_no_interest(desk: Desk, group: str) -> None:
    meeting = record(desk, group, MARCH, row("1", In("saving", 90000), Out("loan", 30000)), counted=60000)
    write_correction(desk, group, plan_entry(desk, entry(desk, meeting, "loan").name), "карыз берилген эмес")
    asked = [line["kind"] for line in proposed(desk, "A-1", APRIL)["rows"][0]["proposed"]]
    assert "repayment" not in asked
    assert refused(desk, group, APRIL, row("1", In("repayment", 600))) == {Code.LOAN_UNKNOWN}


def test_two_repayments_of_one_loan_put_right_together_share_the_dues(desk: Desk, group: str) -> None:
    """6.00 interest is due; 5.00 and 5.00 pay it once: 6.00 interest and 4.00 principal."""
    record(desk, group, MARCH, row("1", In("saving", 90000), Out("loan", 30000)))
    meeting = record(desk, group, APRIL, row("1", In("repayment", 300), In("repayment", 400)), counted=60700)
    sheet = Sheet(group, APRIL, rows=(row("1", In("repayment", 500), In("repayment", 500)),))
    write_correction(desk, group, plan_meeting(desk, meeting, sheet), "эки жолу 5 сом")
    found = sums(desk, group)
    assert (found["interest"], found["principal"], found["differences"]) == (-600, 29600, 300)


def test_who_paid_for_another_stays_on_the_corrected_entry(desk: Desk, group: str) -> None:
    meeting = record(desk, group, MARCH, row("3", In("saving", 10000), paid_by="1"))
    row_before = entry(desk, meeting, "saving")
    payer = entry_store.entry(desk.book, row_before.name)
    plan = plan_entry(desk, row_before.name, "other-amount", Change(amount_minor=9000))
    written = write_correction(desk, group, plan, "90 сом").value
    found = next(one for one in entry_store.entries_of(desk.book, written) if "instead" in one.facts)
    full = entry_store.entry(desk.book, found.name)
    assert payer is not None
    assert full is not None
    before = payer.operation.body["members"][row_before.facts["paid_by"]]
    assert full.operation.body["members"][found.facts["paid_by"]] == before


def test_a_difference_borne_by_a_member_can_be_taken_back_and_not_silently_moved(desk: Desk, group: str) -> None:
    named = (NamedDifference(-4000, bearer="1"),)
    meeting = record(desk, group, MARCH, row("1", In("saving", 90000)), counted=86000, differences=named)
    name = entry(desk, meeting, "difference").name
    with pytest.raises(KnownError) as error:
        plan_entry(desk, name, "other-member", Change(member="2"))
    assert error.value.problems[0].code is Code.CORRECT_BY_REVERSAL
    write_correction(desk, group, plan_entry(desk, name), "ал күнөөлүү эмес")
    assert sums(desk, group) == {"box": 86000, "saving.compulsory": -90000, "differences": 4000}
    assert broken(desk, group) == []
