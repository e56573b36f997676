"""Reconciling two sides: each a book, a parcel or a table of dated amounts, made into lines of one shape."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.parcel_look import opened
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.entries import Entry
from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import entry_name
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError
from shg_desk.domain.record_lines import readable_parts
from shg_desk.reconcile.comparing import Compared
from shg_desk.reconcile.comparing import compare
from shg_desk.reconcile.rows import Row
from shg_desk.store import entries as entry_store
from shg_desk.store import groups as group_store
from shg_desk.store.loans import loans
from shg_desk.store.operations import read_line
from shg_desk.sync.folder import fetch
from shg_desk.sync.label import MAGIC
from shg_desk.tables.lines import read_lines


@dataclass(frozen=True, slots=True)
class Side:
    """One side ready to be compared: its lines a posting, the same a whole entry, and what could not be read.

    `rows_in_sum` has one line an entry: the cash it moved, or what it moved at all where there was none. It stands in
    where the other side names no accounts.
    """

    rows: tuple[Row, ...]
    rows_in_sum: tuple[Row, ...]
    has_accounts: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What groups and members are called, by id: for sides that carry ids only."""

    groups: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, str] = field(default_factory=dict)
    borrowers: Mapping[str, str] = field(default_factory=dict)


def compare_sides(left: Side, right: Side, *, window_days: int = 0, tolerance_minor: int = 0) -> Compared:
    """Compares two sides account by account where both name accounts, else entry by entry."""
    by_account = left.has_accounts and right.has_accounts
    return compare(
        left.rows if by_account else left.rows_in_sum,
        right.rows if by_account else right.rows_in_sum,
        window_days=window_days,
        tolerance_minor=tolerance_minor,
    )


def is_book(path: Path) -> bool:
    """True for a book's folder."""
    return path.is_dir()


def is_parcel(path: Path) -> bool:
    """True for a parcel, by its first bytes."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def names_in(desk: Desk) -> Names:
    """What the groups and members of a book are called."""
    groups = group_store.groups(desk.book)
    members = {one.id: one.number for group in groups for one in group_store.memberships(desk.book, group.id)}
    return Names(
        groups={group.id: group.code or group.id for group in groups},
        members=members,
        currencies={group.id: group.currency.code for group in groups},
        borrowers={loan.id: loan.member.id for loan in loans(desk.book)},
    )


def side_of_book(desk: Desk) -> Side:
    """Every entry of a book that counts."""
    names = names_in(desk)
    said = []
    for group in names.groups:
        for row in entry_store.entries(desk.book, group, entry_store.ALL):
            postings = [(posting.code, posting.owner, posting.amount_minor) for posting in row.postings]
            said.append(_Said(row.name, row.effective, group, row.kind, row.corrects or "", postings))
    return _side(said, names)


def side_of_parcel(path: Path, desk: Desk) -> Side:
    """Every entry a parcel carries; the book that can open it gives the names. Raises KnownError BUNDLE_*."""
    parcel = opened(desk, fetch(path))
    names = names_in(desk)
    said: list[_Said] = []
    borrowers = dict(names.borrowers)
    for op in (*parcel.contents.ops, *parcel.contents.relays):
        if readable_parts(op.line) is None:
            continue  # it has no entries that anybody could read; the book it is taken into says so
        read = read_line(0, str(OpName(op.device, op.epoch, op.seq)), op.line)
        said += _said_by(read.name, read.body, read.entries, borrowers)
    return _side(said, Names(names.groups, names.members, names.currencies, borrowers))


@dataclass(frozen=True, slots=True)
class _Said:
    name: str
    on: date
    group: str
    kind: str
    corrects: str
    postings: Iterable[tuple[str, str | None, int]]


def _said_by(op: str, body: Mapping[str, Any], entries: Iterable[Entry], borrowers: dict[str, str]) -> Iterator[_Said]:
    members, loans = body.get("members", ()), body.get("loans", ())
    for new in body.get("new_loans", ()):
        borrowers[new["loan"]] = members[new["member"]]
    for entry in entries:
        owners = members if entry.by == "member" else loans
        postings = [
            (posting.code, None if posting.owner is None else owners[posting.owner], posting.amount_minor)
            for posting in entry.postings
        ]
        on = date.fromisoformat(entry.day or body["date"])
        corrects = str(entry.facts.get("corrects") or "")
        yield _Said(entry_name(op, entry.number), on, body["group"], entry.kind, corrects, postings)


def _side(said: Iterable[_Said], names: Names) -> Side:
    rows, sums = [], []
    for one in said:
        group = names.groups.get(one.group, one.group)
        currency = names.currencies.get(one.group, "")
        owner = ""
        cash = moved = 0
        for code, whose, amount in one.postings:
            member = names.borrowers.get(whose, whose) if whose else ""
            number = names.members.get(member, member)
            owner = owner or number
            rows.append(Row(one.name, one.on, amount, currency, code, group, number, one.kind, one.corrects))
            cash += amount if is_counted(code) else 0
            moved += max(amount, 0)
        sums.append(Row(one.name, one.on, cash or moved, currency, "", group, owner, one.kind, one.corrects))
    return Side(tuple(rows), tuple(sums), has_accounts=True)


def side_of_table(path: Path, side: str) -> Side:
    """The lines of a CSV or workbook; one without an id is named by side (`left`) and row.

    Raises KnownError COLUMN_MISSING, FILE_UNREADABLE, TABLE_EMPTY; SurroundingsError EXTRA_MISSING for Parquet.
    """
    if path.suffix.lower() in (".parquet", ".pq"):
        raise SurroundingsError(Problem(Code.EXTRA_MISSING, path.name, {"extra": "province", "file": path.name}))
    lines = read_lines(path)
    rows = tuple(
        Row(date=line.date, amount_minor=line.amount_minor, **_named(line.texts, f"{side}:{line.number}"))
        for line in lines.rows
    )
    return Side(rows, rows, "account" in lines.columns, lines.problems)


def _named(texts: Mapping[str, str], otherwise: str) -> dict[str, str]:
    """The texts of a row with an id; one of the other side can never be the same by chance."""
    return {**texts, "id": texts.get("id") or otherwise}


def is_missing(path: Path) -> KnownError:
    """The error for a side that is not there."""
    return KnownError(Problem(Code.FILE_UNREADABLE, str(path), {"file": path.name, "missing": str(path)}))
