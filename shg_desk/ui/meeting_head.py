"""The meeting page in words: title, sentence, what was closed, which group is next; and the stack of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget

from shg_desk.domain.sheet_draft import Draft
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.meeting_side import progress_words
from shg_desk.ui.meeting_verbs import SheetOffer


def sheet_title(draft: Draft, words: Words) -> str:
    """The group and the number of its meeting."""
    return group_and_number(draft.ground.name, draft.state.number, words)


def group_and_number(group: str, number: str, words: Words) -> str:
    """The group and the number of one of its meetings, where it has one."""
    return words._("{group}, meeting {number}").format(group=group, number=number) if number else group


def sheet_sentence(draft: Draft, village: str, words: Words, today: date) -> str:
    """Village, date and weekday, and how far ahead a coming day is; in large type how many rows are done."""
    parts = [village, formats.date_with_weekday(words, draft.ground.on)]
    if tokens.large():
        parts = [formats.date(draft.ground.on), progress_words(draft, words)]
    ahead = (draft.ground.on - today).days
    if ahead > 0 and today != date.min:
        parts.append(words.n_("in {n} day", "in {n} days", ahead).format(n=ahead))
    if not draft.ground.is_keeper:
        parts.append(words._("another laptop also writes this group"))
    return " · ".join(part for part in parts if part)


def written_words(draft: Draft, loans: Sequence[tuple[str, str]], words: Words) -> str:
    """What is said once a meeting is closed; `loans` are the codes of new loans with who got them."""
    text = words._("The meeting of {date} is written.").format(date=formats.date(draft.ground.on))
    if not loans:
        return text
    given = ", ".join(f"{code} {name}".strip() for code, name in loans)
    return f"{text} " + words._("New loans: {loans}.").format(loans=given)


def next_today(offers: Sequence[SheetOffer], here: str) -> SheetOffer | None:
    """The next of today's groups after the one shown, round the list; None where there is no other."""
    today = [offer for offer in offers if offer.is_today]
    groups = [offer.group for offer in today]
    at = groups.index(here) if here in groups else -1
    following = today[at + 1 :] + today[: max(at, 0)]
    return following[0] if following else None


class OnlyShown(QStackedWidget):
    """A stack that asks for the room of the part in sight; a tall sheet behind a short part makes nothing scroll."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()
