"""Sentences about the book itself, its records and its keys."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Sentence

BOOK: Mapping[Code, tuple[Sentence, ...]] = {
    # the book as a file
    Code.BOOK_MISSING: (
        N_("There is no backup at {backup}. Nothing was written. Check the name, or put the stick in again."),
        N_("There is no book at {where}. Nothing was changed. Check the place, or put the stick with the book in."),
        N_("The book was not found. Nothing was changed. Check the place, or put the stick with the book in."),
    ),
    Code.BOOK_EXISTS: (
        N_("There is something at {where} already. It was not touched. Choose another place."),
        N_("There is a book in this place already. It was not touched. Choose another place."),
    ),
    Code.FOLDER_NOT_EMPTY: (
        N_("The folder {where} holds something already. It was not touched. Choose an empty folder or a new name."),
        N_("The folder holds something already. It was not touched. Choose an empty folder or a new name."),
    ),
    Code.BOOK_DAMAGED: (
        N_(
            "The file {backup} is no whole backup of a book. Nothing was written, and it was not touched. "
            "Take another backup, or copy this one once more."
        ),
        N_(
            "The book is there, its keys are gone ({key}), and without them nobody can open it. Nothing was changed. "
            "Put the keys back from a copy of its folder, or restore the book from the newest backup, which holds them."
        ),
        N_(
            "The book cannot be read any more, its file is damaged. Your backups are not touched. "
            "Restore the book from the newest backup; what came after it can be asked back from the office."
        ),
    ),
    Code.BOOK_NEWER: (
        N_(
            "This book was written by a newer version of the program. Nothing was changed. "
            "Install the newer version, then open the book again."
        ),
    ),
    Code.BOOK_IN_USE: (
        N_("This book is open in another window. Nothing was changed. Close the other window and try again."),
    ),
    Code.BOOK_ON_NETWORK: (
        N_(
            "A book cannot be kept in a network folder: two computers could damage it. Nothing was written. "
            "Choose a folder on this computer."
        ),
    ),
    Code.WRONG_PASSPHRASE: (
        N_(
            "The passphrase does not open this book. Nothing was changed. "
            "Look at the layout and Caps Lock, then type it again."
        ),
    ),
    Code.PASSPHRASE_MISSING: (
        N_(
            "No passphrase was given, and there is no terminal to ask for it in. Nothing was changed. "
            "Set the variable {variable}, or start the command in a terminal."
        ),
        N_("No passphrase was given. Nothing was changed. Give it, then try again."),
    ),
    Code.WRONG_OFFICE_KEY: (
        N_(
            "This key of an office does not open this book. Nothing was changed. Compare every letter with the sheet; "
            "it has to be the sheet of the office which this laptop had joined."
        ),
    ),
    Code.PASSPHRASE_SHORT: (
        N_("This passphrase is too short to protect the book. Choose five words that nobody can guess."),
    ),
    Code.DISK_FULL: (
        N_(
            "There is no room left on the disk. What was saved before is safe; the last step was not written. "
            "Free some room, then do it again."
        ),
    ),
    Code.EXTRA_MISSING: (
        N_(
            "Sending over the net is not built yet: the part “{extra}” is empty, there is nothing to install. "
            "Nothing was sent. Write the parcel onto a stick or into a folder: {instead}."
        ),
        N_(
            "{file} is a kind of table that cannot be read yet: the part “{extra}” is empty, there is nothing "
            "to install. Nothing was changed. Save the table as CSV or XLSX."
        ),
        N_("This step is not built yet; there is nothing to install. Nothing was changed. Go another way."),
    ),
    # the log
    Code.LINE_UNREADABLE: (
        N_(
            "One record cannot be read. It is kept as it came and counts for nothing; all others are safe. "
            "Show it to the office."
        ),
    ),
    Code.CHAIN_BROKEN: (
        N_(
            "A record of this book is missing or was changed outside the program. The others are kept. "
            "Do not write on in this book: restore the newest backup and tell the office."
        ),
    ),
    Code.FORKED: (
        N_(
            "The same laptop wrote two different records with one number; this happens when a copied or restored book "
            "was written in twice. Both are kept. The office decides which one holds."
        ),
    ),
    Code.REFERENCE_MISSING: (
        N_(
            "A record waits for an earlier file. It is kept and will count when that file comes. "
            "Ask for the missing parcel."
        ),
    ),
    Code.KIND_UNKNOWN: (
        N_("A record comes from a newer version of the program. It is kept and will count after this one is updated."),
    ),
    Code.NOT_BALANCED: (
        N_("What comes in and what goes out of this record do not add up, so it was not written. Check the amounts."),
    ),
    Code.GUARDS_MISSING: (
        N_(
            "The lock that keeps old records from being changed is missing from this book. "
            "No figure was changed by us. "
            "Make a backup, have the book checked, and tell the office."
        ),
    ),
    Code.TOTALS_DIFFER: (
        N_(
            "A total kept in the book differs from the sum of its records. The records are safe. "
            "Add everything up again."
        ),
    ),
    Code.DEVICE_REVOKED: (
        N_(
            "The office has stopped this laptop's rights. Its records are kept, those after that day wait for the "
            "office's decision. Talk to the office."
        ),
    ),
    Code.OUT_OF_PLACE: (
        N_(
            "A record is about a group or a family that this laptop was not given. "
            "It is kept and counts for nothing until the office decides. Ask the animator what it is, and tell the "
            "office."
        ),
    ),
    Code.GROUPS_MIXED: (
        N_(
            "A record puts the money of one group together with a member, a loan or a record of another group. "
            "It is kept and counts for nothing. Ask the laptop that wrote it what was meant."
        ),
    ),
    Code.REJECTED: (
        N_(
            "The office has decided that this record does not count. It is kept as it came. "
            "Ask the office why, and write again what was true."
        ),
    ),
    Code.NEVER_COUNTS: (
        N_(
            "This record can never count: it cannot be read, another one has its number, or it mixes two groups. "
            "Nothing was changed. Leave it out and have what was true written again."
        ),
    ),
    Code.REASON_NOT_KEPT: (
        N_(
            "The answer is written, its reason is not: there is no key here of the group or household under which it "
            "could be kept closed."
        ),
    ),
    Code.DEVICE_TAKEN: (
        N_(
            "This request bears the name of a laptop that is known here, with other keys. Nothing was changed. "
            "Do not let it join before the owner of that laptop was asked."
        ),
    ),
    Code.CURRENCY_UNKNOWN: (
        N_(
            "The currency {currency} is not known. Nothing was written. Choose one of the list, for example KGS or TJS."
        ),
        N_("This currency is not known. Nothing was written. Choose one of the list, for example KGS or TJS."),
    ),
    # keys
    Code.KEY_MISSING: (
        N_(
            "The key for this part is not in the book, so it stays closed. Everything else is safe. "
            "Ask the office for it in the next parcel."
        ),
    ),
    Code.SLOT_LAST: (
        N_(
            "This is the last passphrase of the book. It was not taken away: nobody could open the book after that. "
            "Add another passphrase first."
        ),
    ),
    Code.USER_ROLE_UNKNOWN: (
        N_(
            "“{role}” is no role of a user. Nothing was added. A user is animator, viewer, or treasurer of one group "
            "of this book."
        ),
        N_("This is no role of a user. Nothing was added. Choose animator, viewer, or treasurer of one group."),
    ),
    Code.ROLE_MAY_NOT: (
        N_(
            "With this passphrase that is not done here. Nothing was written. Ask the person whose passphrase is the "
            "animator's."
        ),
    ),
    Code.SLOT_MISSING: (
        N_("The book has no passphrase number {where}. Nothing was changed. Look at the list of passphrases."),
        N_("The book has no such passphrase. Nothing was changed. Look at the list of passphrases."),
    ),
    Code.RECOVERY_CODE_UNREADABLE: (
        N_(
            "This is not the code of a recovery sheet. Nothing was changed. "
            "Type it from the paper once more; spaces do not matter."
        ),
    ),
    Code.SEALED_DAMAGED: (
        N_(
            "A protected part of a record cannot be opened: it is damaged or its key is gone. The money in the record "
            "still counts. Ask the office to send it again."
        ),
    ),
    Code.NO_QT_LIBRARIES: (
        N_(
            "The window cannot be shown: this computer lacks parts of its system for it. Everything else was done. "
            "Install these parts, then try again."
        ),
    ),
}
