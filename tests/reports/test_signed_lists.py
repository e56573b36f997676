"""The papers that a group signs when it parts with money: a share-out's list and the account at a death."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from paper_makers import PRINTED
from paper_makers import SOM
from pdf_reading import outside
from pdf_reading import overprinted
from pdf_reading import page_texts

from shg_desk.domain.share_plan import ShareSums
from shg_desk.i18n.catalog import STRETCHED
from shg_desk.i18n.catalog import Words
from shg_desk.reports.death_account import AccountLine
from shg_desk.reports.death_account import DeathAccount
from shg_desk.reports.death_account import PaidOut
from shg_desk.reports.death_account import death_paper
from shg_desk.reports.page import Paper
from shg_desk.reports.share_out import ShareOutPaper
from shg_desk.reports.share_out import ShareOutRow
from shg_desk.reports.share_out import share_out_paper

ROWS = (
    ShareOutRow("a", "1", "Айнура", 60_000, 12, 52_500, 0, 52_500, False, 0, 60_000),
    ShareOutRow("b", "2", "Бурул", 60_000, 12, 52_500, 52_500, 0, False, 17_500, 60_000),
    ShareOutRow("c", "3", "Чынара", 40_000, None, 35_000, 0, 35_000, True, 0, 40_000),
)
"""1 600 saved in shares of 50; 1 400 of parts, for 175 of the second's debt stay unpaid (and 25 were lost besides)."""
SHARED = ShareOutPaper(
    "Ырыс", "KB-02", date(2026, 11, 21), SOM, ROWS, ShareSums(160_000, 140_000, 52_500, 52_500, 35_000, 17_500),
    32_000, 32_000, (3, 0),
)  # fmt: skip
ACCOUNT = DeathAccount(
    "Ырыс", "KB-02", SOM, "2", "Бурул", date(2026, 5, 20), date(2026, 6, 4),
    (AccountLine("had", "payable", 5_000), AccountLine("had", "saving.compulsory", 200_000),
     AccountLine("set-off", "fines", 4_000), AccountLine("to-come", "L-3", 3_200),
     AccountLine("grant", "social", 100_000), AccountLine("kept", "L-4", 7_000)),
    80_950, paid=(PaidOut(date(2026, 6, 9), 100_000, 100_000, "44"), PaidOut(date(2026, 7, 1), 20_050, 20_000)),
)  # fmt: skip


def plain(paper: Paper) -> str:
    return " ".join(page_texts(paper)).replace("\u00a0", " ")


def test_a_member_sees_her_shares_with_their_price_and_value() -> None:
    said = plain(share_out_paper(SHARED, Words("en"), PRINTED))
    assert said.count("12 × 50 = 600") == 2
    assert "Чынара 400 400 350" in said, "several prices: the value alone"
    assert "All together 1 600 1 400 525 525 350 175" in said


def test_the_foot_is_the_sums_it_was_given() -> None:
    """No paper adds up: what stands in the value stands on the paper."""
    other = replace(SHARED, sums=ShareSums(100, 200, 300, 400, 500, 600))
    assert "All together 1 2 3 4 5 6" in plain(share_out_paper(other, Words("en"), PRINTED))


def test_a_loss_of_unpaid_debts_is_explained() -> None:
    said = plain(share_out_paper(SHARED, Words("en"), PRINTED))
    assert (
        "Of the loss of 200 som, 175 som come of debts that are not paid: 175 som are still owed, to the new cycle."
    ) in said
    all_of_it = replace(SHARED, sums=replace(SHARED.sums, part_minor=142_500))
    assert "The loss of 175 som comes of debts" in plain(share_out_paper(all_of_it, Words("en"), PRINTED))
    gain = replace(SHARED, sums=replace(SHARED.sums, part_minor=170_000))
    assert "debts that are not paid" not in plain(share_out_paper(gain, Words("en"), PRINTED))
    lost = replace(SHARED, sums=replace(SHARED.sums, owes_minor=0))
    assert "debts that are not paid" not in plain(share_out_paper(lost, Words("en"), PRINTED))


def test_two_sign_before_anything_is_paid_out() -> None:
    said = plain(share_out_paper(SHARED, Words("en"), PRINTED))
    before, after = said.index("Before the pay-out"), said.index("After the pay-out")
    assert before < said.index("Witness") < after < said.index("Secretary")


@pytest.mark.parametrize("members", range(10, 24))
def test_the_sums_stand_with_two_rows_at_least(members: int) -> None:
    rows = tuple(replace(ROWS[0], id=str(n), number=str(n), name=f"Name{n}.") for n in range(1, members + 1))
    paper = share_out_paper(replace(SHARED, rows=rows), Words("en"), PRINTED)
    (page,) = [one for one in page_texts(paper) if "All together" in one]
    assert f"Name{members}." in page
    assert f"Name{members - 1}." in page


