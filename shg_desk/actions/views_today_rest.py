"""What the first page of the day says a moment later: sums expected, loans that are late, what was written twice."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace

from shg_desk.actions.attention import GROUPS_AT_ONCE
from shg_desk.actions.attention import LateLoan
from shg_desk.actions.attention import attention
from shg_desk.actions.called import called
from shg_desk.actions.called import namesakes
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.views_differences import OpenItem
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import open_items
from shg_desk.actions.views_today import MeetingAhead
from shg_desk.actions.views_today import Today
from shg_desk.actions.views_today import Waiting
from shg_desk.actions.views_today import today_at_first
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Fact
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_figures import SheetFigures
from shg_desk.domain.sheet_figures import sheet_lines
from shg_desk.domain.sheet_state import RowState
from shg_desk.domain.sheet_state import SheetState
from shg_desk.store import groups as group_store
from shg_desk.store import loans as loan_store
from shg_desk.store.groups import Group
from shg_desk.store.meetings import CashCount

OF_LATE_RECORDS = {Sort.LATE: "late", Sort.AFTER_DEATH: "after-death"}
"""What is told of late records, by the kind of its line."""


def today(desk: Desk) -> Today:
    """The page of today, as the book stands now."""
    view = today_at_first(desk)
    while not view.is_whole:
        view = today_further(desk, view)
    return view


def today_further(desk: Desk, view: Today) -> Today:
    """The same with more of what takes longer: the sums expected of the meetings shown, then what laptops wrote twice
    and the loans that are late.
    """
    if any(_lacks_sum(one) for one in view.meetings):
        return replace(view, meetings=tuple(_with_sum(desk, one) if _lacks_sum(one) else one for one in view.meetings))
    every = group_store.groups(desk.book)
    known = attention(desk, every, GROUPS_AT_ONCE)
    if known.unread:
        return view
    first = sum(one.kind == "difference" for one in view.waiting)
    items = list(open_items(desk, known))
    more = (*_broken(every, known.broken), *_overdue(desk, every, known.late), *_late(items), *_twice(items))
    return replace(view, waiting=(*view.waiting[:first], *more, *view.waiting[first:]), is_whole=True)


def _lacks_sum(one: MeetingAhead) -> bool:
    return one.on is not None and one.done is None and one.expected_minor is None


def _with_sum(desk: Desk, one: MeetingAhead) -> MeetingAhead:
    assert one.on is not None
    return replace(one, expected_minor=expected_minor(ground_of(desk, one.group, one.on)))


def expected_minor(ground: Ground) -> int:
    """What the members should bring to a meeting when all are there, arrears with it: what stands as needed in the
    cells of the sheet, on the screen and on paper; for what is in somebody's hands no day was agreed.
    """
    lines = [line for line in sheet_lines(ground) if line.member.is_in(ground.on)]
    all_there = SheetState(rows={line.member.id: RowState(Attendance.PRESENT) for line in lines})
    figures = SheetFigures(ground, tuple(lines), all_there)
    columns = (one for one in figures.every_column if one.side == "in" and one.kind != "hand")
    return sum(figures.column_expected_minor(column) for column in columns)


def _overdue(desk: Desk, groups: Iterable[Group], late: Iterable[LateLoan]) -> Iterator[Waiting]:
    """One line for each currency."""
    by_id = {one.id: one for one in groups}
    together: dict[Currency, list[LateLoan]] = {}
    for one in late:
        together.setdefault(by_id[one.group].currency, []).append(one)
    for currency, some in together.items():
        longest = min(some, key=lambda one: (one.since, by_id[one.group].name or "", one.on, one.code))
        group = by_id[longest.group]
        who = loan_store.borrower(desk.book, longest.id)
        facts: dict[str, Fact] = {
            "n": len(some),
            "amount_minor": sum(one.arrears_minor for one in some),
            "who": called(namesakes(desk, group.id), who),
            "days": (desk.today() - longest.since).days,
            "of": group.name or group.code or "",
        }
        yield Waiting("overdue", None, "", currency, facts)


def _broken(groups: Iterable[Group], broken: Iterable[CashCount]) -> Iterator[Waiting]:
    """One line for each group whose counts no longer agree with the book; the newest one is told."""
    together: dict[str, list[CashCount]] = {}
    for count in broken:
        together.setdefault(count.group, []).append(count)
    for group in groups:
        if some := together.get(group.id):
            newest = max(some, key=lambda one: (one.on, one.op, one.place))
            facts: dict[str, Fact] = {
                "n": len(some),
                "on": newest.on.isoformat(),
                "place": newest.place,
                "counted_minor": newest.counted_minor,
                "then_minor": newest.expected_minor,
                "now_minor": newest.now_minor,
            }
            yield Waiting("broken", group.id, group.name or group.code or "", group.currency, facts)


def _late(items: Iterable[OpenItem]) -> Iterator[Waiting]:
    """One line for each share-out that does not hold some records, and for each member recorded after her death."""
    together: dict[tuple[Sort, str | None, str], list[OpenItem]] = {}
    for item in items:
        if item.sort in OF_LATE_RECORDS:
            together.setdefault((item.sort, item.group, item.subject), []).append(item)
    for (sort, group, subject), some in sorted(together.items(), key=lambda one: (one[0][0], one[1][0].group_name)):
        days = [one.on.isoformat() for one in some if one.on is not None]
        facts: dict[str, Fact] = {"n": len(some), "of": subject, "on": min(days, default=None)}
        yield Waiting(OF_LATE_RECORDS[sort], group, some[0].group_name, some[0].currency, facts)


def _twice(items: Sequence[OpenItem]) -> list[Waiting]:
    """As many as the page of differences has lines, where not all of them have lines of their own here, too."""
    there = any(one.sort not in (Sort.CASH, Sort.COUNT, *OF_LATE_RECORDS) for one in items)
    return [Waiting("twice", facts={"n": len(items)})] if there else []
