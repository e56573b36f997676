"""Meetings of a group: the list, the last one, attendance, one in full; and cash counts against today's sums.

What reads whole lines is loaded when it is asked for: the first page of the day only needs the tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from shg_desk.domain.accounts import Account
from shg_desk.store.book import Book
from shg_desk.store.db import Row
from shg_desk.store.last_meeting import STANDING
from shg_desk.store.last_meeting import STANDS
from shg_desk.store.ledger import balances
from shg_desk.store.ledger import standing_minor
from shg_desk.store.ledger import thing_number

if TYPE_CHECKING:
    from shg_desk.store.entries import EntryRow
    from shg_desk.store.operations import Operation


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: `depth` is its place in the chain of meetings seen, `reason` why it was not held.

    `stands` is False for one that was taken back: it counts for nothing.

    `members` counts those with a mark, `present` the present and late ones, `represented` those who sent somebody.
    """

    op: str
    group: str
    on: date
    number: str | None
    held: bool
    reason: str | None
    members: int
    present: int
    represented: int
    next_on: date | None
    depth: int
    seen: str | None
    stands: bool


@dataclass(frozen=True, slots=True)
class LastMark:
    """A group's newest meeting in short: its day and number, and the next day agreed there."""

    on: date
    number: str | None
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Attendance:
    """How often one member (membership id) was what, over the meetings held that had a mark for her."""

    member: str
    marks: Mapping[str, int] = field(default_factory=dict)

    @property
    def meetings(self) -> int:
        """How many meetings had a mark for her."""
        return sum(self.marks.values())

    @property
    def here(self) -> int:
        """How often she was there, in time or late."""
        return self.marks.get("present", 0) + self.marks.get("late", 0)

    @property
    def here_or_sent(self) -> int:
        """How often she was there, or somebody came for her."""
        return self.here + self.marks.get("represented", 0)


@dataclass(frozen=True, slots=True)
class MeetingInFull:
    """A meeting with its operation, entries, each member's mark in the order of the sheet, and texts as far as open."""

    meeting: Meeting
    operation: Operation
    entries: tuple[EntryRow, ...]
    marks: tuple[tuple[str, str], ...]
    texts: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class CashCount:
    """Money counted in one place of a group, minor units.

    `expected_minor` is what the book said then, `now_minor` what it says today of that moment; the count is `broken`
    where they differ. One that awaits a colleague's entries is broken until today's sum is what was counted.
    """

    op: str
    group: str
    place: str
    owner: str | None
    on: date
    counted_minor: int
    expected_minor: int
    now_minor: int
    awaiting: bool
    from_paper: bool

    @property
    def broken(self) -> bool:
        """True where today's sum to that moment is not what it was."""
        return self.now_minor != (self.counted_minor if self.awaiting else self.expected_minor)


@dataclass(frozen=True, slots=True)
class OpenDifference:
    """What of a group's counted cash is not explained yet, minor units: above zero, money is missing."""

    group: str
    amount_minor: int


_MEETING = (
    "SELECT c.device, c.epoch, o.seq, t.gid, m.day, m.number, m.held, m.reason, m.members, m.present, m.represented, "
    "m.next_day, s.depth, cs.device, cs.epoch, os.seq, EXISTS (SELECT 1 FROM undone u WHERE u.op = m.op) "
    "FROM meeting m JOIN standing s ON s.op = m.op "
    "JOIN operation o ON o.id = m.op JOIN chain c ON c.id = o.chain JOIN thing t ON t.id = m.shg "
    "LEFT JOIN operation os ON os.id = s.seen LEFT JOIN chain cs ON cs.id = os.chain"
)
_ORDER = "m.day {way}, s.depth {way}, c.device {way}, c.epoch {way}, o.seq {way}"


def meetings(book: Book, group: str, first: date | None = None, last: date | None = None) -> list[Meeting]:
    """The meetings of a group that stand, between two days (both included), in order."""
    values = {
        "shg": thing_number(book.db, "group", group),
        "first": (first or date.min).toordinal(),
        "last": (last or date.max).toordinal(),
    }
    way = _ORDER.format(way="ASC")
    stands = STANDS.format(op="m.op")
    sql = f"{_MEETING} WHERE m.shg = :shg AND m.day BETWEEN :first AND :last AND {stands} ORDER BY {way}"
    return [_meeting(row) for row in book.db.rows(sql, values)]


def last_meeting(book: Book, group: str) -> Meeting | None:
    """The newest meeting that stands, by the chain of what was seen (no clock), or None."""
    sql = f"{_MEETING} WHERE m.op = {STANDING.format(shg='?')}"
    row = book.db.row(sql, (thing_number(book.db, "group", group),))
    return _meeting(row) if row else None


