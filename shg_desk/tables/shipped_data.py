"""The tables the program ships in `resources/`, as typed values: villages, codes, names, notes and coins, words."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from shg_desk.shipped import shipped

LANGUAGES = ("en", "ru", "ky", "tg", "uz")


@dataclass(frozen=True, slots=True)
class Village:
    """A village: its SOATE code where known (else ''), its rayon's code, and where it lies."""

    soate: str
    rayon_soate: str
    oblast: str
    rayon: str
    rural_community: str
    name_ky: str
    name_latin: str
    is_centre: bool


@dataclass(frozen=True, slots=True)
class Area:
    """An oblast or rayon (`level`) with its SOATE code and the code of what it belongs to."""

    soate: str
    level: str
    name_ky: str
    name_latin: str
    parent: str


@dataclass(frozen=True, slots=True)
class Name:
    """A given name or surname; `sex` is `f`, `m` or '' (both)."""

    sex: str
    name_ky: str
    name_ru: str
    name_latin: str


@dataclass(frozen=True, slots=True)
class Banknote:
    """A note or coin (`kind`) of a currency by its value in minor units."""

    currency: str
    value_minor: int
    kind: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a word list: its code, and the words by language."""

    code: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """A point of the agenda: its code, when it stands there (a word of `domain.agenda`), and the words by language."""

    code: str
    when: str
    words: Mapping[str, str]


def banknotes(currency: str, on_date: date) -> tuple[Banknote, ...]:
    """Notes and coins in use in the year of a day, the dearest first, a note before the coin of its value.

    Empty for a currency we ship no list of.
    """
    found = [
        Banknote(row["currency"], int(row["value_minor"]), row["kind"])
        for row in _rows("banknotes.csv")
        if row["currency"] == currency and int(row["since"] or 0) <= on_date.year <= int(row["until"] or on_date.year)
    ]
    return tuple(sorted(found, key=lambda one: (-one.value_minor, one.kind != "note")))


def villages() -> tuple[Village, ...]:
    """All villages shipped, by rayon and community."""
    return tuple(
        Village(
            soate=row["soate"],
            rayon_soate=row["rayon_soate"],
            oblast=row["oblast"],
            rayon=row["rayon"],
            rural_community=row["rural_community"],
            name_ky=row["name_ky"],
            name_latin=row["name_latin"],
            is_centre=row["centre"] == "yes",
        )
        for row in _rows("villages.csv")
    )


def areas() -> tuple[Area, ...]:
    """Oblasts and rayons of Kyrgyzstan."""
    return tuple(
        Area(row["soate"], row["level"], row["name_ky"], row["name_latin"], row["parent"]) for row in _rows("soate.csv")
    )


def given_names(sex: str | None = None) -> tuple[Name, ...]:
    """Given names, all or of one sex (`f`, `m`)."""
    return _names("given_names.csv", sex)


def surnames(sex: str | None = None) -> tuple[Name, ...]:
    """Surnames, all or in the form of one sex; those without a sex belong to both."""
    return _names("surnames.csv", sex)


def meeting_reasons() -> tuple[Entry, ...]:
    """Reasons for a meeting not held, in the order to offer them."""
    return _entries("meeting_reasons.csv")


def decision_templates() -> tuple[Entry, ...]:
    """Usual decisions of a meeting, in the order to offer them; their numbers choose, so ten are shown."""
    return _entries("decision_templates.csv")


def agenda() -> tuple[AgendaPoint, ...]:
    """The points of a meeting's agenda, in their order."""
    rows = _rows("agenda.csv")
    return tuple(AgendaPoint(row["code"], row["when"], {one: row[one] for one in LANGUAGES}) for row in rows)


def _names(file: str, sex: str | None) -> tuple[Name, ...]:
    return tuple(
        Name(row["sex"], row["name_ky"], row["name_ru"], row["name_latin"])
        for row in _rows(file)
        if sex is None or row["sex"] in {sex, ""}
    )


def _entries(file: str) -> tuple[Entry, ...]:
    return tuple(Entry(row["code"], {language: row[language] for language in LANGUAGES}) for row in _rows(file))


@lru_cache(maxsize=16)
def _rows(file: str) -> tuple[dict[str, str], ...]:
    with (shipped("resources") / file).open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))
