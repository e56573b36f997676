"""What the share-out's page shows in words: its table, the line of sums that ends in the box, what will be written."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from shg_desk.actions.share_out_done import ShareOutDone
from shg_desk.actions.share_outs import ShareOutWritten
from shg_desk.domain.money import Currency
from shg_desk.domain.share_plan import BY_SHARES
from shg_desk.domain.share_plan import SharePlan
from shg_desk.domain.share_plan import ShareSums
from shg_desk.domain.share_plan import note_minor
from shg_desk.domain.share_record import box_after_minor
from shg_desk.domain.share_record import has_bags
from shg_desk.domain.sheet import Ground
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.share_out_words import given_back_words
from shg_desk.i18n.share_out_words import notes_words
from shg_desk.i18n.share_out_words import unpaid_loss_words
from shg_desk.reports.share_out import ShareOutRow
from shg_desk.ui import tokens
from shg_desk.ui.parts.ahead import Line
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import money


def share_columns(words: Words) -> tuple[Column, ...]:
    """The heads: who, what she saved, her part, what of it is set off, what she gets and what she still owes."""
    return (
        Column("№", 44, right=True, fixed=True),
        Column(words._("Name"), 220, grows=2, fixed=True, wraps=True),
        Column(words._("Savings"), 130, right=True),
        Column(words._("Her part"), 110, right=True),
        Column(words._("Set off"), 110, right=True),
        Column(words._("In the hand"), 170, right=True, divider=True),
        Column(words._("Still owes"), 110, right=True, divider=True),
    )


def share_row(words: Words, one: ShareOutRow, currency: Currency) -> Row:
    """One member; an envelope that waits for her has its mark and word."""

    def cell(amount_minor: int) -> Cell:
        return money(formats.amount(words, amount_minor, currency)) if amount_minor else EMPTY

    saved = cell(one.saved_minor)
    if one.shares:
        shares = words.n_("{n} share", "{n} shares", one.shares).format(n=formats.number(words, one.shares))
        saved = money(formats.amount(words, one.saved_minor, currency), shares)
    net = money(formats.amount(words, one.net_minor, currency), weight=tokens.SEMIBOLD)
    if one.is_later:
        later = words._("for later")
        if one.paid_on is not None:
            later = words._("given {date}").format(date=formats.date(one.paid_on))
        net = money(net.text, later, icon="envelope", icon_ink=tokens.LAKE, weight=tokens.SEMIBOLD)
    fill = Fill.MUTED if one.is_later else Fill.SURFACE
    cells = (Cell(one.number, ink=tokens.INK2), Cell(one.name), saved, cell(one.part_minor), cell(one.set_off_minor))
    return Row((*cells, net, cell(one.owes_minor)), key=one.id, fill=fill)


def sums_row(words: Words, sums: ShareSums, currency: Currency) -> Row:
    """All members together."""
    figures = (sums.saved_minor, sums.part_minor, sums.set_off_minor, sums.net_minor, sums.owes_minor)
    cells = (
        EMPTY,
        Cell(words._("All together"), weight=tokens.SEMIBOLD),
        *(money(formats.amount(words, one, currency), weight=tokens.SEMIBOLD) for one in figures),
    )
    return Row(cells, fill=Fill.SUNKEN, rule=Rule.STRONG)


def plan_sums(words: Words, ground: Ground, plan: SharePlan, rows: Sequence[ShareOutRow]) -> str:
    """The line of sums: what lies in the places, what of it stays, what is divided, and the box after it."""

    def said(text: str, amount_minor: int) -> str:
        return text.format(sum=formats.money(words, amount_minor, ground.currency))

    parts = [said(words._("the group's money {sum}"), sum(ground.places_minor.values()))]
    for text, amount in (
        (words._("social fund {sum}"), plan.social_minor),
        (words._("the lender's {sum}"), plan.lenders_minor),
        (words._("owed to others {sum}"), plan.owed_minor),
        (words._("kept back {sum}"), plan.kept_minor),
    ):
        if amount:
            parts.append("− " + said(text, amount))
    parts.append("= " + said(words._("to share out {sum}"), plan.cash_minor))
    if later := plan.sums.later_minor:
        parts.append(said(words._("of it for later {sum}"), later))
    if plan.rest_minor:
        parts.append(said(words._("not divided {sum}"), plan.rest_minor))
    parts.append(_box_after(words, ground, box_after_minor(plan, ground.places_minor)))
    why = notes_words(words, (one.by_saved for one in rows), plan.unit_minor, ground.currency)
    back = given_back_words(words, (one.set_off_minor for one in rows))
    return "\n".join(filter(None, [" · ".join(parts), unpaid_loss_words(words, plan.sums, ground.currency), why, back]))


def _box_after(words: Words, ground: Ground, left_minor: int, *, written: bool = False) -> str:
    """What the box (and its bags, where it has some) holds when everybody has hers; of one that is written: held."""
    said = words._("right after it in the box: {sum}") if written else words._("box after: {sum}")
    if has_bags(ground.places_minor):
        said = words._("box and bags after: {sum}")
        if written:
            said = words._("right after it in the box and the bags: {sum}")
    return said.format(sum=formats.money(words, left_minor, ground.currency))


def done_sums(words: Words, done: ShareOutDone) -> str:
    """The same of one that is written."""
    currency = done.ground.currency

    def said(text: str, amount_minor: int) -> str:
        return text.format(sum=formats.money(words, amount_minor, currency))

    parts = [said(words._("handed out {sum}"), done.sums.handed_minor)]
    if done.sums.later_minor:
        parts.append(said(words._("for later {sum}"), done.sums.later_minor))
    parts.append(_box_after(words, done.ground, done.box_after_minor, written=True))
    if voted := ledger_words.votes(words, *done.votes, None):
        parts.append(words._("Decided by vote: {votes}").format(votes=voted))
    why = notes_words(words, (one.by_saved for one in done.rows), note_minor(done.ground), currency)
    back = given_back_words(words, (one.set_off_minor for one in done.rows))
    return "\n".join(filter(None, [" · ".join(parts), unpaid_loss_words(words, done.sums, currency), why, back]))


def written_lines(words: Words, ahead: ShareOutWritten, votes: str) -> Iterator[Line]:
    """Everything that will be written, in sum."""
    w, ground, plan, sums = words, ahead.ground, ahead.plan, ahead.plan.sums

    def sum_(amount_minor: int) -> str:
        return formats.money(words, amount_minor, ground.currency)

    yield ground.name, formats.date_with_weekday(w, ground.on), False
    by = w._("by shares") if plan.by == BY_SHARES else w._("by savings")
    yield w._("Shared out among"), f"{_members(w, len(plan.parts))}, {by}", False
    yield w._("Savings that go to nothing"), sum_(sums.saved_minor), True
    profit = w._("Profit in it") if sums.profit_minor >= 0 else w._("Loss borne")
    yield profit, sum_(abs(sums.profit_minor)), True
    if sums.set_off_minor:
        label = w._("Debts set off") if sums.set_off_minor > 0 else w._("Paid too much before, given back")
        yield label, sum_(abs(sums.set_off_minor)), True
    if plan.let_off_minor:
        yield w._("Interest to come that is not asked"), sum_(plan.let_off_minor), True
    yield w._("The group keeps back"), sum_(plan.kept_minor), True
    yield w._("Handed out now"), sum_(sums.handed_minor), True
    away = [one.member.number for one in plan.parts if one.is_absent and one.net_minor]
    if away:
        numbers = ", ".join(f"№\u00a0{number}" for number in away)
        yield w._("For later: {numbers}").format(numbers=numbers), sum_(sums.later_minor), True
    if sums.owes_minor:
        yield w._("Still owed in the new cycle"), sum_(sums.owes_minor), True
    yield w._("Decided by vote"), votes, False
    after = w._("Box and bags after") if has_bags(ground.places_minor) else w._("Box after")
    yield after, sum_(ahead.box_after_minor), True
    if why := unpaid_loss_words(w, sums, ground.currency):
        yield "", why, False


def _members(words: Words, count: int) -> str:
    return words.n_("{n} member", "{n} members", count).format(n=formats.number(words, count))


def undo_words(words: Words) -> str:
    """How it goes away again."""
    return words._("If it was a mistake: Del on its line under “Between meetings”, while nothing was counted since.")
