"""After a meeting on A4: what to write by hand into each booklet, and what to read aloud, one member a block."""

from __future__ import annotations

from shg_desk.domain.booklet import AfterMeeting
from shg_desk.domain.booklet import MemberAfter
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.aloud_words import card_lines
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.overpaid_words import overpaid_line
from shg_desk.reports.frame import LEADING
from shg_desk.reports.frame import Column
from shg_desk.reports.frame import Frame
from shg_desk.reports.frame import Table
from shg_desk.reports.page import MM
from shg_desk.reports.page import Align
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed
from shg_desk.reports.passbook import left_word
from shg_desk.reports.typeface import BOLD
from shg_desk.reports.typeface import MEDIUM
from shg_desk.reports.typeface import wrapped

READ_SIZE = 16.0


def _frame(after: AfterMeeting, title: str, words: Words, printed: Printed) -> Frame:
    when = formats.date_with_weekday(words, after.on)
    group = f"{after.group_name} ({after.group_code})"
    number = words._("meeting {number}").format(number=after.number) if after.number else ""
    under = " · ".join(filter(None, (group, number, when)))
    frame = Frame(words, printed, title=f"{title}, {group}", running=f"{under} · {title}")
    frame.title(title, under)
    return frame


def write_into_booklets(after: AfterMeeting, words: Words, printed: Printed) -> Paper:
    """The list to copy from: for each member the lines exactly as they go into her booklet, and where they must end."""
    frame = _frame(after, words._("Write into the booklets"), words, printed)
    if not after.booklets:
        frame.text(words._("Nothing was paid at this meeting: nothing is to be written."))
    for booklet in after.booklets:
        _block(frame, after, booklet, words)
    return frame.finish()


def _block(frame: Frame, after: AfterMeeting, booklet: MemberAfter, words: Words) -> None:
    size = 12.0
    row = 8 * MM
    frame.space(8)
    frame.need(min(size * LEADING * 2 + row * (len(booklet.lines) + 2), frame.bottom - frame.top))
    name = ledger_words.person(booklet.number, booklet.name)
    father = f" ({booklet.father})" if booklet.father else ""
    frame.text(name + father, 13, BOLD, keep=3 * row)

    def amount(amount_minor: int | None) -> str:
        return "" if not amount_minor else formats.amount(words, amount_minor, after.currency)

    unit = formats.unit(words, after.currency.code)

    def head(title: str) -> str:
        return words._("{what}, {detail}").format(what=title, detail=unit)

    table = Table(
        frame,
        (
            Column(words._("Date"), 26),
            Column(words._("What")),
            Column(head(words.p_("passbook", "In")), 26, Align.RIGHT),
            Column(head(words.p_("passbook", "Out")), 26, Align.RIGHT),
            Column(head(words.p_("passbook", "Left")), 28, Align.RIGHT, BOLD),
            Column("", 24),
        ),
        size=size,
        row_mm=8,
    )
    day = formats.date(after.on)
    for line in booklet.lines:
        left = "" if line.left_minor is None else formats.amount(words, line.left_minor, after.currency)
        said = ledger_words.line(words, line.what, line.facts, after.currency)
        table.row((day, said, amount(line.in_minor), amount(line.out_minor), left, left_word(words, line.left_of)))
    money = [
        words._("saved {amount}").format(amount=formats.money(words, booklet.saved_minor, after.currency)),
        words._("debt left {amount}").format(amount=formats.money(words, booklet.debt_minor, after.currency)),
    ]
    if booklet.fines_minor:
        owed = formats.money(words, booklet.fines_minor, after.currency)
        money.append(words._("fines owed {amount}").format(amount=owed))
    if booklet.in_hand_minor:
        held = formats.money(words, booklet.in_hand_minor, after.currency)
        money.append(words._("in her hands {amount}").format(amount=held))
    frame.text(words._("Must end on: {balances}").format(balances=", ".join(money)), 11, MEDIUM)
    if why := overpaid_line(words, booklet.overpaid_minor, booklet.debt_minor, after.currency):
        frame.text(words._("{what}: {name}").format(what=words._("Debt left"), name=why), 11)


def read_aloud(after: AfterMeeting, words: Words, printed: Printed) -> Paper:
    """The cards to read aloud, in large letters, for a room without a screen."""
    frame = _frame(after, words._("Read aloud"), words, printed)
    for card in after.cards:
        _card(frame, after, card, words)
    return frame.finish()


def _card(frame: Frame, after: AfterMeeting, card: MemberAfter, words: Words) -> None:
    lines = card_lines(words, card, after.currency)
    name = ledger_words.person(card.number, card.name) + (f" ({card.father})" if card.father else "")
    line = READ_SIZE * LEADING
    title = wrapped(name, READ_SIZE + 2, BOLD, frame.width)
    label = frame.width * 0.5
    heights = [len(wrapped(word, READ_SIZE, 400, label - 6)) * line for word, _ in lines]
    frame.need(len(title) * (READ_SIZE + 2) * LEADING + sum(heights) + 16)
    frame.text(name, READ_SIZE + 2, BOLD)
    for (word, figure), height in zip(lines, heights, strict=True):
        frame.need(height)
        for index, text in enumerate(wrapped(word, READ_SIZE, 400, label - 6)):
            frame.pages.text(frame.left, frame.y + READ_SIZE + index * line, text, READ_SIZE)
        frame.pages.text(
            frame.left + label,
            frame.y + READ_SIZE,
            figure,
            READ_SIZE,
            BOLD,
            align=Align.RIGHT,
            width=frame.width - label,
        )
        frame.y += height
    frame.y += 4
    frame.pages.rule(frame.left, frame.y, frame.width)
    frame.y += 8
