"""The last answers of an office or a group to what waited or differed: what it was, what was said, and why."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence

from shg_desk.actions.answers_given import Given
from shg_desk.actions.views_differences import SORTS
from shg_desk.actions.views_differences import Sort
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui.difference_words import RIGHT_SO
from shg_desk.ui.difference_words import TITLES
from shg_desk.ui.exchange_words import record_words
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.list_card import Item
from shg_desk.ui.parts.list_card import ListCard

CHOICES: Mapping[str, Marked] = {
    "keep": N_("one side was kept"),
    "both": N_("both stay"),
    "rows": N_("chosen row by row"),
    "noted": N_("the later record explains it"),
    "right": N_("it is right so"),
    "again": N_("everything was asked for again"),
    "carry": N_("the gap became an open cash difference"),
    "accept": N_("it counts"),
    "reject": N_("it stays out"),
}


class GivenCard(Card):
    """Hidden while nothing has been answered."""

    def __init__(self) -> None:
        super().__init__("\u00a0", gap=6)
        self.list = ListCard()
        self.body.addWidget(self.list)
        self.hide()

    def show_given(self, words: Words, given: Sequence[Given]) -> None:
        """The answers, the newest first."""
        self.title.setText(words._("Answered lately"))
        self.list.set_items([Item(given_title(words, one), given_below(words, one)) for one in given])
        self.setVisible(bool(given))


def given_title(words: Words, one: Given) -> str:
    """What it was about."""
    if one.record is not None:
        what = record_words(words, one.record)
        return words._("{what} from {laptop}").format(what=what, laptop=one.record.sender)
    sort = _sort(one)
    title = words.say(TITLES[sort]) if sort is not None else one.kind
    return " · ".join(part for part in (title, one.group_name) if part)


def _sort(one: Given) -> Sort | None:
    sorts = {str(kind): sort for kind, sort in SORTS.items()} | {str(sort): sort for sort in TITLES}
    return sorts.get(one.kind)


def given_below(words: Words, one: Given) -> str:
    """What was answered, when, and why."""
    code = one.choice.partition(" ")[0]
    choice = CHOICES.get("right" if code == "noted" and _sort(one) in RIGHT_SO else code)
    said = words.say(choice) if choice is not None else ""
    if one.kept:
        said = words._("the side of {laptop} was kept").format(laptop=one.kept)
    parts = [said]
    parts.append(formats.date(one.on) if one.on is not None else "")
    said = " · ".join(part for part in parts if part)
    if not one.reason:
        return said
    return words._("{answer}. Why: {reason}").format(answer=said, reason=one.reason)
