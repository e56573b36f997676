"""A recorded share-out read back, without what was taken back of it, for its page and its paper."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shg_desk.actions.called import beside_numbers
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_as_it_was
from shg_desk.actions.ledgers import group_meant
from shg_desk.actions.printing import Papers
from shg_desk.actions.printing import printed_now
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.ledger_fact import what_of
from shg_desk.domain.numbering import counting_order
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.rules import SHARES
from shg_desk.domain.share_plan import ShareSums
from shg_desk.domain.share_plan import note_minor
from shg_desk.domain.share_plan import owed_minor
from shg_desk.domain.share_plan import shares_held
from shg_desk.domain.share_record import SHARE_OUT
from shg_desk.domain.share_record import has_bags
from shg_desk.domain.share_record import in_box_minor
from shg_desk.domain.sheet import Ground
from shg_desk.i18n.catalog import Words
from shg_desk.reports.share_out import ShareOutPaper
from shg_desk.reports.share_out import ShareOutRow
from shg_desk.reports.share_out import share_out_paper
from shg_desk.store import entries as entry_store
from shg_desk.store import operations as operation_store
from shg_desk.store import share_outs as share_out_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.entries import Place
from shg_desk.store.entries import Who


@dataclass(frozen=True, slots=True)
class ShareOutDone:
    """A share-out of a day read back: its records (a second one completes the first), the group right after them, and a
    row a member. What was taken back is in none of it.
    """

    ops: tuple[str, ...]
    ground: Ground
    rows: tuple[ShareOutRow, ...]
    votes: tuple[int | None, int | None]

    @property
    def sums(self) -> ShareSums:
        """All members together."""
        return sum((one.sums for one in self.rows), ShareSums())

    @property
    def box_after_minor(self) -> int:
        """What box and bags held right after it."""
        return in_box_minor(self.ground.places_minor)


@dataclass(slots=True)
class _Moved:
    """Of a member in a share-out: savings that went to nothing, debts set off (less what was paid beyond them), and
    what she got.
    """

    who: Who
    saved_minor: int = 0
    in_shares_minor: int = 0
    set_off_minor: int = 0
    net_minor: int = 0


def read_share_out(desk: Desk, *ops: str) -> ShareOutDone:
    """The records of a share-out (all of one day) as far as they stand, and the group right after the last of them.

    Raises KnownError ENTRY_UNKNOWN, SHARE_OUT_NONE where all of it was taken back.
    """
    read = operation_store.operation(desk.book, ops[-1])
    rows = [row for op in ops for row in entry_store.entries_of(desk.book, op)]
    if read is None or not rows:
        raise KnownError(Problem(Code.ENTRY_UNKNOWN, ops[-1], {"entry": ops[-1]}))
    standing = [row for row in rows if not row.corrected_by]
    if not any(row.kind == SHARE_OUT for row in standing):
        raise KnownError(Problem(Code.SHARE_OUT_NONE, "date"))
    ground = _right_after(desk, rows)
    decided: dict[str, Any] = next(iter(read.body.get("decisions", ())), {})
    found = _rows(desk, ground, _by_member(standing), ops, min((row.key.day, row.key.place) for row in rows))
    return ShareOutDone(ops, ground, found, (decided.get("for"), decided.get("against")))


def _right_after(desk: Desk, rows: Sequence[EntryRow]) -> Ground:
    """The group after these entries, without what came later that day but for what takes back some of them."""
    group, on, last = rows[0].group, rows[0].effective, max(row.key.place for row in rows)
    takers = {taker.partition("#")[0] for row in rows for taker in row.corrected_by}
    that_day = entry_store.entries(desk.book, group, entry_store.Page(limit=-1, first=on, last=on))
    later = [row for row in that_day if row.key.place > last and row.op not in takers]
    return ground_as_it_was(desk, group, on, later)


def _given_on(desk: Desk, member: str, ops: Collection[str], since: tuple[date, Place]) -> date | None:
    """The day on which an envelope was given to her whole; what she was owed before the share-out is paid first, and
    what she had got too much went off it. Envelopes of later share-outs are not looked at, but what they set off is.
    """
    waiting = 0
    for row in entry_store.member_entries(desk.book, member, entry_store.ALL):
        waits = -sum(one.amount_minor for one in row.postings if one.code == PAYABLE)
        if not waits or row.corrects or row.corrected_by:
            continue
        if (row.key.day, row.key.place) < since or row.op in ops:
            waiting += waits
        elif row.kind != SHARE_OUT or waits < 0:
            waiting += waits
            if waiting <= 0:
                return row.effective
    return None


def _rows(
    desk: Desk,
    ground: Ground,
    moved: dict[tuple[str, bool], _Moved],
    ops: Collection[str],
    since: tuple[date, Place],
) -> tuple[ShareOutRow, ...]:
    """By number; she who was handed something and has an envelope too has two, the debt that is left on the last."""
    apart = beside_numbers(desk, ground.group)
    found = []
    for (gid, later), one in sorted(moved.items(), key=lambda one: (counting_order(one[1].who.number), one[0])):
        now = ground.member(gid)
        owes = 0 if now is None or (not later and (gid, True) in moved) else owed_minor(ground, now)
        found.append(
            ShareOutRow(
                id=gid,
                number=one.who.number,
                name=apart.get(gid) or one.who.name or "",
                saved_minor=one.saved_minor,
                shares=shares_held(one.in_shares_minor, ground.rules.share_price_minor),
                in_shares_minor=one.in_shares_minor,
                part_minor=one.net_minor + one.set_off_minor,
                set_off_minor=one.set_off_minor,
                net_minor=one.net_minor,
                is_later=later,
                owes_minor=owes,
                paid_on=_given_on(desk, gid, ops, since) if later else None,
            )
        )
    return tuple(found)


def _by_member(rows: Sequence[EntryRow]) -> dict[tuple[str, bool], _Moved]:
    """What each member (id) got in hand, or in an envelope that waits (True), with what went with it."""
    whats = {
        row.name: what_of(row.kind, row.cash_minor, [one.code for one in row.postings], is_said="text" in row.facts)
        for row in rows
    }
    waiting = {
        (row.op, row.member.id)
        for row in rows
        if row.member and whats[row.name] == SHARE_OUT and any(one.code == PAYABLE for one in row.postings)
    }
    found: dict[tuple[str, bool], _Moved] = {}
    for row in rows:
        if row.member is None or row.kind != SHARE_OUT:
            continue
        moved = found.setdefault((row.member.id, (row.op, row.member.id) in waiting), _Moved(row.member))
        what = whats[row.name]
        for one in row.postings:
            if one.code.startswith("saving") or one.code == "ahead":
                moved.saved_minor += one.amount_minor
                moved.in_shares_minor += one.amount_minor if one.code == f"saving.{SHARES}" else 0
            elif what == SHARE_OUT and (is_counted(one.code) or one.code == PAYABLE):
                moved.net_minor -= one.amount_minor
            elif what == "set-off" and one.code != "surplus":
                moved.set_off_minor -= one.amount_minor
    return found


# days, paper --------------------------------------------------------------------------------------------------------


def share_out_on(desk: Desk, group: str, on: date | None = None) -> tuple[str, ...]:
    """The records of a group's share-out on a day, or of its last one. Raises KnownError SHARE_OUT_NONE."""
    found = share_out_store.share_outs(desk.book, group)
    day = on or (found[-1].on if found else None)
    ops = tuple(one.op for one in found if one.on == day)
    if not ops:
        raise KnownError(Problem(Code.SHARE_OUT_NONE, "date"))
    return ops


