"""Balances of accounts at any date, from month totals and the postings of one month, whatever the book's size.

Debits are positive everywhere: a member's savings are negative, and a group's accounts add up to zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shg_desk.domain.accounts import Account
from shg_desk.domain.accounts import account_kind
from shg_desk.store.book import Book
from shg_desk.store.days import month_of
from shg_desk.store.db import Db


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands on an account, minor units, debit positive; `count` postings made it."""

    account: Account
    amount_minor: int
    count: int


_TOTALS = (
    "SELECT tg.gid, a.code, t.gid, sum(m.sum), sum(m.count) FROM account a JOIN month_total m ON m.account = a.id "
    "JOIN thing tg ON tg.id = a.shg LEFT JOIN thing t ON t.id = a.owner WHERE {chosen} GROUP BY a.id ORDER BY 1, 2, 3"
)
_TOTALS_AT = (
    "WITH moved AS ("
    "SELECT a.id AS account, m.sum AS amount, m.count AS count FROM account a JOIN month_total m ON m.account = a.id "
    "WHERE {chosen} AND m.month < :month UNION ALL "
    "SELECT a.id, p.amount, 1 FROM account a JOIN posting p ON p.account = a.id "
    "WHERE {chosen} AND p.day BETWEEN :first AND :day) "
    "SELECT tg.gid, a.code, t.gid, sum(moved.amount), sum(moved.count) FROM moved "
    "JOIN account a ON a.id = moved.account JOIN thing tg ON tg.id = a.shg LEFT JOIN thing t ON t.id = a.owner "
    "GROUP BY a.id ORDER BY 1, 2, 3"
)


def balances(
    book: Book, group: str | None = None, at: date | None = None, accounts: Sequence[str] = (), owner: str | None = None
) -> list[Balance]:
    """Every account that ever moved up to the end of a day (None: for ever), by group, code and owner.

    `accounts` chooses codes (`box`, `saving.usual`) or whole families by their word (`saving`); `owner` is a membership
    or loan id. Accounts that are even again stand there with zero.
    """
    chosen, values = _chosen(book.db, group, accounts, owner)
    if at is None:
        rows = book.db.rows(_TOTALS.format(chosen=chosen), values)
    else:
        day = at.toordinal()
        values |= {"month": month_of(day), "first": at.replace(day=1).toordinal(), "day": day}
        rows = book.db.rows(_TOTALS_AT.format(chosen=chosen), values)
    return [Balance(Account(*row[:3]), int(row[3]), int(row[4])) for row in rows]


def _chosen(db: Db, group: str | None, accounts: Sequence[str], owner: str | None) -> tuple[str, dict[str, object]]:
    conditions, values = ["1"], dict[str, object]()
    if group is not None:
        conditions.append("a.shg = :shg")
        values["shg"] = thing_number(db, "group", group)
    if accounts:
        either = []
        for index, code in enumerate(accounts):
            either.append(f"a.code = :code{index} OR substr(a.code, 1, length(:code{index}) + 1) = :code{index} || '.'")
            values[f"code{index}"] = code
        conditions.append(f"({' OR '.join(either)})")
        # between the least and the greatest code asked for, group by group, which the index of accounts can answer
        conditions.append("a.shg IN (SELECT thing FROM shg) AND a.code BETWEEN :least AND :most || '/'")
        values |= {"least": min(accounts), "most": max(accounts)}
    if owner is not None:
        conditions.append("a.owner = (SELECT id FROM thing WHERE gid = :owner AND type IN ('membership', 'loan'))")
        values["owner"] = owner
    return " AND ".join(conditions), values


def balance_minor(book: Book, account: Account, at: date | None = None) -> int:
    """What stands on one account at the end of a day, read as a row a month and the postings of one month."""
    number = account_number(book.db, account)
    return 0 if number is None else standing_minor(book.db, number, None if at is None else at.toordinal())


def moved_by_day(book: Book, account: Account) -> dict[date, int]:
    """What every day added to one account, minor units, debit positive; days on which it did not move are left out."""
    number = account_number(book.db, account)
    rows = book.db.rows("SELECT day, sum(amount) FROM posting WHERE account = ? GROUP BY day", (number,))
    return {date.fromordinal(day): int(amount) for day, amount in rows}


def standing_minor(db: Db, account: int, day: int | None) -> int:
    """The sum of an account (the book's own number) at the end of a day number."""
    if day is None:
        return sum(row[0] for row in db.rows("SELECT sum FROM month_total WHERE account = ?", (account,)))
    first = date.fromordinal(day).replace(day=1).toordinal()
    months = db.rows("SELECT sum FROM month_total WHERE account = ? AND month < ?", (account, month_of(day)))
    days = db.rows("SELECT amount FROM posting WHERE account = ? AND day BETWEEN ? AND ?", (account, first, day))
    found: int = sum(row[0] for row in months) + sum(row[0] for row in days)
    return found


def account_number(db: Db, account: Account) -> int | None:
    """The book's own number of an account, or None where it never moved nor was counted."""
    owner = 0
    if account.owner is not None:
        type_ = account_kind(account.code).owner
        owner = thing_number(db, "loan" if type_ == "loan" else "membership", account.owner)
    found = db.value(
        "SELECT id FROM account WHERE shg = ? AND code = ? AND ifnull(owner, 0) = ?",
        (thing_number(db, "group", account.group), account.code, owner),
    )
    return None if found is None else int(found)


def thing_number(db: Db, kind: str, gid: str) -> int:
    """The book's own number of a lasting thing; -1, which nothing has, for one that is not known."""
    found: int | None = db.value("SELECT id FROM thing WHERE type = ? AND gid = ?", (kind, gid))
    return -1 if found is None else found
