"""Papers from the book: passbooks with their control totals, minutes, the empty sheet, an account, booklet lists."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from pathlib import Path

from shg_desk.actions.agenda import agenda_of
from shg_desk.actions.agenda import agenda_of_meeting
from shg_desk.actions.before_sheet import sheet_ground
from shg_desk.actions.desk import Desk
from shg_desk.actions.folders import make_folder
from shg_desk.actions.ground import rules_on
from shg_desk.actions.group_places import names_of
from shg_desk.actions.ledgers import group_meant
from shg_desk.actions.ledgers import groups_meant
from shg_desk.actions.not_held import reason_words
from shg_desk.actions.place_in_day import ground_after_meeting
from shg_desk.actions.standing import meeting_now
from shg_desk.actions.statements import EVER
from shg_desk.actions.statements import GroupFacts
from shg_desk.actions.statements import Period
from shg_desk.actions.statements import account_of
from shg_desk.actions.statements import booklets
from shg_desk.actions.statements import control_totals
from shg_desk.actions.statements import group_facts
from shg_desk.actions.statements import quarters
from shg_desk.actions.statements import whole_quarters
from shg_desk.domain.accounts import Account
from shg_desk.domain.booklet import AfterMeeting
from shg_desk.domain.booklet import after_meeting
from shg_desk.domain.control_totals import ControlTotals
from shg_desk.domain.minutes import CashBlock
from shg_desk.domain.minutes import LoanName
from shg_desk.domain.minutes import Minutes
from shg_desk.domain.minutes import Person
from shg_desk.domain.minutes_reading import counted_starts
from shg_desk.domain.minutes_reading import read_minutes
from shg_desk.domain.namesakes import shared_names
from shg_desk.domain.namesakes import told_apart
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.reports.booklets import read_aloud
from shg_desk.reports.booklets import write_into_booklets
from shg_desk.reports.group_totals import group_totals
from shg_desk.reports.ledger_paper import ledger_paper
from shg_desk.reports.meeting_sheet import meeting_sheet
from shg_desk.reports.minutes import minutes_paper
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed
from shg_desk.reports.passbook import Booklet
from shg_desk.reports.passbook import passbook
from shg_desk.store import groups as group_store
from shg_desk.store import ledger as ledger_store
from shg_desk.store import meetings as meeting_store
from shg_desk.store.groups import Membership
from shg_desk.store.loans import loans
from shg_desk.store.log import newest
from shg_desk.sync.durable import write_where_said


@dataclass(frozen=True, slots=True)
class Totals:
    """Control totals of a group's printed booklets: over the whole period, and for each part of it.

    Pairs (ledger, sum of booklets), both of those members whose booklets were asked for.
    """

    code: str
    whole: tuple[ControlTotals, ControlTotals]
    parts: tuple[tuple[ControlTotals, ControlTotals], ...]
    minor_digits: int

    @property
    def agree(self) -> bool:
        """True where the booklets add up to the ledger everywhere."""
        return all(ledger == booklets for ledger, booklets in (self.whole, *self.parts))


@dataclass(slots=True)
class Papers:
    """What was printed: files, pages, members, totals by group, and the letters our typeface lacks."""

    files: list[Path]
    pages: int = 0
    members: int = 0
    totals: list[Totals] | None = None
    missing_letters: frozenset[str] = frozenset()
    digests: list[str] = field(default_factory=list)

    def add(self, path: Path, paper: Paper) -> None:
        """Writes a paper under its name, or nothing. Raises SurroundingsError FOLDER_UNUSABLE or DISK_FULL."""
        write_where_said(path, paper.data, time.sleep)
        self.files.append(path)
        self.pages += paper.pages
        self.missing_letters |= paper.missing_letters
        self.digests.append(paper.digest)

    @property
    def digest(self) -> str:
        """SHA-256 over the SHA-256 of every file, in the order they were made."""
        return hashlib.sha256(bytes.fromhex("".join(self.digests))).hexdigest()


def printed_now(desk: Desk, whose: str) -> Printed:
    """The foot of a paper of today; an office's has the number of the newest record it was made at."""
    name = desk.book.setting("name") or ""
    if desk.is_office:
        return Printed(desk.today(), name, whose, report=newest(desk.book.db))
    return Printed(desk.today(), name, whose, saved_through=desk.today())


