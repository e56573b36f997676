"""Rows and steps of the engine for a balance at any date and any page of the ledger, and for recording a meeting.

`python tests/bench/bench_reading.py FOLDER [--entries N]`. Rows are those the engine hands over (`Db.rows_read`); steps
of its virtual machine show what it looked at besides, so a figure that grows with the book cannot hide.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from pathlib import Path
from random import Random

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from made_books import MEETINGS
from made_books import PASSPHRASE
from made_books import Province
from made_books import province
from measuring import Figure
from measuring import shown

from shg_desk.actions.books import open_desk
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.domain.accounts import Account
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.store.entries import Page
from shg_desk.store.entries import account_page
from shg_desk.store.entries import entries
from shg_desk.store.ledger import balance_minor

YEARS = 3
ROWS_LIMIT = 12 * YEARS + 500
STEPS_A_CALL = 50


@dataclass
class Effort:
    """The most any of several readings took: rows, statements, steps."""

    rows: int = 0
    statements: int = 0
    steps: int = 0

    def of(self, desk: Desk, work: Callable[[], object]) -> None:
        db = desk.book.db
        before, calls, statements = db.rows_read, [0], [0]
        db.connection.set_progress_handler(lambda: calls.__setitem__(0, calls[0] + 1), STEPS_A_CALL)
        db.connection.set_trace_callback(lambda _sql: statements.__setitem__(0, statements[0] + 1))
        work()
        db.connection.set_progress_handler(None, 0)
        db.connection.set_trace_callback(None)
        self.rows = max(self.rows, db.rows_read - before)
        self.statements = max(self.statements, statements[0])
        self.steps = max(self.steps, calls[0] * STEPS_A_CALL)


def filled(made: Province) -> Path:
    """The office's book with every parcel taken in; made once."""
    full, done = made.folder / "full.shgbook", made.folder / "full.done"
    if not done.exists():
        shutil.rmtree(full, ignore_errors=True)
        shutil.copytree(made.office, full)
        desk = open_desk(full, PASSPHRASE)
        import_parcels(desk, [made.parcels])
        desk.close()
        done.touch()
    return full


def accounts(desk: Desk, group: str) -> list[Account]:
    """Every account of a group."""
    rows = desk.book.db.rows(
        "SELECT a.code, t.gid FROM account a JOIN thing g ON g.id = a.shg LEFT JOIN thing t ON t.id = a.owner "
        "WHERE g.gid = ? ORDER BY a.id",
        (group,),
    )
    return [Account(group, code, owner) for code, owner in rows]


def groups(desk: Desk) -> list[str]:
    """Every group's id."""
    return [str(gid) for (gid,) in desk.book.db.rows("SELECT gid FROM thing WHERE type = 'group' ORDER BY gid")]


def reading(desk: Desk, first: date) -> tuple[Effort, Effort, Effort]:
    """A hundred balances, and pages of groups and of accounts from both ends and from anywhere between."""
    chance = Random(3)
    balance, page, account_pages = Effort(), Effort(), Effort()
    everywhere = groups(desk)
    for _ in range(100):
        group = chance.choice(everywhere)
        account = chance.choice(accounts(desk, group))
        at = first + timedelta(days=chance.randint(0, 14 * MEETINGS))
        balance.of(desk, lambda account=account, at=at: balance_minor(desk.book, account, at))
    for group in chance.sample(everywhere, min(5, len(everywhere))):
        box = Account(group, "box")
        for newest_first in (False, True):
            key = None
            for _ in range(12):
                wanted = Page(key, newest_first=newest_first)
                page.of(desk, lambda wanted=wanted, group=group: entries(desk.book, group, wanted))
                account_pages.of(desk, lambda wanted=wanted, box=box: account_page(desk.book, box, wanted))
                key = entries(desk.book, group, wanted)[-1].key
    return balance, page, account_pages


def recording(folder: Path, made: Province) -> Effort:
    """One meeting of twenty on a laptop with three years of meetings: reading the ground, checking, writing."""
    copy = folder / "recording.shgbook"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(made.laptops[0], copy)
    desk = open_desk(copy, PASSPHRASE)
    on = made.first + timedelta(days=14 * MEETINGS + 14)
    effort = Effort()
    ground = ground_of(desk, groups(desk)[0], on)
    rows = tuple(
        SheetRow(member.id, Attendance.PRESENT, ins=(In("saving", 10_000, product="usual"),))
        for member in ground.members
    )
    sheet = Sheet(ground.group, on, rows=rows, next_on=on + timedelta(days=14))
    effort.of(desk, lambda: record_meeting(desk, sheet))
    desk.close()
    shutil.rmtree(copy)
    return effort


def figures(made: Province) -> list[Figure]:
    """Rows and steps, for the reach of 12 rows a year and 500."""
    desk = open_desk(filled(made), PASSPHRASE)
    balance, page, account_pages = reading(desk, made.first)
    desk.close()
    meeting = recording(made.folder, made)
    found = []
    for what, effort in (
        ("one balance at any date", balance),
        ("a page of 100 of a group's ledger, anywhere", page),
        ("a page of 100 of one account with balances", account_pages),
    ):
        ours = f"{effort.rows} rows, {effort.statements} statements, {effort.steps} engine steps"
        found.append(
            Figure(
                what,
                ours,
                f"book of {made.entries} entries",
                "",
                f"at most {ROWS_LIMIT} rows",
                effort.rows <= ROWS_LIMIT,
            )
        )
    ours = f"{meeting.rows} rows, {meeting.statements} statements, {meeting.steps} engine steps"
    found.append(Figure("recording a meeting after 3 years of them", ours, f"{MEETINGS} meetings before", "", "", None))
    return found


def main() -> None:
    """The table of this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=50_000)
    given = parser.parse_args()
    sys.stdout.write(shown(figures(province(given.folder, given.entries, sys.stderr.write))))


if __name__ == "__main__":
    main()
