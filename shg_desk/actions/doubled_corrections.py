"""Two corrections of one record: of the one that was not so only that goes which both did; the rest of it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date

from shg_desk.actions.desk import Desk
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.corrections import Fresh
from shg_desk.store import entries as entry_store
from shg_desk.store.entries import EntryRow


def doubled(desk: Desk, kept: str, others: Iterable[str]) -> tuple[list[EntryRow], list[Fresh]]:
    """What of the other corrections (by name) goes where one is kept, and what is written for it to leave cash alone.

    That is what takes back an entry the kept one takes back as well, what stands in place of that entry, and the
    difference that was named for its money.
    """
    taken = {row.corrects for row in entry_store.entries_of(desk.book, kept) if row.corrects and row.stands}
    gone: list[EntryRow] = []
    fresh: list[Fresh] = []
    for op in others:
        rows = [row for row in entry_store.entries_of(desk.book, op) if row.stands]
        named = [row for row in rows if row.kind == "difference" and row.corrects is None]
        away = [row for row in rows if row not in named and _goes(row, rows, taken)]
        if not any(row.corrects for row in rows) or len(away) + len(named) == len(rows):
            gone += rows  # nothing of it is left, or it does not say what it takes back
            continue
        gone += away
        fresh += _named_less(away, named)
    return gone, fresh


def _goes(row: EntryRow, rows: Sequence[EntryRow], taken: set[str]) -> bool:
    """True for a reversal of what was taken back twice, and for what its correction put in its place.

    An opened sheet does not say which line stands for which: that is then one of the same kind and owner.
    """
    if row.corrects is not None:
        return row.corrects in taken
    instead = row.facts.get("instead")
    if instead is not None:
        return instead in taken
    return any(one.corrects in taken and _same_line(one, row) for one in rows)


def _same_line(one: EntryRow, other: EntryRow) -> bool:
    return (one.kind, one.member, one.loan) == (other.kind, other.member, other.loan)


def _named_less(away: Iterable[EntryRow], named: Iterable[EntryRow]) -> list[Fresh]:
    """Where a correction named a difference for its cash, that share of it which goes with these entries."""
    places = {posting.code for row in named for posting in row.postings if is_counted(posting.code)}
    moved: Counter[tuple[str, date]] = Counter()
    for row in away:
        for posting in row.postings:
            if posting.code in places:
                moved[posting.code, row.effective] += posting.amount_minor
    return [
        Fresh("difference", None, None, ((place, amount), ("differences", -amount)), on)
        for (place, on), amount in sorted(moved.items())
        if amount
    ]
