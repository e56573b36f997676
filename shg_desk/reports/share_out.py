"""The list of a share-out on A4: each member's part, what was set off, what she got, and a line to sign on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shg_desk.domain.money import Currency
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.reports.frame import Column
from shg_desk.reports.frame import Frame
from shg_desk.reports.frame import Table
from shg_desk.reports.page import A4_LANDSCAPE
from shg_desk.reports.page import Align
from shg_desk.reports.page import Paper
from shg_desk.reports.page import Printed


@dataclass(frozen=True, slots=True)
class ShareOutRow:
    """One member in a share-out, minor units: savings that went to nothing (`shares` held, where they are counted), her
    part, what of it was set off, what is handed to her or waits for her (`is_later`), what she still owes.
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


@dataclass(frozen=True, slots=True)
class ShareOutPaper:
    """A share-out as its list shows it; `box_minor` is what the box (and its bags, where it
    `has_bags`) holds after it, `social_minor` the social fund.
    """

    group: str
    code: str
    on: date
    currency: Currency
    rows: tuple[ShareOutRow, ...]
    box_minor: int
    social_minor: int
    votes: tuple[int | None, int | None] = (None, None)
    has_bags: bool = False


def share_out_paper(shared: ShareOutPaper, words: Words, printed: Printed) -> Paper:
    """A row a member in the group's order; she who is not there signs when her envelope is given to her."""
    title = words._("Share-out")
    group = f"{shared.group} ({shared.code})"
    frame = Frame(words, printed, title=f"{title}, {group}", running=f"{group} · {title}", size=A4_LANDSCAPE)
    day = formats.date_with_weekday(words, shared.on)
    frame.title(f"{title}, {shared.group}", f"{group} · {day} · {formats.unit(words, shared.currency.code)}")

    def amount(amount_minor: int) -> str:
        return formats.amount(words, amount_minor, shared.currency) if amount_minor else ""

    table = Table(
        frame,
        (
            Column("№", 12, Align.RIGHT),
            Column(words._("Name")),
            Column(words._("Savings"), 26, Align.RIGHT),
            Column(words._("Her part"), 26, Align.RIGHT),
            Column(words._("Set off"), 26, Align.RIGHT),
            Column(words._("In the hand"), 28, Align.RIGHT),
            Column(words._("For later"), 26, Align.RIGHT),
            Column(words._("Still owes"), 26, Align.RIGHT),
            Column(words._("Signature"), 42),
        ),
        row_mm=9,
    )
    rows = shared.rows
    for one in rows:
        hand, later = (0, one.net_minor) if one.is_later else (one.net_minor, 0)
        figures = (one.saved_minor, one.part_minor, one.set_off_minor, hand, later, one.owes_minor)
        table.row((one.number, one.name, *map(amount, figures), ""))
    sums = (
        sum(one.saved_minor for one in rows),
        sum(one.part_minor for one in rows),
        sum(one.set_off_minor for one in rows),
        sum(one.net_minor for one in rows if not one.is_later),
        sum(one.net_minor for one in rows if one.is_later),
        sum(one.owes_minor for one in rows),
    )
    table.row(("", words._("All together"), *map(amount, sums), ""), total=True)
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
    frame.space(8)
    frame.signatures([words._("Leader"), words._("Treasurer"), words._("Secretary")])
    return frame.finish()
