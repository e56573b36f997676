"""How every correction is written, whoever asked for it: from the ledger, a meeting opened again, or a difference.

And what of its money was counted since.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from datetime import date
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import rules_on
from shg_desk.domain.corrections import Fresh
from shg_desk.domain.corrections import Plan
from shg_desk.domain.corrections import Recorded
from shg_desk.domain.corrections import correction_body
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import last_meeting as last_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.book import Writer
from shg_desk.store.entries import EntryRow
from shg_desk.store.meetings import CashCount


def recorded_of(row: EntryRow) -> Recorded:
    """An entry as a plan takes it back."""
    owner = row.loan if row.by == "loan" else row.member.id if row.by == "member" and row.member else None
    postings = tuple((posting.code, posting.amount_minor) for posting in row.postings)
    return Recorded(row.name, row.kind, row.effective, row.by, owner, postings, row.facts)


def counted_since(
    desk: Desk, group: str, gone: Collection[Recorded], fresh: Iterable[Fresh], taken: str | None = None
) -> dict[str, set[date]]:
    """The days on which a place of what is corrected was counted after it, by place; not the count `taken` back itself.

    What stands instead on the same day stands where the old did; a meeting's own count comes after its own lines.
    """
    days = {one.on for one in gone}
    moved = [(code, one.on, _first_written(desk, one.name)) for one in gone for code, _ in one.postings]
    moved += [(code, one.on, "") for one in fresh if one.on not in days for code, _ in one.postings]
    found: dict[str, set[date]] = {}
    for count in meeting_store.cash_counts(desk.book, group, min((on for _, on, _ in moved), default=None)):
        for place, on, op in moved:
            if count.op != taken and count.place == place and _is_after(desk, count, on, op):
                found.setdefault(place, set()).add(count.on)
    return found


def _first_written(desk: Desk, name: str) -> str:
    """The operation that wrote what an entry takes back or stands for; nothing where no such is known."""
    found = entry_store.entry(desk.book, name)
    if found is None or found.row.op_kind != "correction":
        return name.partition("#")[0]
    other = found.row.corrects or found.row.facts.get("instead")
    return _first_written(desk, str(other)) if other else ""


def _is_after(desk: Desk, count: CashCount, on: date, op: str) -> bool:
    """Whether a count was made after what an operation wrote for a day; where nobody can tell, it was."""
    if count.on != on or op in ("", count.op):
        return count.on >= on
    counted, written = (entry_store.place_in_day(desk.book, one) for one in (count.op, op))
    return counted is None or written is None or counted > written


def append_plan(desk: Desk, writer: Writer, group: str, plan: Plan, reason: str) -> str:
    """Writes a correction as planned, on the last meeting known and the rules of its day; gives its name."""
    base: dict[str, Any] = {"group": group}
    seen = last_store.seen_meeting(desk.book.db, group)
    if seen:
        base["seen"] = seen
    rules = rules_on(desk, group, plan.on, group_store.currency_of(desk.book, group).minor_digits)
    if rules.version:
        base["rules"] = rules.version
    body, texts = correction_body(plan, base, reason.strip())
    body.update(desk.seal_texts("correction", group, texts))
    return str(writer.append(desk.line("correction", body)).name)
