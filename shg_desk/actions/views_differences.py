"""The office's list of everything that needs a person: what two laptops made of one thing, counts, books, strangers."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shg_desk.actions.answers_given import NEWEST
from shg_desk.actions.answers_given import Given
from shg_desk.actions.answers_given import answers_given
from shg_desk.actions.attention import Attention
from shg_desk.actions.attention import BelowZero
from shg_desk.actions.attention import attention
from shg_desk.actions.desk import Desk
from shg_desk.actions.reference_names import name_of
from shg_desk.actions.standing import gone_out
from shg_desk.actions.standing import meeting_entries
from shg_desk.actions.told_digests import told_in
from shg_desk.actions.views_exchange import label_of
from shg_desk.domain.ids import split_entry_name
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Code
from shg_desk.store import differences as difference_store
from shg_desk.store import entries as entry_store
from shg_desk.store import exchange as exchange_store
from shg_desk.store import groups as group_store
from shg_desk.store import loans as loan_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import operations as operation_store
from shg_desk.store.after_death import is_a_living_members
from shg_desk.store.differences import Conflict
from shg_desk.store.differences import Difference
from shg_desk.store.differences import DifferenceKind
from shg_desk.store.differences import after_death_difference
from shg_desk.store.differences import late_difference
from shg_desk.store.entries import EntryRow
from shg_desk.store.groups import Group
from shg_desk.store.meetings import CashCount
from shg_desk.store.operations import Unsettled
from shg_desk.store.standings import State


class Sort(StrEnum):
    """What a line of the list is about; each has its words, its icon and its choices."""

    TWO_MEETINGS = "two-meetings"
    ENTERED_TWICE = "entered-twice"
    CORRECTED_TWICE = "corrected-twice"
    SETTLED_TWICE = "settled-twice"
    LATE = "late-record"
    AFTER_DEATH = "after-death"
    MARKS = "marks"
    RULES = "rules"
    PROFILE = "profile"
    GROUP_CODE = "group-code"
    MEMBER_NUMBER = "member-number"
    BOOKS = "books"
    COUNT = "count"
    BELOW_ZERO = "below-zero"
    CASH = "cash"
    SET_ASIDE = "set-aside"


SORTS = {
    DifferenceKind.SAME_PREDECESSOR: Sort.TWO_MEETINGS,
    DifferenceKind.SAME_DATE: Sort.TWO_MEETINGS,
    DifferenceKind.CORRECTED_TWICE: Sort.CORRECTED_TWICE,
    DifferenceKind.ENTERED_TWICE: Sort.ENTERED_TWICE,
    DifferenceKind.SETTLED_TWICE: Sort.SETTLED_TWICE,
    DifferenceKind.LATE: Sort.LATE,
    DifferenceKind.AFTER_DEATH: Sort.AFTER_DEATH,
    DifferenceKind.MARKS_TWICE: Sort.MARKS,
    DifferenceKind.RULES_TWICE: Sort.RULES,
    DifferenceKind.PROFILE_TWICE: Sort.PROFILE,
    DifferenceKind.CODE_TWICE: Sort.GROUP_CODE,
    DifferenceKind.NUMBER_TWICE: Sort.MEMBER_NUMBER,
}
SOM = Currency("KGS", 2)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One line of the list.

    `members` are the names of the differences it stands for (a list entered twice is one line), `parties` what stands
    in it; `amount_minor` what it is about, None where it is not about money; `since` the day it came to be.
    """

    name: str
    sort: Sort
    group: str | None
    group_name: str
    on: date | None
    amount_minor: int | None
    currency: Currency
    since: date | None
    members: tuple[str, ...]
    parties: tuple[str, ...]
    subject: str = ""
    code: str = ""
    month: int | None = None


Line = tuple[str, Callable[[], OpenItem]]


@dataclass(frozen=True, slots=True)
class DifferencesView:
    """The list, the largest sums first, how many were settled today, and the last answers with their reasons."""

    items: tuple[OpenItem, ...]
    settled_today: int
    today: date
    given: tuple[Given, ...] = ()


