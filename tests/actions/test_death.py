"""A member dies: membership, posts and money in one transaction, held to plain sums over the lines of the log."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from mourning import DECIDED
from mourning import DIED
from mourning import MAY
from mourning import of
from mourning import plain
from mourning import village

from shg_desk.actions.before_sheet import moved_before
from shg_desk.actions.death import Death
from shg_desk.actions.death import preview_death
from shg_desk.actions.death import write_death
from shg_desk.actions.death_account import death_sheet
from shg_desk.actions.death_account import plan_undo
from shg_desk.actions.death_account import undo_death
from shg_desk.actions.death_estate import death_view
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.views_groups import group_card
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_member import member_view
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.store import groups as group_store


@pytest.fixture
def book_day() -> date:
    return date(2026, 6, 10)


def test_her_account_on_the_day(desk: Desk) -> None:
    _, member = village(desk)
    view = death_view(desk, member, DIED, DECIDED)
    assert view.estate.saved_minor == {"saving.compulsory": 200_000}
    fines, loan = view.estate.debts
    # 2 % flat of 900 a month for three months: 18 each; one instalment of 318 is paid, none of the rest fell due
    assert (fines.key, fines.owed_minor) == ("fines", 4_000)
    assert (loan.amount_minor, loan.interest_minor, loan.to_come_minor) == (60_000, 0, 3_600)
    assert [(one.number, one.left_minor) for one in view.guarantees] == [("1", 63_600)]
    assert view.posts == ("treasurer",)
    assert not view.shares_out, "nobody has ruled it"


def test_set_off_leaves_the_rest_payable(desk: Desk) -> None:
    group, member = village(desk)
    before = plain(desk, group)
    view = death_view(desk, member, DIED, DECIDED)
    loan = view.estate.debts[1]
    choices = {"fines": "set-off", loan.key: "set-off"}
    done = write_death(desk, Death(member, DIED, DECIDED, choices, votes=(3, 0), decided="чечим", heir="күйөөсү"))
    after = plain(desk, group)
    assert of(desk, group, member) == {"payable": -(200_000 - 4_000 - 60_000)}
    assert not [key for key in after if key[0] in ("surplus",)]
    assert after[("expense.interest", None)] == 3_600
    assert ("expense.forgiven", None) not in after
    assert sum(after.values()) == 0
    assert after[("box", None)] == before[("box", None)], "no cash moved"
    loans = loan_list(desk, group, only="all", on=DECIDED).lines
    mine = next(one for one in loans if one.member == member)
    assert (mine.is_open, mine.late_days, mine.outstanding_minor) == (False, 0, 0)
    statement = member_view(desk, member)
    assert statement is not None
    assert (statement.now.saved_minor, statement.now.debt_minor, statement.now.payable_minor) == (0, 0, 136_000)
    assert statement.died == DIED
    assert done.value.between is not None
    account = death_sheet(desk, member).account
    assert [(one.what, one.key, one.amount_minor) for one in account.lines] == [
        ("had", "saving.compulsory", 200_000),
        ("set-off", "fines", 4_000),
        ("set-off", loan.said, 60_000),
        ("to-come", loan.said, 3_600),
    ]
    assert account.heir == "күйөөсү"
    assert account.decisions == (("чечим", 3, 0),)


def test_forgiven_and_kept(desk: Desk) -> None:
    group, member = village(desk)
    loan = death_view(desk, member, DIED, DECIDED).estate.debts[1]
    write_death(desk, Death(member, DIED, DECIDED, {loan.key: "forgiven"}, grant_minor=100_000, votes=(3, 0)))
    mine = of(desk, group, member)
    assert mine == {"payable": -200_000, "fines": 4_000}
    after = plain(desk, group)
    assert (after[("expense.forgiven", None)], after[("expense.interest", None)]) == (60_000, 3_600)
    assert after[("social", None)] == -(200_000 - 100_000)
    assert after[("box", None)] == 881_800 - 100_000
    assert not any(one.is_open for one in loan_list(desk, group, on=DECIDED).lines if one.member == member)
    # what was kept can be decided on later, from what is payable
    write_death(desk, Death(member, DIED, DECIDED, {"fines": "set-off"}))
    assert of(desk, group, member) == {"payable": -196_000}


def test_more_debt_than_savings_stays_a_debt(desk: Desk) -> None:
    group, member = village(desk)
    rows = (SheetRow("2", Attendance.PRESENT, outs=(Out("withdrawal", 190_000, product="compulsory"),)),)
    rest = tuple(SheetRow(n, Attendance.PRESENT) for n in ("1", "3", "4"))
    on = date(2026, 5, 14)
    record_meeting(desk, Sheet(group, on, rows=(*rows, *rest), counts=(Count(total_minor=691_800),)))
    loan = death_view(desk, member, DIED, DECIDED).estate.debts[1]
    write_death(desk, Death(member, DIED, DECIDED, {"fines": "set-off", loan.key: "set-off"}))
    mine = {key: amount for key, amount in plain(desk, group).items() if key[1] in (member, loan.loan)}
    assert mine == {("principal", loan.loan): 54_000, ("interest", loan.loan): -1_800}
    ground = ground_of(desk, group, date(2026, 6, 8))
    assert [line.member.number for line in Draft(ground).lines][-1] == "2", "her family can bring it, on a row apart"


def test_from_that_day_she_is_no_row(desk: Desk) -> None:
    group, member = village(desk)
    for on in (DIED, date(2026, 6, 8)):
        assert "2" in [line.member.number for line in Draft(ground_of(desk, group, on)).lines]
    loan = death_view(desk, member, DIED, DECIDED).estate.debts[1]
    write_death(desk, Death(member, DIED, DECIDED, {"fines": "set-off", loan.key: "set-off"}))
    for on in (DECIDED, date(2026, 6, 8)):
        ground = ground_of(desk, group, on)
        assert [line.member.number for line in Draft(ground).lines] == ["1", "3", "4"]
        assert ground.there_could_be() == 3
    ground = ground_of(
        desk, group, DIED
    )  # her debts are settled later: she stands behind the others, and is nobody there
    draft = Draft(ground)
    assert [one.number for one in draft.figures.members] == ["1", "3", "4"]
    assert ground.there_could_be() == 3
    assert ground_of(desk, group, date(2026, 5, 19)).there_could_be() == 4
    card = group_card(desk, group)
    assert card is not None
    assert [one.number for one in card.members] == ["1", "3", "4"]
    assert [(one.number, one.died) for one in card.former] == [("2", DIED)]
    assert card.vacant == (("treasurer", date(2026, 5, 19)),)
    assert [one.until for one in group_store.officers(desk.book, group) if one.post == "treasurer"] == ["2026-05-19"]
    assert group_store.officers(desk.book, group, DIED) == [
        one for one in group_store.officers(desk.book, group) if one.post != "treasurer"
    ]


def test_a_meeting_after_it_is_named(desk: Desk) -> None:
    _, member = village(desk)
    with pytest.raises(KnownError) as caught:
        preview_death(desk, Death(member, date(2026, 4, 20), DECIDED))
    assert [(one.code, one.facts["date"]) for one in caught.value.problems] == [
        (Code.RECORDS_AFTER_DEATH, MAY.isoformat())
    ]
    preview_death(desk, Death(member, MAY, DECIDED))  # she was there in the morning


@pytest.mark.parametrize(
    ("death", "code"),
    [
        ({"on": date(2026, 7, 1), "settled_on": date(2026, 7, 2)}, Code.DAY_IN_FUTURE),
        ({"settled_on": MAY}, Code.SETTLED_BEFORE_DEATH),
        ({"grant_minor": 200_100}, Code.GRANT_TOO_LARGE),
        ({"grant_minor": 150}, Code.AMOUNT_NOT_PAYABLE),
        ({"choices": {"L-9": "set-off"}}, Code.DEBT_UNKNOWN),
        ({"choices": {"fines": "sold"}}, Code.DEBT_UNKNOWN),
    ],
)
def test_what_is_refused(desk: Desk, death: dict[str, Any], code: Code) -> None:
    group, member = village(desk)
    before = plain(desk, group)
    with pytest.raises(KnownError) as caught:
        write_death(desk, Death(**{"member": member, "on": DIED, "settled_on": DECIDED, **death}))
    assert code in {one.code for one in caught.value.problems}
    assert plain(desk, group) == before
    assert all(one.left is None for one in group_store.memberships(desk.book, group))


def test_another_day_of_the_same_death(desk: Desk) -> None:
    _, member = village(desk)
    write_death(desk, Death(member, DIED, DECIDED))
    with pytest.raises(KnownError) as caught:
        write_death(desk, Death(member, date(2026, 5, 21), DECIDED))
    assert [one.code for one in caught.value.problems] == [Code.DEATH_RECORDED]
    with pytest.raises(KnownError) as caught:
        write_death(desk, Death(member, DIED, DECIDED))
    assert [one.code for one in caught.value.problems] == [Code.NOTHING_CHANGED]


def test_taken_back_whole(desk: Desk) -> None:
    group, member = village(desk)
    before, card = plain(desk, group), group_card(desk, group)
    loan = death_view(desk, member, DIED, DECIDED).estate.debts[1]
    write_death(
        desk, Death(member, DIED, DECIDED, {"fines": "forgiven", loan.key: "set-off"}, grant_minor=50_000, votes=(3, 0))
    )
    assert plan_undo(desk, member) is not None
    with pytest.raises(KnownError):
        undo_death(desk, member, " ")
    undo_death(desk, member, "башка Айгүл")
    assert plain(desk, group) == before
    one = group_store.membership(desk.book, member)
    assert one is not None
    assert (one.left, one.why) == (None, None)
    assert card == group_card(desk, group)
    with pytest.raises(KnownError):
        plan_undo(desk, member)
    write_death(desk, Death(member, DIED, DECIDED, {loan.key: "set-off"}))
    assert of(desk, group, member) == {"payable": -140_000, "fines": 4_000}


def test_one_transaction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stops between the two records leaves neither."""
    group, member = village(desk)
    before = plain(desk, group)
    real = Desk.line

    def breaks(self: Desk, kind: str, body: Any) -> Any:
        if kind == "between":
            raise OSError("power cut")
        return real(self, kind, body)

    monkeypatch.setattr(Desk, "line", breaks)
    with pytest.raises(OSError, match="power"):
        write_death(desk, Death(member, DIED, DECIDED))
    monkeypatch.undo()
    assert plain(desk, group) == before
    assert all(one.left is None for one in group_store.memberships(desk.book, group))


