"""Registering people as a page takes them: villages by name, birthdays or ages as told, changes where there are any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.people import NewHousehold
from shg_desk.actions.people import NewPerson
from shg_desk.actions.people import add_person
from shg_desk.actions.people import change_household
from shg_desk.actions.people import change_person
from shg_desk.actions.people import homes_of
from shg_desk.actions.people import register_household
from shg_desk.actions.people import register_village
from shg_desk.actions.people import set_home
from shg_desk.actions.views_people import household_card
from shg_desk.actions.views_people import villages
from shg_desk.domain.dates import AGE
from shg_desk.domain.dates import OLDEST_YEARS
from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_birth
from shg_desk.domain.dates import parse_date
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.spelling import key as search_key

NAMES = ("name", "father", "nickname", "given", "surname", "maiden", "passport_spelling")
"""The fields of a person that are names: a number in one was meant for another field."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said of herself, as typed: her name as she gives it is enough; `birth` may be an age."""

    name: str
    birth: str = ""
    identity: Mapping[str, str] = field(default_factory=dict)


def read_birth(text: str, today: date) -> tuple[str, str]:
    """The ISO day and certainty (`day`, `month`, `year`, `about`) of a birthday or age as told; empty for nothing.

    Raises DateError.
    """
    body = text.strip()
    if not body:
        return "", ""
    if (age := AGE.fullmatch(body)) and int(age[1]) <= OLDEST_YEARS:
        return date(today.year - int(age[1]), 1, 1).isoformat(), "about"
    born = parse_birth(body, latest=today)
    return born.day.isoformat(), born.certainty


def identity_of(desk: Desk, told: Told) -> dict[str, str]:
    """The identity fields of what was told; emptied ones are empty.

    Raises KnownError for a birthday that cannot be read, and NAME_WITHOUT_LETTER for a name that is a number.
    """
    named = {**told.identity, "name": told.name.strip()}
    wrong = [
        Problem(Code.NAME_WITHOUT_LETTER, key, {"text": text})
        for key in NAMES
        if (text := named.get(key, "").strip()) and not any(sign.isalpha() for sign in text)
    ]
    try:
        birth, certainty = read_birth(told.birth, desk.today())
    except DateError as trouble:
        wrong.append(Problem(Code.BIRTH_UNREADABLE, "birth", {"text": told.birth}))
        raise KnownError(*wrong) from trouble
    if wrong:
        raise KnownError(*wrong)
    return {**named, "birth": birth, "birth_certainty": certainty}


def village_named(desk: Desk, name: str) -> str | None:
    """The id of the village meant by a name, registered now where nobody was from there yet; None for no name."""
    wanted = search_key(name)
    if not wanted:
        return None
    known = next((one.id for one in villages(desk) if one.key == wanted), None)
    return known or register_village(desk, name.strip()).value


def register_home(
    desk: Desk, code: str, village: str, first: Told, *, address: str = "", phone: str = ""
) -> Outcome[str]:
    """A household with the person who speaks for it. Gives the household's id.

    Raises KnownError NAME_MISSING, or for a birthday that cannot be read.
    """
    identity = identity_of(desk, first)
    persons = (NewPerson(first.name.strip(), identity),) if first.name.strip() else ()
    new = NewHousehold(code, village_named(desk, village), address, phone, persons)
    made = register_household(desk, new)
    return Outcome(made.value.household, made.changed)


def register_person(desk: Desk, household: str, told: Told) -> Outcome[str]:
    """A further person of a household. Raises KnownError NAME_MISSING, or for a birthday that cannot be read."""
    return add_person(desk, household, NewPerson(told.name.strip(), identity_of(desk, told)))


def change_told(desk: Desk, person: str, told: Told) -> Outcome[str]:
    """What is different of a person now. Raises KnownError for a birthday that cannot be read."""
    return change_person(desk, person, identity_of(desk, told))


def live_here_too(desk: Desk, household: str, person: str | None, typed: Mapping[str, str]) -> Outcome[str]:
    """Somebody known here lives in a further household, as typed: `counted` (a household's id), `since`, `until`.

    Raises KnownError NAME_MISSING where nobody was chosen, or for a day that cannot be read.
    """
    if not person:
        raise KnownError(Problem(Code.NAME_MISSING, "name"))
    days = {}
    for key in ("since", "until"):
        try:
            days[key] = parse_date(typed[key], reference=desk.today()) if typed.get(key, "").strip() else None
        except DateError as trouble:
            raise KnownError(Problem(trouble.code, key, {"text": typed[key]})) from trouble
    counted = typed["counted"] or homes_of(desk, person)[0].household
    return set_home(desk, person, household, counted=counted, since=days["since"], until=days["until"])


def change_home(
    desk: Desk, household: str, *, code: str, village: str, address: str, phone: str, head: str
) -> Outcome[str]:
    """What is different of a household now: only the field groups that changed are written."""
    before = household_card(desk, household)
    if before is None or (before.code, before.village) != (code.strip(), village.strip()):
        change_household(desk, household, "place", {"code": code.strip(), "village": village_named(desk, village)})
    told = (address.strip(), phone.strip(), head.strip())
    if before is None or (before.address or "", before.phone or "", before.head or "") != told:
        fields = dict(zip(("address", "phone", "head"), told, strict=True))
        change_household(desk, household, "identity", fields)
    return Outcome(household, Changed.PEOPLE)