def differences_view(desk: Desk) -> DifferencesView:
    """Reads the whole list."""
    items = sorted(open_items(desk), key=lambda one: (-abs(one.amount_minor or 0), one.sort, one.name))
    given = answers_given(desk, set_aside=False)
    if desk.is_office:
        given = (*answers_given(desk, set_aside=True), *given)
    last = sorted(given, key=lambda one: one.on or date.min, reverse=True)[:NEWEST]
    return DifferencesView(tuple(items), _settled_today(desk), desk.today(), tuple(last))


def count_open(desk: Desk, at_once: int | None = None) -> int | None:
    """How many lines the list has; None while more than `at_once` groups have to be looked at to say so."""
    looked = None
    if at_once is not None:
        looked = attention(desk, group_store.groups(desk.book), at_once)
        if looked.unread:
            return None
    return sum(1 for _ in _lines(desk, looked))


def open_items(desk: Desk, looked: Attention | None = None) -> Iterator[OpenItem]:
    """Every line, in no order; `looked` is what `attention` has just said of every group."""
    return (item() for _, item in _lines(desk, looked))


def item_named(desk: Desk, name: str) -> OpenItem | None:
    """One line of the list as it stands now, or None where its cause is gone."""
    return next((item() for known, item in _lines(desk) if known == name), None)


def _lines(desk: Desk, looked: Attention | None = None) -> Iterator[Line]:
    """The name of every line and how the rest of it is read, which takes longer than finding it."""
    # each asked once: on an office's book every one of these reads a great deal
    settled = difference_store.settled_differences(desk.book)
    apart = difference_store.conflicts(desk.book)
    twice = difference_store.open_differences(desk.book, settled=settled, apart=apart)
    unsettled = operation_store.unsettled(desk.book)
    done = {one.name for one in settled}
    groups = {one.id: one for one in group_store.groups(desk.book)}
    yield from _written_twice(desk, groups, twice, apart)
    known = looked or attention(desk, list(groups.values()))
    waiting = (
        *(_line(desk, groups, Sort.LATE, [late_difference(one)]) for one in known.unshared),
        *(_line(desk, groups, Sort.AFTER_DEATH, [after_death_difference(one)]) for one in known.after_death),
        *map(_read_already, _books(desk, groups, unsettled)),
        *map(_read_already, _counts(groups, twice, known.broken)),
        *map(_read_already, _below_zero(desk, groups, known.below)),
        *map(_read_already, _set_aside(desk, unsettled)),
    )
    for name, item in waiting:
        if name not in done:
            yield name, item
    for one in meeting_store.open_differences(desk.book):
        group = groups.get(one.group)
        if group is not None:
            name = f"{Sort.CASH} {one.group}"
            yield _read_already(
                OpenItem(name, Sort.CASH, one.group, _name(group), None, one.amount_minor, group.currency, None, (), ())
            )


def _read_already(item: OpenItem) -> Line:
    return item.name, lambda: item


def _name(group: Group | None) -> str:
    return (group.name or group.code or "") if group is not None else ""


def _settled_today(desk: Desk) -> int:
    """The lines of the list that were answered today: a list entered twice was one."""
    lines = set()
    for one in difference_store.settled_differences(desk.book):
        operation = operation_store.operation(desk.book, one.op)
        if operation is not None and operation.recorded == desk.today():
            kind, *parties = one.name.split(" ")
            twice = kind == DifferenceKind.ENTERED_TWICE
            lines.add((kind, *sorted({party.partition("#")[0] for party in parties})) if twice else (one.name,))
    return len(lines)


# what two laptops made of one thing ---------------------------------------------------------------------------------


def _written_twice(
    desk: Desk, groups: dict[str, Group], twice: Iterable[Difference], apart: Iterable[Conflict]
) -> Iterator[Line]:
    """The differences of the book; cells of two lists that were entered twice stand in one line."""
    lists: dict[tuple[str, ...], list[Difference]] = {}
    named = _changed_twice(desk, apart)
    for one in twice:
        if one.kind is DifferenceKind.ENTERED_TWICE:
            key = tuple(sorted({split_entry_name(party)[0] for party in one.parties}))
            lists.setdefault(key, []).append(one)
        else:
            yield _line(desk, groups, SORTS[one.kind], [one], named.get(frozenset(one.parties)))
    for together in lists.values():
        yield _line(desk, groups, Sort.ENTERED_TWICE, together)


