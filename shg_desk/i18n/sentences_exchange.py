"""Sentences about parcels and how they travel."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Sentence

EXCHANGE: Mapping[Code, tuple[Sentence, ...]] = {
    Code.BUNDLE_NOT_ONE: (
        N_("The file {where} is no parcel. Nothing was taken in. Choose a file whose name ends in .shgb."),
        N_("This file is no parcel. Nothing was taken in. Choose a file whose name ends in .shgb."),
    ),
    Code.BUNDLE_INCOMPLETE: (
        N_(
            "The parcel is not whole: its end is missing. Nothing was taken in; what your book holds is safe. "
            "Copy it once more, and wait before taking the stick out."
        ),
    ),
    Code.BUNDLE_DAMAGED: (
        N_(
            "The parcel was damaged on its way. Nothing was taken in; what your book holds is safe. "
            "Ask the sender to write it again: the next one carries everything."
        ),
    ),
    Code.BUNDLE_FOR_ANOTHER: (
        N_(
            "This parcel is for another laptop or office, so it cannot be opened here. Nothing was taken in. "
            "Give it to the one it is for."
        ),
    ),
    Code.BUNDLE_STRANGER: (
        N_(
            "This parcel comes from a laptop that is not known here. Nothing was taken in. "
            "Let the laptop join first, then take the parcel in again."
        ),
    ),
    Code.BUNDLE_FORGED: (
        N_(
            "What the parcel says about itself is not true, or its signature does not fit. Nothing was taken in; "
            "what your book holds is safe. Keep the file and show it to the office."
        ),
    ),
    Code.BUNDLE_TOO_LARGE: (
        N_("The parcel is larger than a parcel can be. Nothing was taken in. Ask the sender to write it again."),
    ),
    Code.BUNDLE_NEWER: (
        N_(
            "The parcel was written by a newer version of the program. Nothing was taken in. "
            "Keep the file, install the newer version, then take it in again."
        ),
    ),
    Code.FOLDER_UNUSABLE: (
        N_(
            "This folder or stick cannot be used: {reason}. What was saved before is safe. "
            "Put the stick in again, or choose another one."
        ),
        N_(
            "This folder or stick cannot be used. What was saved before is safe. "
            "Put the stick in again, or choose another one."
        ),
    ),
    Code.FILE_BUSY: (N_("Another program holds this file. It was not touched. Close that program and try again."),),
    Code.COPY_DIFFERS: (
        N_(
            "What was read back from the stick is not what was written. What your book holds is safe; "
            "this copy counts for nothing. Take another stick."
        ),
    ),
}
