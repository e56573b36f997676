"""Booklets and accounts against plain arithmetic over random ledgers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.domain.control_totals import booklet_totals
from shg_desk.domain.control_totals import ledger_totals
from shg_desk.domain.ledger_fact import LedgerFact
from shg_desk.domain.money import Currency
from shg_desk.domain.statement import Holder
from shg_desk.domain.statement import Statement
from shg_desk.domain.statement import account_statement
from shg_desk.domain.statement import member_statement

SOM = Currency("KGS", 2, 100)
DAY = date(2026, 1, 1)
MEMBERS = ("ann", "bea", "cil")
SHAPES = {
    "saving": (("box", 1), ("saving.usual", -1)),
    "shares": (("box", 1), ("saving.share", -1)),
    "social": (("box", 1), ("social", -1)),
    "fine-owed": (("fines", 1), ("income.fines", -1)),
    "fine": (("box", 1), ("fines", -1)),
    "repayment": (("box", 1), ("principal", -1)),
    "loan": (("principal", 1), ("box", -1)),
    "withdrawal": (("saving.usual", 1), ("box", -1)),
    "grant": (("social", 1), ("box", -1)),
    "share-out": (("saving.usual", 1), ("box", -1)),
    "opening": (("opening", 1), ("saving.usual", -1)),
    "other": (("box", 1), ("income.other", -1)),
    "settlement": (("payable", 1), ("box", -1)),
}


def fact(
    number: int,
    member: str,
    kind: str,
    amount: int,
    day: int,
    *,
    corrects: str | None = None,
    recorded: int | None = None,
    shape: str | None = None,
) -> LedgerFact:
    return LedgerFact(
        name=f"dev.1.{number}#1",
        effective=DAY + timedelta(days=day),
        recorded=DAY + timedelta(days=day if recorded is None else recorded),
        order=(number, "dev", "1", number, 1),
        kind=kind,
        postings=tuple((code, member, sign * amount) for code, sign in SHAPES[shape or kind]),
        member=member,
        corrects=corrects,
    )


@st.composite
def ledgers(draw: st.DrawFn) -> list[LedgerFact]:
    """Entries of three members on any days; some are taken back by a later one with the amounts turned round."""
    facts: list[LedgerFact] = []
    for number in range(1, draw(st.integers(0, 25)) + 1):
        day = draw(st.integers(0, 90))
        if facts and draw(st.integers(0, 5)) == 0:
            old = draw(st.sampled_from(facts))
            turned = tuple((code, owner, -amount) for code, owner, amount in old.postings)
            facts.append(
                LedgerFact(
                    f"dev.1.{number}#1",
                    old.effective,
                    DAY + timedelta(days=day),
                    (number, "dev", "1", number, 1),
                    old.kind,
                    turned,
                    old.member,
                    corrects=old.name,
                )
            )
            continue
        kind = draw(st.sampled_from(sorted(SHAPES)))
        facts.append(fact(number, draw(st.sampled_from(MEMBERS)), kind, draw(st.integers(1, 10**7)), day))
    return facts


def booklet(facts: list[LedgerFact], member: str, **known: object) -> Statement:
    return member_statement(
        facts,
        Holder(member, "1", member),
        group_name="G",
        group_code="G-1",
        currency=SOM,
        **known,  # type: ignore[arg-type]
    )


def on_codes(facts: list[LedgerFact], member: str, word: str) -> int:
    return sum(a for f in facts if f.member == member for code, _, a in f.postings if code.split(".")[0] == word)


@given(ledgers())
def test_a_booklet_is_the_sum_of_its_entries(facts: list[LedgerFact]) -> None:
    for member in MEMBERS:
        got = booklet(facts, member)
        own = [f for f in facts if f.member == member]
        assert [row.line for row in got.rows] == list(range(1, len(own) + 1))
        assert got.closing.saved_minor == -on_codes(facts, member, "saving")
        assert got.closing.debt_minor == on_codes(facts, member, "principal")
        assert got.closing.fines_minor == on_codes(facts, member, "fines")
        assert got.in_minor - got.out_minor == on_codes(facts, member, "box")
        saved = debt = 0
        for row in got.rows:
            mine = [f for f in own if f.name == row.name]
            saved -= on_codes(mine, member, "saving")
            debt += on_codes(mine, member, "principal")
            assert (row.after.saved_minor, row.after.debt_minor) == (saved, debt)
            assert row.in_minor == 0 or row.out_minor == 0


@given(ledgers(), st.integers(0, 90), st.integers(0, 90))
def test_a_period_continues_where_the_one_before_ended(facts: list[LedgerFact], first: int, last: int) -> None:
    since, until = DAY + timedelta(days=min(first, last)), DAY + timedelta(days=max(first, last))
    for member in MEMBERS:
        whole = booklet(facts, member)
        part = booklet(facts, member, since=since, until=until)
        before = booklet(facts, member, until=since - timedelta(days=1))
        assert part.opening == before.closing
        inside = [row for row in whole.rows if since <= row.effective <= until]
        assert [(row.line, row.name, row.in_minor, row.out_minor) for row in part.rows] == [
            (row.line, row.name, row.in_minor, row.out_minor) for row in inside
        ]


@given(ledgers(), st.integers(0, 25))
def test_printed_lines_never_change(facts: list[LedgerFact], known: int) -> None:
    for member in MEMBERS:
        early = [f for f in facts if f.member == member][:known]
        paper = booklet(early, member)
        printed = [row.name for row in paper.rows]
        later = booklet(facts, member, printed=printed)
        for old, now in zip(paper.rows, later.rows, strict=False):
            assert (old.line, old.name, old.what, old.in_minor, old.out_minor, old.left_minor, old.after) == (
                (now.line, now.name, now.what, now.in_minor, now.out_minor, now.left_minor, now.after)
            )


@given(ledgers(), st.integers(0, 90), st.integers(0, 90))
def test_booklets_add_up_to_the_ledger(facts: list[LedgerFact], first: int, last: int) -> None:
    since, until = DAY + timedelta(days=min(first, last)), DAY + timedelta(days=max(first, last))
    ledger = ledger_totals(facts, MEMBERS, since=since, until=until)
    assert booklet_totals([booklet(facts, member, since=since, until=until) for member in MEMBERS]) == ledger
    cash = sum(a for f in facts if since <= f.effective <= until for code, _, a in f.postings if code == "box")
    assert ledger.in_minor - ledger.out_minor == cash


@settings(max_examples=60)
@given(ledgers(), st.booleans(), st.integers(0, 90), st.sampled_from(["box", "saving", "social", "principal"]))
def test_an_account_runs_from_opening_to_closing(facts: list[LedgerFact], fold: bool, first: int, account: str) -> None:
    since = DAY + timedelta(days=first)
    got = account_statement(
        facts, account, group_name="G", group_code="G-1", currency=SOM, since=since, fold=fold, opening_minor=7
    )
    sign = -1 if account in ("saving", "social") else 1

    def on_account(chosen: list[LedgerFact]) -> int:
        return sum(sign * a for f in chosen for code, _, a in f.postings if code.split(".")[0] == account)

    assert got.opening_minor == 7 + on_account([f for f in facts if f.effective < since])
    assert got.closing_minor == 7 + on_account(facts)
    balance = got.opening_minor
    for row in got.rows:
        balance += row.in_minor - row.out_minor
        assert row.balance_minor == balance
    assert got.in_minor - got.out_minor == got.closing_minor - got.opening_minor
    assert [row.effective for row in got.rows] == sorted(row.effective for row in got.rows)


def test_a_correction_names_the_line_it_corrects_and_keeps_its_column() -> None:
    facts = [
        fact(1, "ann", "saving", 10000, 0),
        fact(2, "ann", "repayment", 106000, 0),
        fact(3, "ann", "saving", 10000, 14),
        fact(4, "ann", "repayment", -106000, 0, corrects="dev.1.2#1", recorded=20),
    ]
    got = booklet(facts, "ann", printed=[f.name for f in facts[:3]])
    last = got.rows[-1]
    assert (last.line, last.corrects_line, last.is_correction) == (4, 2, True)
    assert (last.in_minor, last.out_minor, last.after.debt_minor) == (-106000, 0, 0)
    assert (last.effective, last.recorded) == (DAY, DAY + timedelta(days=20))
    assert got.rows[0].recorded is None
    assert (got.in_minor, got.out_minor) == (20000, 0)


def test_a_correction_of_other_money_stays_in_its_column() -> None:
    facts = [fact(1, "ann", "other", 500, 0), fact(2, "ann", "other", -500, 0, corrects="dev.1.1#1")]
    got = booklet(facts, "ann")
    assert [(row.what, row.in_minor, row.out_minor) for row in got.rows] == [
        ("other-in", 500, 0),
        ("other-in", -500, 0),
    ]


@pytest.mark.parametrize("kind", ["loan", "withdrawal", "grant", "share-out"])
def test_what_was_given_and_taken_back_is_a_minus_among_what_was_given(kind: str) -> None:
    facts = [fact(1, "ann", kind, 500, 0), fact(2, "ann", kind, -500, 0, corrects="dev.1.1#1")]
    assert [(row.in_minor, row.out_minor) for row in booklet(facts, "ann").rows] == [(0, 500), (0, -500)]


def test_the_column_left_is_of_what_the_line_is_about() -> None:
    kinds = ("saving", "loan", "repayment", "fine-owed", "fine", "social", "opening")
    facts = [fact(n, "ann", kind, 100 * n, n) for n, kind in enumerate(kinds, start=1)]
    assert [row.left_minor for row in booklet(facts, "ann").rows] == [100, 200, -100, 400, -100, None, 800]


def test_folded_lines_are_those_of_one_meeting_and_kind() -> None:
    facts = [
        LedgerFact(f"dev.1.1#{n}", DAY, DAY, (1, "dev", "1", 1, n), kind, (("box", None, 100), (code, m, -100)), m)
        for n, (m, kind, code) in enumerate(
            [("ann", "saving", "saving.a"), ("bea", "saving", "saving.a"), ("ann", "social", "social")], start=1
        )
    ]
    got = account_statement(facts, "box", group_name="G", group_code="G-1", currency=SOM, fold=True)
    assert [(row.line, row.what, row.members, row.member, row.in_minor) for row in got.rows] == [
        (1, "saving", 2, None, 200),
        (2, "social", 1, "ann", 100),
    ]
    plain = account_statement(facts, "box", group_name="G", group_code="G-1", currency=SOM)
    assert [row.balance_minor for row in plain.rows] == [100, 200, 300]


def test_what_was_taken_back_is_told_and_never_folded_into_what_counts() -> None:
    facts = [
        replace(fact(1, "m1", "saving", 100, 0), name="dev.1.1#1"),
        replace(fact(1, "m2", "saving", 200, 0), name="dev.1.1#2", corrected_by="dev.1.2#1"),
        fact(2, "m2", "saving", -200, 0, corrects="dev.1.1#2"),
    ]
    got = account_statement(facts, "box", group_name="G", group_code="G-1", currency=SOM, fold=True)
    assert [(row.in_minor, row.out_minor, row.is_taken_back) for row in got.rows] == [
        (100, 0, False),
        (200, 0, True),
        (0, 200, False),
    ]


def test_booklets_of_different_periods_are_not_added_up() -> None:
    with pytest.raises(ValueError, match="periods"):
        booklet_totals([booklet([], "ann"), booklet([], "bea", since=DAY)])
