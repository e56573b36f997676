"""Members, officers and versions of rules of a group as rows, and a version in sentences."""

from __future__ import annotations

from datetime import date

from shg_desk.actions.views_groups import GroupCard
from shg_desk.actions.views_groups import GroupLine
from shg_desk.actions.views_groups import MemberLine
from shg_desk.actions.views_groups import OfficerLine
from shg_desk.actions.views_groups import RulesLine
from shg_desk.domain.money import Currency
from shg_desk.domain.rules import Rules
from shg_desk.i18n import formats
from shg_desk.i18n import ledger_words
from shg_desk.i18n.catalog import Words
from shg_desk.ui import tokens
from shg_desk.ui.group_forms import LIFECYCLES
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.cells import money
from shg_desk.ui.today_words import post

MONDAY = date(2024, 1, 1)


def group_columns(words: Words) -> tuple[Column, ...]:
    """Heads of the list of groups."""
    return (
        Column(words._("Group"), 150, grows=2, wraps=True),
        Column(words._("Village"), 110, grows=1, wraps=True),
        Column(words._("Meets"), 110, wraps=True),
    )


def group_row(words: Words, one: GroupLine) -> Row:
    """One group of the list."""
    meets = formats.weekday_short(words, MONDAY.replace(day=1 + one.weekday)) if one.weekday is not None else ""
    meets = " ".join(part for part in (meets, one.time) if part)
    if one.state == "paused":
        meets = words._("paused")
    elif one.state == "closed":
        meets = words._("closed")
    return Row((Cell(one.name), Cell(one.village), Cell(meets, ink=tokens.INK2)), key=one.id)


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
    if one.left is not None:
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
        Cell(post(words, one.post), weight=tokens.MEDIUM if one.now else tokens.REGULAR),
        Cell(who),
        Cell(formats.date(one.since) if one.since else ""),
        Cell(until),
    )
    return Row(cells, key=at, fill=Fill.SURFACE if one.now else Fill.MUTED)


def rules_columns(words: Words) -> tuple[Column, ...]:
    """Heads of the versions of the rules."""
    return (
        Column(words._("Since"), 110),
        Column(words._("What was voted"), 420, grows=1, wraps=True),
        Column(words._("State"), 150, wraps=True),
    )


def rules_row(words: Words, one: RulesLine, card: GroupCard) -> Row:
    """One version in sentences."""
    state = Cell(words._("in force"), icon="disc_tick", icon_ink=tokens.GREEN) if one.now else EMPTY
    if one.unsettled:
        state = Cell(words._("two versions: settle"), icon="triangle", icon_ink=tokens.AMBERMARK)
    text = rules_words(words, one.rules, card.currency)
    cells = (Cell(formats.date(one.since), weight=tokens.MEDIUM), Cell(text), state)
    return Row(cells, key=one.name)


def rules_words(words: Words, rules: Rules, currency: Currency) -> str:
    """A version of the rules in a few phrases; what is not agreed is left out."""

    def sum_of(amount_minor: int) -> str:
        return formats.money(words, amount_minor, currency)

    parts = []
    kind = next((words.say(text) for code, text in LIFECYCLES if code == rules.lifecycle), "")
    if kind:
        parts.append(kind)
    if rules.weekday is not None:
        day = formats.weekday(words, MONDAY.replace(day=1 + rules.weekday))
        every = words.n_("every week", "every {n} weeks", rules.every_weeks or 1).format(n=rules.every_weeks)
        parts.append(" ".join(part for part in (day, every, rules.time) if part))
    for product in rules.savings:
        name = ledger_words.column(words, f"saving.{product.code}").lower()
        parts.append(f"{name} {sum_of(product.amount_minor)}" if product.amount_minor else name)
    if rules.share_price_minor:
        span = f"{rules.shares_min}\u2013{rules.shares_max}" if rules.shares_max else str(rules.shares_min)
        parts.append(words._("a share {sum}, {span} a meeting").format(sum=sum_of(rules.share_price_minor), span=span))
    if rules.social_minor:
        parts.append(words._("social fund {sum}").format(sum=sum_of(rules.social_minor)))
    if rules.loan_terms:
        parts.append(words._("loans {terms}").format(terms=ledger_words.terms(words, rules.loan_terms)))
    if rules.loan_multiple is not None:
        parts.append(words._("at most {n} times the savings").format(n=rules.loan_multiple))
    fines = [
        f"{ledger_words.why(words, one.why)} {sum_of(one.amount_minor)}" for one in rules.fines if one.amount_minor
    ]
    if fines:
        parts.append(words._("fines: {list}").format(list=", ".join(fines)))
    if rules.quorum_percent:
        parts.append(words._("quorum {n} %").format(n=rules.quorum_percent))
    return "; ".join(parts)
