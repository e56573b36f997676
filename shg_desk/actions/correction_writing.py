"""How every correction is written, whoever asked for it: from the ledger, a meeting opened again, or a difference."""

from __future__ import annotations

from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import rules_on
from shg_desk.domain.corrections import Plan
from shg_desk.domain.corrections import Recorded
from shg_desk.domain.corrections import correction_body
from shg_desk.store import groups as group_store
from shg_desk.store import last_meeting as last_store
from shg_desk.store.book import Writer
from shg_desk.store.entries import EntryRow


def recorded_of(row: EntryRow) -> Recorded:
    """An entry as a plan takes it back."""
    owner = row.loan if row.by == "loan" else row.member.id if row.by == "member" and row.member else None
    postings = tuple((posting.code, posting.amount_minor) for posting in row.postings)
    return Recorded(row.name, row.kind, row.effective, row.by, owner, postings, row.facts)


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
