"""What two laptops wrote of one thing, field by field in plain words: a person, a household, a group's rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from shg_desk.actions.difference_view import DifferenceView
from shg_desk.actions.difference_view import SideRow
from shg_desk.actions.views_differences import Sort
from shg_desk.domain.amendments import DECISIONS
from shg_desk.domain.ids import is_id
from shg_desk.domain.kinds import ATTENDANCE
from shg_desk.domain.rules import read_rules
from shg_desk.domain.sheet import Attendance
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui.household_forms import SEXES
from shg_desk.ui.household_forms import SPOUSE
from shg_desk.ui.meeting_words import attendance_words
from shg_desk.ui.rules_words import LIFECYCLES
from shg_desk.ui.rules_words import rule_lines

FIELDS: Mapping[str, Marked] = {
    "name": N_("Name"),
    "father": N_("Father's name"),
    "nickname": N_("Nickname"),
    "birth": N_("Birth or age"),
    "sex": N_("Sex"),
    "language": N_("Language of her papers"),
    "relation": N_("Relation to the household"),
    "spouse_relation": N_("Marriage"),
    "phone": N_("Phone"),
    "guardian": N_("Guardian"),
    "given": N_("Given name"),
    "surname": N_("Surname"),
    "maiden": N_("Surname before marriage"),
    "passport_spelling": N_("As in the passport"),
    "head": N_("Who speaks for the household"),
    "address": N_("Address"),
    "code": N_("Code"),
    "village": N_("Village"),
    "lifecycle": N_("Kind of group"),
    "currency": N_("Currency"),
    "group": N_("Group"),
    "person": N_("Member"),
    "membership": N_("Member"),
    "household": N_("Household"),
    "device": N_("Which laptop writes the group"),
}
VALUES: Mapping[str, Mapping[str, Marked]] = {
    "sex": dict(SEXES),
    "spouse_relation": dict(SPOUSE),
    "lifecycle": LIFECYCLES,
}
BESIDE = {"birth": "birth_certainty"}
"""A field that only says how sure another one is: it stands in that one's line."""


def in_words(words: Words, view: DifferenceView) -> DifferenceView:
    """The same difference with the lines a person reads; what is no record of fields stays as it is."""
    if view.item.sort is Sort.PROFILE:
        return replace(view, rows=_fields(words, view.rows))
    if view.item.sort is Sort.MARKS:
        return replace(view, rows=_marks(words, view.rows))
    if view.item.sort is Sort.RULES:
        return replace(view, rows=_rules(words, view))
    return view


def _fields(words: Words, rows: Sequence[SideRow]) -> tuple[SideRow, ...]:
    by_name = {row.key: row for row in rows}
    order = {name: at for at, name in enumerate(FIELDS)}
    shown = []
    for row in sorted(rows, key=lambda one: (order.get(one.key, len(order)), one.key)):
        if row.key in BESIDE.values():
            continue
        beside = by_name.get(BESIDE.get(row.key, ""))
        sure = beside.values if beside is not None else (None,) * len(row.values)
        said = tuple(_said(words, row.key, one, how) for one, how in zip(row.values, sure, strict=True))
        name = words.say(FIELDS[row.key]) if row.key in FIELDS else row.name
        shown.append(replace(row, name=name, values=said))
    return tuple(shown)


def _said(words: Words, field: str, value: object, sure: object) -> str | None:
    if not isinstance(value, str):
        return None
    if field in VALUES:
        return words.say(VALUES[field][value]) if value in VALUES[field] else value
    if field == "language":
        return LANGUAGES.get(value, value)
    if field == "birth":
        whole = formats.date(date.fromisoformat(value)) if len(value) == len("2026-11-21") else value
        return {"year": value[:4], "about": value[:4], "month": whole[3:]}.get(str(sure), whole)
    return named(words, value)


def named(words: Words, value: object) -> str:
    """A text as it is; what only points to something that is not known here is said to be so."""
    return words._("not known in this book") if is_id(value) else str(value)


def _marks(words: Words, rows: Sequence[SideRow]) -> tuple[SideRow, ...]:
    """How each side says that members stood, and what it says was decided."""
    shown = []
    for row in rows:
        is_decisions = row.key == DECISIONS
        read = _decided if is_decisions else _stood
        said = tuple(None if one is None else read(words, one) for one in row.values)
        shown.append(replace(row, name=words._("Decisions") if is_decisions else row.name, values=said))
    return tuple(shown)


def _stood(words: Words, value: object) -> str:
    letter, by_whom = json.loads(str(value))
    named_by = by_whom if isinstance(by_whom, str) else ""
    return attendance_words(words, Attendance(ATTENDANCE[letter]), named_by)


def _decided(words: Words, value: object) -> str:
    """Each decision with its votes: for, against, abstained."""
    found = []
    for text, *votes, _ in json.loads(str(value)):
        counted = " : ".join("–" if one is None else str(one) for one in votes) if votes != [None] * 3 else ""
        words_of_it = text if isinstance(text, str) else words._("not known in this book")
        found.append(f"{words_of_it} ({counted})" if counted else words_of_it)
    return "; ".join(found) or words._("nothing decided")


def _rules(words: Words, view: DifferenceView) -> tuple[SideRow, ...]:
    """Both versions as the group's page says them."""
    contents = [
        {row.key: json.loads(str(one)) for row in view.rows if (one := row.values[at]) is not None}
        for at in range(len(view.sides))
    ]
    starts = [str(content.pop("from", "")) for content in contents]
    said, names = [], {}
    for content in contents:
        rules, _ = read_rules(content, view.item.currency.minor_digits)
        lines = {line.key: line for line in rule_lines(words, rules, view.item.currency)}
        names.update({line.key: line.label for line in lines.values()})
        said.append({line.key: line.agreed for line in lines.values()})
    days = tuple(formats.date(date.fromisoformat(day)) if day else None for day in starts)
    return (
        SideRow("from", "", words._("Holds from"), days),
        *(SideRow(key, "", label, tuple(one.get(key) for one in said)) for key, label in names.items()),
    )
