"""The words of the Differences page: what a line is about, what its sides are, what each answer does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from shg_desk.actions.difference_view import Answer
from shg_desk.actions.difference_view import DifferenceView
from shg_desk.actions.difference_view import Side
from shg_desk.actions.views_differences import OpenItem
from shg_desk.actions.views_differences import Sort
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence

TITLES: Mapping[Sort, Marked] = {
    Sort.TWO_MEETINGS: N_("Meeting written twice"),
    Sort.ENTERED_TWICE: N_("List entered twice"),
    Sort.CORRECTED_TWICE: N_("Corrected twice"),
    Sort.SETTLED_TWICE: N_("Settled twice"),
    Sort.LATE: N_("Came after the share-out"),
    Sort.AFTER_DEATH: N_("Recorded after her death"),
    Sort.MARKS: N_("Meeting put right twice"),
    Sort.RULES: N_("Two versions of the rules"),
    Sort.PROFILE: N_("Changed on two laptops"),
    Sort.GROUP_CODE: N_("Two groups with one code"),
    Sort.MEMBER_NUMBER: N_("Two members with one number"),
    Sort.BOOKS: N_("Books differ"),
    Sort.COUNT: N_("A count no longer agrees"),
    Sort.BELOW_ZERO: N_("Less than nothing"),
    Sort.CASH: N_("Cash difference open"),
    Sort.SET_ASIDE: N_("Waits for the office's decision"),
}
ICONS: Mapping[Sort, str] = {
    Sort.TWO_MEETINGS: "sheet",
    Sort.ENTERED_TWICE: "copy",
    Sort.CORRECTED_TWICE: "undo",
    Sort.SETTLED_TWICE: "coins",
    Sort.LATE: "clock",
    Sort.AFTER_DEATH: "person",
    Sort.MARKS: "people",
    Sort.RULES: "scales",
    Sort.PROFILE: "person",
    Sort.GROUP_CODE: "people",
    Sort.MEMBER_NUMBER: "people",
    Sort.BOOKS: "differences",
    Sort.COUNT: "coins",
    Sort.BELOW_ZERO: "coins",
    Sort.CASH: "coins",
    Sort.SET_ASIDE: "clock",
}
RIGHT_SO = frozenset({Sort.BELOW_ZERO, Sort.LATE, Sort.AFTER_DEATH})
"""What is noted of these is that it is right as it stands."""

ROW_NAMES: Mapping[str, Marked] = {
    "name": N_("Name"),
    "village": N_("Village or household"),
    "records": N_("Records"),
    "sum": N_("Sum"),
    "counted": N_("Counted"),
    "expected": N_("The book said then"),
    "now": N_("The book says today"),
    "from": N_("Holds from"),
}


def line_below(words: Words, item: OpenItem) -> str:
    """Whose it is and of which day: the second line in the list."""
    parts = [item.group_name]
    say = words._
    if item.sort in (Sort.TWO_MEETINGS, Sort.MARKS) and item.subject:
        parts.append(say("meeting {number}").format(number=item.subject))
    elif item.sort in (Sort.GROUP_CODE, Sort.MEMBER_NUMBER):
        parts.append(f"№ {item.subject}" if item.sort is Sort.MEMBER_NUMBER else item.subject)
    elif item.sort is Sort.LATE:
        parts.append(say("share-out of {date}").format(date=formats.date(item.subject)))
    elif item.sort in (Sort.BOOKS, Sort.SET_ASIDE, Sort.PROFILE, Sort.AFTER_DEATH):
        parts.append(item.subject)
    elif item.sort is Sort.BELOW_ZERO:
        parts += [item.subject, ledger_words.account(words, item.parties[0])]
    if item.sort is Sort.CASH and item.amount_minor:
        parts.append(short_or_over(words, formats.money(words, abs(item.amount_minor), item.currency), item))
    if item.month is not None:
        parts.append(formats.month_of_year(words, item.month // 12, item.month % 12 + 1))
    if item.on is not None:
        parts.append(formats.date(item.on))
    return " · ".join(part for part in parts if part)


def short_or_over(words: Words, sum_: str, item: OpenItem, amount_minor: int | None = None) -> str:
    """An open cash difference with its word before or behind the sum: 40 short, 40 over. No sign says which it is."""
    amount = item.amount_minor or 0 if amount_minor is None else amount_minor
    return (words._("{sum} short") if amount > 0 else words._("{sum} over")).format(sum=sum_)


def figure(words: Words, item: OpenItem, amount_minor: int) -> str:
    """A sum in the columns of a difference; of the cash box with the word that it is short or over."""
    if item.sort is not Sort.CASH or not amount_minor:
        return formats.amount(words, amount_minor, item.currency)
    return short_or_over(words, formats.amount(words, abs(amount_minor), item.currency), item, amount_minor)


def age(words: Words, item: OpenItem, today: date) -> str:
    """How long it has been open."""
    if item.since is None:
        return ""
    days = (today - item.since).days
    if days <= 0:
        return words._("Came today")
    return words.n_("Open for {n} day", "Open for {n} days", days).format(n=days)


def explanation(words: Words, view: DifferenceView) -> str:
    """What stands against what, in one sentence."""
    say, item = words._, view.item
    told = {
        Sort.TWO_MEETINGS: say("Two laptops wrote a meeting after the same one, or on the same day. Both count now."),
        Sort.ENTERED_TWICE: say("Two laptops took in the same list. Both count now."),
        Sort.CORRECTED_TWICE: say("Two laptops corrected the same record. Both corrections count now."),
        Sort.SETTLED_TWICE: say(
            "Two laptops wrote one share-out, or the account of one member who died. Both count now: "
            "of what she had saved it is taken twice."
        ),
        Sort.LATE: say(
            "A record of a day before the share-out came when that was written already. It was not shared out: it "
            "counts in the new cycle. It ends when somebody says that this is right, or the record is taken back."
        ),
        Sort.AFTER_DEATH: say(
            "A record of a day after her death has her as there, or holds money of hers as of a living member. "
            "It ends when somebody says that this is right, or it is put right: money in the ledger, her mark on the "
            "meeting's sheet opened again."
        ),
        Sort.MARKS: say("Two laptops put attendance or decisions of one meeting right, without knowing of each other."),
        Sort.RULES: say("Two laptops wrote a version of the rules. Until one is chosen loans keep theirs."),
        Sort.PROFILE: say("Two laptops changed the same thing without knowing of each other."),
        Sort.GROUP_CODE: say("Two groups were given one code. Whoever does not keep it gets a free one."),
        Sort.MEMBER_NUMBER: say("Two members were given one number. Whoever does not keep it gets a free one."),
        Sort.BOOKS: say("The laptop's book and the office's do not hold the same of this month."),
        Sort.COUNT: say("A record that came later lies before this count of the box."),
        Sort.BELOW_ZERO: say(
            "More was taken from this account than there was: something was written twice or came too late. "
            "It ends when that is put right in the ledger."
        ),
        Sort.CASH: say(
            "Counted money and book did not agree. "
            "It ends in the group's ledger, account “Cash differences, open”: a correction explains it (F2), or "
            "somebody repays it or the group bears it by vote (Ins)."
        ),
    }
    if item.sort is Sort.SET_ASIDE:
        return sentence(words, Problem(Code(item.code), item.subject, {"device": item.subject}))
    return told[item.sort]


def side_lines(words: Words, side: Side, item: OpenItem) -> list[str]:
    """What is told of a side under its name."""
    say, lines = words._, []
    if side.through:
        day = formats.date(side.recorded) if side.recorded is not None else "–"
        lines.append(say("told its sums up to its record {n} of {date}").format(n=side.through, date=day))
    elif side.recorded is not None:
        lines.append(say("recorded {date}").format(date=formats.date(side.recorded)))
    if side.stands:
        lines.append(say("stands in the book until it is settled"))
    if side.counted_minor is not None:
        counted = formats.money(words, side.counted_minor, item.currency)
        how = say("copied from paper") if side.from_paper else say("counted")
        agreed = say("agreed with its book") if side.balanced else say("did not agree")
        lines.append(f"{how} {counted}, {agreed}")
    return lines


def answer_words(words: Words, view: DifferenceView, answer: Answer) -> tuple[str, str]:
    """An answer and what it means, as the two lines of a choice."""
    say, sort = words._, view.item.sort
    label = view.sides[answer.side].label if answer.side < len(view.sides) else ""
    if answer.code == "both":
        both = {
            Sort.TWO_MEETINGS: (say("There were two meetings"), say("both stay")),
            Sort.ENTERED_TWICE: (say("Both lists are right"), say("the members paid twice")),
            Sort.CORRECTED_TWICE: (say("Both corrections are right"), say("both stay")),
            Sort.SETTLED_TWICE: (say("It was settled in two parts"), say("both stay")),
        }
        return both[sort]
    if answer.code == "rows":
        n = sum(row.differs for row in view.rows)
        return say("Choose row by row"), words.n_("{n} row differs", "{n} rows differ", n).format(n=n)
    if answer.code == "accept":
        return say("It counts"), say("what it says stands in the book from now on")
    if answer.code == "reject":
        return say("It stays aside"), say("what was true of it is written again from paper")
    if answer.code == "again":
        asked = say("Ask {laptop} to send everything again")
        return asked.format(laptop=label), say("it hears of it by its next receipt")
    if answer.code == "noted" and sort in RIGHT_SO:
        return say("It is right so"), say("the records stay as they were written")
    if answer.code == "noted":
        return say("The later record explains it"), say("the count stays as it was written")
    if answer.code == "carry":
        return say("The box was right"), say("the gap becomes an open cash difference of the group")
    kept = {
        Sort.TWO_MEETINGS: (say("The sheet of {laptop} is right"), say("the other is corrected whole")),
        Sort.ENTERED_TWICE: (say("The list of {laptop} stays"), say("the other is corrected whole")),
        Sort.CORRECTED_TWICE: (say("The correction of {laptop} stays"), say("the other one is taken back")),
        Sort.SETTLED_TWICE: (say("The record of {laptop} stays"), say("the other is corrected whole")),
        Sort.MARKS: (say("{laptop} is right"), say("the other change stays in the records")),
        Sort.RULES: (say("The version of {laptop} holds"), say("the other one stays in the records")),
        Sort.PROFILE: (say("{laptop} is right"), say("the other change stays in the records")),
        Sort.GROUP_CODE: (say("{laptop} keeps the code"), say("the other group gets a free one")),
        Sort.MEMBER_NUMBER: (say("{laptop} keeps the number"), say("the other member gets a free one")),
    }
    first, second = kept[sort]
    return first.format(laptop=label), second


def outcome_words(words: Words, view: DifferenceView, answer: Answer) -> str:
    """What will be so once it is settled."""
    say, sort = words._, view.item.sort
    if answer.blocked:
        problem = Problem(Code.LOAN_HAS_REPAYMENTS, view.item.name, {"loan": answer.blocked})
        return sentence(words, problem)
    if answer.cash_minor is not None and view.item.group is not None:
        amount = formats.money(words, answer.cash_minor, view.item.currency, plus=True)
        if sort is Sort.TWO_MEETINGS:
            return say("Outcome: the meeting moves the box by {amount}. Both laptops learn of it.").format(
                amount=amount
            )
        return say("Outcome: {amount} stay in the book. Both laptops learn of it.").format(amount=amount)
    if answer.code == "rows":
        return say("Outcome: of every row one side stays, the other is taken back. Both laptops learn of it.")
    if answer.code in ("accept", "reject"):
        return say("Outcome: the laptop learns of it. Say why below; the reason is kept.")
    if answer.code == "carry":
        gap = formats.money(words, abs(view.item.amount_minor or 0), view.item.currency)
        return say("Outcome: {sum} stand open in the cash differences until they are settled.").format(sum=gap)
    if answer.code == "again":
        return say(
            "Outcome: its next parcel holds all its records, and each is compared with the one here. "
            "It comes back if the sums still differ then."
        )
    if answer.code == "noted":
        return say("Outcome: it leaves this list; nothing in the book changes.")
    return say("Outcome: one stays, the laptops learn of it.")
