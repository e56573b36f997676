"""What stands beside the sheet and above it: progress and quorum, the box, the count, the difference with its cause."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea
from PySide6.QtWidgets import QVBoxLayout
from PySide6.QtWidgets import QWidget

from shg_desk.domain.group_places import BOX
from shg_desk.domain.sheet_causes import Cause
from shg_desk.domain.sheet_causes import CauseKind
from shg_desk.domain.sheet_causes import likely_causes
from shg_desk.domain.sheet_draft import Draft
from shg_desk.domain.sheet_steps import Place
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.meeting_count import CashCard
from shg_desk.ui.meeting_count import CountPanel
from shg_desk.ui.meeting_words import LINES
from shg_desk.ui.meeting_words import column_name
from shg_desk.ui.meeting_words import member_name
from shg_desk.ui.meeting_words import place_name
from shg_desk.ui.parts.banner import Agreement
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.boxes import set_width
from shg_desk.ui.parts.card import Pill
from shg_desk.ui.parts.progress import Bar
from shg_desk.ui.parts.wrapped_link import WrappedLink

SIDE_WIDTH = 232
MOST_CAUSES = 3


class ProgressBlock(QWidget):
    """`16 / 18 rows done`, how many are left, a bar, and the pill of the quorum."""

    def __init__(self) -> None:
        super().__init__()
        line = columns(self, gap=14)
        holder = QWidget()
        block = rows(holder, gap=4)
        words = columns(gap=14)
        self.done = Label(size=tokens.GRID, weight=tokens.MEDIUM)
        self.left = Label(size=tokens.HINT, ink=tokens.INK2)
        words.addWidget(self.done)
        words.addStretch(1)
        words.addWidget(self.left)
        self.bar = Bar()
        block.addStretch(1)
        block.addLayout(words)
        block.addWidget(self.bar)
        block.addStretch(1)
        self._holder = holder
        self.quorum = Pill()
        line.addWidget(holder)
        line.addWidget(self.quorum)

    def show_draft(self, draft: Draft, words: Words) -> None:
        """The progress of a draft; in large type only the quorum, the rest stands in the header's sentence."""
        figures = draft.figures
        done, all_ = len(figures.done), len(figures.members)
        self.done.setText(progress_words(draft, words))
        self.left.setText(words.n_("{n} left", "{n} left", all_ - done).format(n=all_ - done) if all_ > done else "")
        self.bar.set_share(done, all_)
        self.bar.setAccessibleName(self.done.text())
        self._holder.setVisible(not tokens.large())
        there, needed = figures.there(), figures.quorum()
        self.quorum.setVisible(bool(needed))
        if there >= needed:
            text = words._("Quorum: {there}, needed {needed}") if not tokens.large() else words._("Quorum: {there}")
            self.quorum.set_words(text.format(there=there, needed=needed), "done")
        else:
            text = words._("No quorum: {there}, needed {needed}")
            self.quorum.set_words(text.format(there=there, needed=needed), "warning")


def progress_words(draft: Draft, words: Words) -> str:
    """`16 / 18 rows done`."""
    done, all_ = len(draft.figures.done), len(draft.figures.members)
    return words._("{done} / {all} rows done").format(done=done, all=all_)


