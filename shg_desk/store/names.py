"""Local numbers for things with global names. They never leave the book; the caches make bulk writing cheap."""

from __future__ import annotations

from collections.abc import Iterable

from shg_desk.domain.accounts import account_kind
from shg_desk.domain.ids import OpName
from shg_desk.store.db import Db


class Names:
    """Global names to the book's own numbers, remembered while one batch is derived. New ones wait for `flush`."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._things: dict[tuple[str, str], int | None] = {}  # None: looked for and not there
        self._accounts: dict[tuple[int, str, int], int] = {}
        self._groups: set[int] = set()  # whose accounts have been read
        self._new_things: list[tuple[int, str, str]] = []
        self._new_accounts: list[tuple[int, int, str, int | None, str]] = []
        self._next_thing = int(db.value("SELECT ifnull(max(id), 0) FROM thing")) + 1
        self._next_account = int(db.value("SELECT ifnull(max(id), 0) FROM account")) + 1
        self._operations: dict[str, int] = {}

    def thing(self, kind: str, gid: str) -> int | None:
        """The number of a thing, or None when the book has never applied anything of it."""
        key = (kind, gid)
        if key not in self._things:
            self._things[key] = self._db.value("SELECT id FROM thing WHERE type = ? AND gid = ?", key)
        return self._things[key]

    def make_thing(self, kind: str, gid: str) -> int:
        """The number of a thing, made if it is new."""
        found = self.thing(kind, gid)
        if found is None:
            found = self._next_thing
            self._next_thing += 1
            self._things[kind, gid] = found
            self._new_things.append((found, kind, gid))
        return found

    def make_things(self, kind: str, gids: Iterable[str]) -> list[int]:
        """The numbers of several things of one type, made if they are new."""
        known = self._things.get
        return [known((kind, gid)) or self.make_thing(kind, gid) for gid in gids]

    def account(self, shg: int, code: str, owner: int | None) -> int:
        """The number of an account, made if it is new."""
        key = (shg, code, owner or 0)
        found = self._accounts.get(key)
        if found is None and shg not in self._groups:
            self._groups.add(shg)
            for number, its_code, its_owner in self._db.rows(
                "SELECT id, code, owner FROM account WHERE shg = ?", (shg,)
            ):
                self._accounts[shg, its_code, its_owner or 0] = number
            found = self._accounts.get(key)
        if found is None:
            found = self._next_account
            self._next_account += 1
            self._new_accounts.append((found, shg, code, owner, account_kind(code).holds.value))
            self._accounts[key] = found
        return found

    def operation(self, name: str) -> int | None:
        """The arrival number of an operation by its name (the first comer of a fork), or None."""
        found = self._operations.get(name)
        if found is None:
            op = OpName.parse(name)
            found = self._db.value(
                "SELECT o.id FROM operation o JOIN chain c ON c.id = o.chain "
                "WHERE c.device = ? AND c.epoch = ? AND o.seq = ? ORDER BY o.id LIMIT 1",
                (op.device, op.epoch, op.seq),
            )
            if found is not None:
                self._operations[name] = found
        return found

    def first_comer(self, name: str, number: int) -> None:
        """Remembers the arrival number of the first operation of that name."""
        self._operations[name] = number

    def flush(self) -> None:
        """Writes the new numbers."""
        self._db.run_many("INSERT INTO thing VALUES (?, ?, ?)", self._new_things)
        self._db.run_many("INSERT INTO account VALUES (?, ?, ?, ?, ?)", self._new_accounts)
        self._new_things = []
        self._new_accounts = []
