"""A death beside other things: written late, voted down, posts to come, loans she answers for, the smallest note."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from mourning import DECIDED
from mourning import DIED
from mourning import of
from mourning import plain
from mourning import village

from shg_desk.actions import death_estate
from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.death import Death
from shg_desk.actions.death import preview_death
from shg_desk.actions.death import write_death
from shg_desk.actions.death_account import undo_death
from shg_desk.actions.death_estate import death_view
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import end_membership
from shg_desk.actions.groups import set_officer
from shg_desk.actions.groups import set_rules
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.store import groups as group_store


@pytest.fixture
def book_day() -> date:
    return date(2026, 6, 10)


def loan_of_hers(desk: Desk, member: str) -> str:
    return death_view(desk, member, DIED, DECIDED).estate.debts[1].key


def smallest_note(desk: Desk, amount_minor: int) -> None:
    desk.book.db.run("UPDATE shg SET smallest_minor = ?", (amount_minor,))


def test_another_settlement_than_was_shown_is_not_written(desk: Desk) -> None:
    group, member = village(desk)
    death = Death(member, DIED, DECIDED, {loan_of_hers(desk, member): "set-off", "fines": "set-off"})
    seen = preview_death(desk, death).settled
    write_between(desk, Between(group, DECIDED, "withdrawal", 100_000, member=member))
    before = plain(desk, group)
    with pytest.raises(KnownError) as caught:
        write_death(desk, death, seen=seen)
    assert [one.code for one in caught.value.problems] == [Code.DEATH_CHANGED]
    assert plain(desk, group) == before
    again = preview_death(desk, death).settled
    assert seen.payable_minor - again.payable_minor == 100_000
    assert write_death(desk, death, seen=again).value.between is not None


@pytest.mark.parametrize(
    ("choice", "votes", "grant", "refused"),
    [
        ("forgiven", (None, None), 0, True),
        ("forgiven", (1, 5), 0, True),
        ("forgiven", (2, 2), 0, True),
        ("forgiven", (2, 1), 0, False),
        ("set-off", (None, None), 0, False),
        ("set-off", (1, 2), 0, True),
        ("set-off", (None, 1), 0, True),
        ("set-off", (1, None), 0, False),
        ("kept", (1, 2), 0, False),
        ("kept", (1, 2), 10_000, True),
    ],
)
def test_a_vote_against_is_no_vote(
    desk: Desk, choice: str, votes: tuple[int | None, int | None], grant: int, refused: bool
) -> None:
    _, member = village(desk)
    death = Death(member, DIED, DECIDED, {loan_of_hers(desk, member): choice}, grant, votes=votes)
    found = []
    try:
        preview_death(desk, death)
    except KnownError as error:
        found = [one.code for one in error.problems]
    assert (Code.DEATH_NOT_VOTED in found) is refused


@pytest.mark.parametrize(("lifecycle", "shares"), [("share-out", True), ("permanent", False)])
def test_profit_is_divided_only_where_the_group_ruled_it(desk: Desk, lifecycle: str, shares: bool) -> None:
    group, member = village(desk)
    set_rules(desk, group, {"lifecycle": lifecycle}, date(2026, 3, 2))
    assert death_view(desk, member, DIED, DECIDED).shares_out is shares


def test_only_loans_with_something_left_are_looked_at_and_each_record_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    group, member = village(desk)
    read: Counter[str] = Counter()
    real = death_estate.operation_store.operation

    def counted(book: object, name: str) -> object:
        read[name] += 1
        return real(book, name)  # type: ignore[arg-type]

    loans = {one.number: one for one in group_store.memberships(desk.book, group)}
    for number in ("3", "4"):
        out = Between(group, DIED, "loan", 30_000, member=loans[number].id, guarantors=("2",))
        write_between(desk, out)
    monkeypatch.setattr(death_estate.operation_store, "operation", counted)
    view = death_view(desk, member, DIED, DECIDED)
    assert [one.number for one in view.guarantees] == ["1", "3", "4"]
    assert set(read.values()) == {1}
    read.clear()
    monkeypatch.undo()
    first = next(one for one in view.guarantees if one.number == "1")
    paid = Between(group, DECIDED, "repayment", first.left_minor, member=loans["1"].id, loan=first.loan)
    write_between(desk, paid)
    monkeypatch.setattr(death_estate.operation_store, "operation", counted)
    assert [one.number for one in death_view(desk, member, DIED, DECIDED).guarantees] == ["3", "4"]
    assert len(read) == 2, "the record of the paid loan is not opened"


def test_a_term_that_would_begin_after_her_death_is_none(desk: Desk) -> None:
    group, member = village(desk)
    for since in (DIED, DECIDED):
        set_officer(desk, group, "inspector", member, since, date(2027, 1, 1))
    before = group_store.officers(desk.book, group)
    write_death(desk, Death(member, DIED, DECIDED))
    terms = group_store.officers(desk.book, group)
    assert "inspector" not in {one.post for one in terms}
    assert all(one.until is None or one.since is None or one.since <= one.until for one in terms)
    assert death_view(desk, member).posts == ("treasurer",)
    assert "inspector" not in {one.post for one in group_store.officers(desk.book, group, DECIDED)}
    undo_death(desk, member, "башка аял")
    assert group_store.officers(desk.book, group) == before


def test_who_died_is_not_turned_into_one_who_left(desk: Desk) -> None:
    _, member = village(desk)
    write_death(desk, Death(member, DIED, DECIDED))
    with pytest.raises(KnownError) as caught:
        end_membership(desk, member, date(2026, 6, 9))
    assert [one.code for one in caught.value.problems] == [Code.DEATH_RECORDED]
    one = group_store.membership(desk.book, member)
    assert one is not None
    assert one.died_on == DIED


def test_what_no_note_can_pay_ends_with_the_last_payment(desk: Desk) -> None:
    group, member = village(desk)
    write_between(desk, Between(group, DIED, "saving", 100, member=member))
    write_death(desk, Death(member, DIED, DECIDED))
    owed = -of(desk, group, member)["payable"]
    assert owed == 200_100
    smallest_note(desk, 1_000)
    with pytest.raises(KnownError) as caught:
        write_between(desk, Between(group, DECIDED, "payable", owed, member=member))
    assert [one.code for one in caught.value.problems] == [Code.AMOUNT_NOT_PAYABLE]
    before = plain(desk, group)
    write_between(desk, Between(group, DECIDED, "payable", 50_000, member=member))
    assert of(desk, group, member)["payable"] == -150_100
    write_between(desk, Between(group, DECIDED, "payable", 150_000, member=member))
    after = plain(desk, group)
    assert "payable" not in of(desk, group, member)
    assert after[("income.rounding", None)] == -100
    assert before[("box", None)] - after[("box", None)] == 200_000
    assert sum(after.values()) == 0
    smallest_note(desk, 100)
