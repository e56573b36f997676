"""One household on its page: the persons with their ages, their groups and debts, and what two laptops said unlike."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shg_desk.actions.views_people import Conflict
from shg_desk.actions.views_people import HouseholdCard
from shg_desk.actions.views_people import Membership
from shg_desk.actions.views_people import PersonCard
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.difference_fields import named
from shg_desk.ui.household_forms import SPOUSE
from shg_desk.ui.ledger_rows import reached_word
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table
from shg_desk.ui.parts.wrapped_link import WrappedLink

FIELDS: Mapping[str, Marked] = {
    "name": N_("name"),
    "father": N_("father's name"),
    "nickname": N_("nickname"),
    "birth": N_("birth"),
    "sex": N_("sex"),
    "phone": N_("phone"),
    "relation": N_("relation"),
    "language": N_("language"),
    "address": N_("address"),
    "given": N_("given name"),
    "surname": N_("surname"),
    "maiden": N_("surname before marriage"),
    "passport_spelling": N_("spelling in the passport"),
    "guardian": N_("guardian"),
    "head": N_("who speaks for it"),
    "code": N_("code"),
    "village": N_("village"),
    "household": N_("household"),
}
WITHDRAWN = "withdrawn"


def age_words(words: Words, person: PersonCard) -> str:
    """An age with how surely it is known: `34 years`, `about 34 years`."""
    if person.age is None:
        return ""
    years = words.n_("{n} year", "{n} years", person.age.years).format(n=person.age.years)
    sure = person.age.certainty in ("day", "month")
    return years if sure else words._("about {years}").format(years=years)


def list_hints(words: Words, find: Callable[[], None], from_table: Callable[[], None]) -> Sequence[Hint]:
    """The keys true while the cursor is in the list of households."""
    return (
        Hint(("↑", "↓"), words._("choose")),
        Hint(("Enter",), words._("go to the household")),
        Hint(("/",), words._("find"), find),
        Hint(("Ins",), words._("new household")),
        Hint(("Ctrl", "O"), words._("from a table"), from_table),
        Hint(("F2",), words._("change")),
    )


class HouseholdDetail(QWidget):
    """Title, persons, groups and debts; `settled` carries a conflict and the version chosen."""

    person_opened = Signal(object)
    change_asked = Signal()
    add_asked = Signal()
    home_asked = Signal()
    withdraw_asked = Signal()
    settled = Signal(object, object)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._card: HouseholdCard | None = None
        column = rows(self, gap=10)
        head = columns(gap=12)
        lines = rows(gap=0)
        self.name = Label(size=tokens.CARD_TITLE, weight=tokens.SEMIBOLD, wrap=True)
        self.where = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        lines.addWidget(self.name)
        lines.addWidget(self.where)
        head.addLayout(lines, 1)
        self.change_button = Button(keys=("F2",), icon="pencil")
        self.change_button.clicked.connect(self.change_asked)
        head.addWidget(self.change_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._closed = Banner("info")
        column.addWidget(self._closed)
        self._conflicts = rows(gap=8)
        column.addLayout(self._conflicts)
        self.persons = Table([], row_height=(36, 36))
        self.persons.view.opened.connect(lambda _row, _column: self._open_person())
        column.addWidget(self.persons)
        self.add_button = Button(kind="quiet", keys=("Ins",), icon="plus")
        self.add_button.clicked.connect(self.add_asked)
        self.home_button = Button(kind="quiet", keys=("F4",), icon="house")
        self.home_button.clicked.connect(self.home_asked)
        below = QWidget()
        flow = Flow(below, gap=14)
        flow.addWidget(self.add_button)
        flow.addWidget(self.home_button)
        column.addWidget(below)
        self._groups_title = Label(size=tokens.SECTION, weight=tokens.SEMIBOLD)
        column.addWidget(self._groups_title)
        self.groups = Table([], row_height=(36, 36))
        self.groups.view.opened.connect(self._open_group)
        column.addWidget(self.groups)
        self.withdraw_button = Button(kind="quiet", keys=("Ctrl", "Del"), icon="lock")
        self.withdraw_button.clicked.connect(self.withdraw_asked)
        column.addWidget(self.withdraw_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def hints(self, words: Words) -> Sequence[Hint]:
        """The keys true while the cursor is here."""
        return (
            Hint(("F2",), words._("change")),
            Hint(("Ins",), words._("add a person")),
            Hint(("F4",), words._("her other homes"), self.home_asked.emit),
            Hint(("Ctrl", "Del"), words._("withdraw the data"), self.withdraw_asked.emit),
            Hint(("Esc",), words._("back to the list")),
            Hint(("F1",), words._("help")),
        )

    def focus_first(self) -> None:
        """The cursor onto the persons."""
        part = self.persons.view if self._card is not None and self._card.persons else self.change_button
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def can_withdraw(self) -> bool:
        """True where something of the household can still be opened here."""
        return self._card is not None and self._card.seal_state not in (WITHDRAWN, "sealed")

    def person(self) -> PersonCard | None:
        """The person under the cursor, where the cursor is in the persons."""
        if self._card is None or not self.persons.view.hasFocus():
            return None
        key = self.persons.row_key()
        return next((one for one in self._card.persons if one.id == key), None)

    def _open_person(self) -> None:
        person = self.person()
        if person is not None:
            self.person_opened.emit(person)

    def _open_group(self, row: int, column: int) -> None:
        if self._card is None:
            return
        one = self._card.memberships[row]
        if column in (0, 1):
            self._frame.go("groups", one.group)
        else:
            self._frame.go("member", one.id)

    def retranslate(self, words: Words) -> None:
        """All words."""
        self.change_button.set_words(words._("Change"))
        self.add_button.set_words(words._("Add a person"))
        self.home_button.set_words(words._("Somebody lives here, too"))
        self.withdraw_button.set_words(words._("The family withdraws its data"))
        self._groups_title.setText(words._("Groups and debts"))
        self.groups.set_columns(
            (
                Column(words._("Group"), 200, grows=1, wraps=True),
                Column("№", 56, right=True),
                Column(words._("Debt left"), 120, right=True),
                Column(words._("Next due"), 170, wraps=True),
            )
        )
        self.show_card(self._card)

    def show_card(self, card: HouseholdCard | None) -> None:
        """Another household, or none."""
        self._card = card
        words = self._frame.words
        if card is None:
            return
        self.name.setText(card.head or card.code or words._("names closed on this laptop"))
        parts = [card.code if card.head else "", card.village, card.address or "", card.phone or ""]
        self.where.setText(" · ".join(part for part in parts if part))
        self._show_closed(card)
        self._show_conflicts(card)
        heads = [
            Column(words._("Name"), 220, grows=2, wraps=True),
            Column(words._("Relation"), 110, grows=1, wraps=True),
            Column(words._("Age"), 150, grows=1, wraps=True),
        ]
        if any(one.elsewhere for one in card.persons):
            heads.append(Column(words._("Also at home with"), 150, grows=1, wraps=True))
        self.persons.set_columns(heads)
        self.persons.set_rows([self._person_row(one) for one in card.persons])
        self.persons.setVisible(bool(card.persons))
        self.groups.set_rows(self._group_rows(card))
        self.groups.setVisible(bool(card.memberships))
        self._groups_title.setVisible(bool(card.memberships))
        self.withdraw_button.setVisible(self.can_withdraw())

    def _show_closed(self, card: HouseholdCard) -> None:
        words = self._frame.words
        closed = card.seal_state == "sealed"
        withdrawn = card.seal_state == WITHDRAWN
        self._closed.setVisible(closed or withdrawn)
        if withdrawn:
            self._closed.tell(
                words._("The family has withdrawn its data"),
                words._("Names are destroyed on every laptop; the sums stay under the member's number."),
            )
        elif closed:
            self._closed.tell(
                words._("The names are closed on this laptop"),
                words._("They open when the office sends the key of this household."),
            )

    def _person_row(self, one: PersonCard) -> Row:
        words = self._frame.words
        name = one.name or words._("name closed")
        if one.nickname:
            name = words._("{name} ({nickname})").format(name=name, nickname=one.nickname)
        relation = [one.relation or "", *self._marriage(one), "" if one.lives_here else words._("lives here, too")]
        said = ", ".join(part for part in relation if part)
        died = next((of.died for of in self._memberships(one) if of.died is not None), None)
        age = self._age(one)
        if died is not None:
            age = Cell(words._("died {date}").format(date=formats.date(died)), ink=tokens.INK2)
        return Row((link(name), Cell(said), age, Cell(self._homes(one))), key=one.id)

    def _memberships(self, one: PersonCard) -> list[Membership]:
        return [of for of in (self._card.memberships if self._card else ()) if of.person == one.id]

    def _marriage(self, one: PersonCard) -> list[str]:
        words = self._frame.words
        said = str(one.identity.get("spouse_relation") or "none")
        marriage = dict(SPOUSE).get(said)
        return [] if marriage is None or said == "none" else [words.say(marriage)]

    def _age(self, one: PersonCard) -> Cell:
        """Her age; of a minor also who answers for her."""
        words = self._frame.words
        age = age_words(words, one)
        if not one.is_minor:
            return Cell(age)
        if one.guardian:
            return Cell(words._("{age}, guardian {name}").format(age=age, name=one.guardian))
        told = words._("{age}, no guardian named").format(age=age)
        return Cell(told, icon="triangle", icon_ink=tokens.AMBERMARK)

    def _homes(self, one: PersonCard) -> str:
        """Her other homes, and in which of all she is counted."""
        words, card = self._frame.words, self._card
        if not one.elsewhere or card is None:
            return ""
        counted = words._("listed here")
        if one.counted_in != card.id:
            counted = words._("listed with {name}").format(name=dict(one.homes).get(one.counted_in, ""))
        return f"{', '.join(one.elsewhere)}; {counted}"

    def _group_rows(self, card: HouseholdCard) -> list[Row]:
        words = self._frame.words
        made = []
        for one in card.memberships:
            own = [loan for loan in card.loans if loan.member == one.id]
            left = " · ".join(formats.money(words, loan.outstanding_minor, loan.currency) for loan in own)
            late = max((loan.late_days for loan in own), default=0)
            due = min((loan.next_on for loan in own if loan.next_on), default=None)
            next_due = Cell(formats.date(due)) if due else Cell()
            if late:
                days = formats.days(words, late)
                next_due = Cell(words._("{days} late").format(days=days), icon="triangle", icon_ink=tokens.AMBERMARK)
            name = one.group_name
            if one.died is not None:
                name = words._("{name}, died {date}").format(name=name, date=formats.date(one.died))
            elif one.left is not None:
                name = words._("{name}, left {date}").format(name=name, date=formats.date(one.left))
            made.append(Row((link(name), Cell(one.number), money(left), next_due), key=one.id))
        return made

    def _show_conflicts(self, card: HouseholdCard) -> None:
        while (taken := self._conflicts.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for conflict in card.conflicts:
            self._conflicts.addWidget(self._conflict_card(conflict))

    def _conflict_card(self, conflict: Conflict) -> QWidget:
        words = self._frame.words
        title = words._("Two laptops said different things")
        box = Card(title, icon="differences", small_title=True)
        if conflict.name:
            box.body.addWidget(Label(conflict.name, size=tokens.GRID, ink=tokens.INK2, wrap=True))
        holder = QWidget()
        flow = rows(holder, gap=2)
        for version in conflict.versions:
            others = [other.told for other in conflict.versions if other is not version]
            unlike = [
                words._("{field}: {value}").format(field=words.say(FIELDS[key]), value=named(words, value))
                for key, value in version.told.items()
                if key in FIELDS and any(other.get(key) != value for other in others)
            ]
            said = ", ".join(unlike) or words._("as before")
            when = "" if version.on is None else f" ({formats.date(version.on)})"
            choice = WrappedLink(words._("Keep: {what}").format(what=said + when))
            choice.clicked.connect(partial(self.settled.emit, conflict, version))
            flow.addWidget(choice)
        box.body.addWidget(holder)
        return box


def household_sentence(words: Words, card: HouseholdCard) -> str:
    """Who it is, where it lives, and how far what is known of it has come."""
    parts = (card.head or card.code, card.code if card.head else "", card.village, reached_word(words, card.reached))
    return " · ".join(part for part in parts if part)