def test_the_next_sheet_tells_of_the_cash_alone(desk: Desk) -> None:
    group, member = village(desk)
    choices = {debt.key: "set-off" for debt in death_view(desk, member, DIED, DECIDED).estate.debts}
    write_death(desk, Death(member, DIED, DECIDED, choices, grant_minor=50_000))
    (one,) = moved_before(desk, group, date(2026, 6, 8))
    assert (one.what, one.amount_minor, one.source, one.target) == ("grant", 50_000, "box", None)


def test_what_was_typed_for_her_on_a_begun_sheet_counts_no_more(desk: Desk) -> None:
    group, member = village(desk)
    on = date(2026, 6, 8)
    draft = Draft(ground_of(desk, group, on))
    column = next(one for one in draft.figures.columns if one.kind == "saving")
    for at in range(len(draft.lines)):
        draft.type_text(Place(at, column.key), "100")
    assert draft.figures.column_total_minor(column) == 40_000
    desk.drafts.put("meeting", group, {"cells": [[member, "", column.key, [10_000]]]}, 1)
    assert death_view(desk, member, DIED, DECIDED).on_a_sheet
    choices = {debt.key: "set-off" for debt in death_view(desk, member, DIED, DECIDED).estate.debts}
    write_death(desk, Death(member, DIED, DECIDED, choices))
    draft.move_to(ground_of(desk, group, on))
    assert draft.figures.column_total_minor(column) == 30_000
    assert [row.member for row in draft.sheet().rows] == ["1", "3", "4"]
