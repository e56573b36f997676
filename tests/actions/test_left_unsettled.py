"""Who leaves while anything at all is not settled with her is told of, and keeps her line in the group until it is."""

from __future__ import annotations

from datetime import date

import pytest
from desk_maker import make_group

from shg_desk.actions.between import Between
from shg_desk.actions.between import write_between
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.group_forms import leave_group
from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.store.groups import memberships

LENT, PAID, LEFT, LATER = date(2026, 3, 5), date(2026, 3, 20), date(2026, 4, 2), date(2026, 4, 10)


@pytest.fixture
def book_day() -> date:
    return date(2026, 4, 30)


@pytest.fixture
def group(desk: Desk) -> str:
    return make_group(desk)


def first(desk: Desk, group: str) -> str:
    return memberships(desk.book, group)[0].id


def other_record(desk: Desk, group: str, kind: str, postings: dict[str, int], loan: str = "") -> None:
    """An entry that another laptop wrote."""
    by = "loan" if loan else "member"
    entry = {"accounts": list(postings), "by": by, "kind": kind, "lines": [[0, *list(postings.values())[:-1]]]}
    body = {"group": group, "date": PAID.isoformat(), "members": [first(desk, group)], "entries": [entry]}
    with desk.book.writing() as writer:
        writer.append(desk.line("between", body | ({"loans": [loan]} if loan else {})))


def lend(desk: Desk, group: str) -> str:
    return write_between(desk, Between(group, LENT, "loan", 30_000, first(desk, group))).value.new_loans[0].id


def leave(desk: Desk, group: str) -> list[tuple[Code, object, object]]:
    told = leave_group(desk, first(desk, group), {"left": LEFT.isoformat(), "why": "moved"}).warnings
    for one in told:
        for lang in ("en", "ru", "ky"):
            assert "{" not in sentence(Words(lang), one)
    return [(one.code, one.facts.get("owes"), one.facts.get("owed")) for one in told]


def test_a_loan_paid_twice(desk: Desk, group: str) -> None:
    """300 with 18 of interest, paid twice: 318 are hers."""
    loan = lend(desk, group)
    write_between(desk, Between(group, PAID, "repayment", 31_800, first(desk, group)))
    other_record(desk, group, "repayment", {"box": 31_800, "interest": -1_800, "principal": -30_000}, loan)
    assert leave(desk, group) == [(Code.LEFT_UNSETTLED, None, "318.00")]
    line = ground_of(desk, group, LATER).member("1")
    assert line is not None
    assert (line.brought_minor, line.debt_minor(LATER)) == (31_800, -30_000)


def test_a_loan_that_is_not_paid(desk: Desk, group: str) -> None:
    """300, and the 6 of interest that fell due on 5 April; what falls due later is not owed yet."""
    lend(desk, group)
    [(code, owes, owed)] = leave(desk, group)
    assert (code, owed) == (Code.LEFT_UNSETTLED, None)
    assert owes == "306.00"
    assert ground_of(desk, group, LATER).member("1") is not None


@pytest.mark.parametrize(
    ("kind", "postings", "told"),
    [
        ("fine", {"box": 4_000, "fines": -4_000}, ("owed", "40.00")),
        ("fine-owed", {"fines": 4_000, "income.fines": -4_000}, ("owes", "40.00")),
        ("other", {"hand": 500, "box": -500}, ("owes", "5.00")),
        ("withdrawal", {"payable": 700, "box": -700}, ("owes", "7.00")),
        ("settlement", {"box": 700, "payable": -700}, ("owed", "7.00")),
        ("saving", {"box": 900, "ahead": -900}, ("saved", "9.00")),
    ],
)
def test_any_account_of_hers(
    desk: Desk, group: str, kind: str, postings: dict[str, int], told: tuple[str, str]
) -> None:
    other_record(desk, group, kind, postings)
    warned = leave_group(desk, first(desk, group), {"left": LEFT.isoformat(), "why": "moved"}).warnings
    assert [{name: one.facts[name] for name in one.facts if name not in ("member", "name")} for one in warned] == [
        {told[0]: told[1]}
    ]
    assert ground_of(desk, group, LATER).member("1") is not None


def test_nothing_is_told_of_one_with_whom_all_is_settled(desk: Desk, group: str) -> None:
    assert leave(desk, group) == []
    assert ground_of(desk, group, LATER).member("1") is None
