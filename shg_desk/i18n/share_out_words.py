"""The words of a share-out that its page and its paper have alike."""

from __future__ import annotations

from collections.abc import Iterable

from shg_desk.domain.money import Currency
from shg_desk.domain.share_plan import ShareSums
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words


def notes_words(words: Words, parts: Iterable[tuple[object, int]], note_minor: int, currency: Currency) -> str:
    """Why equal savings gave unequal parts (each with what was saved, in minor units); empty where none did."""
    by_saved: dict[object, set[int]] = {}
    for saved, part_minor in parts:
        by_saved.setdefault(saved, set()).add(part_minor)
    if all(len(found) == 1 for found in by_saved.values()):
        return ""
    return words._(
        "What is handed out is in whole notes of {sum}, what is set off is not rounded: so equal savings can give "
        "parts that differ by up to {sum}."
    ).format(sum=formats.money(words, note_minor, currency))


def unpaid_loss_words(words: Words, sums: ShareSums, currency: Currency) -> str:
    """Why the parts are less than the savings where debts are not paid; empty where that is no reason."""
    loss, unpaid = -sums.profit_minor, sums.unpaid_loss_minor
    if not unpaid:
        return ""
    text = words._("The loss of {loss} comes of debts that are not paid: {owed} are still owed, to the new cycle.")
    if unpaid < loss:
        text = words._(
            "Of the loss of {loss}, {sum} come of debts that are not paid: {owed} are still owed, to the new cycle."
        )
    named = {"loss": loss, "sum": unpaid, "owed": sums.owes_minor}
    return text.format(**{name: formats.money(words, amount, currency) for name, amount in named.items()})
