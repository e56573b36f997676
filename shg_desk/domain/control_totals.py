"""Control totals of a group over a period: from the ledger, and added up from the booklets, to be compared."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shg_desk.domain.ledger_fact import Balances
from shg_desk.domain.ledger_fact import LedgerFact
from shg_desk.domain.ledger_fact import balances_of
from shg_desk.domain.ledger_fact import cash_minor
from shg_desk.domain.ledger_fact import columns
from shg_desk.domain.ledger_fact import what_of_fact
from shg_desk.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class WhatTotal:
    """One kind of line over the period: how many lines there are, and money in and out, minor units."""

    what: str
    lines: int
    in_minor: int
    out_minor: int


@dataclass(frozen=True, slots=True)
class ControlTotals:
    """All members' lines of a group over a period: by kind, together, and what stood in their names around it."""

    since: date | None
    until: date | None
    members: int
    by_what: tuple[WhatTotal, ...]
    opening: Balances
    closing: Balances

    @property
    def lines(self) -> int:
        """How many lines the booklets have in the period."""
        return sum(total.lines for total in self.by_what)

    @property
    def in_minor(self) -> int:
        """What members brought."""
        return sum(total.in_minor for total in self.by_what)

    @property
    def out_minor(self) -> int:
        """What members were given."""
        return sum(total.out_minor for total in self.by_what)


def ledger_totals(
    facts: Iterable[LedgerFact], members: Collection[str], *, since: date | None = None, until: date | None = None
) -> ControlTotals:
    """Control totals straight from the ledger's entries of the given members, without any booklet."""
    known = [fact for fact in facts if fact.member in members]
    whats = {(fact.name, fact.member): what_of_fact(fact) for fact in known}
    chosen = [fact for fact in known if until is None or fact.effective <= until]
    before = [fact for fact in chosen if since is not None and fact.effective < since]
    lines = []
    for fact in chosen:
        if since is not None and fact.effective < since:
            continue
        corrected = whats.get((fact.corrects, fact.member)) if fact.corrects else None
        what = corrected if corrected and fact.kind == "other" else whats[fact.name, fact.member]
        lines.append((what, *columns(what, cash_minor(fact), corrected)))
    return ControlTotals(since, until, len(members), _by_what(lines), balances_of(before), balances_of(chosen))


def booklet_totals(statements: Sequence[Statement]) -> ControlTotals:
    """The same figures added up from finished booklets of one period. Raises ValueError where the periods differ."""
    periods = {(statement.since, statement.until) for statement in statements}
    if len(periods) > 1:
        raise ValueError("booklets of different periods")
    since, until = next(iter(periods), (None, None))
    return ControlTotals(
        since,
        until,
        len(statements),
        _by_what((row.what, row.in_minor, row.out_minor) for statement in statements for row in statement.rows),
        sum((statement.opening for statement in statements), Balances()),
        sum((statement.closing for statement in statements), Balances()),
    )


def _by_what(lines: Iterable[tuple[str, int, int]]) -> tuple[WhatTotal, ...]:
    sums: dict[str, list[int]] = {}
    for what, came, went in lines:
        total = sums.setdefault(what, [0, 0, 0])
        total[0] += 1
        total[1] += came
        total[2] += went
    return tuple(WhatTotal(what, *sums[what]) for what in sorted(sums))
