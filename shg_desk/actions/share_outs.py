"""The share-out of a group: shown, what stands in its way, and written as one record."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shg_desk.actions.called import beside_numbers
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import LEDGER
from shg_desk.actions.share_out_count import counted_places
from shg_desk.actions.share_out_count import last_day
from shg_desk.actions.share_out_done import ShareOutDone
from shg_desk.actions.share_out_done import read_share_out
from shg_desk.domain.money import major
from shg_desk.domain.numbering import counting_order
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.rules import SHARES
from shg_desk.domain.share_plan import MemberPart
from shg_desk.domain.share_plan import SharePlan
from shg_desk.domain.share_plan import plan_share_out
from shg_desk.domain.share_record import BOX
from shg_desk.domain.share_record import SHARE_OUT
from shg_desk.domain.share_record import Vote
from shg_desk.domain.share_record import box_after_minor
from shg_desk.domain.share_record import moves_into_box
from shg_desk.domain.share_record import write_share_out
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_days import about_ahead
from shg_desk.domain.votes import votes_problems
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.reports.share_out import ShareOutRow
from shg_desk.store import groups as group_store
from shg_desk.store import share_outs as share_out_store

NOTHING_FURTHER = frozenset({Code.SHARE_OUT_PERMANENT, Code.SHARE_OUT_NOT_RULED, Code.SHARE_OUT_LATER})
"""Where one of these stands in the way nothing else is looked at."""


@dataclass(frozen=True, slots=True)
class ShareOutAsked:
    """A share-out as asked for: what the group keeps back, who is not there (ids or numbers), those for and against."""

    group: str
    on: date
    kept_minor: int = 0
    absent: tuple[str, ...] = ()
    votes: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class ShareOutGround:
    """What the book says of a group on the day of a share-out, whatever is kept back and whoever is away: its ground,
    names beside numbers, the places that are counted, and what of it stands in the way.
    """

    ground: Ground
    names: Mapping[str, str | None]
    counted: frozenset[str]
    problems: tuple[Problem, ...]
    done: ShareOutDone | None = None


@dataclass(frozen=True, slots=True)
class ShareOutView:
    """What the page shows: what the book says, the plan (None: nothing to divide) with a row a member, what stands in
    the way and warnings.
    """

    book: ShareOutGround
    plan: SharePlan | None
    rows: tuple[ShareOutRow, ...]
    problems: tuple[Problem, ...]

    @property
    def ground(self) -> Ground:
        """The group on the day."""
        return self.book.ground

    @property
    def done(self) -> ShareOutDone | None:
        """The share-out of that very day, where there was one already."""
        return self.book.done


@dataclass(frozen=True, slots=True)
class ShareOutWritten:
    """What was written (or would be: no `name`), and from what."""

    name: str | None
    ground: Ground
    plan: SharePlan
    rows: tuple[ShareOutRow, ...]
    warnings: tuple[Problem, ...]

    @property
    def box_after_minor(self) -> int:
        """What box and bags hold when everybody has hers."""
        return box_after_minor(self.plan, self.ground.places_minor)


def share_out_view(desk: Desk, asked: ShareOutAsked, known: ShareOutGround | None = None) -> ShareOutView:
    """The share-out of a group on a day before it is written, or as it was. Raises KnownError GROUP_UNKNOWN.

    `known` is what the book said of that group and day: it is divided anew without reading it again.
    """
    if known is None or (known.ground.group, known.ground.on) != (asked.group, asked.on):
        known = _read(desk, asked.group, asked.on)
    plan = _plan(known, asked)
    return ShareOutView(known, plan, _rows(known, plan), tuple(_in_the_way(known, asked, plan)))


def preview_share_out(desk: Desk, asked: ShareOutAsked) -> ShareOutWritten:
    """What would be written. Raises KnownError with everything that stands in the way."""
    view = share_out_view(desk, asked)
    problems = (*view.problems, *_about_votes(view.ground, asked), *_paid_or_got_too_much(view))
    if view.plan is None or any(one.level is Level.PROBLEM for one in problems):
        raise KnownError(*problems)
    return ShareOutWritten(None, view.ground, view.plan, view.rows, problems)


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
    sum_ = formats.money(words, plan.sums.net_minor, ground.currency)
    votes_for, against = asked.votes
    vote = Vote(words._("Share-out of {sum}").format(sum=sum_), votes_for, against)
    said = {part.member.id: _said(words, ground, part) for part in plan.parts}
    written = write_share_out(ground, plan, vote, said)
    heads = share_out_store.heads_of_group(desk.book, asked.group)
    body = {**written.body, "heads": heads, **desk.seal_texts("between", asked.group, written.texts)}
    with desk.book.writing() as writer:
        name = str(writer.append(desk.line("between", body)).name)
    done = ShareOutWritten(name, ground, plan, ahead.rows, ahead.warnings)
    return Outcome(done, LEDGER, frozenset({asked.group}), ahead.warnings)


def _read(desk: Desk, group: str, on: date) -> ShareOutGround:
    ground = ground_of(desk, group, on)
    found = [one.op for one in share_out_store.share_outs(desk.book, group) if one.on == on]
    return ShareOutGround(
        ground,
        beside_numbers(desk, group),
        frozenset(counted_places(desk, ground)),
        tuple(_in_the_book(desk, ground)),
        read_share_out(desk, *found) if found else None,
    )


def _plan(known: ShareOutGround, asked: ShareOutAsked) -> SharePlan | None:
    return plan_share_out(known.ground, kept_minor=asked.kept_minor, absent=asked.absent)


def _said(words: Words, ground: Ground, part: MemberPart) -> str:
    """How her part came about, to stand at her line."""

    def sum_(amount_minor: int) -> str:
        return formats.money(words, amount_minor, ground.currency)

    profit = words._("profit {sum}") if part.profit_minor >= 0 else words._("loss {sum}")
    said = [words._("savings {sum}").format(sum=sum_(part.saved_in_all_minor))]
    if part.profit_minor:
        said.append(profit.format(sum=sum_(abs(part.profit_minor))))
    if part.set_off_minor:
        text = words._("set off {sum}") if part.set_off_minor > 0 else words._("given back, paid too much {sum}")
        said.append(text.format(sum=sum_(abs(part.set_off_minor))))
    return ", ".join(said)


# what stands in the way ---------------------------------------------------------------------------------------------


def _in_the_book(desk: Desk, ground: Ground) -> Iterator[Problem]:
    """What of the group itself stands in the way; after one of `NOTHING_FURTHER` nothing else is looked at."""
    group = group_store.group(desk.book, ground.group)
    lifecycle = ground.rules.lifecycle or (group.lifecycle if group else None)
    if lifecycle != SHARE_OUT:
        yield Problem(Code.SHARE_OUT_PERMANENT if lifecycle else Code.SHARE_OUT_NOT_RULED, "group")
        return
    if len(group_store.rules_heads(desk.book, ground.group)) > 1:
        yield Problem(Code.SHARE_OUT_RULES_OPEN, "rules")
    last = last_day(desk, ground.group)
    if last is not None and last > ground.on:
        facts: dict[str, Fact] = {"date": ground.on.isoformat(), "last": last.isoformat()}
        yield Problem(Code.SHARE_OUT_LATER, "date", facts)
        return
    if ground.open_difference_minor:
        yield Problem(Code.SHARE_OUT_DIFFERENCE, "difference", {"left": _money(ground, ground.open_difference_minor)})


def _in_the_way(known: ShareOutGround, asked: ShareOutAsked, plan: SharePlan | None) -> Iterator[Problem]:
    ground = known.ground
    yield from known.problems
    if any(one.code in NOTHING_FURTHER for one in known.problems):
        return
    for member in asked.absent:
        if ground.member(member) is None:
            yield Problem(Code.MEMBER_UNKNOWN, "absent", {"member": member})
    if asked.kept_minor < 0:
        yield Problem(Code.AMOUNT_NEGATIVE, "keep")
    if plan is None:
        yield Problem(Code.SHARE_OUT_NOTHING, "cash")
        return
    moves = moves_into_box(plan, ground.places_minor)
    if moves is None:
        missing = plan.handed_minor - ground.places_minor.get(BOX, 0)
        yield Problem(Code.SHARE_OUT_NOT_IN_BOX, BOX, {"left": _money(ground, missing)})
    for place in (BOX, *(bag for bag, _ in moves or ())):
        if place not in known.counted:
            yield Problem(Code.SHARE_OUT_NOT_COUNTED, place, {"place": place, "date": ground.on.isoformat()})
    yield from about_ahead(ground, ground.on)


def _money(ground: Ground, amount_minor: int) -> str:
    return major(abs(amount_minor), ground.currency.minor_digits)


def _about_votes(ground: Ground, asked: ShareOutAsked) -> Iterator[Problem]:
    """A share-out is decided by more of those who are there than are against it."""
    votes_for, against = (votes or 0 for votes in asked.votes)
    if votes_for <= against:
        yield Problem(Code.SHARE_OUT_NOT_VOTED, "votes")
    yield from votes_problems("decision 1", asked.votes, ground.there_could_be())


def _paid_or_got_too_much(view: ShareOutView) -> Iterator[Problem]:
    """Warnings of members who come to the division with more or less than their savings and debts say."""
    for part in view.plan.parts if view.plan else ():
        one = part.member
        for code, amount in (
            (Code.SHARE_OUT_PAID_TOO_MUCH, one.brought_minor),
            (Code.SHARE_OUT_GOT_TOO_MUCH, one.overdrawn_minor),
        ):
            if amount:
                facts: dict[str, Fact] = {"member": one.number, "amount": _money(view.ground, amount)}
                yield Problem(code, "members", facts, Level.WARNING)


# rows ------------------------------------------------------------------------------------------------------------


def _rows(known: ShareOutGround, plan: SharePlan | None) -> tuple[ShareOutRow, ...]:
    parts = sorted(plan.parts if plan else (), key=lambda part: counting_order(part.member.number))
    return tuple(
        ShareOutRow(
            id=part.member.id,
            number=part.member.number,
            name=known.names.get(part.member.id) or part.member.name or "",
            saved_minor=part.saved_in_all_minor,
            shares=part.shares,
            in_shares_minor=part.saved_minor.get(f"saving.{SHARES}", 0),
            part_minor=part.part_minor,
            set_off_minor=part.set_off_minor,
            net_minor=part.net_minor,
            is_later=part.is_absent,
            owes_minor=part.owes_minor,
        )
        for part in parts
    )