class Side(QWidget):
    """The column at the right: box, count, difference. `named` asks to name it, `shown` leads to a likely cause."""

    name_asked = Signal()
    cause_shown = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._causes: list[Cause] = []
        column = rows(self, gap=8)
        self.cash = CashCard()
        self.count = CountPanel(words)
        self.wrong = Banner("wrong", large=True)
        self.named = Banner("info", large=True)
        self.causes = [WrappedLink("", size=tokens.GRID, ink=tokens.INK) for _ in range(MOST_CAUSES)]
        inside = self.wrong.layout()
        for n, link in enumerate(self.causes):
            link.clicked.connect(partial(self._show_cause, n))
            if isinstance(inside, QVBoxLayout):
                inside.insertWidget(2 + n, link)
        self.agreement = Agreement()
        for part in (self.cash, self.count, self.wrong, self.named, self.agreement):
            column.addWidget(part)
        column.addStretch(1)
        set_width(self, SIDE_WIDTH)
        for banner in (self.wrong, self.named):
            banner.button_pressed.connect(self.name_asked)

    def _show_cause(self, n: int, _checked: object = None) -> None:
        cause = self._causes[n]
        self.cause_shown.emit(("line", cause.line) if cause.line is not None else cause.places[0])

    def refresh(self, draft: Draft) -> None:
        """Everything anew from the draft."""
        words, large = self._words, tokens.large()
        self.cash.show_cash(draft, words)
        self.cash.setVisible(not large)
        self.count.refresh()
        tell_difference(draft, words, self.wrong, self.named, self.agreement)
        buttons = [self.wrong.button(), self.named.button(), *([self.count.paper] if self.count.by_total else [])]
        wide = max(button.sizeHint().width() for button in buttons) * 100
        set_width(self, max(SIDE_WIDTH, wide // tokens.letter_size() + 28))
        if large:  # the line under the table tells it
            for part in (self.wrong, self.named, self.agreement):
                part.hide()
        self._causes = likely_causes(draft, MOST_CAUSES) if not self.wrong.isHidden() else []
        for n, link in enumerate(self.causes):
            link.setVisible(n < len(self._causes))
            if n < len(self._causes):
                said = cause_words(draft, self._causes[n], words)
                link.setText(said)
                link.setAccessibleName(said)
                link.restyle()
        if self._causes:
            self.wrong.tell(difference_words(draft, words)[0], "", "", *_naming(draft, words))
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """The likeliest cause always stands there, the others where there is room; Shift+F7 has them all."""
        for n in range(1, len(self._causes)):
            self.causes[n].show()
        for n in range(len(self._causes) - 1, 0, -1):
            if self._needed() <= self._room():
                return
            self.causes[n].hide()

    def _room(self) -> int:
        """The height in sight: a tall question under the table makes the page longer than its window, and this too."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        page = None if around is None else around.widget()
        if around is None or page is None:
            return self.height()
        above = self.mapTo(page, QPoint()).y()
        return min(self.height(), around.viewport().height() - 2 * above)

    def _needed(self) -> int:
        layout = self.layout()
        inside = self.wrong.layout()
        if layout is None or inside is None:
            return 0
        inside.invalidate()
        layout.invalidate()
        wide = layout.hasHeightForWidth()
        return layout.totalHeightForWidth(self.width()) if wide else layout.totalMinimumSize().height()


def tell_difference(draft: Draft, words: Words, wrong: Banner, named: Banner, agreement: Agreement) -> None:
    """Which of the three is in sight: a difference, one with a name, or agreement; none before anything is counted."""
    difference = draft.cash().difference_minor
    given = draft.named
    has_name = bool(difference) and given is not None and given.amount_minor == difference
    agreement.setVisible(difference == 0)
    wrong.setVisible(bool(difference) and not has_name)
    named.setVisible(has_name)
    box = draft.place == BOX
    agreement.set_words(words._("The box and the book agree") if box else words._("The money and the book agree"))
    title, below = difference_words(draft, words)
    if has_name and given is not None:
        change, keys = ("", ()) if draft.was is not None else (words._("Change"), ("F7",))
        named.tell(title, words._("Named: {reason}").format(reason=_reason(words, given.reason)), "", change, keys)
    elif difference:
        wrong.tell(title, below, "", *_naming(draft, words))


def _naming(draft: Draft, words: Words) -> tuple[str, tuple[str, ...]]:
    """The button that names a difference; on a sheet opened again there is none, the correction itself says it."""
    return ("", ()) if draft.was is not None else (words._("Name the cause"), ("F7",))


def nothing_to_name(draft: Draft, words: Words) -> str:
    """What F7 needs where there is nothing for it yet: a count, a difference, or a fine under the cursor."""
    if draft.cash().counted_minor is None:
        return words._("F7 names a difference: count the money first with F8. On a fine it lets the fine pass.")
    return words._("The money and the book agree: F7 has nothing to name. On a fine it lets the fine pass.")


def _reason(words: Words, reason: str) -> str:
    return words._("not known") if reason == "unknown" else reason


def difference_words(draft: Draft, words: Words, place: str | None = None) -> tuple[str, str]:
    """`40 som short`, of a bag with its name, and by which two figures; empty while nothing differs.

    `place` is the one that is being counted, where none is given.
    """
    place = place or draft.place
    cash, currency = draft.cash(place), draft.ground.currency
    difference = cash.difference_minor
    if not difference or cash.counted_minor is None:
        return "", ""
    text = words._("{sum} short") if difference < 0 else words._("{sum} over")
    below = words._("by the book {book}, counted {counted}").format(
        book=formats.amount(words, cash.expected_minor, currency),
        counted=formats.amount(words, cash.counted_minor, currency),
    )
    title = text.format(sum=formats.money(words, abs(difference), currency))
    if place != BOX:
        name = place_name(words, place, draft.ground.place_names)
        title = words._("{place}: {sum}").format(place=name, sum=title)
    return title, below


def cause_words(draft: Draft, cause: Cause, words: Words) -> str:
    """One likely cause as a sentence."""
    currency = draft.ground.currency
    if cause.line is not None:
        line = draft.state.lines[cause.line]
        kind = line.text or words.say(LINES[line.kind])
        return words._("Perhaps the line “{line}”").format(line=kind)
    facts = {
        "number": _numbers(draft, cause.places),
        "name": member_name(words, draft.lines[cause.places[0].line].member).split(" ")[0],
        "what": _what(draft, cause.places[0], words),
        "sum": formats.amount(words, cause.amount_minor, currency),
        "meant": formats.amount(words, cause.meant_minor, currency),
    }
    texts = {
        CauseKind.NOT_TAKEN: words._("Perhaps № {number} {name}: {what} {sum} was not taken"),
        CauseKind.NOT_GIVEN: words._("Perhaps № {number} {name}: {what} {sum} was not handed out"),
        CauseKind.NOT_WRITTEN: words._("Perhaps № {number} {name}: {what} {sum} was brought and not written"),
        CauseKind.DOUBLED: words._("Perhaps № {number} {name}: {what} {meant}, not {sum}"),
        CauseKind.SWAPPED: words._("Perhaps № {number} {name}: {what} {meant}, not {sum}"),
        CauseKind.PAIR: words._("Perhaps two figures together: № {number}"),
    }
    return texts[cause.kind].format(**facts)


def _numbers(draft: Draft, places: Sequence[Place]) -> str:
    return ", ".join(dict.fromkeys(draft.lines[place.line].member.number for place in places))


def _what(draft: Draft, place: Place, words: Words) -> str:
    column = draft.figures.column(place.column)
    return column_name(words, column).lower() if column is not None else ""
