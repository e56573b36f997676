"""One difference in full: its two or three sides as columns, line by line, and what a person may answer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from shg_desk.actions.answers_given import answers_here
from shg_desk.actions.called import beside_numbers
from shg_desk.actions.decisions import LEAVES_OUT
from shg_desk.actions.desk import Desk
from shg_desk.actions.difference_books import books_view
from shg_desk.actions.difference_cash import below_zero_view
from shg_desk.actions.difference_cash import cash_view
from shg_desk.actions.difference_entries import day_to_carry_on
from shg_desk.actions.difference_view import Answer
from shg_desk.actions.difference_view import DifferenceView
from shg_desk.actions.difference_view import Side
from shg_desk.actions.difference_view import SideRow
from shg_desk.actions.difference_view import Value
from shg_desk.actions.reference_names import in_names
from shg_desk.actions.standing import gone_out
from shg_desk.actions.standing import meeting_entries
from shg_desk.actions.views_differences import OpenItem
from shg_desk.actions.views_differences import Sort
from shg_desk.actions.views_differences import item_named
from shg_desk.actions.views_differences import told_of
from shg_desk.actions.views_exchange import label_of
from shg_desk.domain.amendments import DECISIONS
from shg_desk.domain.amendments import Apart
from shg_desk.domain.ids import split_entry_name
from shg_desk.store import differences as difference_store
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store import marks_apart as marks_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store import operations as operation_store
from shg_desk.store.decided import LETS_IN
from shg_desk.store.differences import Conflict
from shg_desk.store.entries import EntryRow
from shg_desk.store.groups import Membership


def difference_view(desk: Desk, name: str) -> DifferenceView | None:
    """Reads one difference as it stands now; None where it is settled or its cause is gone.

    At a laptop that has an office there is nothing to answer: its office does.
    """
    item = item_named(desk, name)
    if item is None:
        return None
    view = _READERS.get(item.sort, _plain)(desk, item)
    return replace(view, answers=(), at_office=True) if view.answers and not answers_here(desk) else view


# two meetings -------------------------------------------------------------------------------------------------------


def _meetings(desk: Desk, item: OpenItem) -> DifferenceView:
    entries = [meeting_entries(desk, op) for op in item.parties]
    sides = [_meeting_side(desk, op) for op in item.parties]
    sums = [_sums(one) for one in entries]
    names = _Names(desk)
    rows = [
        SideRow(key, *names.who(key), tuple(one.get(key, 0) for one in sums))
        for key in sorted({key for one in sums for key in one}, key=names.order)
    ]
    totals = tuple(sum(one.values()) for one in sums)
    blocked = [loan_in_the_way(desk, one) for one in entries]
    answers = [
        Answer("keep", i, totals[i], blocked=next((b for j, b in enumerate(blocked) if j != i and b), ""))
        for i in range(len(sides))
    ]
    differing = [row for row in rows if row.differs]
    if len(sides) == 2 and differing:
        answers.append(Answer("rows", blocked="".join(blocked)))
    answers.append(Answer("both", cash_minor=sum(totals)))
    return DifferenceView(item, tuple(sides), tuple(rows), totals, tuple(answers))


def _settled(desk: Desk, item: OpenItem) -> DifferenceView:
    """One thing settled on two laptops: a column a laptop, a line a member, what each record gives her or owes her."""
    entries = [meeting_entries(desk, op) for op in item.parties]
    sums = [gone_out(one) for one in entries]
    names = _Names(desk)
    rows = [
        SideRow(key, *names.who(key), tuple(one.get(key, 0) for one in sums))
        for key in sorted({key for one in sums for key in one}, key=names.order)
    ]
    totals = tuple(sum(one.values()) for one in sums)
    sides = [Side(label_of(desk, op.partition(".")[0]), _recorded(desk, op), (op,)) for op in item.parties]
    blocked = [loan_in_the_way(desk, one) for one in entries]
    answers = [
        Answer("keep", i, totals[i], blocked=next((b for j, b in enumerate(blocked) if j != i and b), ""))
        for i in range(len(sides))
    ]
    answers.append(Answer("both", cash_minor=sum(totals)))
    return DifferenceView(item, tuple(sides), tuple(rows), totals, tuple(answers))


def _told_of(desk: Desk, item: OpenItem) -> DifferenceView:
    """A record that came late, or is of a day after a death: whose it is, and what of it is told."""
    op, names = item.parties[0], _Names(desk)
    rows = tuple(
        SideRow(row.name, "", names.called(row), (row.cash_minor or row.debit_minor,), on=row.effective, kind=row.kind)
        for row in told_of(desk, item.sort, item.parties)
    )
    side = Side(label_of(desk, op.partition(".")[0]), _recorded(desk, op), (op,))
    return DifferenceView(item, (side,), rows, None, (Answer("noted"),))


def _meeting_side(desk: Desk, op: str) -> Side:
    full = meeting_store.meeting(desk.book, op)
    label = label_of(desk, op.partition(".")[0])
    if full is None:
        return Side(label, None, (op,))
    counts = [one for one in meeting_store.cash_counts(desk.book, full.meeting.group, full.meeting.on) if one.op == op]
    return Side(
        label,
        full.operation.recorded,
        (op,),
        counted_minor=sum(one.counted_minor for one in counts) if counts else None,
        from_paper=any(one.from_paper for one in counts) or bool(full.operation.body.get("paper")),
        balanced=all(one.counted_minor == one.expected_minor for one in counts) if counts else None,
    )


def _sums(entries: Iterable[EntryRow]) -> Counter[str]:
    """What each member moved in money, by membership id; what is the group's own stands under an empty key."""
    found: Counter[str] = Counter()
    for row in entries:
        found[row.member.id if row.member else ""] += row.cash_minor
    return found


