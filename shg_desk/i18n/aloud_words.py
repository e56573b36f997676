"""What is read aloud of a member after a meeting, in words, on the screen and on paper alike."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.booklet import MemberAfter
from shg_desk.domain.money import Currency
from shg_desk.domain.sheet import Attendance
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.overpaid_words import overpaid_label

AWAY: Mapping[str, Marked] = {Attendance.EXCUSED: N_("Excused"), Attendance.ABSENT: N_("Absent")}
MOST_LINES = 9
"""So much is said of one of whom everything is to be said."""


def card_lines(words: Words, card: MemberAfter, currency: Currency) -> list[tuple[str, str]]:
    """A word and its sum each: paid today, received, savings in all, debt left, what is owed, late and next.

    Of one who was not there and paid nothing it is said first, without a sum.
    """

    def money(amount_minor: int) -> str:
        return formats.money(words, amount_minor, currency)

    if card.attendance in AWAY and not card.paid_minor:
        lines = [(words.say(AWAY[card.attendance]), "")]
    else:
        lines = [(words._("Paid today"), money(card.paid_minor))]
    if card.taken_minor:
        lines.append((words._("Received today"), money(card.taken_minor)))
    lines += [(words._("Saved in all"), money(card.saved_minor)), (words._("Debt left"), money(card.debt_minor))]
    if card.overpaid_minor:
        lines.append((overpaid_label(words, card.overpaid_minor), money(sum(card.overpaid_minor.values()))))
    if card.fines_minor:
        lines.append((words._("Fines owed"), money(card.fines_minor)))
    if card.in_hand_minor:
        lines.append((words._("In a member's hands"), money(card.in_hand_minor)))
    due = card.next_due
    if due is not None and due.late_minor:
        lines.append((words._("Overdue"), money(due.late_minor)))
    if due is not None and due.amount_minor:
        what = words._("{what}, {detail}").format(what=words._("Next to pay"), detail=formats.date(due.on))
        lines.append((what, money(due.amount_minor)))
    return lines
