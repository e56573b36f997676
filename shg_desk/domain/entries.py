"""Entries of the ledger inside an operation: how they are written compactly and how they are read back in full.

A block names its accounts once and gives a line an entry: `[whose, amount, amount...]` with one amount for every
account but the last, which takes the rest, so an entry always adds up to zero. `whose` is an index into the operation's
`members` or `loans` (by the block's `by`), or null for the group's own. A trailing object holds what else is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from itertools import chain
from typing import Any

from shg_desk.domain.accounts import Owner
from shg_desk.domain.accounts import account_kind
from shg_desk.domain.ids import is_entry_name
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.profiles import Check
from shg_desk.domain.profiles import is_amount
from shg_desk.domain.profiles import is_day_of_records
from shg_desk.domain.profiles import is_text

ENTRIES_LIMIT = 4095
"""Entries in one operation; the book's keys give an entry 12 bits of its operation's number."""

ENTRY_KINDS = (
    "saving", "shares", "social", "repayment", "fine", "other", "loan", "withdrawal", "grant", "expense", "income",
    "transfer", "charge", "gift", "lender-loan", "lender-repayment", "difference", "opening", "fine-owed", "share-out",
    "exchange", "settlement",
)  # fmt: skip
"""Words of the field for what an entry is; their order is part of the format (the book stores the index)."""

MEMBER_FACTS = frozenset({"paid_by", "carried_by"})
"""Facts that name a member of the operation by index."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_RATE = re.compile(r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")


def is_foreign(value: Any) -> bool:
    """True for an amount in another currency: its code and whole minor units, above or below zero as the notes went."""
    return (
        type(value) is list
        and len(value) == 2
        and type(value[0]) is str
        and _CURRENCY.fullmatch(value[0]) is not None
        and type(value[1]) is int
        and 0 < abs(value[1]) <= AMOUNT_LIMIT_MINOR
    )


def is_voted_rate(value: Any) -> bool:
    """True for a rate: what one unit of the foreign currency was worth in the group's, a decimal text above zero."""
    return type(value) is str and _RATE.fullmatch(value) is not None and value.strip("0.") != ""


FACTS: Mapping[str, Check] = {
    **dict.fromkeys(MEMBER_FACTS, is_amount),
    **dict.fromkeys(("why", "receipt", "column"), is_text),
    **dict.fromkeys(("text", "shares", "occurrence"), is_amount),
    **dict.fromkeys(("corrects", "instead"), is_entry_name),
    "foreign": is_foreign,
    "rate": is_voted_rate,
}
"""What the further facts of an entry may hold; `text` is a number among the sealed texts.

`foreign` and `rate` are of foreign notes taken or given at a voted rate: what they were. The postings hold what they
were worth in the group's currency and alone count; no page writes or shows these two yet.
"""

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


Facts = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Block:
    """A block read and checked, by columns: what its entries share, and for each entry whose it is, amounts and facts.

    `owned` says which accounts are `by`'s. `owners` holds indexes into members or loans; `columns` an amount an entry
    for every account, zeros too, so that an entry's amounts add up to zero.
    """

    kind: str
    by: str | None
    day: str | None
    codes: tuple[str, ...]
    owned: tuple[bool, ...]
    owners: Sequence[int | None]
    columns: tuple[Sequence[int], ...]
    facts: Sequence[Facts]

    def __len__(self) -> int:
        return len(self.owners)


def read_blocks(blocks: Sequence[dict[str, Any]], members: int, loans: int) -> list[Block]:
    """An operation's blocks in order, given how many members and loans it lists. Raises EntryError.

    All debits of one operation together stay within `AMOUNT_LIMIT_MINOR`, so that no sum of records outgrows 64 bits.
    """
    found = [_block(raw, {"member": members, "loan": loans}) for raw in blocks]
    if sum(map(len, found)) > ENTRIES_LIMIT:
        raise EntryError("too many entries")
    if sum(sum(map(abs, column)) for block in found for column in block.columns) > 2 * AMOUNT_LIMIT_MINOR:
        raise EntryError("amounts too large")
    return found


def pointed(said: Sequence[str | None], index: object) -> str | None:
    """The text (or member) that a number in a body points to; None where it points to nothing."""
    return said[index] if isinstance(index, int) and 0 <= index < len(said) else None


