"""What can be paid into and what can be taken out where members have savings that the rules do not name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_check import sheet_problems
from shg_desk.domain.sheet_columns import sheet_columns
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_posting import write_sheet
from shg_desk.domain.sheet_steps import Place
from shg_desk.domain.sheet_written import state_of
from tests.meeting_grounds import member
from tests.meeting_grounds import rules
from tests.meeting_grounds import yrys

SAVED = (
    member(1, "Айгүл", saved_minor={"usual": 200_000}),
    member(2, "Бермет", saved_minor={"usual": 30_000, "compulsory": 10_000}),
    member(3, "Гүлнара", saved_minor={"compulsory": 10_000, "usual": 0}),
    member(4, "Сайкал"),
)


def ground(members: tuple[MemberGround, ...] = SAVED, **changes: object) -> Ground:
    return replace(yrys(dues={}), members=members, rules=rules(**changes))


def sheet(ground: Ground, number: str, *lines: In | Out) -> Sheet:
    ins = tuple(line for line in lines if isinstance(line, In))
    outs = tuple(line for line in lines if isinstance(line, Out))
    return Sheet(ground.group, ground.on, rows=(SheetRow(number, Attendance.PRESENT, ins=ins, outs=outs),))


def refused(ground: Ground, number: str, *lines: In | Out) -> list[tuple[Code, object, object]]:
    found = [one for one in sheet_problems(ground, sheet(ground, number, *lines)) if one.level is Level.PROBLEM]
    return [(one.code, one.facts.get("saved") or one.facts.get("products"), one.facts.get("in_all")) for one in found]


def taken(ground: Ground, number: str, *lines: In | Out) -> list[str]:
    """The accounts of savings that the sheet's withdrawals lessen."""
    assert refused(ground, number, *lines) == []
    body = write_sheet(ground, sheet(ground, number, *lines), iter(())).body
    return [block["accounts"][0] for block in body["entries"] if block["kind"] == "withdrawal"]


def withdrawals(ground: Ground) -> list[tuple[str, str | None]]:
    return [(one.key, one.product) for one in sheet_columns(ground) if one.kind == "withdrawal"]


def test_whatever_somebody_saved_has_a_column_to_be_paid_out_and_none_to_be_paid_into() -> None:
    here = ground()
    assert withdrawals(here) == [("withdrawal.compulsory", "compulsory"), ("withdrawal.usual", "usual")]
    assert [one.key for one in sheet_columns(here) if one.kind in ("saving", "shares")] == ["saving.compulsory"]
    assert withdrawals(ground(SAVED[3:])) == [("withdrawal.compulsory", "compulsory")]
    shares = (member(1, "Айгүл", saved_minor={"share": 1_000, "school": 5}),)
    assert [code for _, code in withdrawals(ground(shares))] == ["compulsory", "share", "school"], "no price any more"
    fewer = ground(shares, savings=[], share={"price": "200", "min": 1, "max": 5})
    assert withdrawals(fewer) == [("withdrawal.share", "share"), ("withdrawal.school", "school")]
    assert [one.key for one in sheet_columns(fewer) if one.kind in ("saving", "shares")] == ["shares"]


def test_a_withdrawal_that_names_nothing_takes_the_savings_she_has() -> None:
    here = ground()
    assert taken(here, "1", Out("withdrawal", 20_000)) == ["saving.usual"]
    assert taken(here, "3", Out("withdrawal", 10_000)) == ["saving.compulsory"]
    assert taken(here, "4", In("saving", 10_000), Out("withdrawal", 10_000)) == ["saving.compulsory"], "as brought"
    assert taken(here, "2", Out("withdrawal", 30_000, product="usual")) == ["saving.usual"]
    assert refused(here, "2", Out("withdrawal", 1_000)) == [(Code.PRODUCT_NOT_NAMED, "compulsory, usual", None)]
    two = (In("saving", 10_000), Out("withdrawal", 1_000))
    assert refused(here, "1", *two) == [(Code.PRODUCT_NOT_NAMED, "compulsory, usual", None)]


def test_what_she_has_saved_is_said_truly() -> None:
    here = ground()
    assert refused(here, "1", Out("withdrawal", 200_100)) == [(Code.WITHDRAWAL_TOO_LARGE, "2000.00", None)]
    named = Out("withdrawal", 20_000, product="compulsory")
    assert refused(here, "1", named) == [(Code.WITHDRAWAL_TOO_LARGE, "0.00", "2000.00")]
    assert refused(here, "2", named) == [(Code.WITHDRAWAL_TOO_LARGE, "100.00", "400.00")]
    assert refused(here, "4", Out("withdrawal", 100)) == [(Code.WITHDRAWAL_TOO_LARGE, "0.00", None)]
    twice = (Out("withdrawal", 150_000), Out("withdrawal", 150_000))
    assert refused(here, "1", *twice) == [(Code.WITHDRAWAL_TOO_LARGE, "2000.00", None)], "both of the same savings"


@pytest.mark.parametrize("product", ["usual", "school"])
def test_nobody_pays_into_what_the_rules_do_not_name(product: str) -> None:
    assert [code for code, *_ in refused(ground(), "1", In("saving", 1_000, product=product))] == [Code.PRODUCT_UNKNOWN]


def test_on_the_sheet_each_column_takes_its_own_savings() -> None:
    draft = Draft(ground())
    draft.show_column("withdrawal.usual")
    for line, product, som in ((0, "usual", "200"), (1, "usual", "50"), (1, "compulsory", "100")):
        assert draft.type_text(Place(line, f"withdrawal.{product}"), som) is None
    outs = [[(out.product, out.amount_minor) for out in row.outs] for row in draft.sheet().rows]
    assert outs == [[("usual", 20_000)], [("compulsory", 10_000), ("usual", 5_000)], [], []]
    was = state_of(draft.ground, draft.sheet())
    assert Draft(draft.ground, was, was).sheet() == draft.sheet(), "and stands there again when it is corrected"