def test_equal_savings_with_unequal_parts_are_explained() -> None:
    """Two saved 600 each, the first gets 650 and the second 649.95; had both 650 there were nothing to say."""
    said = "What is handed out is in whole notes of 1 som, what is set off is not rounded"
    one, other = replace(ROWS[0], part_minor=65_000), replace(ROWS[0], id="b", part_minor=64_995)
    assert said in plain(share_out_paper(replace(SHARED, rows=(one, other), note_minor=100), Words("en"), PRINTED))
    same = replace(SHARED, rows=(one, replace(other, part_minor=65_000)), note_minor=100)
    assert said not in plain(share_out_paper(same, Words("en"), PRINTED))
    unlike = replace(SHARED, rows=(one, replace(other, saved_minor=1)), note_minor=100)
    assert said not in plain(share_out_paper(unlike, Words("en"), PRINTED))


@pytest.mark.parametrize(("second_minor", "is_said"), [(64_900, True), (64_899, False), (40_000, False)])
def test_whole_notes_explain_no_more_than_one_note(second_minor: int, is_said: bool) -> None:
    """650 and 649 are one note of 1 som apart; what is further apart has another reason."""
    rows = (replace(ROWS[0], part_minor=65_000), replace(ROWS[0], id="b", part_minor=second_minor))
    paper = share_out_paper(replace(SHARED, rows=rows, note_minor=100), Words("en"), PRINTED)
    assert ("whole notes of 1 som" in plain(paper)) is is_said


def test_a_member_s_envelope_is_not_held_against_another_s_row() -> None:
    """One saved 600 in two rows (400 + 200) for 650, another 400 for 433: nobody saved the same."""
    two = (
        replace(ROWS[0], saved_minor=40_000, in_shares_minor=0, part_minor=43_350),
        replace(ROWS[0], saved_minor=20_000, in_shares_minor=0, part_minor=21_650, is_later=True),
    )
    other = replace(ROWS[0], id="b", saved_minor=40_000, in_shares_minor=0, part_minor=43_300)
    said = "whole notes of 1 som"
    paper = replace(SHARED, rows=(*two, other), note_minor=100)
    assert said not in plain(share_out_paper(paper, Words("en"), PRINTED))
    alike = replace(other, saved_minor=60_000, part_minor=64_950)
    paper = replace(SHARED, rows=(*two, alike), note_minor=100)
    assert said in plain(share_out_paper(paper, Words("en"), PRINTED)), "600 for 650 and 600 for 649.50"


def test_savings_without_shares_have_no_such_column() -> None:
    rows = tuple(replace(one, shares=None, in_shares_minor=0) for one in ROWS)
    assert "Shares" not in plain(share_out_paper(replace(SHARED, rows=rows), Words("en"), PRINTED))


def test_what_was_paid_out_since_the_death_and_what_is_left() -> None:
    """50 waited, 2 000 were saved, 40 set off, 1 000 and 200 paid (50 tyiyn could not be): 809.50 are left."""
    said = plain(death_paper(ACCOUNT, Words("en"), PRINTED))
    at = [
        said.index(one)
        for one in (
            "Was to be paid out to her already 50 som",
            "Paid on 09.06.2026, receipt 44 −1 000 som",
            "Paid on 01.07.2026 −200 som",
            "Smaller than the smallest coin, stays with the group",
            "Still to be paid out to the heirs",
        )
    ]
    assert at == sorted(at)


def test_the_account_adds_up_and_what_changes_nothing_stands_under_it() -> None:
    """50 + 2 000 - 40 - 1 000 - 200 - 0.50 = 809.50, every figure on the paper with its sign, nothing else above."""
    said = plain(death_paper(ACCOUNT, Words("en"), PRINTED))
    summed, apart = said.split("Not in this sum")
    lines, total = summed.split("Still to be paid out to the heirs")
    figures = [float(one.replace(" ", "").replace("−", "-")) for one in re.findall(r"(−?[\d .]+) som", lines)]
    assert figures == [50, 2000, -40, -1000, -200, -0.5]
    assert total.strip() == "809.50 som"
    for said in (
        "Loan L-3: interest to come, not asked of the family, 32 som",
        "Grant from the social fund, paid to the family, 1 000 som",
        "Loan L-4: stays a debt of the family, 70 som",
    ):
        assert said in apart


@pytest.mark.parametrize("lang", ["ky", "ru", "en", STRETCHED])
def test_nothing_is_cut(lang: str) -> None:
    for paper in (share_out_paper(SHARED, Words(lang), PRINTED), death_paper(ACCOUNT, Words(lang), PRINTED)):
        assert outside(paper, 5) == []
        assert overprinted(paper) == []