class _Names:
    """Numbers and names of members by membership id; a group's namesakes are read once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, tuple[str, str]] = {"": ("", "")}
        self._apart: dict[str, Mapping[str, str | None]] = {}

    def who(self, member: str) -> tuple[str, str]:
        """Her number and name; empty for nobody and for who is not known."""
        if member not in self._known:
            known = group_store.membership(self._desk.book, member)
            self._known[member] = self._said(known) if known is not None else ("", "")
        return self._known[member]

    def _said(self, known: Membership) -> tuple[str, str]:
        if known.group not in self._apart:
            self._apart[known.group] = beside_numbers(self._desk, known.group)
        return known.number, self._apart[known.group].get(known.id) or known.name or ""

    def called(self, row: EntryRow) -> str:
        """Her number and name in one, of an entry; nothing of the group's own."""
        number, name = self.who(row.member.id) if row.member is not None else ("", "")
        return f"№ {number} {name}".rstrip() if number else name

    def order(self, member: str) -> tuple[int, int, str]:
        """The place of her row, by her number."""
        number, _ = self.who(member)
        digits = "".join(filter(str.isdigit, number))
        return (0 if number else 1, int(digits or 0), number)


def loan_in_the_way(desk: Desk, entries: Iterable[EntryRow]) -> str:
    """The code of a loan given among these entries that was paid on since: it cannot be taken back before that."""
    rows = list(entries)
    own = {row.name for row in rows}
    lent = {row.loan: row for row in rows if row.kind == "loan" and row.loan is not None}
    whose = {row.member.id for row in lent.values() if row.member is not None}
    for other in entry_store.entries_of_loans(desk.book, whose, lent):
        if other.name not in own and not other.corrects and not other.corrected_by:
            return other.loan_code or ""
    return ""


# entries ------------------------------------------------------------------------------------------------------------