def last_marks(book: Book) -> dict[str, LastMark]:
    """Of every group that has met (by its id), its newest meeting as `last_meeting` gives it, in short.

    No line of the log is read: for hundreds of groups that would be hundreds of pages to decrypt.
    """
    found = {}
    for gid, day, number, next_day, equals in book.db.rows(
        "SELECT t.gid, m.day, m.number, m.next_day, (SELECT count(*) FROM standing y WHERE y.shg = g.thing "
        f"AND y.depth = s.depth AND y.kind = 'meeting' AND y.state = 0 AND {STANDS.format(op='y.op')}) "
        "FROM shg g CROSS JOIN standing s ON s.op = "
        "(SELECT n.op FROM standing n WHERE n.shg = g.thing AND n.kind = 'meeting' AND n.state = 0 "
        f"AND {STANDS.format(op='n.op')} ORDER BY n.depth DESC LIMIT 1) "
        "JOIN meeting m ON m.op = s.op JOIN thing t ON t.id = g.thing"
    ):
        exact = last_meeting(book, gid) if equals > 1 else None  # two laptops wrote it: the names decide
        if exact is not None:
            found[gid] = LastMark(exact.on, exact.number, exact.next_on)
        else:
            next_on = None if next_day is None else date.fromordinal(next_day)
            found[gid] = LastMark(date.fromordinal(day), number, next_on)
    return found


def _meeting(row: Row) -> Meeting:
    device, epoch, seq, gid, day, number, held, reason, members, present, represented, next_day, depth = row[:13]
    return Meeting(
        op=f"{device}.{epoch}.{seq}",
        group=gid,
        on=date.fromordinal(day),
        number=number,
        held=bool(held),
        reason=reason,
        members=members,
        present=present,
        represented=represented,
        next_on=None if next_day is None else date.fromordinal(next_day),
        depth=depth,
        seen=None if row[13] is None else f"{row[13]}.{row[14]}.{row[15]}",
        stands=not row[16],
    )


def attendance(book: Book, group: str, first: date | None = None, last: date | None = None) -> list[Attendance]:
    """Each member's marks over the meetings held that stand, between two days (both included), by their numbers."""
    from shg_desk.domain.kinds import ATTENDANCE

    rows = book.db.rows(
        "SELECT t.gid, a.mark, count(*) FROM meeting m JOIN attendance a ON a.op = m.op "
        "JOIN thing t ON t.id = a.member LEFT JOIN membership k ON k.thing = a.member "
        f"WHERE m.shg = ? AND m.held = 1 AND {STANDS.format(op='m.op')} AND m.day BETWEEN ? AND ? AND a.mark <> '-' "
        "GROUP BY t.gid, a.mark ORDER BY k.number_order, t.gid",
        (thing_number(book.db, "group", group), (first or date.min).toordinal(), (last or date.max).toordinal()),
    )
    found: dict[str, dict[str, int]] = {}
    for member, mark, number in rows:
        found.setdefault(member, {})[ATTENDANCE[mark]] = number
    return [Attendance(member, marks) for member, marks in found.items()]


def marks_of(book: Book, member: str) -> list[tuple[str, str]]:
    """How one member (membership id) stood at each meeting that had a mark for her and stands: its name and mark."""
    from shg_desk.domain.kinds import ATTENDANCE

    return [
        (f"{device}.{epoch}.{seq}", ATTENDANCE[mark])
        for device, epoch, seq, mark in book.db.rows(
            # through the meetings of her group: marks are kept by meeting, and looking for hers would read them all
            "SELECT c.device, c.epoch, o.seq, a.mark FROM membership k CROSS JOIN meeting m ON m.shg = k.shg "
            "CROSS JOIN attendance a ON a.op = m.op AND a.member = k.thing JOIN operation o ON o.id = a.op "
            f"JOIN chain c ON c.id = o.chain WHERE k.thing = ? AND a.mark <> '-' AND {STANDS.format(op='a.op')} "
            "ORDER BY 1, 2, 3",
            (thing_number(book.db, "membership", member),),
        )
    ]


def meeting(book: Book, op: str) -> MeetingInFull | None:
    """One meeting by its operation's name, or None. Raises ValueError for no name."""
    from shg_desk.domain.kinds import ATTENDANCE
    from shg_desk.store.entries import entries_of
    from shg_desk.store.operations import operation
    from shg_desk.store.operations import texts

    read = operation(book, op)
    if read is None or read.kind != "meeting":
        return None
    row = book.db.row(
        f"{_MEETING} WHERE m.shg = :shg AND m.op = :op",
        {"shg": thing_number(book.db, "group", read.body["group"]), "op": read.id},
    )
    if row is None:
        return None
    members, marks = read.body.get("members", ()), read.body.get("attendance", "")
    paired = tuple((member, ATTENDANCE[mark]) for member, mark in zip(members, marks, strict=False))
    return MeetingInFull(_meeting(row), read, tuple(entries_of(book, op)), paired, texts(book, read))


