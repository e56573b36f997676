"""One way into a book as a row of Settings: whose it is, since when, and the buttons that change it or take it away."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from shg_desk.actions.views_groups import GroupName
from shg_desk.actions.views_settings import User
from shg_desk.domain.roles import Role
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.list_card import Item
from shg_desk.ui.role_words import user_below


@dataclass(frozen=True, slots=True)
class UserVerbs:
    """What the buttons of a row do with the number of its way in."""

    change: Callable[[int], None]
    remove: Callable[[int], None]


def user_item(words: Words, one: User, mine: Role, groups: Sequence[GroupName], verbs: UserVerbs) -> Item:
    """The row; `mine` is the role of whoever reads it, who without the whole of it changes only her own."""
    say = words._
    kinds = {
        "passphrase": (one.person or say("User {n}").format(n=one.slot), "person"),
        "paper": (say("Recovery sheet"), "print"),
        "office": (say("Recovery by the office"), "office"),
    }
    title, icon = kinds.get(one.kind, (one.kind, "key"))
    if one.is_me:
        title = say("{person} (at work now)").format(person=title)
    below = say("since {date}").format(date=formats.date(one.made)) if one.made is not None else ""
    below = user_below(words, one.role, groups, below)
    if one.kind != "passphrase" or not (mine.does_all or one.is_me):
        return Item(title, below, icon=icon)
    side = QWidget()
    line = columns(side, gap=8)
    change = Button(say("Change"))
    change.setAccessibleName(say("Change the passphrase of {person}").format(person=title))
    change.clicked.connect(lambda: verbs.change(one.slot))
    line.addWidget(change)
    if not one.is_me and mine.does_all:
        remove = Button(say("Remove"))
        remove.setAccessibleName(say("Remove {person}").format(person=title))
        remove.clicked.connect(lambda: verbs.remove(one.slot))
        line.addWidget(remove)
    return Item(title, below, icon=icon, side=side)
