"""The invented people of the demo: villages of Batken and Leilek, households, groups of both kinds, and their rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import Vote
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_officer
from shg_desk.actions.groups import set_rules
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import register_household
from shg_desk.actions.people import register_village
from shg_desk.tables import shipped_data

SHARE_OUT_RULES: Mapping[str, Any] = {
    "lifecycle": "share-out",
    "share": {"price": "50", "min": 1, "max": 5},
    "social": "20",
    "fines": {"late": "10", "absent": "20"},
    "loan": {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 4, "rounding": "half-even"},
    "loan_multiple": "3",
    "quorum_percent": 66,
    "meeting": {"weekday": 5, "every_weeks": 2, "time": "14:00"},
}
PERMANENT_RULES: Mapping[str, Any] = {
    "lifecycle": "permanent",
    "savings": [{"code": "compulsory", "amount": "100", "compulsory": True}],
    "social": "20",
    "fines": {"late": "10", "absent": "30", "missed-saving": "10"},
    "loan": {"rate": "24", "rate_per": "year", "method": "equal-principal", "instalments": 5, "rounding": "half-even"},
    "loan_multiple": "5",
    "quorum_percent": 66,
    "meeting": {"weekday": 6, "every_weeks": 2, "time": "10:00"},
}


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group of the demo: code, name, village (Latin spelling), kind, number of members, first meeting."""

    code: str
    name: str
    village: str
    lifecycle: str
    members: int
    first: date

    @property
    def rules(self) -> Mapping[str, Any]:
        """The rules of its kind."""
        return SHARE_OUT_RULES if self.lifecycle == "share-out" else PERMANENT_RULES


FIRST_LAPTOP = (
    GroupPlan("KB-01", "Ырыс", "Kulundu", "permanent", 18, date(2025, 11, 23)),
    GroupPlan("KB-02", "Мээрим", "Kulundu", "share-out", 14, date(2025, 11, 29)),
    GroupPlan("KB-03", "Достук", "Samat", "permanent", 12, date(2025, 12, 7)),
)
SECOND_LAPTOP = (
    GroupPlan("AS-01", "Бирдик", "Ak-Suu", "share-out", 16, date(2025, 11, 22)),
    GroupPlan("AS-02", "Үмүт", "Alga", "permanent", 12, date(2025, 12, 14)),
)
SHARED_CODE = "KB-03"
"""The group both laptops write."""


def register_groups(desk: Desk, plans: tuple[GroupPlan, ...], chance: Random) -> dict[str, str]:
    """Villages, households, groups, members, officers and rules of one laptop; gives group code to id."""
    known = {village.name_latin: village for village in shipped_data.villages()}
    villages: dict[str, str] = {}
    found = {}
    for plan in plans:
        if plan.village not in villages:
            place = known[plan.village]
            villages[plan.village] = register_village(
                desk, place.name_ky, latin=place.name_latin, soate=place.soate, community=place.rural_community,
                district=place.rayon,
            ).value  # fmt: skip
        found[plan.code] = _register_group(desk, plan, villages[plan.village], chance)
    return found


def _register_group(desk: Desk, plan: GroupPlan, village: str, chance: Random) -> str:
    new = NewGroup(plan.code, plan.name, village, plan.lifecycle, "KGS", 2, smallest_minor=100, formed_on=plan.first)
    group = register_group(desk, new).value
    set_rules(desk, group, plan.rules, plan.first, Vote(plan.members))
    women, men = shipped_data.given_names("f"), shipped_data.given_names("m")
    surnames = shipped_data.surnames("f")
    members = []
    for number in range(1, plan.members + 1):
        given, surname = chance.choice(women).name_ky, chance.choice(surnames).name_ky
        father, husband = chance.choice(men).name_ky, chance.choice(men).name_ky
        name = f"{surname} {given}" if chance.random() < 0.7 else f"{father} кызы {given}"
        born = f"{chance.randint(1958, 2003)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        persons = [
            NewPerson(name, {"sex": "f", "father": father, "birth": born, "birth_certainty": "day", "language": "ky"}),
            NewPerson(husband, {"sex": "m", "birth": born[:4] + "-01-01", "birth_certainty": "about"}),
        ]
        code = f"{plan.code}-{number:02d}"
        made = register_household(desk, NewHousehold(code, village, persons=persons)).value
        member = NewMember(group, str(number), made.persons[0], made.household, str(100 + number), plan.first)
        members.append(add_member(desk, member).value)
    for post, index in (("leader", 0), ("treasurer", 1), ("secretary", 2)):
        set_officer(desk, group, post, members[index], plan.first)
    return group
