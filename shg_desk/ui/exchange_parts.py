"""The parts of the Exchange page: state cards, rows of parcels, the card of the stick and the one of the office."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy
from PySide6.QtWidgets import QWidget

from shg_desk.actions.views_exchange import ExchangeView
from shg_desk.actions.views_exchange import ParcelSeen
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.sync.enrolment import shown_fingerprint
from shg_desk.ui import tokens
from shg_desk.ui.backup_words import day_and_place
from shg_desk.ui.exchange_words import going_parcel
from shg_desk.ui.exchange_words import inside
from shg_desk.ui.exchange_words import pictures
from shg_desk.ui.exchange_words import place_of
from shg_desk.ui.exchange_words import records
from shg_desk.ui.handover_words import keys_sentence
from shg_desk.ui.handover_words import left_sentence
from shg_desk.ui.parts.beside import Beside
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.card import Pill
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.cells import state
from shg_desk.ui.parts.state_bars import StateBars
from shg_desk.ui.parts.state_bars import state_word
from shg_desk.ui.parts.wrapped_link import WrappedLink
from shg_desk.ui.sticks import Stick

ICONS = ("laptop", "stick", "office", "scales")


class StateCard(Card):
    """One state: icon, word, bars, the number of records, and what stands behind it."""

    def __init__(self, icon: str, filled: int, of: int) -> None:
        super().__init__("\u00a0", icon=icon, small_title=True, gap=2)
        self.bars = StateBars(filled, of=of)
        self.head.addWidget(self.bars)
        self.number = Label(size=tokens.COUNTER, weight=tokens.SEMIBOLD)
        self.below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.body.addWidget(self.number)
        self.body.addWidget(self.below)
        self.body.addStretch(1)
        self.filled, self.of = filled, of

    def show_state(self, words: Words, count: int, below: str) -> None:
        """The number and the sentence of the moment."""
        word = state_word(words, self.filled, of=self.of)
        self.title.setText(word)
        self.number.setText(formats.number(words, count))
        self.number.setAccessibleName(f"{word}: {count}. {below}")
        self.below.setText(below)
        if self.bars is not None:
            self.bars.set_state(self.filled, word)


class StateCards(QWidget):
    """The four states side by side, two and two where they do not fit; two for a book without an office."""

    def __init__(self) -> None:
        super().__init__()
        column = rows(self, gap=0)
        self.four = [StateCard(icon, i, 4) for i, icon in enumerate(ICONS, start=1)]
        self.two = [StateCard("laptop", 1, 2), StateCard("backup", 2, 2)]
        arrows = [Picture("chevron_right", size=18) for _ in range(4)]
        self.lines = (Beside(self.four, arrows[:3]), Beside(self.two, arrows[3:]))
        for line in self.lines:
            column.addWidget(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_view(self, words: Words, view: ExchangeView) -> None:
        """The numbers of the moment."""
        alone = view.office is None
        self.lines[0].setVisible(not alone)
        self.lines[1].setVisible(alone)
        say = words._
        oldest = ""
        if view.oldest_saved is not None:
            oldest = say("the oldest from {date}").format(date=formats.date(view.oldest_saved))
        if alone:
            backed = say("no backup yet")
            if view.newest_backup is not None:
                backed = say("newest backup of {date}").format(date=day_and_place(words, view.newest_backup))
            self.two[0].show_state(words, view.saved, oldest)
            self.two[1].show_state(words, view.backed_up, backed)
            self.two[0].set_chosen(view.saved > 0)
        else:
            self._show_four(words, view, oldest)

    def _show_four(self, words: Words, view: ExchangeView, oldest: str) -> None:
        say = words._
        going = going_parcel(view)
        way = say("on {place}, parcel {n}").format(place=place_of(going), n=going.number) if going else ""
        receipt = ""
        if view.receipt is not None:
            number, on = view.receipt
            receipt = say("receipt № {n}").format(n=number)
            if on is not None:
                receipt = say("receipt № {n} of {date}").format(n=number, date=formats.date(on))
        both = say("the same here and at the office") if view.reconciled else ""
        counts = (view.saved, view.on_its_way, view.received, view.reconciled)
        for card, count, below in zip(self.four, counts, (oldest, way, receipt, both), strict=True):
            card.show_state(words, count, below if count or card.filled == 3 else "")
            card.set_chosen(False)
        self.four[0].set_chosen(view.saved > 0)


# parcels ------------------------------------------------------------------------------------------------------------


def columns_of(words: Words) -> list[Column]:
    """The heads of the table of parcels."""
    say = words._
    return [
        Column(say("Date"), 100),
        Column(say("Parcel"), 130, grows=1, wraps=True),
        Column(say("Where to, from whom"), 150, grows=1, wraps=True),
        Column(say("Records"), 80, right=True),
        Column(say("What is inside"), 190, grows=2, wraps=True),
        Column(say("State"), 176),
    ]


def parcel_rows(words: Words, view: ExchangeView) -> list[Row]:
    """The parcel not yet written, if there is something for it, then the others, newest first."""
    made = []
    say = words._
    if view.saved and view.office is not None and not view.is_office:
        cells = (
            Cell(formats.date(view.today)),
            Cell(say("Parcel {n}").format(n=view.next_number), weight=tokens.SEMIBOLD),
            Cell(say("not written yet"), ink=tokens.INK2),
            money(formats.number(words, view.saved)),
            Cell(inside(words, view.next_kinds)),
            state(1, state_word(words, 1)),
        )
        made.append(Row(cells, key="next"))
    return made + [_parcel_row(words, one) for one in view.parcels]


def _parcel_row(words: Words, one: ParcelSeen) -> Row:
    where = place_of(one) if one.outgoing else one.partner
    if one.outgoing and one.kind != "ops" and where != one.partner:
        where = f"{one.partner} · {where}"
    cells = (
        Cell(formats.date(one.on) if one.on else ""),
        Cell(parcel_name(words, one), weight=tokens.MEDIUM),
        Cell(where),
        money(formats.number(words, one.records)) if one.records or (one.outgoing and not one.pictures) else EMPTY,
        Cell(pictures(words, one.pictures) if one.pictures else inside(words, one.kinds)),
        state(one.state, state_word(words, one.state)) if one.state else EMPTY,
    )
    return Row(cells, key=one.id)


def parcel_name(words: Words, one: ParcelSeen) -> str:
    """What a parcel is called: ours by number, a receipt by its number, one that came by what it is."""
    say = words._
    if one.kind == "return":
        return say("Receipt № {n}").format(n=one.number)
    if one.kind == "colleague":
        return say("Colleague's parcel")
    if one.kind == "files":
        return say("Parcel of pictures")
    if one.outgoing:
        return say("Parcel {n}").format(n=one.number)
    return say("Parcel of a laptop")


# side cards ---------------------------------------------------------------------------------------------------------


class StickCard(Card):
    """The stick written last: its name, when and where, what it held, what to do with it; and the sticks here now."""

    look_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("\u00a0", icon="stick", small_title=True, gap=2)
        self.name = Label(size=tokens.CARD_TITLE, weight=tokens.SEMIBOLD, wrap=True)
        self.below = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.now = Label(size=tokens.GRID, weight=tokens.MEDIUM, wrap=True)
        self.here = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        for part in (self.name, self.below, self.now, self.here):
            self.body.addWidget(part)
        self._links = rows(gap=0)
        self.body.addLayout(self._links)
        self.again = Button(kind="quiet", icon="redo", keys=("F5",))
        self.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)

    def show_view(self, words: Words, view: ExchangeView, village: str) -> None:
        """The stick this book wrote to last, whoever holds it now."""
        say = words._
        last = next((one for one in view.parcels if one.outgoing and one.place), None)
        self.title.setText(say("My stick"))
        for part in (self.name, self.below, self.now):
            part.setVisible(last is not None)
        self.again.set_words(say("Look for sticks"))
        if last is None:
            return
        self.name.setText(place_of(last))
        on = formats.date(last.on) if last.on is not None else ""
        told = say("Written on {date} in {village}: {what}.")
        held = [
            parcel_name(words, last),
            records(words, last.records) if last.records else "",
            inside(words, last.kinds),
        ]
        lines = [told.format(date=on, village=village, what=", ".join(part for part in held if part))]
        if view.newest_backup is not None:
            lines.append(say("Newest backup of {date}.").format(date=day_and_place(words, view.newest_backup)))
        self.below.setText(" ".join(lines))
        self.now.setText(stick_sentence(words, view, last))

    def show_sticks(self, words: Words, sticks: Sequence[Stick]) -> None:
        """The sticks in this laptop at this moment, each a way to what is on it."""
        say = words._
        while (taken := self._links.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.here.setText(say("In this laptop now:") if sticks else say("No stick is in this laptop now."))
        for one in sticks:
            link = LinkButton(size=tokens.GRID)
            link.set_words(say("{stick}: look inside").format(stick=one.name))
            link.clicked.connect(partial(self.look_asked.emit, one.place))
            self._links.addWidget(link)


def stick_sentence(words: Words, view: ExchangeView, last: ParcelSeen) -> str:
    """What to do with the stick written last, in one sentence."""
    say = words._
    if last.kind == "colleague":
        return say("Give it to {name}.").format(name=last.partner)
    if last.kind == "return":
        return say("Give it back to {name}: its receipt is on it.").format(name=last.partner)
    if view.office is None:
        return say("Keep it apart from this laptop.")
    if last.state == 2 and view.saved:
        return say("Newer records are not on it: write a new parcel before you take it to the office.")
    if last.state == 2:
        return say("Take it to the office and bring it back with the receipt.")
    return say("The office has what was on it; it may be used again.")


class OfficeCard(Card):
    """The office and its figures to compare, the colleagues and their groups."""

    def __init__(self) -> None:
        super().__init__("\u00a0", icon="office", small_title=True, gap=4)
        self.name = Label(weight=tokens.MEDIUM, wrap=True)
        self.pill = Pill()
        self.digits = Label(size=tokens.GRID, wrap=True)
        self.compare = LinkButton(size=tokens.GRID)
        self.colleagues = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.history = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        self.handover = WrappedLink("", size=tokens.GRID)
        self.body.addWidget(self.name)
        self.body.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.digits, self.compare, self.colleagues, self.history, self.handover):
            self.body.addWidget(part)

    def show_view(self, words: Words, view: ExchangeView) -> None:
        """The office of this book; without one, the way to join one."""
        say = words._
        self.title.setText(say("The office") if view.office is not None else say("No office"))
        office = view.office
        for part in (self.name, self.digits):
            part.setVisible(office is not None)
        self.pill.setVisible(office is not None and not view.is_office)
        self.compare.setVisible(not view.is_office and (office is None or not office.compared))
        self.compare.set_words(say("Compare the figures") if office is not None else say("Join an office"))
        if office is not None:
            self.name.setText(office.name)
            self.digits.setText(shown_fingerprint(office.fingerprint))
            self.digits.setAccessibleName(
                say("Figures of the office's keys: {digits}").format(digits=office.fingerprint)
            )
            tone, told = ("done", say("Compared")) if office.compared else ("warning", say("Not compared"))
            self.pill.set_words(told, "done" if tone == "done" else "warning")
        lines = [f"{one.label}: {', '.join(one.groups)}" for one in view.colleagues if not one.revoked and one.groups]
        lines += [
            say("{laptop}: reported lost, nothing of it is taken any more").format(laptop=one.label)
            for one in view.colleagues
            if one.revoked
        ]
        history = keys_sentence(words, view) or "\n".join(left_sentence(words, one) for one in view.left)
        self.history.setText(history)
        self.history.setVisible(bool(history))
        ends = say("Hand the books over") if view.is_office else say("Go on without the office")
        self.handover.setText(ends)
        self.handover.setAccessibleName(ends)
        self.handover.setVisible(office is not None)
        self.colleagues.setText("\n".join(lines if not view.is_office else []))
        self.colleagues.setVisible(bool(lines) and not view.is_office)
