"""The account of a member who died, on one page to sign: what she had and owed, what was decided, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shg_desk.domain.money import Currency
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.death_words import decided_words
from shg_desk.i18n.death_words import has_words
from shg_desk.i18n.death_words import paid_words
from shg_desk.i18n.death_words import profit_words
from shg_desk.i18n.death_words import rounded_words
from shg_desk.reports.frame import Column
from shg_desk.reports.frame import Frame
from shg_desk.reports.frame import Table
from shg_desk.reports.page import Align
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line, minor units. `what` is `had` (of an account, `key`), `below` (of one that stood below zero), `brought`
    (beyond a debt), `set-off`, `forgiven`, `kept` (of a debt), `to-come` (interest of a loan that is not asked) or
    `grant`; a debt is `hand`, `fines`, or a loan's code.
    """

    what: str
    key: str
    amount_minor: int

    @property
    def to_heirs_minor(self) -> int | None:
        """What it adds to what the heirs get, or takes from it; None where it changes nothing of that."""
        signs = {"had": 1, "brought": 1, "below": -1, "set-off": -1}
        return self.amount_minor * signs[self.what] if self.what in signs else None


@dataclass(frozen=True, slots=True)
class PaidOut:
    """A payment out of what is owed to the heirs, minor units: its day, what it took of it, what was handed over (a
    rest smaller than the smallest coin goes with the last one), the paper receipt's number.
    """

    on: date
    taken_minor: int
    handed_minor: int
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class DeathAccount:
    """What was settled at a death, what was `paid` since, and what is still payable to the heirs. `guarantees` are
    loan, number, name, left; `decisions` text, votes for, votes against.
    """

    group: str
    code: str
    currency: Currency
    number: str
    name: str | None
    died: date
    settled_on: date
    lines: tuple[AccountLine, ...]
    payable_minor: int
    guarantees: tuple[tuple[str, str, str | None, int], ...] = ()
    posts: tuple[str, ...] = ()
    decisions: tuple[tuple[str, int | None, int | None], ...] = ()
    heir: str = ""
    shares_out: bool = True
    paid: tuple[PaidOut, ...] = ()


def death_paper(account: DeathAccount, words: Words, printed: Printed) -> Paper:
    """One page; a long list of loans goes on over to the next. What is summed up ends in what is still to be paid; what
    changes nothing of that sum stands apart, under it.
    """
    w = words
    who = ledger_words.person(account.number, account.name)
    frame = Frame(
        words,
        printed,
        title=w._("Account at death, {name}").format(name=who),
        running=f"{account.group} ({account.code})",
    )
    frame.title(w._("Account at death"), f"{account.group} ({account.code})")
    frame.text(who, 14)
    frame.text(
        w._("died {date} · settled {on}").format(date=formats.date(account.died), on=formats.date(account.settled_on))
    )
    frame.space(8)
    table = Table(frame, [Column(w._("What")), Column(w._("Sum"), 38, Align.RIGHT)], size=11)
    for line in account.lines:
        if line.to_heirs_minor is not None:
            said = has_words(w, line.key) if line.what == "had" else decided_words(w, line.what, line.key)
            table.row((said, formats.money(w, line.to_heirs_minor, account.currency)))
    for one in account.paid:
        table.row((paid_words(w, one.on, one.receipt), formats.money(w, -one.handed_minor, account.currency)))
        if rest := one.taken_minor - one.handed_minor:
            table.row((rounded_words(w), formats.money(w, -rest, account.currency)))
    left = formats.money(w, account.payable_minor, account.currency)
    table.row((w._("Still to be paid out to the heirs"), left), total=True)
    if apart := [line for line in account.lines if line.to_heirs_minor is None]:
        frame.heading(w._("Not in this sum"))
        for line in apart:
            sum_ = formats.money(w, line.amount_minor, account.currency)
            frame.text(w._("{what}, {detail}").format(what=decided_words(w, line.what, line.key), detail=sum_))
    if account.shares_out:
        frame.text(profit_words(w), 10)
    _further(frame, account)
    frame.space(16)
    frame.signatures((w._("Leader"), w._("Treasurer"), w._("For the family"), w._("Witness")))
    return frame.finish()


def _further(frame: Frame, account: DeathAccount) -> None:
    w = frame.words
    if account.heir:
        frame.heading(w._("To be paid to"))
        frame.text(account.heir)
    if account.decisions:
        frame.heading(w._("What was decided"))
        for text, for_, against in account.decisions:
            votes = ledger_words.votes(w, for_, against, None)
            frame.text(f"{text} ({votes})" if votes else text)
    if account.guarantees:
        frame.heading(w._("She answered for these loans"))
        for loan, number, name, left in account.guarantees:
            sum_ = formats.money(w, left, account.currency)
            who = ledger_words.person(number, name)
            frame.text(w._("{loan}, {name}: {sum} left to pay").format(loan=loan, name=who, sum=sum_))
    if account.posts:
        frame.heading(w._("Posts she held"))
        frame.text(", ".join(formats.post(w, one) for one in account.posts))
