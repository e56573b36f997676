"""Loans of well signed records whose amount or terms mean nothing: told as far as they go, they block nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from desk_maker import enrol
from desk_maker import make_desk
from desk_maker import make_group
from forging import Forger

from shg_desk.actions.between import between_view
from shg_desk.actions.corrections import plan_entry
from shg_desk.actions.corrections import write_correction
from shg_desk.actions.death_estate import death_view
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.actions.printing import minutes_of
from shg_desk.actions.printing import print_meeting
from shg_desk.actions.share_outs import ShareOutAsked
from shg_desk.actions.share_outs import share_out_view
from shg_desk.actions.statements import Period
from shg_desk.actions.views_badges import badges
from shg_desk.actions.views_differences import differences_view
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_loans import loan_sheet
from shg_desk.actions.views_today_rest import today
from shg_desk.i18n.catalog import Words
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.check import check
from shg_desk.store.dump import book_digest
from shg_desk.store.ledger import balances
from shg_desk.ui.loan_page import how_words

DAY, LATER = date(2026, 3, 18), date(2026, 3, 25)
LOAN = "l" * 16
FLAT = {"rate": "2", "method": "flat", "instalments": 3}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path, "office", "office", LATER)
    yield made
    made.close()


@pytest.fixture
def laptop(tmp_path: Path, office: Desk) -> Iterator[Desk]:
    made = make_desk(tmp_path, "laptop", day=LATER)
    enrol(office, made, tmp_path)
    yield made
    made.close()


@pytest.fixture
def group(laptop: Desk, office: Desk, tmp_path: Path) -> str:
    made = make_group(laptop)
    export_parcels(laptop, tmp_path / "first")
    import_parcels(office, [tmp_path / "first"])
    return made


def record(laptop: Desk, group: str, loan: str, amount: int, terms: dict[str, Any], lines: list[Any]) -> dict[str, Any]:
    """A loan to the first member as another program writes it."""
    member = group_store.memberships(laptop.book, group)[0].id
    block = {"accounts": ["principal", "box"], "kind": "loan", "by": "loan", "lines": lines}
    new = {"loan": loan, "code": f"L-{loan[0]}", "member": 0, "amount": amount, "terms": terms}
    body = {"group": group, "date": DAY.isoformat(), "members": [member], "loans": [loan], "new_loans": [new]}
    return {**body, "entries": [block]}


def taken_in(office: Desk, forger: Forger, records: int) -> None:
    taken = import_parcels(office, [forger.parcel(office, office.folder.parent / "forged")]).value
    assert (taken.new, taken.quarantined, taken.held) == (records, 0, 0)


def read_everything(office: Desk, group: str) -> None:
    for day in (DAY, LATER):
        ground_of(office, group, day)
        between_view(office, group, day)
        share_out_view(office, ShareOutAsked(group, day))
        for member in group_store.memberships(office.book, group):
            death_view(office, member.id, day, day)
    today(office)
    badges(office)
    differences_view(office)
    loan_list(office, only="all")
    assert check(office.book) == []
    digest = book_digest(office.book)
    office.book.rebuild()
    assert book_digest(office.book) == digest


def test_a_loan_of_no_amount_is_one_of_what_was_handed_out(office: Desk, laptop: Desk, group: str) -> None:
    """5.00 went out at 2 % flat in three parts: 5.00 and three times 0.10 come back."""
    forger = Forger(laptop)
    op = forger.write("between", record(laptop, group, LOAN, 0, FLAT, [[0, 500]]))
    taken_in(office, forger, 1)
    read_everything(office, group)
    sheet = loan_sheet(office, LOAN)
    assert [one.principal_minor for one in sheet.schedule] == [167, 167, 166]
    assert [one.interest_minor for one in sheet.schedule] == [10, 10, 10]
    assert (sheet.line.lent_minor, sheet.line.outstanding_minor, sheet.line.left_to_pay_minor) == (500, 500, 530)
    [member] = [one for one in ground_of(office, group, LATER).members if one.loans]
    assert [one.code for one in member.loans] == ["L-l"]
    [entry] = entry_store.entries_of(office.book, op)
    write_correction(office, group, plan_entry(office, entry.name, "reverse"), "no loan")
    read_everything(office, group)
    assert loan_sheet(office, LOAN).line.lent_minor == 0
    assert all(not one.loans for one in ground_of(office, group, LATER).members)


def test_a_loan_of_which_nothing_was_ever_lent(office: Desk, laptop: Desk, group: str) -> None:
    forger = Forger(laptop)
    forger.write("between", record(laptop, group, LOAN, 0, FLAT, []))
    taken_in(office, forger, 1)
    read_everything(office, group)
    sheet = loan_sheet(office, LOAN)
    assert (sheet.schedule, sheet.payments, sheet.line.left_to_pay_minor) == ((), (), 0)
    assert loan_list(office, only="all").lines == ()


def test_what_is_left_of_a_loan_is_what_the_ledger_holds(office: Desk, laptop: Desk, group: str) -> None:
    """Agreed and handed out in som: 1000 and 5; 5 and 1000; 1000 and 6 + 4; 500 and 500 brought instead; 500 and none.

    At 2 % flat in three parts three times 2 % of what was handed out is to come: of 5.00 0.30, of 1000.00 60.00, of
    10.00 0.60. Whoever was handed nothing owes nothing.
    """
    forger = Forger(laptop)
    cases = [
        ("q", 100_000, [[0, 500]], 500, 530),
        ("r", 500, [[0, 100_000]], 100_000, 106_000),
        ("s", 100_000, [[0, 600], [0, 400]], 1_000, 1_060),
        ("t", 50_000, [[0, -50_000]], -50_000, 0),
        ("u", 50_000, [], 0, 0),
    ]
    for letter, agreed, lines, *_ in cases:
        forger.write("between", record(laptop, group, letter * 16, agreed, FLAT, lines))
    taken_in(office, forger, len(cases))
    read_everything(office, group)
    owned = {
        one.account.owner: one.amount_minor for one in balances(office.book, group) if one.account.code == "principal"
    }
    end = date(2026, 12, 1)
    for letter, _, lines, outstanding, to_pay in cases:
        line = loan_sheet(office, letter * 16, end).line
        assert (line.lent_minor, line.outstanding_minor, line.left_to_pay_minor, line.arrears_minor) == (
            sum(amount for _, amount in lines),
            outstanding,
            to_pay,
            to_pay,
        ), letter
        assert owned.get(letter * 16, 0) == outstanding
    member = group_store.memberships(office.book, group)[0].id
    estate = death_view(office, member, LATER, LATER).estate
    assert {one.said: one.amount_minor for one in estate.debts} == {"L-q": 500, "L-r": 100_000, "L-s": 1_000}


ODD: dict[str, dict[str, Any]] = {
    "a": {},
    "b": {**FLAT, "rate": "abc"},
    "c": {**FLAT, "rate": "1e999999"},
    "d": {**FLAT, "rate": [{"a": 1}], "rate_per": "{a}"},
    "e": {**FLAT, "rate": True, "method": {"a": 1}},
    "f": {**FLAT, "rate_per": {"a": 1}},
    "g": {**FLAT, "instalments": 2**53 - 1},
    "h": {"rate": "3." + "7" * 4000, "rate_per": "period", "method": "annuity", "instalments": 600},
    "i": {**FLAT, "coin": "0", "first": "9999-12-31", "every": 0, "grace_principal": 2**53 - 1, "holidays": 5},
}


def test_loans_on_terms_that_mean_nothing(office: Desk, laptop: Desk, group: str, tmp_path: Path) -> None:
    """All of such a loan comes back at once, without interest; page and minutes tell the words that stand there."""
    forger = Forger(laptop)
    for n, (letter, terms) in enumerate(ODD.items()):
        met = {"held": True, "attendance": "p", "number": str(n + 1), "date": f"2026-03-{n + 1:02}"}
        forger.write("meeting", {**record(laptop, group, letter * 16, 500, terms, [[0, 500]]), **met})
        forger.write("between", record(laptop, group, letter + LOAN[1:], 0, terms, [[0, 500]]))
    taken_in(office, forger, 2 * len(ODD))
    read_everything(office, group)
    for loan in [name for letter in ODD for name in (letter * 16, letter + LOAN[1:])]:
        sheet = loan_sheet(office, loan)
        assert [(one.principal_minor, one.interest_minor) for one in sheet.schedule] == [(500, 0)], sheet.terms
        assert (sheet.line.outstanding_minor, sheet.line.left_to_pay_minor) == (500, 500)
        for lang in ("ky", "ru", "en"):
            assert how_words(Words(lang), sheet)
    for meeting in meeting_store.meetings(office.book, group):
        minutes_of(office, meeting.op)
        period = Period(meeting.on, meeting.on)
        print_meeting(office, "minutes", tmp_path / "minutes.pdf", Words("ky"), group="A-1", period=period)
