"""The sentences of the Exchange page: what to do now, what a parcel holds, what waits and why."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shg_desk.actions.received import Received
from shg_desk.actions.views_exchange import ExchangeView
from shg_desk.actions.views_exchange import ParcelSeen
from shg_desk.actions.views_exchange import Waiting
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.profiles import is_day
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Counted
from shg_desk.i18n.catalog import Nn_
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence
from shg_desk.ui.parts.card import Tone
from shg_desk.ui.sticks import label_in

Do = Literal["write", "take-in", "back-up", "join"]

KINDS_OF_PARCELS = frozenset({"ops", "return", "colleague", "grant", "files"})

KINDS: Mapping[str, Counted] = {
    "meeting": Nn_("{n} meeting", "{n} meetings"),
    "between": Nn_("{n} payment between meetings", "{n} payments between meetings"),
    "count": Nn_("{n} count of the box", "{n} counts of the box"),
    "correction": Nn_("{n} correction", "{n} corrections"),
    "profile": Nn_("{n} record of people and groups", "{n} records of people and groups"),
    "rules": Nn_("{n} version of the rules", "{n} versions of the rules"),
    "import": Nn_("{n} part of a list", "{n} parts of a list"),
    "settlement": Nn_("{n} settled difference", "{n} settled differences"),
    "file": Nn_("{n} photo of a signed sheet", "{n} photos of signed sheets"),
}
OTHER = Nn_("{n} other record", "{n} other records")


@dataclass(frozen=True, slots=True)
class WhatNow:
    """The one sentence of the page: title, what stands behind it, and what its button does."""

    title: str
    below: str
    do: Do


def records(words: Words, n: int) -> str:
    """`19 records`."""
    return words.n_("{n} record", "{n} records", n).format(n=formats.number(words, n))


def pictures(words: Words, n: int) -> str:
    """`3 pictures`."""
    return words.n_("{n} picture", "{n} pictures", n).format(n=formats.number(words, n))


def inside(words: Words, kinds: Mapping[str, int]) -> str:
    """What a parcel holds: `2 meetings, 4 interviews`."""
    parts, other = [], 0
    for kind, n in kinds.items():
        if kind in KINDS:
            parts.append(words.say_counted(KINDS[kind], n).format(n=formats.number(words, n)))
        else:
            other += n
    if other:
        parts.append(words.say_counted(OTHER, other).format(n=formats.number(words, other)))
    return ", ".join(parts)


def going_parcel(view: ExchangeView) -> ParcelSeen | None:
    """The newest parcel of records that the office has not acknowledged: it carries all that is on its way."""
    return next((one for one in view.parcels if one.kind == "ops" and one.state == 2), None)


def stick_of(one: ParcelSeen | None) -> str:
    """The name of the stick or folder that a parcel was written to, days as days; empty where nobody knows it.

    A folder that bears the kind's own name, which is a word of the program and of no person, says nothing.
    """
    if one is None:
        return ""
    named = one.called or label_in(one.place)
    if named:
        return named
    folder = one.place.replace("\\", "/").rstrip("/").rpartition("/")[2] or one.place
    if folder in KINDS_OF_PARCELS:
        return ""
    return formats.date(folder) if is_day(folder) else folder


def place_of(one: ParcelSeen) -> str:
    """Where a parcel of ours was written: its stick or folder, else whom it is for."""
    return stick_of(one) or one.partner


def _office_stick(view: ExchangeView) -> str:
    """The stick that goes between this laptop and its office: the one last written to for it."""
    return stick_of(next((one for one in view.parcels if one.outgoing and one.kind in ("ops", "files")), None))


def what_now(words: Words, view: ExchangeView) -> WhatNow:
    """What to do now, in one sentence, with the reason under it."""
    say = words._
    if view.is_office:
        return WhatNow(
            say("Take in what came, then write the receipts"), say("Every laptop gets its own file."), "write"
        )
    if view.office is None:
        return _without_office(words, view)
    saved, going, stick = view.saved, view.on_its_way, _office_stick(view)
    if saved:
        title = (
            say("Put in the stick {stick} and write the parcel")
            if stick
            else say("Put in a stick and write the parcel")
        )
        below = say("The new parcel takes everything the office has not received: {records}.")
        return WhatNow(title.format(stick=stick), below.format(records=records(words, saved + going)), "write")
    if going:
        stick = stick_of(going_parcel(view))
        title = say("Take the stick {stick} to the office") if stick else say("Take the stick to the office")
        below = say("On it: {records} that the office has not received. Its receipt will come back on the stick.")
        return WhatNow(title.format(stick=stick), below.format(records=records(words, going)), "take-in")
    if view.pictures:
        below = say("The office has all records, and not yet: {pictures}.")
        title = (
            say("Put in the stick {stick} and write the parcel")
            if stick
            else say("Put in a stick and write the parcel")
        )
        told = below.format(pictures=pictures(words, view.pictures))
        return WhatNow(title.format(stick=stick), told, "write")
    return WhatNow(say("The office has everything"), say("Nothing was written here since its last receipt."), "take-in")


def _without_office(words: Words, view: ExchangeView) -> WhatNow:
    say = words._
    if view.asked:
        return WhatNow(
            say("Bring the office's answer and take it in"),
            say("The request was written. Until the answer is here the records are kept, and sent afterwards."),
            "join",
        )
    saved = view.saved
    if saved:
        title = say("Make a backup on a stick")
        below = say("This book has no office. {records} are only on this laptop.").format(records=records(words, saved))
        return WhatNow(title, below, "back-up")
    if not view.backed_up:
        return WhatNow(say("Nothing is written yet"), say("This book has no office; it may stay so."), "back-up")
    return WhatNow(say("Everything is backed up"), say("This book has no office; it may stay so."), "back-up")


def waiting_title(words: Words, waiting: tuple[Waiting, ...]) -> str:
    """How many records wait."""
    n = len(waiting)
    return words.n_("{n} record waits", "{n} records wait", n).format(n=formats.number(words, n))


def waiting_sentence(words: Words, one: Waiting) -> str:
    """What waits, for what, whom to ask; and that nothing is lost."""
    say = words._
    what = record_words(words, one)
    if one.at_office and one.code == Code.REJECTED:
        return say("{what}: the office has decided that it does not count. Ask the office why.").format(what=what)
    if one.at_office:
        told = (
            say("{what}: at the office it waits for an earlier file. Write a new parcel, it carries everything.")
            if one.held
            else say("{what}: it waits for the office's decision. Your records are safe.")
        )
        return told.format(what=what)
    if one.code == Code.KIND_UNKNOWN:
        return say("{what} was written by a newer version of the program and counts after this one is renewed.").format(
            what=what
        )
    if one.held:
        return say(
            "{what} from {laptop} waits for an earlier file. Ask {laptop} for a parcel. Your records are safe."
        ).format(what=what, laptop=one.sender)
    return say("{what} from {laptop} waits for the office's decision. It does not count until then.").format(
        what=what, laptop=one.sender
    )


def record_words(words: Words, one: Waiting) -> str:
    say = words._
    if one.kind == "meeting" and one.group and one.number:
        return say("Meeting {number} of the group {group}").format(number=one.number, group=one.group)
    if one.group:
        return say("A record of the group {group}").format(group=one.group)
    return say("A record")


def written_out(words: Words, title: str, problems: Sequence[Problem]) -> tuple[Tone, str, str]:
    """What came of writing parcels, of which the title tells: tone, title, and whose could not be written, and why."""
    if problems:
        return "wrong", title, "\n".join(sentence(words, problem) for problem in problems)
    return "done", title, words._("It was read back and is whole. Take the stick out.")


def taken_in(words: Words, received: Received) -> tuple[Tone, str, str]:
    """What came of taking parcels in: tone, title, and every refusal with its reason."""
    say = words._
    lines = []
    if received.known:
        lines.append(say("{records} were here already.").format(records=records(words, received.known)))
    if received.held:
        lines.append(
            words.n_("{n} waits for an earlier file.", "{n} wait for an earlier file.", received.held).format(
                n=received.held
            )
        )
    if received.quarantined:
        lines.append(
            words.n_(
                "{n} waits for the office's decision.", "{n} wait for the office's decision.", received.quarantined
            ).format(n=received.quarantined)
        )
    lines += [sentence(words, problem) for problem in received.problems]
    if not received.files and not received.skipped:
        return "info", say("No parcel lies there"), say("Choose the folder or stick the parcels were written to.")
    if received.skipped and received.skipped == len(received.files):
        return "info", say("The parcels there are not for this book"), ""
    came = pictures(words, received.pictures) if received.pictures else ""
    told = came if came and not received.new else ", ".join(filter(None, (records(words, received.new), came)))
    title = say("Taken in: {records} new").format(records=told)
    tone: Tone = "done"
    if received.refused:
        tone = "wrong"
        title = words.n_("{n} file was refused", "{n} files were refused", received.refused).format(n=received.refused)
        if received.new or received.pictures:
            lines.insert(0, say("Taken in: {records} new").format(records=told) + ".")
    elif received.held or received.quarantined or any(one.level is Level.WARNING for one in received.problems):
        tone = "warning"
    return tone, title, "\n".join(lines)
