"""Words of the exchange in lists and on the command line: how far records have come, kinds of parcels, ways in."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words

STATES: Mapping[str, Marked] = {
    "saved": N_("Saved here"),
    "on-its-way": N_("On its way"),
    "received": N_("Received by the office"),
    "reconciled": N_("Reconciled"),
    "backed-up": N_("Backed up"),
}
"""How far a record has come."""

PARCELS: Mapping[str, Marked] = {
    "ops": N_("Parcel of a laptop"),
    "return": N_("Receipt"),
    "colleague": N_("Colleague's parcel"),
    "grant": N_("The office's answer"),
    "request": N_("Request to join"),
    "files": N_("Parcel of pictures"),
}
"""What a file that travels is."""

WAYS_IN: Mapping[str, Marked] = {
    "passphrase": N_("Passphrase"),
    "paper": N_("Recovery sheet"),
    "office": N_("Recovery by the office"),
}
"""What opens a book."""

PHOTO_STATES: Mapping[str, Marked] = {
    "only-here": N_("only here"),
    "sent": N_("on its way"),
    "there": N_("the office has it"),
}
"""How far a picture has come."""

PHOTO_REASONS: Mapping[str, Marked] = {
    "wrong-photo": N_("a photo of something else"),
    "unreadable": N_("cannot be read"),
    "twice": N_("there twice"),
    "asked": N_("somebody on it has asked"),
    "other": N_("another reason"),
}
"""Why a photo is taken away."""

DEVICES: Mapping[str, Marked] = {
    "office": N_("Office"),
    "own": N_("This laptop"),
    "enrolled": N_("Laptop"),
    "colleague": N_("Colleague's laptop"),
    "revoked": N_("Stopped"),
    "left": N_("Of an office that was left"),
}
"""What a known device is."""


def word(words: Words, table: Mapping[str, Marked], code: str) -> str:
    """The word of a code; a code that a newer program wrote stands as it is."""
    return words.say(table[code]) if code in table else code
