"""The office's answer about records that were set aside: each counts from now on, or stays out; the reason is sealed.

The answer is a record of the office's own, so that it outlives a rebuild and a restored backup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shg_desk.actions.answers_given import GROUP
from shg_desk.actions.answers_given import not_kept
from shg_desk.actions.answers_given import owners_of_record
from shg_desk.actions.answers_given import reason_parts
from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.pictures_in import forget_taken_away
from shg_desk.actions.reviewing import forget_destroyed
from shg_desk.actions.reviewing import obey_destroy
from shg_desk.actions.told_digests import compare_with_desks
from shg_desk.actions.views_exchange import Waiting
from shg_desk.actions.views_exchange import waiting_records
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store import operations as operation_store
from shg_desk.store.book import Writer
from shg_desk.store.decided import LETS_IN
from shg_desk.store.decided import SET_ASIDE
from shg_desk.store.operations import Unsettled
from shg_desk.store.standings import State

LEAVES_OUT = "reject"


@dataclass(frozen=True, slots=True)
class Decided:
    """What an answer came to: the records it was about, and how many count now that did not before."""

    names: tuple[str, ...]
    counting: int


def decide_records(desk: Desk, names: Sequence[str], *, counts: bool, reason: str) -> Outcome[Decided]:
    """Lets records count that wait for the office's decision, or leaves them out for good.

    All records under a name are answered alike. One that was left out can be let in later; one that counts is
    corrected instead. Raises KnownError NOT_AN_OFFICE, REASON_MISSING, ENTRY_UNKNOWN for what does not wait,
    NEVER_COUNTS where one could not count: nothing is written.
    """
    if not desk.is_office:
        raise KnownError(Problem(Code.NOT_AN_OFFICE, "role"))
    if not reason.strip():
        raise KnownError(Problem(Code.REASON_MISSING, "reason"))
    aside = [one for one in _aside(desk) if one.name in names]
    if not counts:
        aside = [one for one in aside if one.code != Code.REJECTED]
    unknown = sorted(set(names) - {one.name for one in aside})
    if unknown or not names:
        raise KnownError(*(Problem(Code.ENTRY_UNKNOWN, name, {"entry": name}) for name in unknown or ("",)))
    groups = {one.name: one.group_id for one in waiting_records(desk, rejected=True)}
    warnings: tuple[Problem, ...] = ()
    with desk.book.writing() as writer:
        for one in aside:
            kept = _write(desk, writer, one, groups.get(one.name), reason.strip(), counts=counts)
            warnings = warnings or not_kept(reason.strip(), kept)
        for one in aside:
            writer.decide(one.name, one.mark, counts=counts)
        writer.flush()
        obey_destroy(desk, writer)
        forget_taken_away(desk)
        still = {one.mark for one in _aside(desk)}
        let_in = {one.name for one in aside if one.mark not in still}
        never = [one.name for one in aside if counts and one.name not in let_in]
        if never:
            raise KnownError(*(Problem(Code.NEVER_COUNTS, name, {"entry": name}) for name in dict.fromkeys(never)))
        touched = frozenset(writer.outcome.groups)
        compare_with_desks(desk, (), released=True)
        _tell_laptops(desk, {name.partition(".")[0] for name in names}, touched)
    forget_destroyed(desk, writer.outcome.destroys)
    found = Decided(tuple(sorted({one.name for one in aside})), writer.outcome.released)
    return Outcome(found, Changed.EVERYTHING, touched, warnings)


def _aside(desk: Desk) -> list[Unsettled]:
    return [one for one in operation_store.unsettled(desk.book) if one.state is State.QUARANTINED]


def decide_sender(desk: Desk, device: str, *, counts: bool, reason: str) -> Outcome[Decided]:
    """The same answer for everything of one laptop that waits; what can never count is told and goes on waiting.

    Raises KnownError as `decide_records`.
    """
    waiting = [one.name for one in waiting_for_decision(desk) if one.name.partition(".")[0] == device]
    names = list(dict.fromkeys(waiting))
    warnings: list[Problem] = []
    while True:
        try:
            outcome = decide_records(desk, names, counts=counts, reason=reason)
        except KnownError as error:
            never = {problem.where for problem in error.problems if problem.code is Code.NEVER_COUNTS}
            if not never or never >= set(names):
                raise
            warnings += [Problem(Code.NEVER_COUNTS, name, {"entry": name}, Level.WARNING) for name in sorted(never)]
            names = [name for name in names if name not in never]
        else:
            return Outcome(outcome.value, outcome.changed, outcome.groups, (*warnings, *outcome.warnings))


def _write(
    desk: Desk, writer: Writer, one: Unsettled, group: str | None, reason: str, *, counts: bool
) -> dict[str, Any]:
    """Writes one answer; gives what was kept of the reason."""
    difference = f"{SET_ASIDE} {one.name} {one.code} {one.mark}"
    body: dict[str, Any] = {"difference": difference, "choice": LETS_IN if counts else LEAVES_OUT}
    if group is not None:
        body["group"] = group
    kept = reason_parts(desk, [(group, GROUP), *owners_of_record(desk, one.name)], reason)
    writer.append(desk.line("settlement", {**body, **kept}))
    return kept


def _tell_laptops(desk: Desk, senders: set[str], groups: frozenset[str]) -> None:
    """Whoever wrote it, and whoever shares its group, has to hear of it."""
    for device in exchange_store.devices(desk.book.db):
        shares = exchange_store.granted_groups(desk.book.db, device.code) & groups
        if device.state == "enrolled" and (device.code in senders or shares):
            desk.book.set_setting(f"news.{device.code}", "1")


def waiting_for_decision(desk: Desk) -> list[Waiting]:
    """The records that wait for the office's decision, in order of name; those answered already are not among them."""
    return [one for one in waiting_records(desk) if not one.held and not one.at_office]
