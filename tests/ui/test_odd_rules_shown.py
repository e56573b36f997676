"""Rules that another program wrote in words nobody here knows: every page shows what it knows, and they can be voted
anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from office_book import closed
from office_book import made_three
from office_book import opened
from office_book import trip
from open_books import OpenBook
from page_desk import K
from page_desk import PageDesk
from pytestqt.qtbot import QtBot
from village import RULES
from village import village

from shg_desk.actions.desk import Desk
from shg_desk.actions.rules_forms import rules_texts
from shg_desk.domain.money import Currency
from shg_desk.domain.rules import known_content
from shg_desk.domain.rules import read_rules
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store
from shg_desk.ui.groups_page import GroupsPage
from shg_desk.ui.rules_words import rule_lines

SOM = Currency("KGS", 2, 100)
TERMS = "rate rate_per method instalments every unit first grace_principal grace_interest grace_kind rounding remainder"
WORDS = {
    "savings": "code amount compulsory",
    "share": "price min max",
    "fines": "late x",
    "loan": f"{TERMS} instalment_multiple coin non_working interest_at_start",
    "meeting": "weekday every_weeks time month_day month_week",
    "cycle": "from until",
    **dict.fromkeys(("lifecycle", "social", "loan_multiple", "order", "quorum_percent", "columns"), ""),
    **dict.fromkeys(("guarantors", "minimum_age"), ""),
}
ODD: list[Any] = [
    *(None, True, 0, -1, 5, 2**53 - 1, "", "x", "5", "-1", "1e400", "0.5", "2100-12-31", "0001-01-01", "9999-12-31"),
    *("sat", "сат", "9" * 90, "NaN", "1_0", "٣", "[x", [], {}, ["sat"], ["x"], [5], [None], {"a": 1}, [[]], [{}]),
]
ONE_OF_EACH = {
    **RULES,
    "loan": {**RULES["loan"], "non_working": 5, "unit": "fortnight", "remainder": "x", "every": "x", "rates": "2"},
    "share": 7,
    "meeting": {"weekday": "x", "every_weeks": 2, "time": 5},
    "columns": [[]],
    "cycle": 5,
    "order": [5],
}


def odd_contents() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each word of the rules with something odd in it, and each part of it."""
    for word, parts in WORDS.items():
        usual = RULES.get(word) if word in ("loan", "meeting", "fines") else {"code": "compulsory"}
        for said in ODD:
            yield word, {**RULES, word: said}
            for part in parts.split():
                table = {**(usual or {}), part: said}
                yield word, {**RULES, word: [table] if word == "savings" else table}


def test_whatever_stands_in_a_record_there_are_words_for_the_rest() -> None:
    words = Words("en")
    usual = {"lifecycle": "lifecycle", "fines": "fines.late", "quorum_percent": "quorum", "social": "social"}
    count = 0
    for word, content in odd_contents():
        lines = rule_lines(words, read_rules(content, 2)[0], SOM)
        assert {line.key for line in lines} >= {key for name, key in usual.items() if name != word}, content
        assert all(isinstance(text, str) for text in rules_texts(known_content(content, 2), None).values()), content
        count += 1
    assert count == len(ODD) * (len(WORDS) + sum(len(parts.split()) for parts in WORDS.values()))


def write_rules(desk: Desk, group: str, content: dict[str, Any], since: date) -> None:
    body = {"group": group, "from": since.isoformat(), "content": content}
    with desk.book.writing() as writer:
        writer.append(desk.line("rules", {**body, "saw": group_store.rules_heads(desk.book, group)}))


def odd_village(desk: Desk) -> str:
    group = village(desk)
    write_rules(desk, group, ONE_OF_EACH, date(2026, 11, 1))
    return group


def test_a_group_with_odd_rules_is_shown_and_votes_others(qtbot: QtBot, tmp_path: Path) -> None:
    person = PageDesk(qtbot, tmp_path, odd_village)
    group = person.made
    page = person.go("groups", GroupsPage, (group, "rules"))
    person.press(K.Key_Return, K.Key_F2)
    form = page.rules_form
    assert (form.text("loan.unit"), form.text("loan.every"), form.text("every_weeks")) == ("month", "1", "2")
    form.field("social").set_text("25")
    person.press(K.Key_F10)
    assert [(one.label, one.after) for one in form.preview.changes] == [("Social fund", "25\xa0som a meeting")]
    person.press(K.Key_Return)
    newest = person.ask(lambda desk: group_store.rules_versions(desk.book, str(group))[-1].content)
    assert isinstance(newest, dict)
    assert newest["loan"] == RULES["loan"]
    assert read_rules(newest, 2)[1] == []
    person.ask(lambda desk: write_rules(desk, str(group), ONE_OF_EACH, date(2026, 11, 21)))
    for place, target in (("today", None), ("between", group), ("loans", None), ("meeting", group)):
        person.window.go(place, target)
        person.rest()
    person.end()


def test_odd_versions_of_two_laptops_stand_side_by_side(person: OpenBook, tmp_path: Path) -> None:
    office, first, second, group = made_three(tmp_path)
    write_rules(first, group, {"social": "[x", "quorum_percent": "x", "from": "x"}, date(2026, 4, 1))
    write_rules(second, group, {"loan_multiple": "x", "minimum_age": 16, "loan": {"every": "x"}}, date(2026, 4, 1))
    trip(office, first, second)
    closed(office, first, second)
    page = opened(person, tmp_path)
    assert sorted(json.loads(one) for row in page.detail.view.rows if row.key == "from" for one in row.values) == [
        "2026-04-01",
        "2026-04-01",
    ]
    shown = [[cell.text for cell in row.cells][:3] for row in page.detail.table.model.rows()]
    assert sorted(shown[1]) == ["", "16", "Youngest member, years"]
