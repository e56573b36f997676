"""Which columns a group's sheet has, and what is proposed in them."""

from __future__ import annotations

from dataclasses import replace

from shg_desk.domain.rules import NO_RULES
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_columns import Proposal
from shg_desk.domain.sheet_columns import proposals
from shg_desk.domain.sheet_columns import sheet_columns
from tests.meeting_grounds import loan
from tests.meeting_grounds import member
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys


def shown(ground: Ground) -> list[str]:
    return [column.key for column in sheet_columns(ground) if not column.rare]


def test_the_columns_of_the_drawing() -> None:
    ground = yrys()
    assert shown(ground) == ["saving.compulsory", "social", "repayment", "fine", "loan"]
    assert {c.key: c.usual_minor for c in sheet_columns(ground) if c.usual_minor} == {
        "saving.compulsory": 10_000,
        "social": 2_000,
    }
    rare = [column.key for column in sheet_columns(ground) if column.rare]
    assert rare == ["other", "withdrawal.compulsory", "grant", "other-out"]


def test_columns_stand_as_in_the_paper_book() -> None:
    paper = rules(columns=["loan", "repayment", "saving", "grant", "no-such-column"])
    assert shown(replace(yrys(), rules=paper)) == ["repayment", "saving.compulsory", "loan", "grant"]


def test_open_loans_have_their_column_whatever_the_paper_book_says() -> None:
    paper = rules(columns=["saving"])
    assert shown(replace(yrys(), rules=paper)) == ["saving.compulsory", "repayment"]
    assert shown(replace(yrys(dues={}), rules=paper)) == ["saving.compulsory"]


def test_two_products_and_shares_have_a_column_each() -> None:
    products = [{"code": "compulsory", "amount": "50", "compulsory": True}, {"code": "school", "amount": "0"}]
    some = rules(savings=products, share={"price": "200", "min": 1, "max": 5})
    assert shown(replace(yrys(), rules=some))[:4] == ["saving.compulsory", "saving.school", "shares", "social"]
    assert [c.product for c in sheet_columns(replace(yrys(), rules=some)) if c.kind == "withdrawal"] == [
        "compulsory",
        "school",
        "share",
    ]


def test_a_group_without_rules_is_allowed_everything_and_nothing_is_proposed() -> None:
    ground = replace(yrys(dues={}), rules=NO_RULES, members=(member(1, "А", saved_minor={"quarter": 500}),))
    assert shown(ground) == ["saving.quarter", "social", "repayment", "fine", "loan"]
    assert proposals(ground, ground.members[0], Attendance.PRESENT) == {}
    nobody = replace(ground, members=(member(1, "А"),))
    assert shown(nobody)[0] == "saving.usual"


def test_proposals_by_attendance() -> None:
    ground = yrys()
    second = ground.members[1]
    usual = {
        ("saving.compulsory", ""): Proposal(10_000),
        ("social", ""): Proposal(2_000),
        ("repayment", second.loans[0].id): Proposal(106_000),
    }
    for attendance in (None, Attendance.PRESENT, Attendance.REPRESENTED):
        assert proposals(ground, second, attendance) == usual
    assert proposals(ground, second, Attendance.LATE) == {**usual, ("fine", ""): Proposal(4_000)}
    assert proposals(ground, second, Attendance.ABSENT) == {}
    assert proposals(ground, second, Attendance.EXCUSED) == {}


def test_fines_of_those_who_are_not_there_become_owed() -> None:
    ground = replace(yrys(), rules=rules(fines={"absent": "50", "missed-saving": "10"}))
    first = replace(ground.members[0], fines_owed_minor=700)
    assert proposals(ground, first, Attendance.ABSENT, missed_saving=True) == {("fine", ""): Proposal(0, 6_000)}
    assert proposals(ground, first, Attendance.EXCUSED, missed_saving=True) == {}
    there = proposals(ground, first, Attendance.PRESENT, missed_saving=True)
    assert there["fine", ""] == Proposal(1_700)


def test_savings_fall_due_by_the_calendar() -> None:
    ground = yrys()
    base = ground.members[0]

    def proposed(due_som: int) -> Proposal | None:
        one = replace(base, saving_due_minor={"compulsory": due_som * 100})  # 2 500 som are saved
        return proposals(ground, one, Attendance.PRESENT).get(("saving.compulsory", ""))

    assert proposed(2_600) == Proposal(10_000)
    assert proposed(2_900) == Proposal(10_000), "arrears are shown, the usual is proposed"
    assert proposed(2_540) == Proposal(4_000)
    assert proposed(2_500) is None, "paid ahead"


def test_every_loan_of_a_member_has_its_own_proposal() -> None:
    loans = [loan("1", 1060, "L-1"), loan("1", 530, "L-2")]
    ground = replace(yrys(dues={}), members=(member(1, "А", loans),))
    found = proposals(ground, ground.members[0], None)
    assert found["repayment", loans[0].id] == Proposal(106_000)
    assert found["repayment", loans[1].id] == Proposal(53_000)
