"""The words of the practice book's lessons: what each is about, and what to do at each step, with its key."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked

TITLES: Mapping[str, Marked] = {
    "meeting": N_("A meeting"),
    "mistake": N_("A mistake is put right"),
    "loan": N_("A loan and its repayment"),
    "death": N_("A member dies"),
    "share-out": N_("A share-out"),
    "parcel": N_("A parcel for the office"),
}
ABOUT: Mapping[str, Marked] = {
    "meeting": N_("From the first mark to the closed sheet, with the cash counted."),
    "mistake": N_("A line that is wrong is answered by a correction; both stay in the book."),
    "loan": N_("A member borrows at a meeting and pays an instalment."),
    "death": N_("Her membership and posts end, the group decides on her debts, the rest is paid to her heirs."),
    "share-out": N_("At the end of a cycle the savings and the profit go back to the members."),
    "parcel": N_("What was written is put on a stick for the office."),
}
STEPS: Mapping[str, Marked] = {
    "begun": N_("On Today press Enter on the first meeting, say the day, and F5: all present and as usual"),
    "marked": N_("Mark one member as late or absent: Alt+2 or Alt+4 in her row"),
    "counted": N_("Count the cash: F8, then the number of each note, or + and one sum"),
    "closed": N_("Close the sheet: F10 shows what will be written, Enter writes it"),
    "corrected": N_("In the ledger put the cursor on a line, press F2 and say what was meant; F10 writes it"),
    "reason": N_("Say why in one sentence: it stands beside the correction"),
    "agrees": N_("See that every count of the box still agrees with the book"),
    "given": N_("On a sheet type a sum under New loan in a member's row"),
    "closed-with-loan": N_("Close that sheet; the loan stands among the loans with its schedule"),
    "repaid": N_("At a meeting confirm what is due under Repayment with Enter, and close the sheet"),
    "died": N_("On Groups, in the members of a group, press F7 on the one who has died and type the day"),
    "decided": N_("Space on each debt says what becomes of it; type the votes; F10 shows it, Enter writes it"),
    "payable": N_("See what is left to be paid out to her heirs; Ctrl+P prints the account to sign"),
    "paid-out": N_("F8 on that page: type the sum and the number of the paper receipt, F10 writes it"),
    "box-counted": N_(
        "In Groups choose a group with a share-out cycle and press F5; count its box with F8, F10 shows the count, "
        "Enter writes it"
    ),
    "shared-out": N_(
        "Space on a member who is not there; F6, then the votes; F10 shows what will be written, Enter writes it"
    ),
    "envelopes": N_(
        "Give out an envelope that waits: Ins, then “Paid out what was owed”; if nobody was away, it is done"
    ),
    "box-agrees": N_("Count the box once more with F8: what is in it is what the share-out left"),
    "written": N_("On Exchange press Enter and choose a folder or stick"),
}
