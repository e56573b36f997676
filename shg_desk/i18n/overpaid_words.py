"""The words beside a debt off which was taken what was paid too much on a loan: the other loans still ask theirs."""

from __future__ import annotations

from collections.abc import Mapping

from shg_desk.domain.money import Currency
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words


def overpaid_label(words: Words, overpaid_minor: Mapping[str, int]) -> str:
    """What the sum of all of them is; they are by the loans' codes."""
    return words._("Taken off the debt, paid too much on {loans}").format(loans=", ".join(overpaid_minor))


def overpaid_line(words: Words, overpaid_minor: Mapping[str, int], debt_minor: int, currency: Currency) -> str:
    """The same in one sentence with what the other loans ask; empty where no loan is overpaid."""
    if not overpaid_minor:
        return ""
    too_much = sum(overpaid_minor.values())
    return words._("with {sum} paid too much on {loans} taken off; of the other loans {left} is left").format(
        sum=formats.money(words, too_much, currency),
        loans=", ".join(overpaid_minor),
        left=formats.money(words, debt_minor + too_much, currency),
    )
