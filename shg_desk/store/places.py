"""Is an operation in its place: in its writer's reach, and only about members, loans and entries of its own group?

What is not waits for the office's decision. Asked when an operation's references are all here, at arrival and at every
rebuild, in order of arrival.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from shg_desk.domain.ids import split_entry_name
from shg_desk.domain.problems import Code
from shg_desk.store.db import Db
from shg_desk.store.derive_ledger import ENTRY_BITS
from shg_desk.store.log import Stored
from shg_desk.store.names import Names
from shg_desk.store.scope import is_within
from shg_desk.store.scope import reach
from shg_desk.store.scope import written_of

_JOINS = ["membership", "place"]
"""Type and field group of the revision that says which group a membership is of."""


class Places:
    """Answers for one batch; `write_out` makes what was gathered visible to queries, where an answer needs it."""

    def __init__(self, db: Db, write_out: Callable[[], None]) -> None:
        self._db = db
        self._write_out = write_out
        said: dict[str, str] = dict(db.rows("SELECT name, value FROM setting WHERE name IN ('role', 'device')"))
        self._own = str(said.get("device"))
        self._is_office = said.get("role") == "office"
        self._granted: dict[str, frozenset[str] | None] = {}
        self._made: dict[tuple[str, str], str] = {}
        self._loans: dict[str, str] = {}
        self._groups_of_members: dict[str, str] = {}
        self._gathered: dict[int, tuple[str, int]] = {}  # group and entries of operations that are not written out yet

    def fault(self, op: Stored, body: Mapping[str, Any], names: Names, *, let_in: bool = False) -> Code | None:
        """GROUPS_MIXED where the operation lays hands on what is not its group's, OUT_OF_PLACE not its writer's.

        `let_in` says that the office took it in although it is beyond its writer's reach.
        """
        if self._mixes_groups(body, names):
            return Code.GROUPS_MIXED
        if not let_in and self._is_beyond(op, body, names):
            return Code.OUT_OF_PLACE
        for line in body.get("revisions", ()):
            if self._is_office and names.thing(line[0], line[1]) is None:
                self._made.setdefault((line[0], line[1]), op.name.device)
            if line[:3:2] == _JOINS:
                self._groups_of_members.pop(line[1], None)
                if names.thing("membership", line[1]) is None and line[3].get("group"):
                    self._groups_of_members[line[1]] = line[3]["group"]
        if entries := body.get("entries"):
            self._gathered[op.id] = body["group"], sum(len(block["lines"]) for block in entries)
        self._loans.update({new["loan"]: body["group"] for new in body.get("new_loans", ())})
        return None

    def written_out(self) -> None:
        """What was gathered is in the tables now."""
        self._gathered.clear()

    def _is_beyond(self, op: Stored, body: Mapping[str, Any], names: Names) -> bool:
        """At an office: what a laptop sends of its own is held against what the laptop made and was granted."""
        device = op.name.device
        if not self._is_office or op.relayed or device == self._own:
            return False
        if device not in self._granted:
            self._granted[device] = reach(self._db, device)
        granted = self._granted[device]
        if granted is None:
            return False
        asked = {one for one in written_of(body) if self._made.get(one) != device and names.thing(*one) is not None}
        asked -= {("group", group) for group in granted}
        if not asked:
            return False
        self._write_out()
        return not all(is_within(self._db, device, granted, *one) for one in asked)

    def _mixes_groups(self, body: Mapping[str, Any], names: Names) -> bool:
        """Members or loans of another group, a loan made anew, a correction of what another one wrote or of nothing."""
        group = body.get("group")
        joining = {
            line[1]: line[3].get("group")
            for line in body.get("revisions", ())
            if line[:3:2] == _JOINS and names.thing("membership", line[1]) is None
        }
        known = self._groups_of_members
        unsure = [one for one in body.get("members", ()) if (joining.get(one) or known.get(one)) != group]
        if any((joining.get(one) or self._group_of_member(one)) != group for one in unsure):
            return True
        made = {new["loan"] for new in body.get("new_loans", ())}
        if any(names.thing("loan", loan) is not None for loan in made):
            return True
        if any(self._group_of_loan(loan) not in (None, group) for loan in body.get("loans", ()) if loan not in made):
            return True
        if "file" in body and names.thing("file", body["file"]) is not None:
            return True
        corrects = body.get("corrects", ())
        if not corrects:
            return False
        return not all(self._is_entry_of(group, name, names) for name in corrects)

    def _group_of_member(self, member: str) -> str | None:
        found = self._groups_of_members.get(member)
        if found is None:
            sql = (
                "SELECT g.gid FROM membership m JOIN thing t ON t.id = m.thing JOIN thing g ON g.id = m.shg "
                "WHERE t.type = 'membership' AND t.gid = ?"
            )
            found = self._db.value(sql, (member,))
            if found is None:
                self._write_out()
                found = self._db.value(sql, (member,))
            if found is not None:
                self._groups_of_members[member] = str(found)
        return found

    def _group_of_loan(self, loan: str) -> str | None:
        if loan not in self._loans:
            found = self._db.value(
                "SELECT g.gid FROM loan l JOIN thing t ON t.id = l.thing JOIN thing g ON g.id = l.shg WHERE t.gid = ?",
                (loan,),
            )
            if found is None:
                return None
            self._loans[loan] = str(found)
        return self._loans[loan]

    def _is_entry_of(self, group: str | None, name: str, names: Names) -> bool:
        op, number = split_entry_name(name)
        local = names.operation(op) or 0
        if local in self._gathered:  # writing it out for each would work out its corrections each time
            of, entries = self._gathered[local]
            return of == group and 0 < number <= entries
        shg = names.thing("group", group) if group else None
        return bool(self._db.value("SELECT 1 FROM entry WHERE id = ? AND shg = ?", (local * ENTRY_BITS + number, shg)))
