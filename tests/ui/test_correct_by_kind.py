"""Corrections of a new loan and of money of another product, by the keyboard on the ledger's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from test_ledger_page import first_line
from test_ledger_page import standing
from village import FIRST
from village import RULES
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import set_rules
from shg_desk.store.loans import loans
from shg_desk.ui.ledger_page import LedgerPage


def two_products(desk: Desk) -> str:
    """The village, whose rules know a second product of savings from the start."""
    group = village(desk)
    savings = [*RULES["savings"], {"code": "voluntary", "amount": "0", "compulsory": False}]
    set_rules(desk, group, {**RULES, "savings": savings}, FIRST)
    return group


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    at = PageDesk(qtbot, tmp_path, two_products)
    yield at
    at.end()


def choose(person: PageDesk, page: LedgerPage, how: str) -> None:
    page.panel.how.picker.setFocus()
    person.press(*[K.Key_Up] * 8)
    for _ in range(8):
        if page.panel.how.picker.key() != how:
            person.press(K.Key_Down)
    assert page.panel.how.picker.key() == how


def test_a_new_loan_was_another_sum(person: PageDesk) -> None:
    page = person.go("ledger", LedgerPage)
    before = standing(person)
    first_line(person)
    person.press(K.Key_Down, K.Key_Down, K.Key_F2)
    assert page.panel.isVisible()
    offered = page.panel.how.picker.keys()
    assert offered == ["other-member", "other-amount", "other-date", "twice", "reverse"]
    choose(person, page, "other-amount")
    person.press(K.Key_Return, "240")
    said = page.panel.what.text()
    # 240 in three parts of 80, and 2 % of 240 a month three times: 14.40, in whole som
    assert "on 10.11.2026, last 84\u00a0som on 10.01.2027; in all 254\u00a0som, interest 14\u00a0som" in said
    person.press(K.Key_Return, "240 was given", K.Key_F10)
    assert page.panel.isHidden(), page.panel.problems.isVisible()
    after = standing(person)
    found: dict[str, int] = {}
    for key in {*before, *after}:
        found[key[0]] = found.get(key[0], 0) + after.get(key, 0) - before.get(key, 0)
    assert {code: amount for code, amount in found.items() if amount} == {"principal": -6_000, "differences": 6_000}
    given = person.ask(lambda desk: [one.principal_minor for one in loans(desk.book, str(person.made)) if one.is_given])
    assert given == [24_000]


def test_a_saving_was_of_another_product(person: PageDesk) -> None:
    page = person.go("ledger", LedgerPage)
    before = standing(person)
    first_line(person)
    person.press(K.Key_Return, K.Key_Down, K.Key_F2)
    choose(person, page, "other-kind")
    person.press(K.Key_Return)
    kinds = page.panel.kind.picker.keys()
    assert kinds == ["", ("saving", "voluntary"), ("social", None), ("fine", None), ("other", None)]
    person.press(K.Key_Down)
    assert page.panel.kind.picker.key() == ("saving", "voluntary")
    person.press(K.Key_Return, "voluntary", K.Key_F10)
    assert page.panel.isHidden()
    after = standing(person)
    changed = {key[0]: after.get(key, 0) - before.get(key, 0) for key in {*before, *after}
               if after.get(key, 0) != before.get(key, 0)}  # fmt: skip
    assert changed == {"saving.compulsory": 10_000, "saving.voluntary": -10_000}
    person.fits_everywhere()
