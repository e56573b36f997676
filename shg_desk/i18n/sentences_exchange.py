"""Sentences about parcels and how they travel."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Nn_
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
    Code.PHOTO_UNREADABLE: (
        N_(
            "The file {file} is no picture that can be read here. Nothing was added. "
            "Choose a photo in the form JPEG, PNG or WebP."
        ),
        N_("This is no picture that can be read here. Nothing was added. Choose a photo: JPEG, PNG or WebP."),
    ),
    Code.PHOTO_TOO_LARGE: (
        N_("The picture {file} is too large. Nothing was added. Take the photo again with fewer pixels."),
        N_("The picture is too large. Nothing was added. Take the photo again with fewer pixels."),
    ),
    Code.PHOTOS_TOO_MANY: (
        N_(
            "There can be {most} photos of one meeting, and {n} are here. Nothing was added. "
            "Choose fewer, or take one away first."
        ),
        N_("There are too many photos of one meeting. Nothing was added. Choose fewer, or take one away first."),
    ),
    Code.PHOTO_UNKNOWN: (N_("This photo is not here any more. Nothing was changed."),),
    Code.PHOTO_DAMAGED: (
        N_(
            "A photo in this book was damaged on the disk and cannot be shown. The records are not touched. "
            "Another laptop or the office may have it still."
        ),
    ),
    Code.PHOTO_AWAITED: (
        Nn_(
            "Group {group}, meeting of {date}: {n} photo is not here yet. It comes with a parcel of pictures.",
            "Group {group}, meeting of {date}: {n} photos are not here yet. They come with a parcel of pictures.",
            "n",
        ),
        N_("Photos of a meeting are not here yet. They come with a parcel of pictures."),
    ),
    Code.PHOTOS_LEFT_ASIDE: (
        Nn_(
            "{n} picture was not kept: no record names it yet, and no more can wait. It will be sent again.",
            "{n} pictures were not kept: no record names them yet, and no more can wait. They will be sent again.",
            "n",
        ),
        N_("Pictures were not kept: no record names them yet, and no more can wait. They will be sent again."),
    ),
    Code.PHOTOS_NOT_WRITTEN: (
        Nn_(
            "{n} photo was not written: it is not here yet, or it cannot be shown here.",
            "{n} photos were not written: they are not here yet, or they cannot be shown here.",
            "n",
        ),
        N_("Some photos were not written: they are not here yet, or they cannot be shown here."),
    ),
    Code.FOLDER_UNUSABLE: (
        N_("There is nothing at {missing}. What was saved before is safe. Check the place, or put the stick in again."),
        N_(
            "{taken} is a file or lies in one, so nothing can be put there. It was not touched, and what was saved "
            "before is safe. Choose a folder."
        ),
        N_("{is_folder} is a folder. It was not touched, and what was saved before is safe. Name a file."),
        N_(
            "This computer does not let you use {forbidden}. What was saved before is safe. "
            "Choose another place, or ask who looks after the computer."
        ),
        N_("The name {too_long} is too long. What was saved before is safe. Choose a shorter one."),
        N_("{where} cannot be used. What was saved before is safe. Put the stick in again, or choose another place."),
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
    # joining an office
    Code.NOT_A_DESK: (
        N_("This is the office's book: it does not ask to join. Nothing was written. Open a laptop's book."),
    ),
    Code.NOT_AN_OFFICE: (
        N_("Only an office can do this; this is a laptop's book. Nothing was written. Open the office's book."),
    ),
    Code.NO_OFFICE: (
        N_(
            "This book has no office yet. Its records are safe here. Write a request to join and take it to the office."
        ),
    ),
    Code.PRACTICE_ONLY: (
        N_("A practice book and a real one cannot be joined. Nothing was written. Take the file of the right book."),
    ),
    Code.FINGERPRINT_DIFFERS: (
        N_(
            "The figures typed are not those of this file: {found}. Nothing was written. "
            "Call the other side and compare them figure by figure."
        ),
        N_(
            "The figures typed are not those of this file. Nothing was written. "
            "Call the other side and compare them figure by figure."
        ),
    ),
    Code.NOT_COMPARED: (
        N_(
            "Done, but the figures were not compared with the other side. "
            "Compare them by phone before the first parcel."
        ),
    ),
    Code.REQUEST_MISSING: (
        N_(
            "This laptop has not asked to join, so the answer is not for it. "
            "Nothing was written. Write a request first."
        ),
    ),
    Code.GRANT_PARTS_MISSING: (
        N_(
            "The office's answer is in {n} files that belong together; {missing} of them are not beside this one. "
            "What is here was taken in. Put the others beside it and take it in again, or wait for the next receipt."
        ),
        N_("A part of the office's answer is missing. What is here was taken in. Take it in again with the others."),
    ),
    Code.OFFICE_KNOWN: (
        N_(
            "This book already belongs to another office. Nothing was written. "
            "Let it go on without that office first (on Exchange), then join this one."
        ),
    ),
    Code.OFFICE_KEYS_NEW: (
        N_(
            "The office {office} has new keys, told under its old ones. What is sent from now on is for the new ones. "
            "Call the office and compare the new figures: {digits}."
        ),
        N_("The office has new keys, told under its old ones. Call the office and compare its figures."),
    ),
    Code.OFFICE_KEY_UNKNOWN: (
        N_(
            "This file is signed as by the office, with a key that is not known here. Nothing was taken in. "
            "Take in its earlier receipts first. If you have them all, ask the office for a new answer to a request "
            "and compare its figures by phone when you take it in."
        ),
    ),
    Code.OFFICE_KEY_FORMER: (
        N_(
            "This receipt is signed with a key that the office has given up. Nothing was taken in; what your "
            "book holds is safe. Send a parcel: the next receipt is signed anew. If it is not, call the office."
        ),
    ),
    Code.RECEIPT_OVERTAKEN: (
        N_(
            "This receipt of the office is older than one that is here already, and signed with a key it has "
            "given up. Nothing was taken in and nothing is lost: the next receipt brings what is missing."
        ),
    ),
    Code.GRANT_OVERTAKEN: (
        N_(
            "As its receipts here say, the office has left the book that this answer comes from: a copy was put back "
            "instead. Nothing was taken in. Ask the office for a new answer to a request and compare its figures by "
            "phone when you take it in: then it counts."
        ),
    ),
    Code.OFFICE_LEFT: (
        N_(
            "This file is from an office that this book has left. Nothing was taken in. "
            "Join that office again if its parcels are wanted."
        ),
    ),
    Code.RECORDS_HELD_BACK: (
        Nn_(
            "{n} record of others that {laptop} handed on was not taken: it is of a group or family that is not this "
            "laptop's to hand on, or its writer sends it here. The laptop's own records are in.",
            "{n} records of others that {laptop} handed on were not taken: they are of groups or families that are not "
            "this laptop's to hand on, or their writers send them here. The laptop's own records are in.",
        ),
        N_(
            "Records of others that the laptop handed on were not taken. Its own records are in; "
            "ask who wrote the others."
        ),
    ),
    Code.RECOVERY_NOT_ON_PAPER: (
        N_(
            "The office can no longer open this book for you, and no recovery sheet is on paper. "
            "Print one now: without it a forgotten passphrase closes the book for ever."
        ),
    ),
    Code.STOPPED_BEFORE: (
        N_(
            "{laptop} knows that this office had stopped {other}, after the copy that its book was put back from. "
            "Here {other} still counts as one of your laptops; {laptop} takes nothing from it. "
            "Stop it once more, or let it join again."
        ),
        N_(
            "A laptop knows that this office had stopped another one, which still counts here as one of your laptops. "
            "Stop it once more, or let it join again."
        ),
    ),
    Code.RECORDS_TOO_MANY: (
        N_(
            "With this file {laptop} would have brought more than {n} records, more than people can write. Nothing of "
            "the file was taken in. Ask who works on that laptop; the office can stop it."
        ),
        N_(
            "With this file the book would hold more than {n} records, more than it can add up. Nothing of the file "
            "was taken in. The office looks which laptop sends so many, and stops it."
        ),
        N_("These are more records than the book can add up. The office looks which laptop sends them, and stops it."),
    ),
    Code.RECEIPT_NOT_WRITTEN: (
        N_(
            "The receipt for {laptop} could not be written; those of the other laptops do not depend on it. "
            "Have the book checked, and tell whoever looks after the program ({reason})."
        ),
        N_("A laptop's receipt could not be written. Have the book checked, and tell whoever looks after the program."),
    ),
    Code.OFFICE_PUT_BACK: (
        N_(
            "This office's book is as it was when the backup was made. Look through your laptops: one that you have "
            "stopped since counts as yours again. Stop it once more before you take parcels in."
        ),
    ),
    Code.DEVICE_UNKNOWN: (
        N_(
            "There is no colleague to hand records to ({nobody}): the office has named none of this laptop's. Nothing "
            "was written. Take in the office's newest receipt, or ask it."
        ),
        N_("No laptop {device} is known here. Nothing was written. Look at the list of laptops."),
        N_("No such laptop is known here. Nothing was written. Look at the list of laptops."),
    ),
    Code.BUNDLE_IS_GRANT: (
        N_(
            "This file is the office's answer to a request, "
            "not a parcel with records. Nothing was taken in. Join with it."
        ),
    ),
    Code.ROLLED_BACK: (
        N_(
            "The office holds newer records of this laptop than this book: the book was restored from an older copy. "
            "Nothing is lost; the office sends them back. Write on, new records are kept apart from the old ones."
        ),
    ),
    Code.DIGEST_DIFFERS: (
        N_(
            "In the month {month} the office's records of a group differ from those here. Both are kept. "
            "The office looks for the cause; send it a new parcel."
        ),
        N_(
            "In one month the office's records of a group differ from those here. Both are kept. "
            "The office looks for the cause; send it a new parcel."
        ),
    ),
}
