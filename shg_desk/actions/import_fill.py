"""What a later list says of who is in the book already: it fills in what is still empty there, and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from shg_desk.actions.import_people import People
from shg_desk.actions.import_same import Here
from shg_desk.actions.import_same import name_key
from shg_desk.actions.profiles import Drafted
from shg_desk.store import differences as difference_store
from shg_desk.store import revisions as revision_store
from shg_desk.store.imports import MemberHere

Fields = Mapping[str, str | None]


class Gaps:
    """Fills the gaps of one list's people. What is made by the operation at hand is whole, and filled only once."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._seen: set[tuple[str, str]] = set()

    def person(self, drafted: Drafted, here: Here, said: Fields) -> bool:
        """What of a person's fields `identity` is said and not known yet; nothing where her names are closed here."""
        household = here.household
        if here.told is None or household is None or not self._people.can_seal(household):
            return False
        before = self._before(drafted, "person", here.person, "identity")
        if before is None:
            return False
        called = set(name_key(str(before.get("name") or "")).split())
        said = {name: text for name, text in said.items() if name != "name"}
        for name in ("father", "surname"):
            if set(name_key(said.get(name) or "").split()) <= called:  # her name says it already
                said.pop(name, None)
        if before.get("birth"):
            said.pop("birth_certainty", None)
        return self._revise(drafted, "person", here.person, "identity", before, said, household)

    def joined(self, drafted: Drafted, member: MemberHere, day: date | None) -> bool:
        """The day she joined; none that comes after the day she left."""
        before = self._before(drafted, "membership", member.id, "interval") if day else None
        if before is None or day is None or str(before.get("left") or "9999") < day.isoformat():
            return False
        return self._revise(drafted, "membership", member.id, "interval", before, {"joined": day.isoformat()})

    def lacks_village(self, drafted: Drafted, household: str) -> bool:
        """True for a household that stands without a village and is not closed here."""
        before = self._before(drafted, "household", household, "place")
        return before is not None and not before.get("village") and self._people.can_seal(household)

    def village(self, drafted: Drafted, household: str, village: str) -> bool:
        """The village of a household that lacks one."""
        before = self._before(drafted, "household", household, "place") or {}
        return self._revise(drafted, "household", household, "place", before, {"village": village})

    def _before(self, drafted: Drafted, kind: str, gid: str, field_group: str) -> dict[str, str] | None:
        """What is known today; None where the operation at hand has made the thing, or has filled it."""
        if (kind, gid) in drafted.fresh or (kind, gid) in self._seen:
            return None
        return revision_store.shown(self._people.desk.book.db, kind, gid, field_group)

    def _revise(
        self,
        drafted: Drafted,
        kind: str,
        gid: str,
        field_group: str,
        before: Fields,
        said: Fields,
        owner: str | None = None,
    ) -> bool:
        """Writes what is new, unless the field group is a conflict: that a person settles, and no list."""
        more = {name: text for name, text in said.items() if text and not before.get(name)}
        apart = difference_store.conflicts(self._people.desk.book, kind, gid) if more else ()
        if not more or any(one.field_group == field_group for one in apart):
            return False
        self._seen.add((kind, gid))
        drafted.revise(kind, gid, field_group, {**before, **more}, owner)
        return True
