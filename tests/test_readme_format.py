"""The tables of Format 1 in the README name exactly what the program knows: no word is missing in either."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from shg_desk.domain import corrections
from shg_desk.domain import kinds
from shg_desk.domain.accounts import CHART
from shg_desk.domain.entries import ENTRY_KINDS
from shg_desk.domain.entries import FACTS
from shg_desk.domain.loan_terms import CHOICES
from shg_desk.domain.loan_terms import WORDS
from shg_desk.domain.profiles import TYPES
from shg_desk.domain.rules_typed import typed_rules_problems

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")
FORMAT = README[README.index("## Format 1") :]
CODE = re.compile(r"`([a-z_-]+)`")


def table(head: str) -> list[list[str]]:
    """The cells of the table that begins with this row."""
    lines = FORMAT[FORMAT.index(f"| {head} |") :].split("\n")[2:]
    rows = lines[: next(n for n, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def first_words(head: str) -> list[str]:
    return [word for row in table(head) for word in CODE.findall(row[0])]


def test_kinds_and_their_parts() -> None:
    told = {CODE.findall(row[0])[0]: row[1] for row in table("kind | body")}
    assert set(told) == set(kinds.KINDS)
    described = " ".join(line for line in FORMAT.split("\n"))
    for kind in kinds.KINDS.values():
        for part in (*kind.needs, *kind.may, *kind.aside):
            assert f"`{part}`" in described, (kind.name, part)


def test_accounts_and_entries() -> None:
    rows = table("account | holds | whose | account | holds | whose")
    assert {word for row in rows for cell in (row[0], row[3]) for word in CODE.findall(cell)} == {k.code for k in CHART}
    listed = FORMAT[FORMAT.index("Kinds of entries, in this order:") :].split("\n")[0]
    assert tuple(CODE.findall(listed)) == ENTRY_KINDS
    assert set(first_words("fact of an entry | holds")) == set(FACTS)


def test_types_of_things_with_every_field() -> None:
    told = {CODE.findall(row[0])[0]: row[1] for row in table("type | field groups and their fields")}
    assert set(told) == set(TYPES)
    for kind, groups in TYPES.items():
        parts = dict(part.split("**: ", 1) for part in told[kind].removeprefix("**").split("; **"))
        assert set(parts) == set(groups)
        for name, fields in groups.items():
            found = re.findall(r"`([a-z_]+)`(\\\*)?(?:→([a-z-]+))?", parts[name])
            assert {word: (bool(star), to or None) for word, star, to in found} == {
                word: (spec.sealed, spec.refers_to) for word, spec in fields.items()
            }


def test_every_word_of_rules_and_terms() -> None:
    [unknown] = typed_rules_problems({"no such word": 1}, 2, date(2026, 1, 1))
    known = [*str(unknown.facts["known"]).split(", "), "loan"]
    assert set(first_words("word | holds")) == set(known)
    terms = next(row[1] for row in table("word | holds") if row[0] == "`loan`")
    assert set(CODE.findall(terms)) - {"sat", "terms", "new_loans"} == set(WORDS)
    for choices in CHOICES.values():
        assert all(word in terms for word in choices)
    for name in ("share", "meeting", "cycle"):
        cell = next(row[1] for row in table("word | holds") if row[0] == f"`{name}`")
        [inside] = typed_rules_problems({name: {"no such word": 1}}, 2, date(2026, 1, 1))
        assert set(CODE.findall(cell)) == set(str(inside.facts["known"]).split(", ")), name


def test_words_of_corrections() -> None:
    told = next(row[1] for row in table("part | shape") if row[0] == "`how`")
    assert set(CODE.findall(told)) == set(corrections.HOWS)