def _changed_twice(desk: Desk, apart: Iterable[Conflict]) -> dict[frozenset[str], str]:
    """Who or what was changed on two laptops, as people call it, by the records that stand against each other."""
    return {frozenset(head.op for head in one.heads): name_of(desk, one.type, one.id) for one in apart}


def _line(
    desk: Desk, groups: dict[str, Group], sort: Sort, together: list[Difference], subject: str | None = None
) -> Line:
    name = together[0].name if len(together) == 1 else f"{sort} list {together[0].name}"
    return name, lambda: _item(desk, groups, sort, name, together, subject)


def _item(
    desk: Desk, groups: dict[str, Group], sort: Sort, name: str, together: list[Difference], subject: str | None
) -> OpenItem:
    first = together[0]
    group = groups.get(first.group or "")
    parties = tuple(party for one in together for party in one.parties)
    return OpenItem(
        name=name,
        sort=sort,
        group=first.group,
        group_name=_name(group),
        on=first.on,
        amount_minor=_amount(desk, sort, parties),
        currency=group.currency if group else SOM,
        since=_since(desk, parties),
        members=tuple(one.name for one in together),
        parties=parties,
        subject=_subject(desk, sort, parties) if subject is None else subject,
    )


def _amount(desk: Desk, sort: Sort, parties: Sequence[str]) -> int | None:
    """What it is about: the larger of two meetings' money, the smaller of what stands there twice, what came late."""
    if sort is Sort.TWO_MEETINGS:
        sums = [sum(row.cash_minor for row in meeting_entries(desk, op)) for op in parties]
        return max(sums, key=abs, default=0)
    if sort is Sort.SETTLED_TWICE:
        return min((sum(gone_out(meeting_entries(desk, op)).values()) for op in parties), default=0)
    if sort in (Sort.LATE, Sort.AFTER_DEATH):
        return sum(row.cash_minor for row in told_of(desk, sort, parties))
    if sort in (Sort.ENTERED_TWICE, Sort.CORRECTED_TWICE):
        by_op: dict[str, int] = {}
        for party in parties:
            found = entry_store.entry(desk.book, party)
            if found is not None:
                by_op[found.row.op] = by_op.get(found.row.op, 0) + found.row.debit_minor
        return min(by_op.values(), default=0)
    return None


def told_of(desk: Desk, sort: Sort, parties: Sequence[str]) -> list[EntryRow]:
    """The entries a late record, or one of a day after a member's death, is told of: those that count."""
    rows = [row for row in entry_store.entries_of(desk.book, parties[0]) if row.stands]
    if sort is Sort.AFTER_DEATH:
        return [
            row for row in rows if row.member is not None and row.member.id == parties[1] and is_a_living_members(row)
        ]
    shared = operation_store.operation(desk.book, parties[1])
    until = str(shared.body["date"]) if shared is not None else ""
    return [row for row in rows if row.effective.isoformat() <= until]


def _since(desk: Desk, parties: Iterable[str]) -> date | None:
    """The day the last of the parties was recorded, as its writer's clock claimed."""
    days = []
    for party in parties:
        try:
            operation = operation_store.operation(desk.book, party.partition("#")[0])
        except ValueError:
            continue  # a thing, not a record
        if operation is not None and operation.recorded is not None:
            days.append(operation.recorded)
    return max(days, default=None)


def _subject(desk: Desk, sort: Sort, parties: tuple[str, ...]) -> str:
    """What people call it: a number or code, a number given twice, who died, a share-out's day (ISO)."""
    if sort is Sort.TWO_MEETINGS:
        full = meeting_store.meeting(desk.book, parties[0])
        return (full.meeting.number or "") if full else ""
    if sort is Sort.MARKS:
        return _number_of_corrected(desk, parties[0])
    if sort is Sort.LATE:
        shared = operation_store.operation(desk.book, parties[1])
        return str(shared.body["date"]) if shared is not None else ""
    if sort is Sort.AFTER_DEATH:
        return name_of(desk, "membership", parties[1])
    if sort is Sort.GROUP_CODE:
        group = group_store.group(desk.book, parties[0])
        return (group.code or "") if group else ""
    if sort is Sort.MEMBER_NUMBER:
        member = group_store.membership(desk.book, parties[0])
        return member.number if member else ""
    return ""


