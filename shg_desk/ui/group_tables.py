"""Members, officers and versions of rules of a group as rows, and a version in sentences."""

from __future__ import annotations

from datetime import date

from shg_desk.actions.views_groups import GroupCard
from shg_desk.actions.views_groups import GroupLine
from shg_desk.actions.views_groups import MemberLine
from shg_desk.actions.views_groups import OfficerLine
from shg_desk.actions.views_groups import RulesLine
from shg_desk.domain.money import Currency
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import group_name
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.cells import money
from shg_desk.ui.rules_words import meets_short
from shg_desk.ui.rules_words import rule_lines
from shg_desk.ui.rules_words import rules_summary


def group_columns(words: Words) -> tuple[Column, ...]:
    """Heads of the list of groups."""
    return (
        Column(words._("Group"), 150, grows=2, wraps=True),
        Column(words._("Village"), 110, grows=1, wraps=True),
        Column(words._("Meets"), 110, wraps=True),
    )


def group_row(words: Words, one: GroupLine) -> Row:
    """One group of the list."""
    meets = " ".join(part for part in (meets_short(words, one.rhythm), one.rhythm.time) if part)
    if one.state == "paused":
        meets = words._("paused")
    elif one.state == "closed":
        meets = words._("closed")
    return Row((group_name(one.name, one.colour), Cell(one.village), Cell(meets, ink=tokens.INK2)), key=one.id)


def member_columns(words: Words, currency: Currency) -> tuple[Column, ...]:
    """Heads of the members."""
    unit = formats.unit(words, currency.code)
    return (
        Column("№", 48, right=True, fixed=True),
        Column(words._("Name"), 190, grows=2, wraps=True, fixed=True),
        Column(words._("Booklet"), 84),
        Column(words._("Joined"), 104),
        Column(words._("Saved, {unit}").format(unit=unit), 100, right=True, divider=True),
        Column(words._("Debt, {unit}").format(unit=unit), 100, right=True),
        Column(words._("Late"), 100, wraps=True),
    )


def member_row(words: Words, one: MemberLine, currency: Currency) -> Row:
    """One member; one who left is muted and says when."""
    name = one.name or words._("name closed")
    late = EMPTY
    if one.late_days:
        days = formats.days(words, one.late_days)
        late = Cell(days, icon="triangle", icon_ink=tokens.AMBERMARK, weight=tokens.MEDIUM)
    if one.died is not None:
        late = Cell(words._("died {date}").format(date=formats.date(one.died)), ink=tokens.INK2)
    elif one.left is not None:
        late = Cell(words._("left {date}").format(date=formats.date(one.left)))
    cells = (
        Cell(one.number, ink=tokens.INK2),
        link(name),
        Cell(one.booklet),
        Cell(formats.date(one.joined) if one.joined else ""),
        money(formats.amount(words, one.saved_minor, currency)) if one.saved_minor else EMPTY,
        money(formats.amount(words, one.debt_minor, currency), weight=tokens.SEMIBOLD) if one.debt_minor else EMPTY,
        late,
    )
    return Row(cells, key=one.id, fill=Fill.MUTED if one.left is not None else Fill.SURFACE)


def officer_columns(words: Words) -> tuple[Column, ...]:
    """Heads of the officers."""
    return (
        Column(words._("Post"), 160, wraps=True),
        Column(words._("Who"), 230, grows=1, wraps=True),
        Column(words._("Since"), 110),
        Column(words._("Until"), 150, wraps=True),
    )


def officer_row(words: Words, one: OfficerLine, at: int) -> Row:
    """One term; past ones are muted."""
    who = f"{one.number} {one.name}" if one.name else f"№ {one.number}"
    until = formats.date(one.until) if one.until else words._("without an end")
    cells = (
        Cell(formats.post(words, one.post), weight=tokens.MEDIUM if one.now else tokens.REGULAR),
        Cell(who),
        Cell(formats.date(one.since) if one.since else ""),
        Cell(until),
    )
    return Row(cells, key=at, fill=Fill.SURFACE if one.now else Fill.MUTED)


def vacant_row(words: Words, name: str, last: date) -> Row:
    """A post that nobody holds any more."""
    nobody = Cell(words._("nobody; to be elected"), ink=tokens.AMBER, weight=tokens.MEDIUM)
    return Row(
        (Cell(formats.post(words, name), weight=tokens.MEDIUM), nobody, EMPTY, Cell(formats.date(last))), key=name
    )


def rules_columns(words: Words) -> tuple[Column, ...]:
    """Heads of the versions of the rules."""
    return (
        Column(words._("Since"), 110),
        Column(words._("What was voted"), 420, grows=1, wraps=True),
        Column(words._("Votes"), 120, wraps=True),
        Column(words._("State"), 150, wraps=True),
    )


def rules_row(words: Words, one: RulesLine, card: GroupCard) -> Row:
    """One version in sentences."""
    state = Cell(words._("in force"), icon="disc_tick", icon_ink=tokens.GREEN) if one.now else EMPTY
    if one.unsettled:
        state = Cell(words._("two versions: settle"), icon="triangle", icon_ink=tokens.AMBERMARK)
    text = rules_summary(words, one.rules, card.currency)
    votes = words._("not written")
    if one.votes is not None:
        votes = words._("{n} for, {against} against").format(n=one.votes[0], against=one.votes[1])
    cells = (Cell(formats.date(one.since), weight=tokens.MEDIUM), Cell(text), Cell(votes, ink=tokens.INK2), state)
    return Row(cells, key=one.name)


def agreed_columns(words: Words, one: RulesLine) -> tuple[Column, ...]:
    """Heads of one version in full."""
    since = words._("What is agreed from {date}").format(date=formats.date(one.since))
    return (Column(words._("Rule"), 240, wraps=True), Column(since, 400, grows=1, wraps=True))


def agreed_rows(words: Words, one: RulesLine, card: GroupCard) -> list[Row]:
    """Every rule of one version."""
    lines = rule_lines(words, one.rules, card.currency)
    return [Row((Cell(line.label), Cell(line.agreed, weight=tokens.MEDIUM)), key=line.key) for line in lines]
