"""Writing revisions of households, persons and groups: what is sealed is sealed here, and each names what it saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.domain.profiles import TYPES
from shg_desk.domain.profiles import Revision
from shg_desk.store import revisions as revision_store


@dataclass(slots=True)
class Drafted:
    """Revisions of one operation being put together; sealed fields are gathered into one part a household.

    `fresh` holds things made in this very operation: they have no heads to be seen.
    """

    desk: Desk
    kind: str = "profile"
    fresh: set[tuple[str, str]] = field(default_factory=set)
    _revisions: list[tuple[str, str, str, dict[str, Any], list[str], tuple[str, str] | None]] = field(
        default_factory=list
    )
    _sealed: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def new(self, kind: str) -> str:
        """An id for a thing made by this operation."""
        gid = self.desk.new_id()
        self.fresh.add((kind, gid))
        return gid

    def household(self) -> str:
        """A new household with its two keys."""
        gid = self.new("household")
        self.desk.make_key(gid, "identity")
        self.desk.make_key(gid, "life")
        return gid

    def revise(
        self, kind: str, gid: str, field_group: str, fields: Mapping[str, Any], owner: str | None = None
    ) -> None:
        """One field group of one thing, whole. `owner` is the household whose key seals what must be sealed."""
        known = TYPES[kind][field_group]
        present = {name: value for name, value in fields.items() if value not in (None, "")}
        clear = {name: value for name, value in present.items() if not known[name].sealed}
        hidden = {name: value for name, value in present.items() if known[name].sealed}
        saw = [] if (kind, gid) in self.fresh else revision_store.to_be_seen(self.desk.book.db, kind, gid, field_group)
        part = None
        if hidden:
            if owner is None:
                raise ValueError(f"{kind} {field_group} holds personal fields and no household to seal them under")
            part = (owner, "life" if field_group == "life" else "identity")
            self._sealed.setdefault(part, {})[f"{kind}/{gid}/{field_group}"] = hidden
        self._revisions.append((kind, gid, field_group, clear, saw, part))

    def body(self) -> dict[str, Any]:
        """The `revisions` and `sealed` parts of an operation."""
        parts = list(self._sealed)
        found: dict[str, Any] = {
            "revisions": [
                Revision(kind, gid, group, clear, tuple(saw), parts.index(part) if part else None).as_json()
                for kind, gid, group, clear, saw, part in self._revisions
            ]
        }
        if parts:
            found["sealed"] = [self.desk.seal(self.kind, *part, self._sealed[part]) for part in parts]
        return found

    def __len__(self) -> int:
        return len(self._revisions)
