"""Rules as somebody wrote them into a file: stricter than what a book keeps, for a misspelt word would rule nothing."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from typing import Any

from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.rules import read_rules

TRIAL_MINOR = 1_000_000
"""The principal loan terms are tried on."""

_FREE = frozenset({"fines", "loan"})
"""Tables whose words are not asked for by name: the reasons of fines are the group's own, terms are read apart."""


class _Asked(Mapping[str, Any]):
    """A table that remembers which words it was asked for: exactly those mean something."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.asked: dict[str, None] = {}
        self.tables: dict[str, _Asked] = {}
        self._content: dict[str, Any] = {}
        for word, value in content.items():
            if isinstance(value, Mapping) and word not in _FREE:
                self.tables[word] = _Asked(value)
            self._content[word] = self.tables.get(word, value)

    def __getitem__(self, word: str) -> Any:
        self.asked[word] = None
        return self._content[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)


def typed_rules_problems(content: Mapping[str, Any], minor_digits: int, since: date) -> list[Problem]:
    """Everything wrong in the content of a rules file: what cannot be read, words that mean nothing, no words at all.

    `content` is as in `read_rules`; terms of loans may leave words out, what stands there has to be possible.
    """
    if not content:
        return [Problem(Code.RULES_EMPTY, "rules")]
    seen = _Asked(content)
    problems = read_rules(seen, minor_digits)[1]
    problems += _unknown(seen, "")
    for name, table in seen.tables.items():
        problems += _unknown(table, f"{name}.") if name in seen.asked else []
    loan = content.get("loan")
    if isinstance(loan, Mapping) and loan:
        named = {problem.where for problem in problems}
        problems += [one for one in _loan_problems(loan, minor_digits, since) if one.where not in named]
    return problems


def _unknown(table: _Asked, place: str) -> list[Problem]:
    known = ", ".join(table.asked)
    return [
        Problem(Code.RULE_UNKNOWN, f"{place}{word}", {"word": word, "known": known})
        for word in table
        if word not in table.asked
    ]


def _loan_problems(loan: Mapping[str, Any], minor_digits: int, since: date) -> list[Problem]:
    """Terms that do not go together; what the rules leave open is said with each loan."""
    found = read_terms(loan, principal_minor=TRIAL_MINOR, start=since, minor_digits=minor_digits)
    return [
        Problem(Code.RULE_UNREADABLE, f"loan.{one.where}", {"text": str(loan[one.where])})
        for one in (found if isinstance(found, tuple) else ())
        if loan.get(one.where) is not None
    ]
