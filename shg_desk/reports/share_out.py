"""The list of a share-out on A4: each member's part, what was set off, what she got, and a line to sign on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shg_desk.domain.money import Currency
from shg_desk.domain.share_plan import ShareSums
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.share_out_words import given_back_words
from shg_desk.i18n.share_out_words import notes_words
from shg_desk.i18n.share_out_words import unpaid_loss_words
from shg_desk.reports.frame import Column
from shg_desk.reports.frame import Frame
from shg_desk.reports.frame import Table
from shg_desk.reports.page import A4_LANDSCAPE
from shg_desk.reports.page import Align
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed

WITH_SUMS = 2
"""So many rows at least stand on the page of the sums."""


@dataclass(frozen=True, slots=True)
class ShareOutRow:
    """One member in a share-out, minor units: savings that went to nothing, what of them was saved in shares (and how
    many `shares`, where they are counted), her part, what of it was set off, what is handed to her or waits for her
    (`is_later`; `paid_on` when it was given to her), what she still owes.
    """

    id: str
    number: str
    name: str
    saved_minor: int
    shares: int | None
    part_minor: int
    set_off_minor: int
    net_minor: int
    is_later: bool
    owes_minor: int
    in_shares_minor: int = 0
    paid_on: date | None = None

    @property
    def by_saved(self) -> tuple[str, int, int, int]:
        """Who she is, what she stood with in the division (of it in shares), and her part."""
        return self.id, self.saved_minor, self.in_shares_minor, self.part_minor

    @property
    def sums(self) -> ShareSums:
        """Her line as the foot takes it."""
        handed, later = (0, self.net_minor) if self.is_later else (self.net_minor, 0)
        return ShareSums(self.saved_minor, self.part_minor, self.set_off_minor, handed, later, self.owes_minor)


@dataclass(frozen=True, slots=True)
class ShareOutPaper:
    """A share-out as its list shows it, with the `sums` at its foot; `box_minor` is what the box (and its bags, where
    it `has_bags`) holds after it, `social_minor` the social fund, `note_minor` the smallest note.
    """

    group: str
    code: str
    on: date
    currency: Currency
    rows: tuple[ShareOutRow, ...]
    sums: ShareSums
    box_minor: int
    social_minor: int
    votes: tuple[int | None, int | None] = (None, None)
    has_bags: bool = False
    note_minor: int = 1


def share_out_paper(shared: ShareOutPaper, words: Words, printed: Printed) -> Paper:
    """A row a member in the group's order; she who is not there signs when her envelope is given to her."""
    title = words._("Share-out")
    group = f"{shared.group} ({shared.code})"
    frame = Frame(words, printed, title=f"{title}, {group}", running=f"{group} · {title}", size=A4_LANDSCAPE)
    day = formats.date_with_weekday(words, shared.on)
    frame.title(f"{title}, {shared.group}", f"{group} · {day} · {formats.unit(words, shared.currency.code)}")

    def amount(amount_minor: int) -> str:
        return formats.amount(words, amount_minor, shared.currency) if amount_minor else ""

    by_shares = any(one.in_shares_minor for one in shared.rows)
    table = Table(
        frame,
        (
            Column("№", 11, Align.RIGHT),
            Column(words._("Name")),
            *([Column(words._("Shares"), 34, Align.RIGHT)] if by_shares else []),
            Column(words._("Savings"), 24, Align.RIGHT),
            Column(words._("Her part"), 24, Align.RIGHT),
            Column(words._("Set off"), 22, Align.RIGHT),
            Column(words._("In the hand"), 24, Align.RIGHT),
            Column(words._("For later"), 22, Align.RIGHT),
            Column(words._("Still owes"), 22, Align.RIGHT),
            Column(words._("Signature"), 34 if by_shares else 42),
        ),
        row_mm=9,
    )
    for below, one in zip(range(len(shared.rows), 0, -1), shared.rows, strict=True):
        shares = [_shares(words, one, shared.currency)] if by_shares else []
        table.row(
            (one.number, one.name, *shares, *map(amount, _figures(one.sums)), ""),
            keep=below if below <= WITH_SUMS else 0,
        )
    none = [""] if by_shares else []
    table.row(("", words._("All together"), *none, *map(amount, _figures(shared.sums)), ""), total=True)
    table.finish()
    frame.space(8)

    def money(amount_minor: int) -> str:
        return formats.money(words, amount_minor, shared.currency)

    afterwards = words._("In the box afterwards: {sum}")
    if shared.has_bags:
        afterwards = words._("In the box and the bags afterwards: {sum}")
    frame.text(afterwards.format(sum=money(shared.box_minor)), 12)
    if shared.social_minor:
        frame.text(words._("Social fund, not shared out: {sum}").format(sum=money(shared.social_minor)), 11)
    if voted := ledger_words.votes(words, *shared.votes, None):
        frame.text(words._("Decided by vote: {votes}").format(votes=voted), 11)
    if why := unpaid_loss_words(words, shared.sums, shared.currency):
        frame.text(why, 11)
    if why := notes_words(words, (one.by_saved for one in shared.rows), shared.note_minor, shared.currency):
        frame.text(why, 11)
    if why := given_back_words(words, (one.set_off_minor for one in shared.rows)):
        frame.text(why, 11)
    frame.heading(words._("Before the pay-out: the money was counted, every part was read aloud"))
    frame.signatures([words._("Treasurer"), words._("Witness")])
    frame.heading(words._("After the pay-out"))
    frame.signatures([words._("Leader"), words._("Treasurer"), words._("Secretary")])
    return frame.finish()


def _figures(sums: ShareSums) -> tuple[int, ...]:
    """In the order of the columns."""
    return (
        sums.saved_minor,
        sums.part_minor,
        sums.set_off_minor,
        sums.handed_minor,
        sums.later_minor,
        sums.owes_minor,
    )


def _shares(words: Words, one: ShareOutRow, currency: Currency) -> str:
    """Number, price and value: `12 × 50 = 600`; the value alone where they had several prices."""
    value = formats.amount(words, one.in_shares_minor, currency)
    if not one.shares:
        return value if one.in_shares_minor else ""
    price = formats.amount(words, one.in_shares_minor // one.shares, currency)
    return f"{formats.number(words, one.shares)} × {price} = {value}"