def _entered(desk: Desk, item: OpenItem) -> DifferenceView:
    """A list two laptops took in: a column a laptop, a line a cell."""
    ops = sorted({split_entry_name(party)[0] for party in item.parties})
    found = {party: row for party in item.parties if (row := _entry(desk, party)) is not None}
    sides = [
        Side(
            label_of(desk, op.partition(".")[0]),
            _recorded(desk, op),
            tuple(party for party in item.parties if split_entry_name(party)[0] == op),
        )
        for op in ops
    ]
    table: dict[str, list[Value]] = {}
    for name in item.members:
        for party in name.split(" ")[1:]:
            row = found.get(party)
            if row is None:
                continue
            key = row.member.id if row.member else ""
            column = ops.index(row.op)
            values = table.setdefault(f"{key} {name}", [None] * len(ops))
            values[column] = row.debit_minor
    names = _Names(desk)
    rows = [
        SideRow(key, *names.who(key.partition(" ")[0]), tuple(values))
        for key, values in sorted(table.items(), key=lambda pair: names.order(pair[0].partition(" ")[0]))
    ]
    totals = tuple(sum(v for row in rows if isinstance(v := row.values[i], int)) for i in range(len(ops)))
    answers = [Answer("keep", i, totals[i]) for i in range(len(ops))]
    answers.append(Answer("both", cash_minor=sum(totals)))
    return DifferenceView(item, tuple(sides), tuple(rows), totals, tuple(answers))


def _entry(desk: Desk, name: str) -> EntryRow | None:
    found = entry_store.entry(desk.book, name)
    return found.row if found is not None else None


def _recorded(desk: Desk, op: str) -> date | None:
    operation = operation_store.operation(desk.book, op)
    return operation.recorded if operation is not None else None


def _corrected(desk: Desk, item: OpenItem) -> DifferenceView:
    """An entry that two corrections took back: each correction is a side."""
    row = _entry(desk, item.parties[0])
    # a correction that does not say which of its entries takes this one back is named itself
    takers = tuple(sorted({name.partition("#")[0] for name in row.corrected_by})) if row is not None else ()
    sides, values = [], []
    for op in takers:
        sides.append(Side(label_of(desk, op.partition(".")[0]), _recorded(desk, op), (op,)))
        values.append(sum(one.cash_minor for one in entry_store.entries_of(desk.book, op)))
    number, name = _Names(desk).who(row.member.id) if row is not None and row.member else ("", "")
    rows = (SideRow(item.parties[0], number, name, tuple(values)),)
    answers = [Answer("keep", i, values[i]) for i in range(len(sides))]
    return DifferenceView(item, tuple(sides), rows, None, (*answers, Answer("both", cash_minor=sum(values))))


# profiles -----------------------------------------------------------------------------------------------------------


def conflict_of(desk: Desk, item: OpenItem) -> Conflict | None:
    """The field group that was changed twice."""
    wanted = set(item.parties)
    return next((one for one in difference_store.conflicts(desk.book) if {h.op for h in one.heads} == wanted), None)


def _profile(desk: Desk, item: OpenItem) -> DifferenceView:
    conflict = conflict_of(desk, item)
    heads = conflict.heads if conflict is not None else ()
    sides = [Side(label_of(desk, head.op.partition(".")[0]), _recorded(desk, head.op), (head.op,)) for head in heads]
    fields = [dict(head.fields) for head in heads]
    if conflict is not None:
        fields = in_names(desk, conflict.type, conflict.field_group, fields)
    rows = _field_rows(fields)
    answers = tuple(Answer("keep", i) for i in range(len(sides)))
    return DifferenceView(item, tuple(sides), rows, None, answers)


def _rules(desk: Desk, item: OpenItem) -> DifferenceView:
    """Two versions of the rules: each is a side, and a line says as JSON what each has of a word, and from when."""
    versions = {one.name: one for one in group_store.rules_versions(desk.book, item.group or "")}
    sides, contents = [], []
    for op in item.parties:
        version = versions.get(op)
        sides.append(Side(label_of(desk, op.partition(".")[0]), _recorded(desk, op), (op,)))
        said = {**version.content, "from": version.starts.isoformat()} if version else {}
        contents.append({word: json.dumps(value, ensure_ascii=False) for word, value in said.items()})
    answers = tuple(Answer("keep", i) for i in range(len(sides)))
    return DifferenceView(item, tuple(sides), _field_rows(contents), None, answers)