def share_out_days(desk: Desk, group: str) -> tuple[date, ...]:
    """The days of a group's share-outs, the newest first."""
    return tuple(dict.fromkeys(one.on for one in reversed(share_out_store.share_outs(desk.book, group))))


def paper_of(done: ShareOutDone) -> ShareOutPaper:
    """A recorded share-out as its paper shows it."""
    ground = done.ground
    return ShareOutPaper(
        group=ground.name,
        code=ground.code,
        on=ground.on,
        currency=ground.currency,
        rows=done.rows,
        sums=done.sums,
        box_minor=done.box_after_minor,
        has_bags=has_bags(ground.places_minor),
        social_minor=ground.social_minor,
        note_minor=note_minor(ground),
        votes=done.votes,
    )


def print_share_out(desk: Desk, ops: Sequence[str], out: Path, words: Words) -> Path:
    """The list of a recorded share-out, to be signed. Raises KnownError as `read_share_out`."""
    done = read_share_out(desk, *ops)
    share_out_paper(paper_of(done), words, printed_now(desk, done.ground.name)).write(out)
    return out


def print_shared(desk: Desk, out: Path, words: Words, *, group: str, on: date | None = None) -> Papers:
    """The list of a group's (code) share-out on a day, or of its last one. Raises KnownError SHARE_OUT_NONE."""
    one = group_meant(desk, group)
    done = read_share_out(desk, *share_out_on(desk, one.id, on))
    papers = Papers([], members=len({row.id for row in done.rows}))
    papers.add(out, share_out_paper(paper_of(done), words, printed_now(desk, one.name or group)))
    return papers
