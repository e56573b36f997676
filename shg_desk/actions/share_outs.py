"""The share-out of a group: shown, written as one record, and read back for its paper and page."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shg_desk.actions.called import beside_numbers
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_as_it_was
from shg_desk.actions.ground import ground_of
from shg_desk.actions.ledgers import group_meant
from shg_desk.actions.meetings import LEDGER
from shg_desk.actions.printing import Papers
from shg_desk.actions.printing import printed_now
from shg_desk.actions.share_out_count import counted_places
from shg_desk.actions.share_out_count import last_day
from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.money import major
from shg_desk.domain.numbering import counting_order
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.share_plan import MemberPart
from shg_desk.domain.share_plan import SharePlan
from shg_desk.domain.share_plan import owed_minor
from shg_desk.domain.share_plan import plan_share_out
from shg_desk.domain.share_plan import takes_part
from shg_desk.domain.share_record import BOX
from shg_desk.domain.share_record import SHARE_OUT
from shg_desk.domain.share_record import Vote
from shg_desk.domain.share_record import moves_into_box
from shg_desk.domain.share_record import write_share_out
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_check import AHEAD
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.reports.share_out import ShareOutPaper
from shg_desk.reports.share_out import ShareOutRow
from shg_desk.reports.share_out import share_out_paper
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import operations as operation_store
from shg_desk.store import share_outs as share_out_store
from shg_desk.store.entries import EntryRow
from shg_desk.store.group_state import group_state


@dataclass(frozen=True, slots=True)
class ShareOutAsked:
    """A share-out as asked for: what the group keeps back, who is not there (ids or numbers), those for and against."""

    group: str
    on: date
    kept_minor: int = 0
    absent: tuple[str, ...] = ()
    votes: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class ShareOutDone:
    """A recorded share-out read back: its record, the group right after it, a row a member, what was handed out and
    what waits, minor units.
    """

    op: str
    ground: Ground
    rows: tuple[ShareOutRow, ...]
    handed_minor: int
    later_minor: int
    votes: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class ShareOutView:
    """What the page shows: the ground, the plan (None: nothing to divide) with a row a member, what stands in the way
    and warnings, and the share-out of that very day where there was one already.
    """

    ground: Ground
    plan: SharePlan | None
    rows: tuple[ShareOutRow, ...]
    problems: tuple[Problem, ...]
    done: ShareOutDone | None = None


@dataclass(frozen=True, slots=True)
class ShareOutWritten:
    """What was written (or would be: no `name`), and from what."""

    name: str | None
    ground: Ground
    plan: SharePlan
    rows: tuple[ShareOutRow, ...]
    warnings: tuple[Problem, ...]


def share_out_view(desk: Desk, asked: ShareOutAsked) -> ShareOutView:
    """The share-out of a group on a day before it is written, or as it was. Raises KnownError GROUP_UNKNOWN."""
    ground, plan = _planned(desk, asked)
    found = [one for one in share_out_store.share_outs(desk.book, asked.group) if one.on == asked.on]
    done = read_share_out(desk, found[-1].op) if found else None
    problems = tuple(_in_the_way(desk, asked, ground, plan))
    return ShareOutView(ground, plan, _rows(desk, ground, plan), problems, done)


def preview_share_out(desk: Desk, asked: ShareOutAsked) -> ShareOutWritten:
    """What would be written. Raises KnownError with everything that stands in the way."""
    ground, plan = _planned(desk, asked)
    problems = [*_in_the_way(desk, asked, ground, plan), *_about_votes(ground, asked)]
    if plan is None or any(one.level is Level.PROBLEM for one in problems):
        raise KnownError(*problems)
    return ShareOutWritten(None, ground, plan, _rows(desk, ground, plan), tuple(problems))


def record_share_out(
    desk: Desk, asked: ShareOutAsked, words: Words, *, seen: SharePlan | None = None, dry_run: bool = False
) -> Outcome[ShareOutWritten]:
    """Writes the share-out: one record between meetings, its vote among its decisions, in the words' language.

    `seen` is the plan a person was shown: where it would be another one now, nothing is written. Raises KnownError
    with everything that stands in the way, SHARE_OUT_CHANGED.
    """
    ahead = preview_share_out(desk, asked)
    if seen is not None and seen != ahead.plan:
        raise KnownError(Problem(Code.SHARE_OUT_CHANGED, "plan"))
    if dry_run:
        return Outcome(ahead, Changed.NOTHING, warnings=ahead.warnings)
    ground, plan = ahead.ground, ahead.plan
    sum_ = formats.money(words, plan.handed_minor + plan.later_minor, ground.currency)
    votes_for, against = asked.votes
    vote = Vote(words._("Share-out of {sum}").format(sum=sum_), votes_for, against)
    said = {part.member.id: _said(words, ground, part) for part in plan.parts}
    written = write_share_out(ground, plan, vote, said)
    body = {**written.body, **desk.seal_texts("between", asked.group, written.texts)}
    with desk.book.writing() as writer:
        name = str(writer.append(desk.line("between", body)).name)
    done = ShareOutWritten(name, ground, plan, ahead.rows, ahead.warnings)
    return Outcome(done, LEDGER, frozenset({asked.group}), ahead.warnings)


def _planned(desk: Desk, asked: ShareOutAsked) -> tuple[Ground, SharePlan | None]:
    ground = ground_of(desk, asked.group, asked.on)
    state = group_state(desk.book, asked.group, asked.on)
    taking_part = {one.id for one in ground.members if takes_part(one, ground.on)}
    others, ahead = 0, {}
    for (code, owner), amount in state.balances_minor.items():
        word = code.partition(".")[0]
        if word in ("saving", "ahead") and owner is not None and owner not in taking_part:
            others += max(-amount, 0)
        elif word == "ahead" and owner is not None:
            ahead[owner] = -amount
    kept = asked.kept_minor
    plan = plan_share_out(ground, kept_minor=kept, absent=asked.absent, others_minor=others, ahead_minor=ahead)
    return ground, plan


def _said(words: Words, ground: Ground, part: MemberPart) -> str:
    """How her part came about, to stand at her line."""

    def sum_(amount_minor: int) -> str:
        return formats.money(words, amount_minor, ground.currency)

    profit = words._("profit {sum}") if part.profit_minor >= 0 else words._("loss {sum}")
    said = [words._("savings {sum}").format(sum=sum_(part.saved_in_all_minor))]
    if part.profit_minor:
        said.append(profit.format(sum=sum_(abs(part.profit_minor))))
    if part.set_off_minor:
        said.append(words._("set off {sum}").format(sum=sum_(part.set_off_minor)))
    return ", ".join(said)


# what stands in the way ---------------------------------------------------------------------------------------------


def _in_the_way(desk: Desk, asked: ShareOutAsked, ground: Ground, plan: SharePlan | None) -> Iterator[Problem]:
    group = group_store.group(desk.book, asked.group)
    lifecycle = ground.rules.lifecycle or (group.lifecycle if group else None)
    if lifecycle != SHARE_OUT:
        yield Problem(Code.SHARE_OUT_PERMANENT if lifecycle else Code.SHARE_OUT_NOT_RULED, "group")
        return
    if len(group_store.rules_heads(desk.book, asked.group)) > 1:
        yield Problem(Code.SHARE_OUT_RULES_OPEN, "rules")
    last = last_day(desk, asked.group)
    if last is not None and last > ground.on:
        facts: dict[str, Fact] = {"date": ground.on.isoformat(), "last": last.isoformat()}
        yield Problem(Code.SHARE_OUT_LATER, "date", facts)
        return
    if ground.open_difference_minor:
        yield Problem(Code.SHARE_OUT_DIFFERENCE, "difference", {"left": _money(ground, ground.open_difference_minor)})
    for known in asked.absent:
        if ground.member(known) is None:
            yield Problem(Code.MEMBER_UNKNOWN, "absent", {"member": known})
    if asked.kept_minor < 0:
        yield Problem(Code.AMOUNT_NEGATIVE, "keep")
    if plan is None:
        yield Problem(Code.SHARE_OUT_NOTHING, "cash")
        return
    moves = moves_into_box(plan, ground.places_minor)
    if moves is None:
        missing = plan.handed_minor - ground.places_minor.get(BOX, 0)
        yield Problem(Code.SHARE_OUT_NOT_IN_BOX, BOX, {"left": _money(ground, missing)})
    counted = counted_places(desk, ground)
    for place in (BOX, *(bag for bag, _ in moves or ())):
        if place not in counted:
            yield Problem(Code.SHARE_OUT_NOT_COUNTED, place, {"place": place, "date": ground.on.isoformat()})
    if ground.today is not None and ground.on > ground.today + AHEAD:
        dates: dict[str, Fact] = {"date": ground.on.isoformat(), "today": ground.today.isoformat()}
        yield Problem(Code.DATE_AHEAD, "date", dates, Level.WARNING)


def _money(ground: Ground, amount_minor: int) -> str:
    return major(abs(amount_minor), ground.currency.minor_digits)


def _about_votes(ground: Ground, asked: ShareOutAsked) -> Iterator[Problem]:
    """A share-out is decided by more of those who are there than are against it."""
    votes_for, against = (votes or 0 for votes in asked.votes)
    if votes_for <= against:
        yield Problem(Code.SHARE_OUT_NOT_VOTED, "votes")
    members = ground.there_could_be()
    if votes_for + against > members:
        facts: dict[str, Fact] = {"votes": votes_for + against, "members": members}
        yield Problem(Code.VOTES_TOO_MANY, "decision 1", facts, Level.WARNING)


# rows, reading back, paper ------------------------------------------------------------------------------------------


def _rows(desk: Desk, ground: Ground, plan: SharePlan | None) -> tuple[ShareOutRow, ...]:
    apart = beside_numbers(desk, ground.group)
    parts = sorted(plan.parts if plan else (), key=lambda part: counting_order(part.member.number))
    return tuple(
        ShareOutRow(
            id=part.member.id,
            number=part.member.number,
            name=apart.get(part.member.id) or part.member.name or "",
            saved_minor=part.saved_in_all_minor,
            shares=part.shares,
            part_minor=part.part_minor,
            set_off_minor=part.set_off_minor,
            net_minor=part.net_minor,
            is_later=part.is_absent,
            owes_minor=part.owes_minor,
        )
        for part in parts
    )


def read_share_out(desk: Desk, op: str) -> ShareOutDone:
    """A recorded share-out with the group right after it. Raises KnownError ENTRY_UNKNOWN."""
    read = operation_store.operation(desk.book, op)
    rows = entry_store.entries_of(desk.book, op)
    place = entry_store.place_in_day(desk.book, op)
    if read is None or not rows or place is None:
        raise KnownError(Problem(Code.ENTRY_UNKNOWN, op, {"entry": op}))
    group, on = rows[0].group, rows[0].effective
    that_day = entry_store.entries(desk.book, group, entry_store.Page(limit=-1, first=on, last=on))
    ground = ground_as_it_was(desk, group, on, [row for row in that_day if row.key.place > place])
    moved = _by_member(rows)
    apart = beside_numbers(desk, group)
    members = {one.id: one for one in group_store.memberships(desk.book, group, with_removed=True)}
    found = []
    for gid in sorted(moved, key=lambda one: counting_order(members[one].number)):
        saved, set_off, net, later = moved[gid]
        member, now = members[gid], ground.member(gid)
        found.append(
            ShareOutRow(
                id=gid,
                number=member.number,
                name=apart.get(gid) or member.name or "",
                saved_minor=saved,
                shares=None,
                part_minor=net + set_off,
                set_off_minor=set_off,
                net_minor=net,
                is_later=later,
                owes_minor=owed_minor(ground, now) if now is not None else 0,
            )
        )
    decided: dict[str, Any] = next(iter(read.body.get("decisions", ())), {})
    handed = sum(one.net_minor for one in found if not one.is_later)
    waits = sum(one.net_minor for one in found if one.is_later)
    return ShareOutDone(op, ground, tuple(found), handed, waits, (decided.get("for"), decided.get("against")))


def _by_member(rows: Sequence[EntryRow]) -> dict[str, tuple[int, int, int, bool]]:
    """Of each member (id): savings that went to nothing, debts set off, what she got, and whether it waits for her."""
    found: dict[str, tuple[int, int, int, bool]] = {}
    for row in rows:
        if row.member is None or row.kind != SHARE_OUT:
            continue
        saved, set_off, net, later = found.get(row.member.id, (0, 0, 0, False))
        let_off = any(one.code.startswith("expense") for one in row.postings)
        for one in row.postings:
            if one.code.startswith("saving") or one.code == "ahead":
                saved += one.amount_minor
            elif is_counted(one.code) or one.code == PAYABLE:
                net, later = net - one.amount_minor, later or one.code == PAYABLE
            elif one.code in ("hand", "fines", "principal", "interest") and not let_off:
                set_off -= one.amount_minor
        found[row.member.id] = (saved, set_off, net, later)
    return found


def share_out_on(desk: Desk, group: str, on: date | None = None) -> str:
    """The record of a group's share-out on a day, or of its last one. Raises KnownError SHARE_OUT_NONE."""
    found = [one for one in share_out_store.share_outs(desk.book, group) if on in (None, one.on)]
    if not found:
        raise KnownError(Problem(Code.SHARE_OUT_NONE, "date"))
    return found[-1].op


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
        box_minor=ground.places_minor.get(BOX, 0),
        social_minor=ground.social_minor,
        votes=done.votes,
    )


def print_share_out(desk: Desk, op: str, out: Path, words: Words) -> Path:
    """The list of a recorded share-out, to be signed. Raises KnownError ENTRY_UNKNOWN."""
    done = read_share_out(desk, op)
    share_out_paper(paper_of(done), words, printed_now(desk, done.ground.name)).write(out)
    return out


def print_shared(desk: Desk, out: Path, words: Words, *, group: str, on: date | None = None) -> Papers:
    """The list of a group's (code) share-out on a day, or of its last one. Raises KnownError SHARE_OUT_NONE."""
    one = group_meant(desk, group)
    done = read_share_out(desk, share_out_on(desk, one.id, on))
    papers = Papers([], members=len(done.rows))
    papers.add(out, share_out_paper(paper_of(done), words, printed_now(desk, one.name or group)))
    return papers
