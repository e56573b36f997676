"""The words of a death: what a member had, her debts, what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.brought import FINES
from shg_desk.domain.brought import HAND
from shg_desk.domain.death import BELOW
from shg_desk.domain.death import BROUGHT
from shg_desk.domain.death import FORGIVEN
from shg_desk.domain.death import KEPT
from shg_desk.domain.death import SET_OFF
from shg_desk.domain.death import Settled
from shg_desk.domain.money import Currency
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words

CHOICE_WORDS: Mapping[str, Marked] = {
    SET_OFF: N_("set off against her savings"),
    FORGIVEN: N_("forgiven by the group"),
    KEPT: N_("stays a debt of the family"),
    BELOW: N_("below zero, taken from what she has"),
    "to-come": N_("interest to come, not asked of the family"),
}


def has_words(words: Words, code: str) -> str:
    """An account of hers, by its code: `Savings, voluntary`, `Paid ahead`; what waited for her before she died."""
    if code == PAYABLE:
        return words._("Was to be paid out to her already")
    return ledger_words.account(words, code)


def brought_words(words: Words, key: str) -> str:
    """What she brought beyond a debt: money from her hands, fines, or a loan by its code."""
    if key in (HAND, FINES):
        in_hand = words._("Money of the group in her hands, brought too much")
        return in_hand if key == HAND else words._("Fines, paid too much")
    return words._("Loan {number}, paid too much").format(number=key)


def paid_words(words: Words, on: date, receipt: str) -> str:
    """A payment out of what is owed to the heirs: `Paid on 12.06.2026, receipt 7`."""
    said = words._("Paid on {date}").format(date=formats.date(on))
    if not receipt:
        return said
    number = words._("receipt {number}").format(number=receipt)
    return words._("{what}, {detail}").format(what=said, detail=number)


def rounded_words(words: Words) -> str:
    """The rest of the last payment, which no coin can pay."""
    return words._("Smaller than the smallest coin, stays with the group")


def debt_words(words: Words, key: str) -> str:
    """A debt: money in her hands, fines, or a loan by its code."""
    if key in (HAND, FINES):
        return words._("Money of the group in her hands") if key == HAND else words._("Fines owed")
    return words._("Loan {number}").format(number=key)


def choice_words(words: Words, choice: str) -> str:
    """What becomes of a debt."""
    return words.say(CHOICE_WORDS[choice])


def profit_words(words: Words) -> str:
    """What is so of her share of the profit in a group that divides it at a share-out."""
    return words._(
        "The heirs get what she had; she takes no part in the share-out. If the group votes them a share of the profit "
        "too, it is paid between meetings as an expense."
    )


def decided_words(words: Words, what: str, key: str) -> str:
    """A line of the account that is a debt with what became of it or what was brought beyond it, an account below
    zero, or the grant.
    """
    if what == "grant":
        return words._("Grant from the social fund, paid to the family")
    if what == BROUGHT:
        return brought_words(words, key)
    named = has_words(words, key) if what == BELOW else debt_words(words, key)
    return words._("{what}: {name}").format(what=named, name=choice_words(words, what))


def decision_words(
    words: Words, number: str, name: str | None, died: date, settled: Settled, currency: Currency
) -> str:
    """The decision in sentences: `№ 4 Aigul died on 10.11.2026. Loan L-3: set off… Fines owed: forgiven…`."""
    died_words = words._("{name} died on {date}").format(
        name=ledger_words.person(number, name), date=formats.date(died)
    )
    decided = [
        (decided_words(words, one.choice, one.debt.said), one.set_off_minor or one.debt.owed_minor)
        for one in settled.decided
    ]
    if settled.grant_minor:
        decided.append((decided_words(words, "grant", ""), settled.grant_minor))
    parts = [
        words._("{what}, {detail}").format(what=said, detail=formats.money(words, amount, currency))
        for said, amount in decided
    ]
    return ". ".join([died_words, *parts])
