"""Likely causes of a difference as numbered choices: the digit goes to the figure, or to the line of the group."""

from __future__ import annotations

from functools import partial

from shg_desk.domain.sheet_causes import Cause
from shg_desk.domain.sheet_causes import likely_causes
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.ui.asked import Asked
from shg_desk.ui.asked import Question
from shg_desk.ui.meeting_menus import Asks
from shg_desk.ui.meeting_menus import lead_to
from shg_desk.ui.meeting_side import cause_words

MOST = 5


def causes_of(draft: Draft, most: int = MOST) -> list[Cause]:
    """Likely causes of a difference that has no name yet, the likeliest first."""
    return likely_causes(draft, most) if is_unnamed(draft) else []


def is_unnamed(draft: Draft) -> bool:
    """True where count and book differ, and the difference has no name or that of another count."""
    difference, named = draft.cash().difference_minor, draft.named
    return bool(difference) and (named is None or named.amount_minor != difference)


def where_of(cause: Cause) -> Place | tuple[str, int]:
    """Where a cause is looked at: its first cell, or a line under the table."""
    return ("line", cause.line) if cause.line is not None else cause.places[0]


def ask_cause(sheet: Asks) -> bool:
    """Shift+F7: where the difference may come from; False where nothing is likely."""
    if not causes_of(sheet.draft):
        return False
    sheet.ask(partial(_question, sheet))
    return True


def _question(sheet: Asks) -> Question:
    words, causes = sheet.words, causes_of(sheet.draft)
    choices = tuple((n, cause_words(sheet.draft, cause, words)) for n, cause in enumerate(causes))

    def chosen(values: list[int | None]) -> None:
        if values[0] is not None:
            lead_to(sheet, where_of(causes[values[0]]))

    asked = Asked(words._("The digit before it opens it"), 420, "", None, choices)
    return Question(words._("What the difference may come from"), (asked,), chosen, button=words._("Go there"))
