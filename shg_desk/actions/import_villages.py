"""The villages a list names: found by name and district, made with what the shipped list of villages knows of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from shg_desk.actions.desk import Desk
from shg_desk.actions.profiles import Drafted
from shg_desk.domain.spelling import key as search_key
from shg_desk.store import people as people_store
from shg_desk.store import revisions as revision_store
from shg_desk.tables import shipped_data

_DISTRICT_WORDS = frozenset(map(search_key, ("район", "району", "рн", "rayon", "raion", "district", "rayonu")))


@lru_cache(maxsize=256)
def district_key(text: str) -> str:
    """What a district is compared by: its code for a known one, however written (`Лейлекский район`, `Leilek`)."""
    words = [word for word in search_key(text.replace("р-н", "рн")).split() if word not in _DISTRICT_WORDS]
    said = " ".join(words)
    for area in shipped_data.areas():
        if area.level == "rayon":
            for name in (search_key(area.name_ky), search_key(area.name_latin)):
                if said == name or said.startswith(f"{name}sk"):
                    return area.soate
    return said


def shipped_village(name: str, district: str) -> shipped_data.Village | None:
    """The one village of that name in that district, None where there is none, or more than one."""
    wanted, rayon = search_key(name), district_key(district)
    found = [
        one
        for one in shipped_data.villages()
        if one.rayon_soate == rayon and wanted in {search_key(one.name_ky), search_key(one.name_latin)}
    ]
    return found[0] if len(found) == 1 else None


class Villages:
    """The villages of the book, and of one list of which `named` are the names with their districts."""

    def __init__(self, desk: Desk, named: Iterable[tuple[str, str]]) -> None:
        self._known: dict[str, dict[str, str]] = {}
        for one in people_store.villages(desk.book):
            place = revision_store.shown(desk.book.db, "village", one.id, "place")
            districts = self._known.setdefault(search_key(one.name or ""), {})
            districts.setdefault(district_key(place.get("district") or ""), one.id)
        self._named: dict[str, set[str]] = {}
        for name, district in named:
            if name and district:
                self._named.setdefault(search_key(name), set()).add(district_key(district))

    def meant(self, name: str, district: str) -> str | None:
        """The village of that name in that district.

        One whose district the book does not know is meant where the list has its name in one district only. Without
        a district the one village of that name is meant; of several, the one without.
        """
        known = self._known.get(search_key(name), {})
        wanted = district_key(district)
        if wanted in known:
            return known[wanted]
        if wanted:
            return known.get("") if len(self._named.get(search_key(name), ())) == 1 else None
        return next(iter(known.values())) if len(known) == 1 else None

    def is_one_of_several(self, name: str, district: str) -> bool:
        """True where a name without a district could be several villages: nobody can say which."""
        key = search_key(name)
        several = len({*self._known.get(key, {}), *self._named.get(key, ())} - {""})
        return not district_key(district) and several > 1 and self.meant(name, "") is None

    def made(self, drafted: Drafted, name: str, district: str) -> str:
        """A new village, with its number in the register and its community where the shipped list knows them."""
        village = drafted.new("village")
        known = shipped_village(name, district)
        fields = {"name": name, "district": district}
        if known is not None:
            fields |= {"latin": known.name_latin, "soate": known.soate, "community": known.rural_community}
            fields["district"] = known.rayon
        drafted.revise("village", village, "place", fields)
        self._known.setdefault(search_key(name), {})[district_key(district)] = village
        return village
