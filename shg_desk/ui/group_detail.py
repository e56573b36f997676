"""One group on its page: tabs for the glance, the members, the rules and the officers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication
from PySide6.QtWidgets import QWidget

from shg_desk.actions.views_groups import GroupCard
from shg_desk.actions.views_groups import MemberLine
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.group_overview import GroupOverview
from shg_desk.ui.group_places_form import place_columns
from shg_desk.ui.group_places_form import place_row
from shg_desk.ui.group_tables import agreed_columns
from shg_desk.ui.group_tables import agreed_rows
from shg_desk.ui.group_tables import member_columns
from shg_desk.ui.group_tables import member_row
from shg_desk.ui.group_tables import officer_columns
from shg_desk.ui.group_tables import officer_row
from shg_desk.ui.group_tables import rules_columns
from shg_desk.ui.group_tables import rules_row
from shg_desk.ui.group_tables import vacant_row
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table

TABS = ("glance", "members", "rules", "officers", "places")
PUT_RIGHT = ("glance", "members")
ADDS = {"members": "join", "rules": "rules", "officers": "elect", "places": "place"}


class GroupDetail(QWidget):
    """`asked` carries what is wanted and of what: `member` id, `ledger` account, `join`, `leave` member, `rules`..."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.tab = "glance"
        self._card: GroupCard | None = None
        self._words: Words | None = None
        self._wanted: str | None = None
        self._comes = False  # the list with the one waited for is there: the cursor goes to it
        body = rows(self, gap=8)
        line = QWidget()
        flow = Flow(line, gap=18)
        self.tabs = {name: LinkButton(kind="tab") for name in TABS}
        for name, tab in self.tabs.items():
            tab.setAutoExclusive(True)
            tab.clicked.connect(partial(self.show_tab, name))
            flow.addWidget(tab)
        body.addWidget(line)
        self.glance = GroupOverview()
        self.glance.ledger_asked.connect(lambda account: self.asked.emit("ledger", account))
        self.glance.hand_over_asked.connect(lambda: self.asked.emit("hand", None))
        body.addWidget(self.glance)
        self.tables = {name: Table([], size=tokens.GRID, row_height=(32, 32)) for name in TABS[1:]}
        self.tables["members"].view.opened.connect(lambda _r, _c: self._open_member())
        self.tables["places"].view.opened.connect(lambda _r, _c: self.change())
        self._nothing = Label(ink=tokens.INK2, wrap=True)
        body.addWidget(self._nothing)
        for name, table in self.tables.items():
            body.addWidget(table, 0 if name == "rules" else 1)
        self.agreed = Table([], size=tokens.GRID, row_height=(30, 30))
        self.tables["rules"].view.moved.connect(lambda _row, _column: self._show_agreed())
        body.addWidget(self.agreed, 1)
        self.add_button = Button(kind="quiet", icon="plus", keys=("Ins",))
        self.add_button.clicked.connect(self.add)
        self.change_button = Button(kind="quiet", icon="pencil", keys=("F2",))
        self.change_button.clicked.connect(self.change)
        below = QWidget()
        verbs = Flow(below, gap=14)
        verbs.addWidget(self.add_button)
        verbs.addWidget(self.change_button)
        body.addWidget(below)
        body.addStretch(0)

    def retranslate(self, words: Words) -> None:
        """All words."""
        self._words = words
        texts = (
            words._("At a glance"),
            words._("Members"),
            words._("Rules"),
            words._("Officers"),
            words._("Places of money"),
        )
        for name, text in zip(TABS, texts, strict=True):
            self.tabs[name].set_words(text)

    def show_card(self, card: GroupCard) -> None:
        """Another group, or the same one as it is now."""
        words = self._words
        other = self._card is None or self._card.id != card.id
        self._card = card
        if words is None:
            return
        count = words._("Members, {n}").format(n=formats.number(words, card.count))
        self.tabs["members"].set_words(count)
        self.glance.show_card(words, card)
        self.tables["members"].set_columns(member_columns(words, card.currency))
        people = [member_row(words, one, card.currency) for one in (*card.members, *card.former)]
        self.tables["members"].set_rows(people)
        self._stand(other=other)
        self.tables["officers"].set_columns(officer_columns(words))
        posts = [officer_row(words, one, at) for at, one in enumerate(card.officers)]
        self.tables["officers"].set_rows([*(vacant_row(words, post, last) for post, last in card.vacant), *posts])
        self.tables["rules"].set_columns(rules_columns(words))
        known = self.tables["rules"].model.rowCount()
        self.tables["rules"].set_rows([rules_row(words, one, card) for one in card.rules])
        if known != len(card.rules) and card.rules:
            self.tables["rules"].view.put_cursor(0)  # the newest version
        self._show_agreed()
        self.tables["places"].set_columns(place_columns(words, card))
        self.tables["places"].set_rows([place_row(words, one, card) for one in card.own])
        self.show_tab(self.tab)
        if self._comes:
            self._comes = False
            self.focus_first()

    def stand_at(self, member: str) -> None:
        """The row of this member has the cursor once the list with her has come."""
        self._wanted = member

    def _stand(self, *, other: bool) -> None:
        """The cursor of the members stands on one of them: the one waited for; in another group the first."""
        table = self.tables["members"]
        at = table.model.find(self._wanted) if self._wanted is not None else None
        if at is not None or other or table.row_key() is None:
            table.view.put_cursor(at or 0)
        if other:
            table.view.scrollToTop()
        if at is not None:
            self._wanted = None
            self._comes = self.tab == "members"

    def _show_agreed(self) -> None:
        """Every rule of the version under the cursor, at first of the one in force."""
        words, card = self._words, self._card
        if words is None or card is None or not card.rules:
            return
        key = self.tables["rules"].row_key()
        in_force = next((one for one in card.rules if one.now), card.rules[0])
        one = next((one for one in card.rules if one.name == key), in_force)
        self.agreed.set_columns(agreed_columns(words, one))
        self.agreed.set_rows(agreed_rows(words, one, card))

    def show_tab(self, name: str) -> None:
        """One of `TABS`."""
        self.tab = name
        self.tabs[name].setChecked(True)
        words = self._words
        self.glance.setVisible(name == "glance")
        empty = name != "glance" and not self.tables[name].model.rowCount()
        for other, table in self.tables.items():
            table.setVisible(other == name and not empty)
        self.agreed.setVisible(name == "rules" and not empty)
        self.add_button.setVisible(name in ADDS)
        self.change_button.setVisible(name in PUT_RIGHT and not empty)
        self._nothing.setVisible(empty)
        if words is None:
            return
        said = words._("Put the name or code right") if name == "glance" else words._("Put right")
        self.change_button.set_words(said)
        if name == "glance":
            return
        self._nothing.setText(
            {
                "members": words._("Nobody has joined yet."),
                "rules": words._(
                    "No rules are voted yet: nothing is proposed, and everything is allowed but shares: "
                    "they have no price."
                ),
                "officers": words._("Nobody is elected yet."),
                "places": "",
            }[name]
        )
        self.add_button.set_words(
            {
                "members": words._("New member"),
                "rules": words._("New version of the rules"),
                "officers": words._("Election"),
                "places": words._("New place of money"),
            }[name]
        )

    def next_tab(self) -> None:
        """F6: from the list into the tab in sight, past the glance, which is only looked at; from there to the next."""
        if self.tab == "glance" or self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self.show_tab(TABS[(TABS.index(self.tab) + 1) % len(TABS)])
        self.focus_first()

    def hints(self, words: Words) -> Sequence[Hint]:
        """The keys true in the tab in sight."""
        tabs = Hint(("F6",), words._("next tab"))
        sheet = Hint(("F10",), words._("open the sheet"))
        if self.tab in self.tables and self.tables[self.tab].row_key() is None and self.tab in ("members", "places"):
            added = words._("new member") if self.tab == "members" else words._("new place")
            return (Hint(("Ins",), added, self.add), tabs, sheet)
        if self.tab == "members":
            return (
                Hint(("Enter",), words._("her booklet")),
                Hint(("Ins",), words._("new member"), self.add),
                Hint(("F2",), words._("put it right"), self.change),
                Hint(("Del",), words._("leaves the group"), self.take_away),
                Hint(("F7",), words._("a member has died"), self.died),
                tabs,
            )
        if self.tab == "rules":
            return (Hint(("Ins",), words._("new version"), self.add), tabs, sheet)
        if self.tab == "officers":
            return (Hint(("Ins",), words._("election"), self.add), tabs, sheet)
        if self.tab == "places":
            return (
                Hint(("Ins",), words._("new place"), self.add),
                Hint(("F2",), words._("another name"), self.change),
                Hint(("Del",), words._("off the list"), self.take_away),
                tabs,
            )
        return (Hint(("F2",), words._("put it right"), self.change), *self.share_out_hint(words), tabs, sheet)

    def share_out_hint(self, words: Words) -> Sequence[Hint]:
        """F5, told of a group whose rules name a share-out; of any other its page says why there is none."""
        card = self._card
        if card is None or (card.in_force.lifecycle or card.lifecycle) != "share-out":
            return ()
        return (Hint(("F5",), words._("share-out"), lambda: self.asked.emit("share-out", None)),)

    def focus_first(self) -> None:
        """The cursor to where work begins in the tab in sight."""
        part: QWidget = self.tabs[self.tab]
        if self.tab != "glance":
            table = self.tables[self.tab]
            part = table.view if not table.isHidden() else self.add_button
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Ins: a new member, version or officer."""
        if self.tab in ADDS:
            self.asked.emit(ADDS[self.tab], None)

    def change(self) -> None:
        """F2: the rules are changed by a new version, a place gets another name, what is mistyped is put right."""
        place = self.tables["places"].row_key()
        if self.tab == "rules":
            self.asked.emit("rules", None)
        elif self.tab == "places" and place:
            self.asked.emit("place", place)
        elif self.tab == "glance":
            self.asked.emit("correct", None)
        elif self.tab == "members" and (member := self._member()) is not None:
            self.asked.emit("correct", member.id)

    def take_away(self) -> None:
        """Del: the member under the cursor leaves, or the place goes off the group's list."""
        member, place = self._member(), self.tables["places"].row_key()
        if self.tab == "places" and place:
            self.asked.emit("drop", place)
        if self.tab == "members" and member is not None:
            self.asked.emit("leave", member)

    def died(self) -> None:
        """F7: the member under the cursor has died; of one marked so her account is shown."""
        member = self._member()
        if self.tab == "members" and member is not None:
            self.asked.emit("died", member.id)

    def _member(self) -> MemberLine | None:
        key = self.tables["members"].row_key()
        card = self._card
        return next((m for m in (*card.members, *card.former) if m.id == key), None) if card is not None else None

    def _open_member(self) -> None:
        member = self._member()
        if member is not None:
            self.asked.emit("member", member.id)