def _number_of_corrected(desk: Desk, correction: str) -> str:
    op = operation_store.operation(desk.book, correction)
    full = meeting_store.meeting(desk.book, op.body["meeting"]) if op is not None else None
    return (full.meeting.number or "") if full else ""


# books, counts, records set aside -----------------------------------------------------------------------------------


def _books(desk: Desk, groups: dict[str, Group], unsettled: Iterable[Unsettled]) -> Iterator[OpenItem]:
    """Months in which a laptop's book and this one do not hold the same; records that wait explain themselves."""
    waiting = {one.name.partition(".")[0] for one in unsettled}
    for device, gid, month, theirs, ours in exchange_store.disagreements(desk.book.db):
        if device in waiting:
            continue
        group = groups.get(gid)
        sums = [int(figure.partition(" ")[2] or 0) for figure in (theirs, ours)]
        # told again in another parcel it is another difference: asking for one settles only what was told before
        name = f"{Sort.BOOKS} {device} {gid} {month} {theirs}/{ours} {told_in(desk, device)}".rstrip()
        currency = group.currency if group else SOM
        yield OpenItem(
            name, Sort.BOOKS, gid, _name(group), None, sums[0] - sums[1], currency, None, (name,),
            (device, theirs, ours), subject=label_of(desk, device), month=month,
        )  # fmt: skip


def _counts(groups: dict[str, Group], twice: Iterable[Difference], broken: Iterable[CashCount]) -> Iterator[OpenItem]:
    """Counts of money that today's sums no longer bear out; those beside an open pair of meetings are told there."""
    told = _told_beside_a_pair(twice)
    for count in broken:
        gid = count.group
        if (gid, count.on) not in told:
            group = groups[gid]
            gap = count.now_minor - (count.counted_minor if count.awaiting else count.expected_minor)
            name = f"{Sort.COUNT} {count.op} {count.place} {count.now_minor}"
            figures = (str(count.counted_minor), str(count.expected_minor), str(count.now_minor))
            yield OpenItem(
                name, Sort.COUNT, gid, _name(group), count.on, gap, group.currency, None, (name,),
                (count.op, count.place, *figures), subject=count.place,
            )  # fmt: skip


def _below_zero(desk: Desk, groups: dict[str, Group], below: Iterable[BelowZero]) -> Iterator[OpenItem]:
    """Accounts of members and lenders that hold less than nothing: what two laptops took from one sum, say."""
    for one in below:
        group = groups[one.group]
        name = f"{Sort.BELOW_ZERO} {one.group} {one.code} {one.owner or ''} {one.amount_minor}"
        yield OpenItem(
            name, Sort.BELOW_ZERO, one.group, _name(group), None, one.amount_minor, group.currency, None, (name,),
            (one.code, one.owner or ""), subject=_whose(desk, one),
        )  # fmt: skip


def _whose(desk: Desk, one: BelowZero) -> str:
    loan = loan_store.loan(desk.book, one.owner) if one.owner and one.code == "principal" else None
    return name_of(desk, "membership", loan.member.id if loan is not None else one.owner or "")


def _told_beside_a_pair(twice: Iterable[Difference]) -> set[tuple[str | None, date | None]]:
    """The (group, day)s of meetings written twice and not settled: what is wrong with their counts is told there."""
    return {
        (one.group, one.on) for one in twice if one.kind in (DifferenceKind.SAME_DATE, DifferenceKind.SAME_PREDECESSOR)
    }


def _set_aside(desk: Desk, unsettled: Iterable[Unsettled]) -> Iterator[OpenItem]:
    """Records that wait for the office's decision."""
    for one in unsettled:
        if one.state is not State.QUARANTINED or one.code == Code.REJECTED:
            continue
        device = one.name.partition(".")[0]
        name = f"{Sort.SET_ASIDE} {one.name} {one.code} {one.mark}"
        yield OpenItem(
            name, Sort.SET_ASIDE, None, "", None, None, SOM, None, (name,), (one.name,),
            label_of(desk, device), one.code,
        )  # fmt: skip