def expand(blocks: Sequence[dict[str, Any]], members: int, loans: int) -> Iterator[Entry]:
    """The entries of an operation's blocks in order, given how many members and loans it lists. Raises EntryError."""
    number = 0
    for block in read_blocks(blocks, members, loans):
        for owner, facts, *amounts in zip(block.owners, block.facts, *block.columns, strict=True):
            number += 1
            postings = tuple(
                Posting(code, owner if own else None, amount)
                for code, own, amount in zip(block.codes, block.owned, amounts, strict=True)
                if amount
            )
            yield Entry(number, block.kind, block.by, owner, postings, block.day, facts or {})


def _block(block: dict[str, Any], choices: dict[str, int]) -> Block:
    """A block; `choices` says how many members and loans its entries may belong to."""
    by = block.get("by")
    codes = block.get("accounts")
    day = block.get("date")
    lines = block.get("lines")
    if (
        type(codes) is not list
        or len(codes) < 2
        or not (by is None or by in choices)
        or block.get("kind") not in KIND_NUMBER
        or type(lines) is not list
        or not (day is None or is_day_of_records(day))
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
    if len(set(codes)) != len(codes):
        raise EntryError("an account stands twice")
    if not (block.get("column") is None or is_text(block["column"])):
        raise EntryError("a column without a name")
    owners, columns, facts = _columns(lines, len(codes))
    _check_facts(facts, choices["member"])
    _check_owners(owners, None if by is None else choices[by])
    return Block(block["kind"], by, day, tuple(codes), tuple(owned), owners, columns, facts)


def _check_facts(facts: Sequence[Facts], members: int) -> None:
    """Further facts of entries fit, as far as this version knows them; others are let through."""
    for said in facts:
        for name, value in (said or {}).items():
            check = FACTS.get(name)
            if check is not None and value is not None and not check(value):
                raise EntryError(f"{name} does not fit")
            if name in MEMBER_FACTS and value is not None and not value < members:
                raise EntryError("nobody with that number")


def _columns(lines: list[Any], width: int) -> tuple[Sequence[Any], tuple[Sequence[int], ...], Sequence[Facts]]:
    """The lines of a block of `width` accounts by columns: whose, the amounts with the last one filled in, facts."""
    if not set(map(type, lines)) <= {list}:
        raise EntryError("a line that is no list")
    facts: Sequence[Facts] = [None] * len(lines)
    if max(map(len, lines), default=0) > width:
        facts = [line[-1] if len(line) == width + 1 and type(line[-1]) is dict else None for line in lines]
        lines = [line if said is None else line[:-1] for line, said in zip(lines, facts, strict=True)]
    if not set(map(len, lines)) <= {width}:
        raise EntryError("a line of the wrong length")
    owners, *given = zip(*lines, strict=True) if lines else [()] * width
    if not set(map(type, chain.from_iterable(given))) <= {int}:
        raise EntryError("an amount that is no whole number")
    rest = [-amount for amount in given[0]] if width == 2 else [-sum(amounts) for amounts in zip(*given, strict=True)]
    return owners, (*given, rest), facts


def _check_owners(owners: Sequence[Any], choices: int | None) -> None:
    """Everybody named is there; a block of the group's own names nobody."""
    if choices is None:
        if any(owner is not None for owner in owners):
            raise EntryError("nobody with that number")
    elif owners and not (set(map(type, owners)) <= {int} and 0 <= min(owners) <= max(owners) < choices):
        raise EntryError("nobody with that number")


@dataclass(slots=True)
class BlockWriter:
    """Collects entries and writes them as blocks, in the order of first use of (kind, accounts, by, date)."""

    _lines: dict[tuple[str, tuple[str, ...], str | None, str | None], list[list[Any]]] = field(default_factory=dict)

    def add(
        self,
        kind: str,
        postings: Sequence[tuple[str, int]],
        owner: int | None = None,
        *,
        by: str | None = None,
        day: str | None = None,
        facts: dict[str, Any] | None = None,
    ) -> None:
        """Adds an entry from (code, minor units) in the block's order.

        The amounts must add up to zero: raises EntryError otherwise.
        """
        if sum(amount for _, amount in postings):
            raise EntryError("an entry must add up to zero")
        key = (kind, tuple(code for code, _ in postings), by, day)
        lines = self._lines.setdefault(key, [])
        line: list[Any] = [owner, *(amount for _, amount in postings[:-1])]
        if facts:
            line.append(facts)
        lines.append(line)

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

    def __len__(self) -> int:
        return sum(map(len, self._lines.values()))
