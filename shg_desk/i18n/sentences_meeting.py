"""Sentences about the meeting sheet and its money."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Sentence

MEETING: Mapping[Code, tuple[Sentence, ...]] = {
    # who and when
    Code.MEMBER_UNKNOWN: (
        N_("The group has no member № {member}. Nothing was written. Check the number in the group's list."),
        N_("The group has no such member. Nothing was written. Check the number in the group's list."),
    ),
    Code.MEMBER_TWICE: (
        N_("Member № {member} stands on the sheet twice. The sheet is not closed. Put both rows together."),
        N_("A member stands on the sheet twice. The sheet is not closed. Put both rows together."),
    ),
    Code.GROUP_UNKNOWN: (
        N_("There is no group “{group}” in this book. Nothing was written. Check its name or code."),
        N_("There is no such group in this book. Nothing was written. Check its name or code."),
    ),
    Code.GROUP_AMBIGUOUS: (
        N_(
            "Several groups have the code {group}: {names}. Nothing was written for them. "
            "Give one of them another code under Differences."
        ),
        N_("Several groups have this code. Nothing was written for them. Give one of them another code."),
    ),
    Code.SHEET_WRITTEN: (
        N_("This very sheet of {date} is in the book already. It was not written again. Look at the minutes."),
        N_("This very sheet is in the book already. It was not written again. Look at the minutes."),
    ),
    Code.NAME_MISSING: (N_("A name or code is missing. Nothing was written. Fill it in."),),
    Code.CODE_TAKEN: (
        N_("Another group has the code {code} already. Nothing was written. Choose another code."),
        N_("Another group has this code already. Nothing was written. Choose another code."),
    ),
    Code.NUMBER_TAKEN: (
        N_(
            "Number {number} was given to another member; "
            "numbers stay with who left, too. Nothing was written. Choose another."
        ),
        N_("This number was given to another member already. Nothing was written. Choose another."),
    ),
    Code.IN_TWO_GROUPS: (
        N_("This person is in another group too. She was written down here as well; look whether that is right."),
    ),
    Code.BOOKLET_TAKEN: (
        N_("Booklet {booklet} is that of member № {member}. Nothing was written. Look at both booklets."),
        N_("Another member has this booklet. Nothing was written. Look at both booklets."),
    ),
    Code.JOINED_AFTER_LEFT: (
        N_("She left on {left}, before this day. Nothing was written. Correct the day she joined."),
        N_("She left before this day. Nothing was written. Correct the day she joined."),
    ),
    Code.FORMED_AFTER_RECORDS: (
        N_("Something of the group is recorded on {first} already, earlier than this day. Nothing was written."),
        N_("Something of the group is recorded earlier than this day. Nothing was written. Correct the day."),
    ),
    Code.BELOW_MINIMUM_AGE: (
        N_("Member № {member}: age {age}, by the rules at least {minimum}. She was taken in all the same."),
        N_("She is younger than the rules say. She was taken in all the same."),
    ),
    Code.HOUSEHOLD_UNKNOWN: (
        N_("There is no such household in this book. Nothing was written. Look at the list of households."),
    ),
    Code.CONSENT_WITHDRAWN: (
        N_("The family's data is withdrawn already. Nothing was written; nothing of it can be opened any more."),
    ),
    Code.NAMED_IN_SHEET: (
        N_("The sheet of {group} that is not closed yet still says {name}. Take the name out of it."),
        N_("A sheet that is not closed yet still says a name of the family. Take it out."),
    ),
    Code.BEFORE_GROUP: (
        N_("The group began on {since}, the sheet is dated {date}. The sheet is not closed. Correct the date."),
        N_("The sheet is dated before the group began. The sheet is not closed. Correct the date."),
    ),
    Code.BEFORE_LAST_MEETING: (
        N_(
            "The sheet is dated {date}, but the meeting of {last} is already written. It can be closed; check the date."
        ),
        N_("A later meeting is already written. The sheet can be closed; check the date."),
    ),
    Code.SAME_DAY_MEETING: (
        N_(
            "A meeting of {date} is already written. If it is the same one, do not close this sheet: "
            "correct the first. If there were two, close it."
        ),
        N_(
            "A meeting of this day is already written. If it is the same one, "
            "correct the first; if not, close this sheet."
        ),
    ),
    Code.DATE_AHEAD: (
        N_("The date is {date}, but this laptop's clock says {today}. It can be written so; check the date."),
        N_("The date is later than this laptop's clock says. It can be written so; check the date."),
    ),
    Code.AFTER_CYCLE: (
        N_(
            "The sheet is dated {date}, but by the rules the cycle ended on {until}. "
            "It can be closed; check the date, or vote on the days of the next cycle."
        ),
        N_("The sheet is dated after the last day of the cycle. It can be closed; check the date."),
    ),
    Code.REASON_MISSING: (N_("It is not said why. Nothing was written. Give the reason in a few words."),),
    Code.MONEY_WITHOUT_MEETING: (
        N_(
            "By its record the meeting of {date} was not held, and no money can stand on it. Nothing was written. "
            "Write the money between meetings; if the meeting was held after all, as a new meeting of that day."
        ),
        N_(
            "The meeting was not held, but money stands on its sheet. "
            "The sheet is not closed. Take one of the two back."
        ),
    ),
    Code.ATTENDANCE_MISSING: (
        N_("Member № {member} has money on the sheet, but is not marked. The sheet is not closed. Mark who came."),
        N_("A member has money on the sheet, but is not marked. The sheet is not closed. Mark who came."),
    ),
    Code.REPRESENTATIVE_MISSING: (
        N_("Someone came for member № {member}, but not who. The sheet is not closed. Name the person."),
        N_("Someone came for a member, but not who. The sheet is not closed. Name the person."),
    ),
    Code.BEFORE_JOINING: (
        N_("Member № {member} joined on {joined}, the money is earlier. It can be closed; check the date."),
        N_("This money is from before the member joined. It can be closed; check the date."),
    ),
    Code.AFTER_LEAVING: (
        N_(
            "Member № {member} left on {left}. The sheet is not closed. Take the money off her row, or correct the day."
        ),
        N_("This member has left the group. The sheet is not closed. Take the money off her row, or correct the day."),
    ),
    # money on the sheet
    Code.AMOUNT_NOT_PAYABLE: (
        N_(
            "This amount cannot be paid in cash: the smallest note or coin is {smallest}. It was not written. Round it."
        ),
        N_("This amount cannot be paid in cash with the notes and coins in use. It was not written. Round it."),
    ),
    Code.KIND_OF_LINE_UNKNOWN: (
        N_(
            "“{kind}” cannot come from a table, only {kinds} can. The row was not taken in. Write it down as a meeting "
            "on its day."
        ),
        N_("“{kind}” is no kind of money of a sheet. The line was not written. Choose one of the list."),
        N_("This is no kind of money of a sheet. The line was not written. Choose one of the list."),
    ),
    Code.PRODUCT_UNKNOWN: (
        N_(
            "The group's rules have no saving “{product}”. "
            "It was not written. Choose another or change the rules by vote."
        ),
        N_("The group's rules have no such saving. It was not written. Choose another or change the rules by vote."),
    ),
    Code.SHARES_WITHOUT_PRICE: (
        N_(
            "The group's rules name no price of a share, so no shares can be bought. They were not written. "
            "Let the group vote a price first, or write the money as a saving."
        ),
    ),
    Code.SHARES_NOT_WHOLE: (
        N_("This sum does not buy whole shares, one costs {price}. It was not written. Correct the sum or the number."),
        N_("This sum does not buy whole shares. It was not written. Correct the sum or the number."),
    ),
    Code.SHARES_OUT_OF_RANGE: (
        N_(
            "{shares} shares are outside the rules: "
            "from {min} to {max} at a meeting. It can be closed; check the number."
        ),
        N_("This number of shares is outside the rules. It can be closed; check the number."),
    ),
    Code.LOAN_UNKNOWN: (
        N_("There is no open loan like this. Nothing was written. Check the member and the loan's number."),
    ),
    Code.LOAN_NOT_NAMED: (
        N_("Member № {member} has several loans. It was not written. Say which one is repaid."),
        N_("This member has several loans. It was not written. Say which one is repaid."),
    ),
    Code.REPAYMENT_TOO_LARGE: (
        N_("This repayment is more than is left to pay: {left}. It was not written. Put the rest down as saving."),
        N_("This repayment is more than is left to pay. It was not written. Put the rest down as saving."),
    ),
    Code.HAND_TOO_MUCH: (
        N_(
            "Member № {member} has {left} of the group's money in her hands, less than this. "
            "It was not written. Lower the sum."
        ),
        N_("This is more than the member has in her hands. It was not written. Lower the sum."),
    ),
    Code.LENDER_PAID_TOO_MUCH: (
        N_(
            "{left} is left to pay back on the lender's loan {loan}, less than this. "
            "It was not written. Lower the sum, or say how much of it is interest."
        ),
        N_("More than is left to pay back to the lender. It was not written. Lower the sum."),
    ),
    Code.COUNTED_AGAIN: (
        N_("The money was counted again since. There is nothing to take back. Settle the difference that is open."),
    ),
    Code.SURPLUS_BORNE: (
        N_(
            "No member can bear {over_minor} that is over. It was not written. "
            "Leave it open, or the group takes it by a vote; it can be given back later."
        ),
        N_("No member can bear what is over. It was not written. Leave it open, or the group takes it by a vote."),
    ),
    Code.DIFFERENCE_NOT_OPEN: (
        N_(
            "Of the cash difference {left} is open, less than this or the other way round. "
            "It was not written. Look at the sum and at who bears it."
        ),
        N_("This is not the cash difference that is open. It was not written. Look at the sum and at who bears it."),
    ),
    Code.LOAN_AFTER_CYCLE: (
        N_(
            "The last instalment of this loan is due on {date}, after the end of the cycle on {until}. "
            "It can be closed if the meeting voted for it."
        ),
        N_("This loan ends after the cycle. It can be closed if the meeting voted for it."),
    ),
    Code.GUARANTORS_FEW: (
        N_(
            "For the new loan of № {member} guarantors are named: {given}. The rules ask for {needed}. "
            "It can be closed if the meeting voted for it."
        ),
        N_("Fewer guarantors than the rules ask for are named. It can be closed if the meeting voted for it."),
    ),
    Code.GUARANTOR_WRONG: (
        N_(
            "№ {member} cannot answer for this loan: it is her own, or she has left the group. "
            "Nothing was written. Name another guarantor."
        ),
        N_("This member cannot answer for this loan. Nothing was written. Name another guarantor."),
    ),
    Code.LOAN_ABOVE_RULE: (
        N_(
            "This loan is more than {multiple} times the savings of the member before it; what the same sheet "
            "brings is left out. It can be closed if the meeting voted for it."
        ),
        N_("This loan is more than the rules allow. It can be closed if the meeting voted for it."),
    ),
    Code.ACCOUNT_UNKNOWN: (
        N_("There is no account “{account}”. Nothing was changed. The accounts are: {known}."),
        N_("There is no such account. Nothing was changed. Look the account up in the list."),
    ),
    Code.PLACE_UNKNOWN: (
        N_("It is not said where this money lies or goes. The line was not written. Choose the place."),
    ),
    Code.PLACE_TAKEN: (
        N_("The group has this place already. Nothing was written. Change the one in the list, or take another name."),
    ),
    Code.PLACE_HAS_MONEY: (
        N_("Money lies in {place}. The place stays. Move the money to another place first."),
        N_("Money lies in this place. It stays. Move the money to another place first."),
    ),
    # the count
    Code.PLACE_BELOW_ZERO: (
        N_("By the book there would be {amount} in this place: more went out than lay there. Look for the wrong line."),
        N_("By the book more went out of this place than lay there. The sheet is not closed. Look for the wrong line."),
    ),
    Code.NOT_COUNTED: (
        N_("The money was not counted. The sheet can be closed; the next count will show a difference later."),
    ),
    Code.DIFFERENCE_NOT_NAMED: (
        N_("{missing_minor} is missing. The sheet is not closed. Find the cause or name the difference."),
        N_("{over_minor} is too much. The sheet is not closed. Find the cause or name the difference."),
        N_("The box and the book differ. The sheet is not closed. Find the cause or name the difference."),
    ),
    Code.DIFFERENCE_NAMED_WRONG: (
        N_(
            "{missing_minor} is missing by the count, but {named_missing_minor} was named. "
            "The sheet is not closed. Name the difference anew, or count again."
        ),
        N_(
            "{over_minor} is too much by the count, but {named_over_minor} was named. "
            "The sheet is not closed. Name the difference anew, or count again."
        ),
        N_(
            "{missing_minor} is missing by the count, but {named_over_minor} was named as too much. "
            "The sheet is not closed. Name the difference anew, or count again."
        ),
        N_(
            "{over_minor} is too much by the count, but {named_missing_minor} was named as missing. "
            "The sheet is not closed. Name the difference anew, or count again."
        ),
        N_(
            "Box and book agree by the count, but {named_missing_minor} was named as missing. "
            "The sheet is not closed. Take the name back, or count again."
        ),
        N_(
            "Box and book agree by the count, but {named_over_minor} was named as too much. "
            "The sheet is not closed. Take the name back, or count again."
        ),
        N_("The difference named is not the one counted. The sheet is not closed. Name it anew, or count again."),
    ),
    Code.DIFFERENCE_NOT_COUNTED: (
        N_("A difference is named where nothing was counted. The sheet is not closed. Count the money."),
    ),
    Code.COUNT_NOT_PAYABLE: (
        N_(
            "What was counted cannot be so: the smallest note or coin is {smallest}. "
            "The sheet can be closed; look at the count."
        ),
        N_("What was counted cannot be so with the notes and coins in use. Look at the count."),
    ),
    Code.NO_QUORUM: (
        N_(
            "{present} are present and {needed} are needed. "
            "The money can be written; the decisions are marked “no quorum”."
        ),
        N_("Too few are present for a vote. The money can be written; the decisions are marked “no quorum”."),
    ),
    Code.VOTES_TOO_MANY: (
        N_(
            "Decision {number} has {votes} votes, but {there} were there. "
            "The sheet can be closed; check the votes and who was marked."
        ),
        N_("{votes} votes were counted, but the group has {members} members. That stops nothing; check the votes."),
        N_("A decision has more votes than people were there. The sheet can be closed; check the votes."),
    ),
    Code.VOTES_IMPOSSIBLE: (N_("So many votes no group has. Nothing was written. Check the votes."),),
    Code.BORNE_WITHOUT_VOTE: (
        N_(
            "The group bears a cash difference, and no decision of this meeting says so. "
            "The sheet can be closed; write the decision with its votes."
        ),
    ),
    Code.NOTE_UNKNOWN: (
        N_("There is no note or coin of {note}; there are {notes}. The sheet is not closed. Count the cash again."),
        N_("There is no such note or coin. The sheet is not closed. Count the cash again."),
    ),
    Code.SHEET_UNREADABLE: (
        N_("The sheet cannot be read at “{where}”. Nothing was written. Correct it there and try again."),
        N_("The sheet cannot be read. Nothing was written. Correct it and try again."),
    ),
}
"""`It can be closed` marks what only tells and does not stop."""
