"""The words of a share-out that its page and its paper have alike."""

from __future__ import annotations

from collections.abc import Iterable

from shg_desk.domain.money import Currency
from shg_desk.domain.share_plan import ShareSums
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words


def notes_words(words: Words, rows: Iterable[tuple[str, int, int, int]], note_minor: int, currency: Currency) -> str:
    """Why equal savings gave unequal parts; empty where none did, or where two are further apart than one note.

    A row is a member, what she saved, what of it in shares, and her part, in minor units; her rows are added up.
    Nothing is further apart by rounding: of equal claims the one rounded up had at least the other one's remainder.
    """
    of_members: dict[str, tuple[int, int, int]] = {}
    for member, saved_minor, in_shares_minor, part_minor in rows:
        saved, in_shares, part = of_members.get(member, (0, 0, 0))
        of_members[member] = (saved + saved_minor, in_shares + in_shares_minor, part + part_minor)
    by_saved: dict[tuple[int, int], list[int]] = {}
    for saved, in_shares, part in of_members.values():
        by_saved.setdefault((saved, in_shares), []).append(part)
    if not 0 < max((max(parts) - min(parts) for parts in by_saved.values()), default=0) <= note_minor:
        return ""
    return words._(
        "What is handed out is in whole notes of {sum}, what is set off is not rounded: so equal savings can give "
        "parts that differ by up to {sum}."
    ).format(sum=formats.money(words, note_minor, currency))


def given_back_words(words: Words, set_off_minor: Iterable[int]) -> str:
    """What a sum below zero among those set off is; empty where there is none."""
    if all(amount >= 0 for amount in set_off_minor):
        return ""
    return words._("Set off below zero: she paid so much more than she owed, and it is given back with her part.")


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
