"""A record of rules may hold anything: what of it cannot be read counts as not said, and is named."""

from __future__ import annotations

from typing import Any

import pytest

from shg_desk.domain.problems import Code
from shg_desk.domain.rhythm import Rhythm
from shg_desk.domain.rhythm import read_rhythm
from shg_desk.domain.rules import known_content
from shg_desk.domain.rules import read_rules

EVERY_TERM = {
    "rate": "2",
    "rate_per": "week",
    "method": "annuity",
    "instalments": 6,
    "every": 2,
    "unit": "week",
    "first": "2026-05-01",
    "grace_principal": 2,
    "grace_interest": 1,
    "grace_kind": "forgiven",
    "rounding": "up",
    "remainder": "spread",
    "instalment_multiple": "5",
    "coin": "1",
    "non_working": ["sat", "2026-03-21"],
    "interest_at_start": True,
}
UNREADABLE = [
    ("rate", "x"),
    ("rate", True),
    ("rate", "-5"),
    ("rate_per", "eon"),
    ("method", "q"),
    ("instalments", 601),
    ("instalments", 0),
    ("every", "x"),
    ("every", 367),
    ("unit", "fortnight"),
    ("first", "soon"),
    ("grace_principal", -1),
    ("grace_interest", []),
    ("grace_kind", 5),
    ("rounding", "x"),
    ("remainder", "x"),
    ("instalment_multiple", True),
    ("instalment_multiple", "9" * 90),
    ("coin", "0"),
    ("non_working", 5),
    ("non_working", ["x"]),
    ("non_working", [5]),
    ("interest_at_start", 1),
]


def test_every_word_of_terms_is_kept_as_it_is() -> None:
    rules, problems = read_rules({"loan": EVERY_TERM}, 2)
    assert problems == []
    assert rules.loan_terms == EVERY_TERM


@pytest.mark.parametrize(("word", "said"), UNREADABLE, ids=str)
def test_a_term_that_cannot_be_read_is_not_said_and_named(word: str, said: object) -> None:
    content = {"loan": {**EVERY_TERM, word: said}}
    rules, problems = read_rules(content, 2)
    assert rules.loan_terms == {name: term for name, term in EVERY_TERM.items() if name != word}
    assert [(one.code, one.where) for one in problems] == [(Code.RULE_UNREADABLE, f"loan.{word}")]
    if word == "unit":
        assert problems[0].facts["known"] == "day, week, month"
    assert known_content(content, 2) == {"loan": rules.loan_terms}


@pytest.mark.parametrize("said", ["x", 9, -1, True, "", [0]], ids=str)
def test_a_weekday_that_cannot_be_read_is_no_monday(said: object) -> None:
    content = {"meeting": {"weekday": said, "every_weeks": 2}}
    assert read_rules(content, 2)[0].weekday is None
    assert read_rhythm(content) == Rhythm(None, 2)
    assert read_rules({"meeting": {"weekday": 0}}, 2)[0].weekday == 0


def test_a_word_that_is_no_term_is_not_said_and_named() -> None:
    rules, problems = read_rules({"loan": {"rate": "2", "rates": "3"}}, 2)
    assert rules.loan_terms == {"rate": "2"}
    assert [(one.code, one.where) for one in problems] == [(Code.RULE_UNKNOWN, "loan.rates")]


@pytest.mark.parametrize(
    ("content", "left"),
    [
        ({"share": 7, "meeting": 5, "cycle": [], "fines": "x", "order": 5, "loan": ["x"]}, {"cycle": []}),
        ({"share": {"price": "5", "min": -1}, "columns": ["saving", {}]}, {"share": {"price": "5"}}),
        ({"fines": {"late": "x", "a.b": "-1", "absent": "5"}}, {"fines": {"absent": "5"}}),
        (
            {"savings": [5, {"code": "a", "amount": "1"}, {"code": []}, {"code": "b", "amount": "x"}]},
            {"savings": [{"code": "a", "amount": "1"}]},
        ),
        (
            {"meeting": {"weekday": 9, "every_weeks": 1, "time": "14:00", "where": "school"}},
            {"meeting": {"every_weeks": 1, "time": "14:00", "where": "school"}},
        ),
        ({"cycle": {"from": "2026-01-01", "until": "soon"}, "later": {"a": 1}},
         {"cycle": {"from": "2026-01-01"}, "later": {"a": 1}}),
        ({"lifecycle": "x", "quorum_percent": 101, "guarantors": True, "minimum_age": "9", "social": "-1"}, {}),
    ],
)  # fmt: skip
def test_what_is_known_of_a_record(content: dict[str, Any], left: dict[str, Any]) -> None:
    assert known_content(content, 2) == left
    assert read_rules(left, 2)[1] == []
