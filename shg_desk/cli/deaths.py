"""`shg-desk meeting death`: a member has died; what she had and owed is settled as the group voted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import click

from shg_desk.actions.death import Death
from shg_desk.actions.death import DeathAhead
from shg_desk.actions.death import preview_death
from shg_desk.actions.death import write_death
from shg_desk.actions.death_account import plan_undo
from shg_desk.actions.death_account import undo_death
from shg_desk.actions.death_estate import death_view
from shg_desk.actions.desk import Desk
from shg_desk.actions.ledgers import group_meant
from shg_desk.cli.imports import IsoDate
from shg_desk.cli.telling import Caller
from shg_desk.domain.death import BELOW
from shg_desk.domain.death import CHOICES
from shg_desk.domain.death import KEPT
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import major
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.i18n import death_words
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import Words
from shg_desk.store import groups as group_store

NOT_RECORDED: tuple[object, ...] = (None, None, {}, "", None, None, "")
"""Day, day settled, debts, grant, votes and heir where nothing is recorded."""


class DebtType(click.ParamType[tuple[str, str]]):
    """`set-off`, `forgiven` or `kept` for every debt, or of one: `L-3=forgiven`, `fines=kept`, `hand=set-off`."""

    name = "debt"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The debt (empty: every one) and the choice."""
        if isinstance(value, tuple):
            return value
        key, _, choice = str(value).rpartition("=")
        if choice not in CHOICES:
            self.fail(f"{value!r}: {' '.join(CHOICES)}", param, ctx)
        return key, choice


@click.command("death")
@click.option("--group", "code", required=True)
@click.option("--member", "number", required=True, help="her number in the group")
@click.option("--date", "on", type=IsoDate(), help="the day she died")
@click.option("--settled", "settled_on", type=IsoDate(), help="the day the group decided; today where it is not said")
@click.option("--debt", "debts", type=DebtType(), multiple=True, metavar="[DEBT=]set-off|forgiven|kept")
@click.option("--grant", "grant", default="", help="paid to the family from the social fund, in cash")
@click.option("--votes-for", type=click.IntRange(0))
@click.option("--votes-against", type=click.IntRange(0))
@click.option("--heir", default="", help="to whom the rest is to be paid")
@click.option("--take-back", "reason", metavar="REASON", help="it was recorded by mistake")
@click.option("--dry-run", is_flag=True, help="tell what would happen; write nothing")
@click.pass_obj
def death(
    caller: Caller,
    code: str,
    number: str,
    on: date | None,
    settled_on: date | None,
    debts: Sequence[tuple[str, str]],
    grant: str,
    votes_for: int | None,
    votes_against: int | None,
    heir: str,
    reason: str | None,
    dry_run: bool,
) -> None:
    """A member has died: membership and posts end, debts go as voted, the rest is payable to her heirs."""
    said = dict(debts)
    if len(said) < len(debts):  # one debt cannot go two ways
        raise click.UsageError(" ".join(f"--debt {key}={choice}".replace(" =", " ") for key, choice in debts))
    if reason is not None and (on, settled_on, said, grant, votes_for, votes_against, heir) != NOT_RECORDED:
        raise click.UsageError("--take-back REASON --group CODE --member NUMBER [--dry-run]")
    desk = caller.open()
    try:
        member = _member(desk, code, number)
        view = death_view(desk, member, on, settled_on)
        caller.currency = view.currency
        if reason is not None:
            _take_back(caller, desk, member, reason, {"group": code, "member": number}, dry_run=dry_run)
            return
        if on is None:
            raise click.UsageError("--date YYYY-MM-DD")
        choices = dict.fromkeys([debt.key for debt in view.estate.debts], said.pop("", KEPT))
        grant_minor = _amount(grant, view.currency.minor_digits)
        asked = Death(
            member, on, view.settled_on, {**choices, **said}, grant_minor, votes=(votes_for, votes_against), heir=heir
        )
        ahead = preview_death(desk, asked)
        who = view.number, view.name, on
        asked = replace(asked, decided=death_words.decision_words(caller.words, *who, ahead.settled, view.currency))
        profile = between = None
        if not dry_run:
            recorded = write_death(desk, asked, seen=ahead.settled).value
            profile, between = recorded.profile, recorded.between
    finally:
        desk.close()
    value = {**_value(ahead), "recorded": not dry_run, "profile": profile, "between": between}
    caller.answer(value, _lines(caller.words, ahead, dry_run=dry_run), ahead.warnings)