def _field_rows(contents: Sequence[Mapping[str, Any]]) -> tuple[SideRow, ...]:
    names = sorted({name for one in contents for name in one})
    return tuple(SideRow(name, "", name, tuple(_text(one.get(name)) for one in contents)) for name in names)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _marks(desk: Desk, item: OpenItem) -> DifferenceView:
    """Two corrections of how members stood or what was decided: each is a side, the last one in order stands."""
    meeting = corrected_meeting(desk, item)
    open_ones = marks_store.marks_apart(desk.book, meeting)
    in_order = [one.name for one in meeting_store.amendments(desk.book, meeting)]
    last = max(item.parties, key=lambda op: in_order.index(op) if op in in_order else -1)
    sides = tuple(
        Side(label_of(desk, op.partition(".")[0]), _recorded(desk, op), (op,), stands=op == last) for op in item.parties
    )
    names = _Names(desk)
    order = sorted(open_ones, key=lambda one: (one.cell == DECISIONS, *names.order(one.cell)))
    rows = tuple(
        SideRow(one.cell, *(("", DECISIONS) if one.cell == DECISIONS else names.who(one.cell)), _said_by(one, item))
        for one in order
    )
    answers = [Answer("keep", i) for i in range(len(sides))]
    if len(sides) == 2 and len(rows) > 1:
        answers.append(Answer("rows"))
    return DifferenceView(item, sides, rows, None, tuple(answers))


def corrected_meeting(desk: Desk, item: OpenItem) -> str:
    """The name of the meeting that two corrections put right."""
    correction = operation_store.operation(desk.book, item.parties[0])
    return str(correction.body["meeting"]) if correction is not None else ""


def _said_by(one: Apart, item: OpenItem) -> tuple[Value, ...]:
    """What each side says of one thing, as JSON; None where it does not speak of it."""
    return tuple(json.dumps(one.said[op], ensure_ascii=False) if op in one.said else None for op in item.parties)


def _given_twice(desk: Desk, item: OpenItem) -> DifferenceView:
    """One code or number that two things bear: each thing is a side; whoever keeps it, the other gets a free one."""
    sides, rows = [], []
    names: list[Value] = []
    villages: list[Value] = []
    for gid in item.parties:
        if item.sort is Sort.GROUP_CODE:
            group = group_store.group(desk.book, gid)
            label, village = ((group.name or ""), group.village_name) if group else ("", None)
        else:
            member = group_store.membership(desk.book, gid)
            label, village = (_Names(desk).who(gid)[1], member.household_code) if member else ("", None)
        sides.append(Side(label, None, (gid,)))
        names.append(label)
        villages.append(village)
    rows = [SideRow("name", "", "name", tuple(names)), SideRow("village", "", "village", tuple(villages))]
    return DifferenceView(item, tuple(sides), tuple(rows), None, tuple(Answer("keep", i) for i in range(len(sides))))


# counts, the rest ---------------------------------------------------------------------------------------------------


def _count(desk: Desk, item: OpenItem) -> DifferenceView:
    op, _, *figures = item.parties
    side = Side(label_of(desk, op.partition(".")[0]), _recorded(desk, op), (op,))
    names = ("counted", "expected", "now")
    rows = tuple(SideRow(name, "", name, (int(one),)) for name, one in zip(names, figures, strict=True))
    answers = ["noted", "carry"] if day_to_carry_on(desk, item) is not None else ["noted"]
    return DifferenceView(item, (side,), rows, None, tuple(map(Answer, answers)))


def _plain(desk: Desk, item: OpenItem) -> DifferenceView:
    """A record set aside: one side and what can be said of it."""
    side = Side(item.subject, None, item.parties)
    answers = (Answer(LETS_IN), Answer(LEAVES_OUT)) if desk.is_office else ()
    return DifferenceView(item, (side,), (), None, answers)


_READERS = {
    Sort.TWO_MEETINGS: _meetings,
    Sort.ENTERED_TWICE: _entered,
    Sort.SETTLED_TWICE: _settled,
    Sort.LATE: _told_of,
    Sort.AFTER_DEATH: _told_of,
    Sort.CORRECTED_TWICE: _corrected,
    Sort.PROFILE: _profile,
    Sort.RULES: _rules,
    Sort.MARKS: _marks,
    Sort.GROUP_CODE: _given_twice,
    Sort.MEMBER_NUMBER: _given_twice,
    Sort.BOOKS: books_view,
    Sort.COUNT: _count,
    Sort.BELOW_ZERO: below_zero_view,
    Sort.CASH: cash_view,
}