def print_passbooks(
    desk: Desk,
    out: Path,
    words: Words,
    *,
    group: str | None = None,
    member: str | None = None,
    period: Period = EVER,
    control: bool = False,
    size: str = "A6",
    large: bool = False,
) -> Papers:
    """Every member's booklet of one group (by code) in one file, or of all groups in a folder, one file each.

    `member` chooses one by number or id. `control` adds the ledger's totals of those members beside the booklets' sums
    as a file of its own. Nothing is marked as printed.
    Raises KnownError GROUP_UNKNOWN, MEMBER_UNKNOWN; SurroundingsError where it cannot be written.
    """
    groups = groups_meant(desk, group)
    papers = Papers([], totals=[])
    several = group is None
    if several:
        make_folder(out)
    names: set[str] = set()
    for one in groups:
        facts = group_facts(desk, one.id)
        chosen = _chosen(facts, member)
        path = out / f"{_file_stem(facts.code, names)}.pdf" if several else out
        found = booklets(facts, period, chosen)
        with_words = [
            Booklet(statement, _words_of(holder, words)) for statement, holder in zip(found, chosen, strict=True)
        ]
        printed = printed_now(desk, facts.name)
        papers.add(path, passbook(with_words, printed, size=size, large=large))
        papers.members += len(found)
        assert papers.totals is not None
        totals = _totals(facts, period, chosen)
        papers.totals.append(totals)
        if control:
            paper = group_totals(
                [*totals.parts, *([totals.whole] if len(totals.parts) != 1 else [])],
                group_name=facts.name,
                group_code=facts.code,
                currency=facts.currency,
                words=words,
                printed=printed,
            )
            papers.add(path.with_name(f"{path.stem}-control.pdf"), paper)
    return papers


def _file_stem(code: str, taken: set[str]) -> str:
    """A name for a group's file that every system takes; a second group with the same one gets a number."""
    plain = re.sub(r"[^\w.-]+", "_", code).strip("._") or "group"
    stem, number = plain, 1
    while stem.casefold() in taken:
        number += 1
        stem = f"{plain}-{number}"
    taken.add(stem.casefold())
    return stem


def _chosen(facts: GroupFacts, number: str | None) -> Sequence[Membership]:
    if number is None:
        return facts.members
    found = [member for member in facts.members if number in (member.number, member.id)]
    if not found:
        raise KnownError(Problem(Code.MEMBER_UNKNOWN, "member", {"member": number}))
    return found


def _words_of(member: Membership, words: Words) -> Words:
    """Her own language where the book knows it."""
    return Words(member.language) if member.language in LANGUAGES and member.language != words.lang else words


def _totals(facts: GroupFacts, period: Period, members: Sequence[Membership]) -> Totals:
    days = whole_quarters(facts.days)
    bounded = Period(period.since or days.since, period.until or days.until)
    parts = [control_totals(facts, part, members) for part in quarters(bounded)]
    whole = control_totals(facts, period, members)
    return Totals(facts.code, whole, tuple(parts), facts.currency.minor_digits)


# one meeting --------------------------------------------------------------------------------------------------------


def meeting_meant(desk: Desk, group: str, period: Period = EVER) -> str:
    """The name of the last meeting of a group (by id) in a period. Raises KnownError MEETING_UNKNOWN."""
    found = meeting_store.meetings(desk.book, group, period.since, period.until)
    if not found:
        raise KnownError(Problem(Code.MEETING_UNKNOWN, "meeting"))
    return found[-1].op


