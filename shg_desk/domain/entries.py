"""Entries of the ledger inside an operation: how they are written compactly and how they are read back in full.

A block names its accounts once and gives a line an entry: `[whose, amount, amount...]` with one amount for every
account but the last, which takes the rest, so an entry always adds up to zero. `whose` is an index into the operation's
`members` or `loans` (by the block's `by`), or null for the group's own. A trailing object holds what else is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from shg_desk.domain.accounts import Owner
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR

ENTRIES_LIMIT = 4095
"""Entries in one operation; the book's keys give an entry 12 bits of its operation's number."""

ENTRY_KINDS = (
    "saving", "shares", "social", "repayment", "fine", "other", "loan", "withdrawal", "grant", "expense", "income",
    "transfer", "charge", "gift", "lender-loan", "lender-repayment", "difference", "opening", "fine-owed", "share-out",
    "exchange", "settlement",
)  # fmt: skip
"""Words of the field for what an entry is; their order is part of the format (the book stores the index)."""

KIND_NUMBER = {word: index for index, word in enumerate(ENTRY_KINDS)}


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry: an account code, its owner (index into members or loans, or None) and minor units."""

    code: str
    owner: int | None
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement as written in an operation: number from 1, kind, whose, postings adding up to zero, further facts.

    `day` is an ISO date only where it differs from the operation's own effective date.
    """

    number: int
    kind: str
    by: str | None
    owner: int | None
    postings: tuple[Posting, ...]
    day: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class EntryError(ValueError):
    """A block of entries that cannot be read; the text says where."""


def expand(blocks: Sequence[dict[str, Any]], members: int, loans: int) -> Iterator[Entry]:
    """The entries of an operation's blocks in order, given how many members and loans it lists. Raises EntryError."""
    number = 0
    for block in blocks:
        codes, owned, by, count = _block(block, members, loans)
        kind = block["kind"]
        day = block.get("date")
        with_facts = len(codes) + 1
        for line in block["lines"]:
            number += 1
            if type(line) is not list or not line:
                raise EntryError(f"line {number}: not a list")
            facts = line[-1] if len(line) == with_facts and type(line[-1]) is dict else None
            amounts = line[1:-1] if facts is not None else line[1:]
            yield _entry(number, kind, by, line[0], count, codes, owned, amounts, day, facts)
    if number > ENTRIES_LIMIT:
        raise EntryError("too many entries")


def _block(block: dict[str, Any], members: int, loans: int) -> tuple[list[str], list[bool], str | None, int]:
    """The account codes of a block, which of them belong to `by`, `by` itself and how many of them there are."""
    by = block.get("by")
    codes = block.get("accounts")
    if (
        type(codes) is not list
        or len(codes) < 2
        or len(set(codes)) != len(codes)
        or by not in (None, "member", "loan")
        or block.get("kind") not in KIND_NUMBER
        or type(block.get("lines")) is not list
    ):
        raise EntryError("a block of entries is not whole")
    owned = []
    for code in codes:
        try:
            owner = account_kind(code).owner
        except (ValueError, TypeError, AttributeError) as error:
            raise EntryError(f"no such account: {code}") from error
        if owner is not Owner.GROUP and owner.value != by:
            raise EntryError(f"{code} belongs to a {owner}, the block to {by}")
        owned.append(owner is not Owner.GROUP)
    return codes, owned, by, members if by == "member" else loans if by == "loan" else 0


def _entry(
    number: int,
    kind: str,
    by: str | None,
    owner: Any,
    count: int,
    codes: list[str],
    owned: list[bool],
    amounts: list[Any],
    day: str | None,
    facts: dict[str, Any] | None,
) -> Entry:
    if len(amounts) != len(codes) - 1:
        raise EntryError(f"line {number}: wrong length")
    if owner is None:
        if by is not None:
            raise EntryError(f"line {number}: whose?")
    elif type(owner) is not int or not 0 <= owner < count:
        raise EntryError(f"line {number}: nobody with that number")
    rest = 0
    postings = []
    for index, amount in enumerate(amounts):
        if type(amount) is not int or not -AMOUNT_LIMIT_MINOR <= amount <= AMOUNT_LIMIT_MINOR:
            raise EntryError(f"line {number}: no amount")
        rest -= amount
        if amount:
            postings.append(Posting(codes[index], owner if owned[index] else None, amount))
    if rest:
        postings.append(Posting(codes[-1], owner if owned[-1] else None, rest))
    return Entry(number, kind, by, owner, tuple(postings), day, facts or {})


@dataclass(slots=True)
class BlockWriter:
    """Collects entries and writes them as blocks, in the order of first use of (kind, accounts, by, date).

    Entry numbers follow the blocks, so they are known only after `blocks()`; `number_of` gives them.
    """

    _lines: dict[tuple[str, tuple[str, ...], str | None, str | None], list[list[Any]]] = field(default_factory=dict)
    _added: list[tuple[tuple[str, tuple[str, ...], str | None, str | None], int]] = field(default_factory=list)

    def add(
        self,
        kind: str,
        postings: Sequence[tuple[str, int]],
        owner: int | None = None,
        *,
        by: str | None = None,
        day: str | None = None,
        facts: dict[str, Any] | None = None,
    ) -> int:
        """Adds an entry from (code, minor units) in the block's order; returns its ticket for `number_of`.

        The amounts must add up to zero: raises EntryError otherwise.
        """
        if sum(amount for _, amount in postings):
            raise EntryError("an entry must add up to zero")
        key = (kind, tuple(code for code, _ in postings), by, day)
        lines = self._lines.setdefault(key, [])
        line: list[Any] = [owner, *(amount for _, amount in postings[:-1])]
        if facts:
            line.append(facts)
        self._added.append((key, len(lines)))
        lines.append(line)
        return len(self._added) - 1

    def blocks(self) -> list[dict[str, Any]]:
        """The blocks as they stand in an operation's `entries`."""
        found = []
        for (kind, codes, by, day), lines in self._lines.items():
            block: dict[str, Any] = {"accounts": list(codes), "kind": kind, "lines": lines}
            if by is not None:
                block["by"] = by
            if day is not None:
                block["date"] = day
            found.append(block)
        return found

    def number_of(self, ticket: int) -> int:
        """The entry number (from 1) that `add` with this ticket has got."""
        key, place = self._added[ticket]
        before = 0
        for other, lines in self._lines.items():
            if other == key:
                return before + place + 1
            before += len(lines)
        raise KeyError(ticket)

    def __len__(self) -> int:
        return len(self._added)
