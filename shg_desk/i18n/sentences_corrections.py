"""Sentences about putting right what was recorded wrong."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Sentence

CORRECTIONS: Mapping[Code, tuple[Sentence, ...]] = {
    Code.ENTRY_UNKNOWN: (
        N_("There is no such record in this book. Nothing was written. Look it up in the book again."),
    ),
    Code.ALREADY_CORRECTED: (
        N_("This record was corrected already. Nothing was written. Correct the newer record if it is wrong."),
    ),
    Code.PERIOD_CLOSED: (
        N_(
            "The period up to {date} is closed: what was counted in it stays as it is. "
            "Nothing was written. Count the money today and name the difference."
        ),
        N_("This period is closed. Nothing was written. Count the money today and name the difference."),
    ),
    Code.CORRECTED_SINCE: (
        N_(
            "What this correction wrote has been corrected since. Nothing was written. "
            "Take the later correction back first."
        ),
    ),
    Code.BELOW_ZERO_THEN: (
        N_(
            "Member № {member} would be at {amount} on {date}: what is taken back was withdrawn or repaid already. "
            "Nothing was written. Correct the later record first."
        ),
        N_(
            "There would be {amount} on {date}: what is taken back was paid out already. "
            "Nothing was written. Correct the later record first."
        ),
        N_("What is taken back was paid out already. Nothing was written. Correct the later record first."),
    ),
    Code.BELOW_ZERO_ACCEPTED: (
        N_("Member № {member} is at {amount} from {date} on: she owes it to the group. Look whether that is meant."),
        N_("There is {amount} from {date} on. Look whether that is meant."),
        N_("Less than nothing is left. Look whether that is meant."),
    ),
    Code.WOULD_BE_BELOW_ZERO: (
        N_("The box would stand at {in_box} on {date}: more went out than lay there. Look for another wrong record."),
        N_(
            "The social fund would stand at {in_fund} on {date}: more was given than was in it. "
            "Look for another wrong record."
        ),
        N_("There would be {amount} in this place on {date}: more went out than lay there."),
        N_("More would have gone out of a place than lay there. Look for another wrong record."),
    ),
    Code.LOAN_HAS_REPAYMENTS: (
        N_("The loan {loan} has repayments already. Nothing was written. Correct its repayments first."),
        N_("This loan has repayments already. Nothing was written. Correct its repayments first."),
    ),
    Code.LOAN_TAKEN_BACK: (
        N_(
            "The loan {loan} was taken back on {date}: nothing can be repaid on it. Nothing was written. "
            "If it was repaid before, take that correction back first."
        ),
        N_(
            "This loan was taken back since: nothing can be repaid on it. Nothing was written. "
            "If it was repaid before, take that correction back first."
        ),
    ),
    Code.CORRECT_BY_REVERSAL: (
        N_(
            "This record cannot be changed in one step. Nothing was written. "
            "Take it back whole, then write the right one."
        ),
    ),
    Code.NOTHING_WRITTEN: (N_("No money is written down here. Nothing was saved. Type an amount first."),),
    Code.NOTHING_CHANGED: (
        N_("Nothing differs from what is written already. Nothing was written. Change a cell first."),
    ),
    Code.MEETING_UNKNOWN: (
        N_("There is no meeting of this group in that time. Nothing was done. Look at the list of its meetings."),
    ),
}