def amendments(book: Book, op: str, *, annulled: bool = False) -> list[Operation]:
    """The corrections that say more of a meeting (by its operation's name) than its money, in their order.

    Those whose answer was undone are among them only with `annulled`.
    """
    from shg_desk.store.derive_kinds import amending
    from shg_desk.store.operations import operation
    from shg_desk.store.operations import operations

    read = operation(book, op)
    if read is None:
        return []
    numbers = amending(book.db, read.id, annulled=annulled)
    found = operations(book.db, numbers)
    return [found[number] for number in numbers]


# between meetings ---------------------------------------------------------------------------------------------------


def since_last_meeting(book: Book, group: str) -> list[Operation]:
    """What was written between meetings and no meeting has seen: receipts and payments of the door, and single counts.

    That is what saw the last meeting (or none where there was none), and what takes effect after its day.
    """
    from shg_desk.store.operations import operations

    shg = thing_number(book.db, "group", group)
    last = last_meeting(book, group)
    rows = book.db.rows(
        "SELECT op FROM standing WHERE state = 0 AND shg = ? AND kind IN ('between', 'count') "
        "AND (depth > ? OR day > ?) ORDER BY day, depth, op",
        (shg, last.depth if last else 0, last.on.toordinal() if last else 0),
    )
    read = operations(book.db, (row[0] for row in rows))
    return [read[row[0]] for row in rows]


# cash ---------------------------------------------------------------------------------------------------------------


def cash_counts(book: Book, group: str, since: date | None = None) -> list[CashCount]:
    """The counts of a group's places of money from a day on, in order of place and time, against today's sums."""
    db = book.db
    accounts = db.rows(
        "SELECT a.id, a.code, t.gid FROM account a LEFT JOIN thing t ON t.id = a.owner WHERE a.shg = ? "
        "AND EXISTS (SELECT 1 FROM cash_count k WHERE k.account = a.id) ORDER BY 2, 3",
        (thing_number(db, "group", group),),
    )
    found: list[CashCount] = []
    for number, code, owner in accounts:
        found += _counts(book, number, Account(group, code, owner), since.toordinal() if since else 1)
    return found


_NEVER_THERE = "".join(
    "AND NOT EXISTS (SELECT 1 FROM corrected x JOIN undone u ON u.op = x.entry / 4096 JOIN entry a ON a.id = x.entry "
    f"JOIN entry b ON b.id = x.by AND b.day = a.day WHERE x.{side} = q.entry)"
    for side in ("entry", "by")
)
"""Leaves out what a meeting that was taken back moved, and what took it back on the same day."""


def _counts(book: Book, number: int, account: Account, since: int) -> Iterable[CashCount]:
    """One pass over an account's postings beside its counts, both in the one order; a count follows its own entries.

    A meeting that was taken back has no count, and on its day no money that another one's count would have met. Of a
    meeting whose count was put right only the last one is there.
    """
    db = book.db
    order = "s.depth, c.device, c.epoch, o.seq"
    joins = "JOIN operation o ON o.id = s.op JOIN chain c ON c.id = o.chain"
    counts = db.rows(
        f"SELECT k.day, {order}, k.counted, k.expected, k.awaiting, k.paper, "
        "ifnull(r.meeting, k.op), ifnull(r.rank, 0) FROM cash_count k LEFT JOIN amended r ON r.op = k.op "
        f"JOIN standing s ON s.op = k.op {joins} WHERE k.account = ? AND k.day >= ? AND {STANDS.format(op='k.op')} "
        f"ORDER BY k.day, {order}, k.n",
        (number, since),
    )
    if not counts:
        return
    last = {count[9]: index for index, count in sorted(enumerate(counts), key=lambda one: (one[1][10], one[0]))}
    balance = standing_minor(db, number, counts[0][0] - 1)
    never = _NEVER_THERE if db.value("SELECT 1 FROM undone LIMIT 1") else ""
    moved = db.rows(
        f"SELECT p.day, {order}, p.moved FROM (SELECT day, entry / 4096 AS op, sum(amount) AS moved FROM posting q "
        f"WHERE account = ? AND day BETWEEN ? AND ? {never} GROUP BY 1, 2) p "
        f"CROSS JOIN standing s ON s.op = p.op {joins} ORDER BY p.day, {order}",
        (number, counts[0][0], counts[-1][0]),
    )
    place = 0
    for index, count in enumerate(counts):
        while place < len(moved) and moved[place][:5] <= count[:5]:
            balance += moved[place][5]
            place += 1
        if last[count[9]] != index:  # a correction of the meeting counted anew
            continue
        yield CashCount(
            op=f"{count[2]}.{count[3]}.{count[4]}",
            group=account.group,
            place=account.code,
            owner=account.owner,
            on=date.fromordinal(count[0]),
            counted_minor=count[5],
            expected_minor=count[6],
            now_minor=balance,
            awaiting=bool(count[7]),
            from_paper=bool(count[8]),
        )


def open_differences(book: Book, group: str | None = None) -> list[OpenDifference]:
    """The groups whose named cash differences do not add up to nothing."""
    return [
        OpenDifference(balance.account.group, balance.amount_minor)
        for balance in balances(book, group, accounts=["differences"])
        if balance.amount_minor
    ]
