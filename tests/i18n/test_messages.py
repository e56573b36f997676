"""A sentence for every problem, and facts for every sentence: read off the program's own code."""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Counted
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import placeholders
from shg_desk.i18n.messages import sentence
from shg_desk.i18n.messages import shown
from shg_desk.i18n.sentences import SENTENCES
from shg_desk.i18n.sentences_book import BOOK
from shg_desk.i18n.sentences_corrections import CORRECTIONS
from shg_desk.i18n.sentences_death import DEATH
from shg_desk.i18n.sentences_exchange import EXCHANGE
from shg_desk.i18n.sentences_meeting import MEETING
from shg_desk.i18n.sentences_share_out import SHARE_OUT
from shg_desk.i18n.sentences_typed import TYPED

PROGRAM = Path(__file__).resolve().parents[2] / "shg_desk"
WORDS = {lang: Words(lang) for lang in LANGUAGES}
ANYTHING = None
"""Facts made elsewhere than where the problem is: they may be any."""


@cache
def facts_given() -> dict[Code, list[set[str] | None]]:
    """For every code the names of the facts at each place that makes such a problem."""
    found: dict[Code, list[set[str] | None]] = {}
    for path in PROGRAM.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Attribute):
                code = call.args[0]
                if isinstance(code.value, ast.Name) and code.value.id == "Code" and code.attr in Code.__members__:
                    found.setdefault(Code[code.attr], []).append(_facts(call))
    return found


def _facts(call: ast.Call) -> set[str] | None:
    if not (isinstance(call.func, ast.Name) and call.func.id == "Problem"):
        return ANYTHING  # a helper that makes problems of one kind
    named = {word.arg: word.value for word in call.keywords}
    facts = named.get("facts", call.args[2] if len(call.args) > 2 else None)
    where = {"where"} if len(call.args) > 1 or "where" in named else set()
    if facts is None:
        return where
    if isinstance(facts, ast.Dict) and all(isinstance(key, ast.Constant) for key in facts.keys):
        return where | {key.value for key in facts.keys if isinstance(key, ast.Constant)}
    return ANYTHING


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_a_sentence(code: Code):
    assert SENTENCES[code]


def test_no_code_is_said_in_two_places():
    rooms = (BOOK, CORRECTIONS, DEATH, EXCHANGE, MEETING, SHARE_OUT, TYPED)
    assert len(SENTENCES) == sum(len(said) for said in rooms)


@pytest.mark.parametrize("code", list(Code))
def test_the_plainest_variant_needs_nothing(code: Code):
    assert placeholders(SENTENCES[code][-1]) == set()


@pytest.mark.parametrize("code", list(Code))
def test_what_a_sentence_wants_is_given_somewhere(code: Code):
    given = facts_given().get(code, [ANYTHING])
    for variant in SENTENCES[code]:
        assert any(facts is ANYTHING or placeholders(variant) <= facts for facts in given), variant


@pytest.mark.parametrize("code", list(Code))
def test_every_sentence_can_be_said_in_every_language(code: Code):
    for variant, words in product(SENTENCES[code], WORDS.values()):
        facts = dict.fromkeys(placeholders(variant), 3)
        for problem in (Problem(code), Problem(code, "here", facts), Problem(code, "here", dict.fromkeys(facts, "x"))):
            said = sentence(words, problem)
            assert said, problem
            assert not re.search("[{}]", said), said


@pytest.mark.parametrize("code", list(Code))
def test_a_sentence_tells_what_what_is_safe_and_what_to_do(code: Code):
    for variant in SENTENCES[code]:
        text = variant.many if isinstance(variant, Counted) else variant
        assert text.endswith((".", "?"))
        assert len(re.findall(r"[.?:;](?= |$)", text)) >= 2, text
        for word in ("please", "error", "sorry", "!", "invalid", "failed"):
            assert word not in text.lower()


def test_facts_are_written_as_people_write_them():
    facts = {"text": "2026-11-21", "amount": "1060.50", "currency": "KGS", "expected_minor": 106000, "n": 1500}
    words = WORDS["ru"]
    assert {name: shown(words, name, facts) for name in facts} == {
        "text": "21.11.2026",
        "amount": "1\u00a0060,50\u00a0сом",
        "currency": "KGS",
        "expected_minor": "1\u00a0060,00\u00a0сом",
        "n": "1\u00a0500",
    }
    assert shown(words, "text", {"text": None}) == "\u2014"
    som = Currency("KGS", 2, 100)
    assert shown(words, "left", {"left": 56000}, som) == "560\u00a0сом"
    short = Problem(Code.DIFFERENCE_NOT_NAMED, "difference", {"missing_minor": 4000})
    assert "40\u00a0som is missing." in sentence(WORDS["en"], short, som)


def test_the_most_telling_variant_is_taken():
    words = WORDS["en"]
    assert "“abc”" in sentence(words, Problem(Code.RULE_UNREADABLE, "late_fine", {"text": "abc"}))
    assert "late_fine" in sentence(words, Problem(Code.RULE_UNREADABLE, "late_fine"))
    assert "A rule cannot be read" in sentence(words, Problem(Code.RULE_UNREADABLE))
    assert "1 letter of" in sentence(words, Problem(Code.LETTERS_LOST, "", {"n": 1}))
    assert "12 letters of" in sentence(words, Problem(Code.LETTERS_LOST, "", {"n": 12}))


def test_sums_of_a_sentence_have_no_places_that_say_nothing() -> None:
    less = {"amount": "-1770.00", "date": "2026-11-22", "member": "4", "name": "Айгүл"}
    said = sentence(Words("ru"), Problem(Code.BELOW_ZERO_THEN, "box", less))
    assert "\N{MINUS SIGN}1\u00a0770" in said
    assert "770,00" not in said
    assert shown(Words("ru"), "amount", {"amount": "12.50"}) == "12,50"
    finer = Currency("TJS", 2, 1)
    assert shown(Words("ru"), "amount", {"amount": "12.00"}, finer) == "12,00", "where a hundredth is a coin"
