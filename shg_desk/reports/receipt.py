"""The receipt of money between meetings: the same twice on one page, for the member and for the group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Fact
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.overpaid_words import overpaid_line
from shg_desk.reports.frame import Frame
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed
from shg_desk.reports.typeface import BOLD


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member stands after it: her savings, the principal left of her loans, and the interest due on them by now
    and unpaid, which comes on top; `overpaid_minor` is by code what was paid of a loan beyond its principal, which the
    debt has taken off.
    """

    name: str
    saved_minor: int
    debt_minor: int
    interest_due_minor: int
    overpaid_minor: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was given: lines as (kind, whose, minor units, facts); `left` is how the members stand after it."""

    group: str
    code: str
    on: date
    number: str
    lines: tuple[tuple[str, str, int, Mapping[str, Fact]], ...]
    currency: Currency
    left: tuple[Standing, ...] = ()


def receipt_paper(receipt: Receipt, words: Words, printed: Printed) -> Paper:
    """Two copies on one page, to be cut apart."""
    title = words._("Receipt")
    if receipt.number:
        title = words._("Receipt {number}").format(number=receipt.number)
    frame = Frame(words, printed, title=f"{title}, {receipt.group}", running=f"{receipt.group} ({receipt.code})")
    half = (frame.bottom - frame.top) / 2
    for copy, for_whom in enumerate((words._("for the member"), words._("for the group"))):
        frame.y = frame.top + copy * half
        if copy:
            frame.pages.rule(frame.left, frame.y - 8, frame.width)
        _copy(frame, receipt, f"{title}, {for_whom}")
    return frame.finish()


def _copy(frame: Frame, receipt: Receipt, title: str) -> None:
    words = frame.words
    frame.title(title, f"{receipt.group} ({receipt.code}) · {formats.date_with_weekday(words, receipt.on)}")
    for what, who, amount, facts in receipt.lines:
        known = {name: fact for name, fact in facts.items() if (name, fact) != ("receipt", receipt.number)}  # the title
        said = ledger_words.line(words, what, known, receipt.currency)
        frame.text(words._("{what}: {name}").format(what=said, name=who) if who else said, 12)
        frame.text(formats.money(words, amount, receipt.currency), 18, BOLD)
        frame.space(4)
    for one in receipt.left:
        sums = [(words._("Savings in all {sum}"), one.saved_minor)]
        if one.debt_minor or one.overpaid_minor:
            sums.append((words._("Debt left {sum}"), one.debt_minor))
        if one.interest_due_minor:
            sums.append((words._("interest due {sum}"), one.interest_due_minor))
        parts = [text.format(sum=formats.money(words, amount, receipt.currency)) for text, amount in sums]
        frame.text(" · ".join([one.name, *parts]), 10)
        if why := overpaid_line(words, one.overpaid_minor, one.debt_minor, receipt.currency):
            frame.text(words._("{what}: {name}").format(what=words._("Debt left"), name=why), 10)
    frame.space(12)
    frame.signatures((words._("Gave"), words._("Received")))
