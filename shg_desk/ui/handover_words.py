"""What happens when an office closes or a laptop leaves it, in lines; what a book remembers of an office it left."""

from __future__ import annotations

from shg_desk.actions.leaving import OfficeLeft
from shg_desk.actions.views_exchange import ExchangeView
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.exchange_words import records


def lines_of(words: Words, view: ExchangeView) -> list[str]:
    """What is said before anything is done."""
    say = words._
    if view.is_office:
        return [
            say(
                "An office that closes gives its book, or a backup of it, to whoever takes over. The new keeper opens "
                "it and makes new keys here: the former ones then sign and open nothing new."
            ),
            say(
                "Each laptop hears of the new keys with its next receipt, still under the old ones, and shows their "
                "figures to be compared. Parcels that are on their way still open."
            ),
            say("Groups can also go on in books of their own: let a laptop join with its group, then let it go on."),
        ]
    if view.office is None:
        return [left_sentence(words, one) for one in view.left]
    told = [
        say(
            "This laptop goes on with all its work. Its records are saved here and backed up; no receipts come any "
            "more, and nothing from this office or its laptops is taken in."
        ),
        say("What the office has confirmed stays on the Exchange page as history."),
        say("The office can no longer open this book with its recovery key: have the recovery sheet on paper."),
        say("Another office, or this one, can take the book in later. All that is in it goes there then."),
    ]
    waiting = view.saved + view.on_its_way
    if waiting:
        told.append(say("{records} have not been confirmed by the office yet.").format(records=records(words, waiting)))
    return told


def left_sentence(words: Words, one: OfficeLeft) -> str:
    """What is remembered of an office that was left."""
    on = formats.date(one.on) if one.on is not None else ""
    text = words._("Until {date} with the office {office}: {records} confirmed by it. Left because: {reason}")
    return text.format(date=on, office=one.name, records=records(words, one.records), reason=one.reason)


def keys_sentence(words: Words, view: ExchangeView) -> str:
    """Which laptops do not know the office's new keys yet; nothing where all do."""
    if not view.without_keys:
        return ""
    names = ", ".join(view.without_keys)
    return words._("Do not know the new keys yet: {laptops}").format(laptops=names)