def minutes_of(desk: Desk, meeting: str) -> Minutes:
    """A recorded meeting read back into its minutes, as corrections left it. Raises KnownError MEETING_UNKNOWN."""
    full = meeting_store.meeting(desk.book, meeting)
    if full is None:
        raise KnownError(Problem(Code.MEETING_UNKNOWN, meeting))
    gid, on = full.meeting.group, full.meeting.on
    group = group_store.group(desk.book, gid)
    assert group is not None
    members = group_store.memberships(desk.book, gid)
    there = [member for member in members if member.is_in(on)]
    now, shared = meeting_now(desk, meeting), shared_names(member.name for member in members)
    read = read_minutes(
        meeting,
        now.body,
        group_name=group.name or group.code or gid,
        group_code=group.code or gid,
        currency=group.currency,
        people={one.id: _person(one, shared) for one in members},
        loans={loan.id: LoanName(loan.code, loan.member.id) for loan in loans(desk.book, gid)},
        texts=now.texts,
        corrections=now.corrections,
        later_corrections=now.later_corrections,
        moves_minor=now.moves_minor,
        counted_before=now.counted_before,
        starts_minor=None if now.moves_minor is None else counted_starts(full.operation.body),
        quorum_needed=rules_on(desk, gid, on, group.currency.minor_digits).quorum(len(there)),
    )
    cash = tuple(_held(desk, gid, one, on) for one in read.cash)
    return replace(read, place_names=names_of(group, members), members=len(there), cash=cash)


def _held(desk: Desk, group: str, block: CashBlock, on: date) -> CashBlock:
    """A place nobody counted, such as a keeper's hands, with what was there at the end of the day by the book."""
    if block.counted_minor is not None or block.expected_minor is not None:
        return block
    moved = ledger_store.moved_by_day(desk.book, Account(group, block.place))
    return replace(block, held_minor=sum(amount for day, amount in moved.items() if day <= on))


def _person(member: Membership, shared: frozenset[str]) -> Person:
    name = told_apart(member.name, member.father, shared) or member.household_code
    return Person(member.id, member.number, name, member.father)


def after_meeting_of(desk: Desk, meeting: str) -> AfterMeeting:
    """What to write into the booklets and to read aloud after a meeting, as the book stands right after it.

    Raises KnownError MEETING_UNKNOWN.
    """
    read = minutes_of(desk, meeting)
    full = meeting_store.meeting(desk.book, meeting)
    assert full is not None
    moved = [row.person.id for row in read.rows if row.moved]
    return after_meeting(ground_after_meeting(desk, full.meeting.group, meeting, read.on, moved), read)


def print_meeting(
    desk: Desk, name: str, out: Path, words: Words, *, group: str, period: Period = EVER, on: date | None = None
) -> Papers:
    """`minutes`, `booklets` or `read-aloud` of the last meeting in a period, or the empty `sheet` for the day `on`.

    Raises KnownError GROUP_UNKNOWN, MEETING_UNKNOWN.
    """
    one = group_meant(desk, group)
    printed = printed_now(desk, one.name or group)
    papers = Papers([])
    if name == "sheet":
        ground = sheet_ground(desk, one.id, on or desk.today())
        agenda = agenda_of(ground, words)
        papers.add(out, meeting_sheet(ground, words, printed, notes_minor=ground.notes_minor, agenda=agenda))
        papers.members = len(ground.members)
        return papers
    meeting = meeting_meant(desk, one.id, period)
    if name == "minutes":
        read = minutes_of(desk, meeting)
        read = replace(read, reason=reason_words(words.lang, read.reason))
        agenda = agenda_of_meeting(desk, meeting, words) if read.held else ()
        papers.add(out, minutes_paper(read, words, printed, agenda))
        papers.members = len(read.rows)
        return papers
    after = after_meeting_of(desk, meeting)
    draw = write_into_booklets if name == "booklets" else read_aloud
    papers.add(out, draw(after, words, printed))
    papers.members = len(after.booklets if name == "booklets" else after.cards)
    return papers


def print_account(
    desk: Desk,
    out: Path,
    words: Words,
    *,
    group: str,
    account: str = "box",
    member: str | None = None,
    period: Period = EVER,
    full: bool = False,
) -> Papers:
    """One account of a group with its running balance: a line a meeting and kind of money, of one member or with `full`
    a line an entry. Raises KnownError GROUP_UNKNOWN, MEMBER_UNKNOWN.
    """
    facts = group_facts(desk, group_meant(desk, group).id)
    whose = _chosen(facts, member)[0].id if member is not None else None
    papers = Papers([], members=len(facts.members))
    statement = account_of(facts, account, period, whose, fold=not full and member is None)
    papers.add(out, ledger_paper(statement, words, printed_now(desk, facts.name)))
    return papers
