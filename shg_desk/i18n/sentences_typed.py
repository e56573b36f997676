"""Sentences about what people typed and about the tables they bring."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.problems import Code
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Nn_
from shg_desk.i18n.catalog import Sentence

TYPED: Mapping[Code, tuple[Sentence, ...]] = {
    # money and dates as typed
    Code.AMOUNT_UNREADABLE: (
        N_("This cannot be read as an amount. It was not written. Type figures only, as 1 060 or 1060,50."),
    ),
    Code.AMOUNT_AMBIGUOUS: (
        N_(
            "This amount can be read in two ways: is it thousands or a fraction? "
            "It was not written. Say which decimal sign is used."
        ),
    ),
    Code.AMOUNT_TOO_FINE: (
        N_("This amount is finer than the smallest coin. It was not written. Round it, or choose a way of rounding."),
    ),
    Code.AMOUNT_NEGATIVE: (
        N_("{nothing} is no amount here: it has to be above zero. It was not written. Type the sum, or leave it out."),
        N_("This amount cannot be below zero. It was not written. Type it without the minus."),
    ),
    Code.AMOUNT_TOO_LARGE: (N_("This amount is too large to be true. It was not written. Check the number of zeros."),),
    Code.LOAN_CODE_SHARED: (
        N_(
            "Member № {member} has several loans with the code {loan}. Nothing was written. "
            "Name the one that is meant with its day: {loans}."
        ),
        N_("Several loans have this code. Nothing was written. Name the one that is meant with its day."),
    ),
    Code.DATE_UNREADABLE: (N_("This cannot be read as a date. It was not written. Type it as 21.11.2026."),),
    Code.DAY_IN_FUTURE: (
        N_("{date} is a day in the future. It was not written. Check the year, and this laptop's clock."),
        N_("This is a day in the future. It was not written. Check the year, and this laptop's clock."),
    ),
    Code.DAY_BEFORE_GROUP: (
        N_("The group began on {since}; {date} is earlier. It was not written. Correct the day."),
        N_("This day is before the group began. It was not written. Correct the day."),
    ),
    Code.LATER_RECORDS: (
        N_(
            "On {date} the book says {then_minor} in this place. Records of later days follow, the last of {until}: "
            "after them it says {later_minor}. What is written of {date} is compared with {then_minor}; check the date."
        ),
        N_("Records of later days follow, after which the book says another sum. Check the date."),
    ),
    Code.PERSON_KNOWN: (
        N_("“{name}” can be somebody known here. Nothing was written. Choose her below, or say that she is new."),
        N_("This can be somebody known here. Nothing was written. Choose her, or say that she is new."),
    ),
    Code.NAME_WITHOUT_LETTER: (
        N_("“{text}” has no letter in it. Nothing was written. Type the name as she gives it."),
        N_("This has no letter in it. Nothing was written. Type the name as she gives it."),
    ),
    Code.BIRTH_UNREADABLE: (
        N_(
            "“{text}” cannot be read as a birthday or age, or lies ahead. It was not written. "
            "Type it as 5.3.1985, 3.1985, 1985 or 40."
        ),
        N_("This cannot be read as a birthday or age. It was not written. Type it as 5.3.1985, 3.1985, 1985 or 40."),
    ),
    Code.DATE_AMBIGUOUS: (
        N_(
            "This date can be read in two ways: which figure is the day and which the month? It was not written. "
            "Say how the dates stand in this file."
        ),
    ),
    Code.CURRENCY_DIFFERS: (
        N_(
            "This amount is in another currency than the group's. It was not written. "
            "Exchange it at a rate the meeting votes, or put it down as foreign notes."
        ),
    ),
    Code.RULE_UNREADABLE: (
        N_("A vote is a whole number, and “{votes}” is none. Type a whole number."),
        N_(
            "The rule “{where}” cannot be “{text}”; it can be: {known}. The rules in force stay as they are. "
            "Correct it and try again."
        ),
        N_(
            "The rule “{where}” cannot be read: “{text}”. The rules in force stay as they are. "
            "Correct it and try again."
        ),
        N_("The rule “{where}” is missing or cannot be read. The rules in force stay as they are. Fill it in."),
        N_("A rule cannot be read. The rules in force stay as they are. Correct it and try again."),
    ),
    Code.RULE_UNKNOWN: (
        N_(
            "“{word}” at “{where}” is no word of rules; the words are: {known}. The rules in force stay as they are. "
            "Correct it and try again."
        ),
        N_("A word of these rules is not known. The rules in force stay as they are. Correct it and try again."),
    ),
    Code.RULES_EMPTY: (
        N_("There are no rules in this file. The rules in force stay as they are. Write them and try again."),
    ),
    # loans
    Code.TERMS_IMPOSSIBLE: (
        N_("“{value}” is not possible for “{field}” of a loan. No loan was written. Change it and try again."),
        N_("A loan cannot be made on these terms. No loan was written. Change them and try again."),
    ),
    Code.ORDER_UNKNOWN: (
        N_("“{word}” has no place in the order in which a payment is used. Nothing was calculated. Change the order."),
        N_("The order in which a payment is used cannot be read. Nothing was calculated. Change the order."),
    ),
    # tables of other people
    Code.FILE_UNREADABLE: (
        N_("There is no file {missing}. Nothing was written. Check the name, or put the stick in again."),
        N_(
            "This computer does not let you read {forbidden}. Nothing was written. Choose another file, or ask who "
            "looks after the computer."
        ),
        N_(
            "The file {unfit} is not written the way this step wants it: look at line {line}. "
            "Nothing was written from it. Correct it there."
        ),
        N_(
            "The file {unfit} is not written the way this step wants it. Nothing was written from it. "
            "Correct it and try again."
        ),
        N_(
            "Line {nul} holds a zero byte, which no text has: the file is damaged. Nothing was written from it. "
            "Save it again as a table (XLSX or CSV)."
        ),
        N_("The file {file} cannot be read. Nothing was written from it. Save it again as a table (XLSX or CSV)."),
        N_("The file cannot be read. Nothing was written from it. Save it again as a table (XLSX or CSV)."),
    ),
    Code.FILE_TOO_LARGE: (
        N_("The file {file} is too large. Nothing was written from it. Divide it into several smaller files."),
        N_("The file is too large. Nothing was written from it. Divide it into several smaller files."),
    ),
    Code.FILE_LOCKED: (
        N_("The file {file} is protected by a password. Nothing was written from it. Save it without the password."),
        N_("The file is protected by a password. Nothing was written from it. Save it without the password."),
    ),
    Code.SHEET_MISSING: (
        N_("The file {file} has no page “{sheet}”; it has: {sheets}. Nothing was written. Choose one of these."),
        N_("The file has no such page. Nothing was written. Choose one of its pages."),
    ),
    Code.TABLE_EMPTY: (
        N_("No rows were found in {file}. Nothing was written. Look whether it is the right file and page."),
        N_("No rows were found. Nothing was written. Look whether it is the right file and page."),
    ),
    Code.QUOTES_BROKEN: (
        N_("A quotation mark in the file has no partner. The rows were read without it; look them through."),
    ),
    Code.LETTERS_LOST: (
        Nn_(
            "{n} letter of the file was lost before it came here. The amounts are not touched. Look at the names.",
            "{n} letters of the file were lost before it came here. The amounts are not touched. Look at the names.",
            "n",
        ),
        N_("Letters of the file were lost before it came here. The amounts are not touched. Look at the names."),
    ),
    Code.MAP_UNREADABLE: (
        N_("There is no file {missing}. Nothing was written. Check the name, or put the stick in again."),
        N_("The description of the columns cannot be read at “{field}”. Nothing was written. Correct it."),
        N_("The description of the columns in the file {file} cannot be read. Nothing was written. Correct it."),
        N_("The description of the columns cannot be read. Nothing was written. Correct it."),
    ),
    Code.MAP_FIELD_UNKNOWN: (
        N_("The description of the columns names “{field}”, which is not known. Nothing was written. Correct it."),
        N_("The description of the columns names something that is not known. Nothing was written. Correct it."),
    ),
    Code.COLUMN_MISSING: (
        N_("The file has no column “{column}”. Nothing was written. Choose the column that holds this."),
        N_("A column is missing in the file. Nothing was written. Choose the column that holds this."),
    ),
    Code.COLUMN_TWICE: (
        N_("The file has the column “{column}” twice. Nothing was written. Rename one of the two."),
        N_("The file has a column twice. Nothing was written. Rename one of the two."),
    ),
    Code.ROWS_PASSED_OVER: (
        Nn_(
            "Row {rows} is passed over: it reads like a total or a note, not like somebody's. "
            "If it is somebody's, write her number or her name into it, or move it above the other rows.",
            "{n} rows are passed over: {rows}. They read like totals or notes, not like somebody's. "
            "If one is somebody's, write her number or her name into it, or move it above the other rows.",
            "n",
        ),
        N_("Rows that name nobody and read like totals or notes are passed over. Look them through."),
    ),
    Code.ROW_LIKE_TOTAL: (
        N_(
            "Row {row}: “{text}” begins like a total and is taken for a member's name. "
            "If it is a total, take the row out of the table."
        ),
        N_("This row begins like a total and is taken for a member's. If it is a total, take it out of the table."),
    ),
    Code.ROW_WITHOUT_GROUP: (
        N_("This row names no group, so it is left out; the rest of the table is not. Fill the group in."),
    ),
    Code.ROW_WITHOUT_MEMBER: (
        N_("This row names no member, so it is left out; the rest of the table is not. Fill the member in."),
    ),
    Code.ROW_WITHOUT_NAME: (
        N_("This row has no name, so it is left out; the rest of the table is not. Fill the name in."),
    ),
    Code.ROW_NOT_PAYABLE: (
        N_(
            "Row {row}: {amount} cannot be paid in cash, the smallest note or coin is {smallest}. "
            "It was taken in as the table has it; look at the paper."
        ),
        N_("This amount cannot be paid in cash. It was taken in as the table has it; look at the paper."),
    ),
    Code.ROW_AHEAD: (
        N_("Row {row}: {date} is a day to come. It was taken in; check the day, and this laptop's clock."),
        N_("This row is of a day to come. It was taken in; check the day, and this laptop's clock."),
    ),
    Code.ROW_ALIKE: (
        N_("Row {row} says of {name} just what row {first} says. Both were taken in as two people; look at the paper."),
        N_("Two rows say the same of one name. Both were taken in as two people; look at the paper."),
    ),
    Code.ROW_CLOSED_HERE: (
        N_(
            "Row {row}: {name} may be one of the people whose names are closed on this laptop. "
            "She was not taken in. Take the list in where these people were registered."
        ),
        N_(
            "The people of this row are closed on this laptop. It was not taken in. "
            "Take the list in where these people were registered."
        ),
    ),
    Code.PERHAPS_HERE_ALREADY: (
        N_(
            "Row {row}: № {number} may be № {member} of the group {group}, only written otherwise. The row is taken in "
            "under № {number}. If it is one woman, the table has to call her № {member}."
        ),
        N_("{name} seems to be in the group already as № {member}. The row is taken in; look whether it is one woman."),
        N_("Somebody like this is in the group already. The row is taken in; look whether it is the same woman."),
    ),
    Code.NUMBER_OF_ANOTHER: (
        N_(
            "Row {row}: № {member} of the group {group} is {known}, and the row says {says}. Nothing of the row was "
            "taken in. If they are two women, give {says} a number of her own in the table; if they are one, write "
            "her name in the table as it stands in the book."
        ),
        N_(
            "The number of this row is another woman's. Nothing of the row was taken in. Give her a number of her own "
            "in the table, or write her name as it stands in the book."
        ),
    ),
    Code.ROLE_UNKNOWN: (
        N_(
            "Row {row}: “{text}” is no post of a group that is known here. The person was taken in without it. "
            "Write the election down at the group."
        ),
        N_("This post is not known here. The person was taken in without it. Write the election down at the group."),
    ),
    Code.VILLAGE_UNCLEAR: (
        N_(
            "Row {row}: {village} is in more than one district. The household was taken in without a village. "
            "Put the district into the table, or choose the village at the household."
        ),
        N_("There are several villages of that name. The household was taken in without one. Choose it there."),
    ),
    Code.TEXT_TOO_LONG: (
        N_(
            "Row {row}, column “{column}”: the text is longer than a book can hold. The row was not imported. "
            "Look for a missing quotation mark, or shorten the text."
        ),
        N_("A text is longer than a book can hold. The row was not imported. Shorten it."),
    ),
    Code.MEMBERS_BY_NAME: (
        N_(
            "Column “{column}” names members by their names ({text}), not by numbers. They were taken in so. Such a "
            "name stays readable for ever, even if the family withdraws its data. Better: put numbers into the table."
        ),
        N_(
            "Members are named by their names, not by numbers. They were taken in so. Such a name stays readable for "
            "ever, even if the family withdraws its data. Better: put numbers into the table."
        ),
    ),
    Code.DUPLICATE_ID: (
        N_("Two rows have the same number. The first is taken in, the second was left out. Tell them apart."),
    ),
    Code.AMOUNT_CHANGED: (
        N_(
            "This file was taken in before with {before} here, now it says {now}. The first amount stays. "
            "If it was wrong, correct it in the book."
        ),
        N_(
            "This file was taken in before with another amount here. The first amount stays. "
            "If it was wrong, correct it in the book."
        ),
    ),
    Code.SEX_UNKNOWN: (
        N_(
            "It cannot be read here whether this is a woman or a man. "
            "The person is taken in as “not known”. Fill it in."
        ),
    ),
    Code.AMOUNT_KIND_UNKNOWN: (
        N_("It is not said what this amount is: a saving, a repayment, a fine. It was not written. Name it."),
    ),
    Code.NOT_ON_SHEET: (
        N_(
            "{amount_minor} of № {member} has no place on this sheet any more: it is not added up and will not be "
            "written. If the money changed hands, write it where it belongs now."
        ),
        N_("A sum has no place on this sheet any more: it is not added up and will not be written."),
    ),
}
