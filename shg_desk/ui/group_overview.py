"""A group at a glance: how far its formation is, who came, where its money lies, what is lent, who writes it."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtCore import Qt
from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from shg_desk.actions.views_groups import GroupCard
from shg_desk.actions.views_groups import Step
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words
from shg_desk.ui import icons
from shg_desk.ui import tokens
from shg_desk.ui.ledger_rows import reached_word
from shg_desk.ui.parts.beside import Beside
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Rule
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import emptied
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.card import Figure
from shg_desk.ui.parts.card import Figures
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.wrapped_link import WrappedLink
from shg_desk.ui.theme import colour
from shg_desk.ui.tokens import px

STEPS: Mapping[str, Marked] = {
    "registered": N_("registered"),
    "members": N_("members joined"),
    "officers": N_("officers elected"),
    "rules": N_("rules voted"),
    "meeting": N_("first meeting"),
}


class Steps(QWidget):
    """Steps as a dotted line with their days; done ones have a tick, the next one is a ring."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self, gap=10)

    def show_steps(self, words: Words, steps: tuple[Step, ...]) -> None:
        """Other steps."""
        while (taken := self._flow.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for at, step in enumerate(steps, start=1):
            self._flow.addWidget(_StepMark(words, step, last=at == len(steps)))
        self.updateGeometry()


class _StepMark(QWidget):
    """One step: disc with tick or dashed ring, its word, its day."""

    def __init__(self, words: Words, step: Step, *, last: bool) -> None:
        super().__init__()
        self._done, self._last = step.done, last
        line = columns(self, margins=(26, 0, 0 if last else 26, 0), gap=0)
        text = rows(gap=0)
        name = words.say(STEPS[step.name])
        text.addWidget(Label(name, size=tokens.GRID, weight=tokens.MEDIUM if step.done else tokens.REGULAR))
        below = formats.date(step.on) if step.on else (words._("done") if step.done else words._("not yet"))
        if not step.done and step.there is not None and step.there[0]:
            below = words._("{n} of {all}").format(n=step.there[0], all=step.there[1])
        text.addWidget(Label(below, size=tokens.SMALL, ink=tokens.INK2))
        line.addLayout(text)
        self.setAccessibleName(f"{name}: {below}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._last:
            for dot in range(4):
                left = self.width() - px(18) + dot * px(6)
                painter.fillRect(QRectF(left, self.height() / 2 - 1, px(2), px(2)), colour(tokens.BORDER))
        icon, ink = ("disc_tick", tokens.GREEN) if self._done else ("dashed_ring", tokens.INK3)
        icons.draw(painter, icon, 0, self.height() / 2, 20, ink)


class GroupOverview(QWidget):
    """Figures, formation, money by place, loans, and the laptop that keeps the group."""

    ledger_asked = Signal(str)
    hand_over_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        body = rows(self, gap=10)
        self.figures = Figures()
        body.addWidget(self.figures)
        formation = Card(gap=4)
        self._formation = Label(weight=tokens.SEMIBOLD)
        formation.body.addWidget(self._formation)
        self.steps = Steps()
        formation.body.addWidget(self.steps)
        body.addWidget(formation)
        self.money = Card(" ", small_title=True, gap=2)
        self.funds = Card(" ", small_title=True, gap=2)
        self._money = rows(gap=2)
        self._funds = rows(gap=2)
        self.money.body.addLayout(self._money)
        self.funds.body.addLayout(self._funds)
        self.money.body.addStretch(1)
        self.funds.body.addStretch(1)
        self.cards = Beside((self.money, self.funds), gap=12)
        body.addWidget(self.cards)
        keeper = Card(" ", icon="laptop", small_title=True, gap=4)
        self.keeper = keeper
        self._keeper = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        keeper.body.addWidget(self._keeper)
        self.hand_over = Button()
        self.hand_over.clicked.connect(self.hand_over_asked)
        keeper.body.addWidget(self.hand_over, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(keeper)
        body.addStretch(1)

    def show_card(self, words: Words, card: GroupCard) -> None:
        """A group."""
        self._formation.setText(words._("Formation"))
        self.steps.show_steps(words, card.steps)
        self._show_figures(words, card)
        self.money.title.setText(words._("What the group has"))
        self.funds.title.setText(words._("Whose it is"))
        money = card.money
        self._fill(self._money, (*money.places, *money.owed), words, card, money.has_minor)
        self._fill(self._funds, money.funds, words, card, money.whose_minor, money.profit_minor)
        self.funds.setVisible(bool(card.money.funds or card.money.profit_minor))
        self.keeper.title.setText(words._("Which laptop writes the group"))
        here = words._("This laptop.") if card.keeper_here else words._("{name}.").format(name=card.keeper)
        others = words._("Another one warns before it writes, and names the last meeting it knows.")
        self._keeper.setText(f"{here} {others}")
        self.hand_over.set_words(words._("Hand over"))
        none = "" if card.laptops else words._("No other laptop is known here; the office makes them known")
        self.hand_over.set_reason(none)

    def _show_figures(self, words: Words, card: GroupCard) -> None:
        currency = card.currency
        unit = formats.unit(words, currency.code)
        came = ""
        if card.attendance is not None:
            over = words.n_("{n} meeting", "{n} meetings", card.attendance_over).format(n=card.attendance_over)
            part = formats.percent(words, card.attendance, 0)
            came = words._("{part} came over {meetings}").format(part=part, meetings=over)
            if card.attendance_sent is not None and card.attendance_sent != card.attendance:
                sent = formats.percent(words, card.attendance_sent, 0)
                came = words._("{came}; {part} with those somebody came for").format(came=came, part=sent)
        last = words._("none yet")
        if card.last_on is not None:
            last = words._("last {date}").format(date=formats.date(card.last_on))
        figures = [
            Figure(words._("Members"), formats.number(words, card.count), "", came),
            Figure(words._("Meetings held"), formats.number(words, card.meetings), "", last),
        ]
        if card.loans is not None:
            late = words.n_("{n} late", "{n} late", card.loans.late).format(n=card.loans.late)
            count = words.n_("{n} loan", "{n} loans", card.loans.count).format(n=card.loans.count)
            below = f"{count}, {late}" if card.loans.late else count
            amount = formats.amount(words, card.loans.outstanding_minor, currency)
            icon = "triangle" if card.loans.late else ""
            figures.append(Figure(words._("Loans out"), amount, unit, below, icon, tokens.AMBERMARK))
        self.figures.set_figures(figures)

    def _fill(
        self,
        place: QVBoxLayout,
        sums: Sequence[tuple[str, int]],
        words: Words,
        card: GroupCard,
        total: int,
        profit: int = 0,
    ) -> None:
        """A line for each sum, each a way to its ledger; the profit, where there is any; and what they come to."""
        emptied(place)
        for code, amount in sums:
            said = ledger_words.account(words, code, card.names)
            name = WrappedLink(said, size=tokens.GRID)
            name.setAccessibleName(words._("{what}: open in the ledger").format(what=said))
            name.clicked.connect(lambda _checked=False, asked=code: self.ledger_asked.emit(asked))
            place.addWidget(_line(name, words, card, amount))
            place.addWidget(Rule(tokens.HAIR))
        if profit:
            said = (
                words._("Profit so far, not shared out") if profit > 0 else words._("Loss so far, borne by nobody yet")
            )
            place.addWidget(_line(Label(said, size=tokens.GRID, wrap=True), words, card, profit))
        together = Label(words._("Together"), size=tokens.GRID, weight=tokens.SEMIBOLD)
        place.addWidget(Rule(tokens.BORDER))
        place.addWidget(_line(together, words, card, total, weight=tokens.SEMIBOLD))


def _line(name: QWidget, words: Words, card: GroupCard, amount: int, *, weight: int = tokens.MEDIUM) -> QWidget:
    """What it is, and how much of it."""
    holder = QWidget()
    line = columns(holder, gap=10)
    line.addWidget(name, 1)
    line.addWidget(Label(formats.money(words, amount, card.currency), weight=weight))
    return holder


def group_sentence(words: Words, card: GroupCard) -> str:
    """Where the group is, when it meets next or should have met, and how far its records have all come."""
    parts = [card.code, card.village]
    if card.next_on is not None:
        day = formats.date_with_weekday(words, card.next_on)
        due = words._("meeting was due {date}") if card.is_past_due else words._("next meeting {date}")
        parts.append(due.format(date=day))
    return " · ".join(part for part in (*parts, reached_word(words, card.reached)) if part)