def _take_back(caller: Caller, desk: Desk, member: str, reason: str, value: dict[str, Any], *, dry_run: bool) -> None:
    """Takes it back, or tells what that would do to the money."""
    if not reason.strip():
        raise KnownError(Problem(Code.REASON_MISSING, "reason"))
    preview = plan_undo(desk, member)
    name = None if dry_run else undo_death(desk, member, reason).value
    back = caller.words._("Her death is taken back; everything is as it was.")
    said = caller.words._("Nothing was written.") if dry_run else back
    warnings = preview.warnings if preview is not None else ()
    caller.answer({**value, "taken_back": not dry_run, "correction": name}, [said], warnings)


def _member(desk: Desk, code: str, number: str) -> str:
    group = group_meant(desk, code).id
    found = group_store.memberships_by_number(desk.book, group, number)
    if len(found) != 1:
        raise KnownError(Problem(Code.MEMBER_UNKNOWN, "member", {"member": number}))
    return found[0].id


def _amount(text: str, minor_digits: int) -> int:
    try:
        return parse_amount(text, minor_digits) if text else 0
    except AmountError as trouble:
        raise KnownError(Problem(trouble.code, "grant", {"text": text})) from trouble


def _value(ahead: DeathAhead) -> dict[str, Any]:
    view, settled = ahead.view, ahead.settled
    digits = view.currency.minor_digits
    return {
        "group": view.group_code,
        "member": view.number,
        "died": view.on.isoformat(),
        "settled": view.settled_on.isoformat(),
        "saved": {code.partition(".")[2]: major(amount, digits) for code, amount in view.estate.saved_minor.items()},
        "ahead": major(view.estate.ahead_minor, digits),
        "paid_too_much": [{"debt": one.said, "amount": major(one.whole_minor, digits)} for one in view.estate.brought],
        "below_zero": {code: major(taken, digits) for code, taken in view.estate.covered_minor.items()},
        "debts": [
            {
                "debt": one.debt.said,
                "choice": one.choice,
                "owed": major(one.debt.owed_minor, digits),
                "set_off": major(one.set_off_minor, digits),
                "forgiven": major(one.forgiven_minor, digits),
                "left": major(one.left_minor, digits),
            }
            for one in settled.decided
        ],
        "grant": major(settled.grant_minor, digits),
        "payable": major(settled.payable_minor, digits),
        "guarantees": [
            {"loan": one.loan, "member": one.number, "left": major(one.left_minor, digits)} for one in view.guarantees
        ],
        "posts": list(view.posts),
        "profit": "decided-by-the-group" if view.shares_out else "not-shared",
    }


def _lines(words: Words, ahead: DeathAhead, *, dry_run: bool) -> list[str]:
    settled, currency = ahead.settled, ahead.view.currency

    def line(what: str, amount_minor: int) -> str:
        return words._("{what}: {name}").format(what=what, name=formats.money(words, amount_minor, currency))

    lines = [line(death_words.has_words(words, code), a) for code, a in ahead.view.estate.saved_minor.items()]
    lines += [line(death_words.brought_words(words, one.said), one.whole_minor) for one in ahead.view.estate.brought]
    for code, taken in ahead.view.estate.covered_minor.items():
        lines.append(line(death_words.decided_words(words, BELOW, code), -taken))
    for decided in settled.decided:
        lines.append(line(death_words.decided_words(words, decided.choice, decided.debt.said), decided.debt.owed_minor))
    lines.append(line(words._("Still to be paid out to the heirs"), settled.payable_minor))
    lines.append(words._("Nothing was written.") if dry_run else words._("It is written."))
    return lines
