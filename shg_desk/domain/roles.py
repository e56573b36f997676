"""What the person whose passphrase opened the book may do here: a curtain against accident and curiosity, no lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ANIMATOR, TREASURER, VIEWER = "animator", "treasurer", "viewer"
ROLES = (ANIMATOR, TREASURER, VIEWER)

TREASURERS_KINDS = frozenset({"meeting", "between", "count", "correction", "file"})
"""What a treasurer writes: her group's meetings, what happens between them, counts, corrections of all that, and photos
of the signed sheets.
"""


@dataclass(frozen=True, slots=True)
class Role:
    """One of `ROLES`, and of a treasurer the id of her group. A word of a newer program only reads."""

    name: str = ANIMATOR
    group: str = ""

    @property
    def does_all(self) -> bool:
        """True for whoever may do everything: the animator, and who came in by the recovery sheet."""
        return self.name == ANIMATOR

    @property
    def only_group(self) -> str | None:
        """The one group that is shown, where it is only one."""
        return self.group if self.name == TREASURER else None

    def may_write(self, kind: str, body: Mapping[str, Any], of_group: str = "") -> bool:
        """Whether this person writes such a record; `of_group` is the group of what a removal removes.

        A treasurer takes photos of her group's sheets away, and removes nothing else.
        """
        if self.does_all:
            return True
        if kind == "tombstone":
            return self.name == TREASURER and body.get("type") == "file" and "" != of_group == self.group
        return self.name == TREASURER and kind in TREASURERS_KINDS and body.get("group") == self.group
