"""`shg-desk meeting share-out`: the share-out of a group, as its page writes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from shg_desk.cli.imports import IsoDate
from shg_desk.cli.telling import Caller
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import major
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats


@click.command("share-out")
@click.option("--group", required=True, metavar="CODE")
@click.option("--date", "on", type=IsoDate(), required=True)
@click.option("--keep", metavar="AMOUNT", default="0", help="what the group keeps back")
@click.option("--absent", multiple=True, metavar="NUMBER", help="a member who is not there: her part waits for her")
@click.option("--votes-for", type=click.IntRange(min=0))
@click.option("--votes-against", type=click.IntRange(min=0))
@click.option("--dry-run", is_flag=True, help="tell what would be written; write nothing")
@click.pass_obj
def share_out(
    caller: Caller,
    group: str,
    on: date,
    keep: str,
    absent: tuple[str, ...],
    votes_for: int | None,
    votes_against: int | None,
    dry_run: bool,
) -> None:
    """Share out a group's money among its members, net of what they owe."""
    from shg_desk.actions import share_outs  # the drawing library is loaded only where it is needed
    from shg_desk.actions.ledgers import group_meant
    from shg_desk.store.groups import currency_of

    desk = caller.open()
    try:
        gid = group_meant(desk, group).id
        caller.currency = currency = currency_of(desk.book, gid)
        try:
            kept = parse_amount(keep, currency.minor_digits, grouped=False)
        except AmountError as error:
            raise KnownError(Problem(error.code, "keep", {"text": keep})) from error
        asked = share_outs.ShareOutAsked(gid, on, kept, absent, (votes_for, votes_against))
        done = share_outs.record_share_out(desk, asked, caller.words, dry_run=dry_run).value
    finally:
        desk.close()
    plan, ground = done.plan, done.ground

    def amount(amount_minor: int) -> str:
        return major(amount_minor, currency.minor_digits)

    value: dict[str, Any] = {
        "record": done.name,
        "recorded": done.name is not None,
        "group": ground.code,
        "date": ground.on.isoformat(),
        "by": plan.by,
        "cash": amount(plan.cash_minor),
        "kept": amount(plan.kept_minor),
        "social": amount(plan.social_minor),
        "set_off": amount(plan.sums.set_off_minor),
        "handed_out": amount(plan.handed_minor),
        "payable": amount(plan.sums.later_minor),
        "not_divided": amount(plan.rest_minor),
        "box_after": amount(done.box_after_minor),
        "members": [
            {
                "member": one.number,
                "saved": amount(one.saved_minor),
                "part": amount(one.part_minor),
                "set_off": amount(one.set_off_minor),
                "paid": amount(0 if one.is_later else one.net_minor),
                "payable": amount(one.net_minor if one.is_later else 0),
                "still_owes": amount(one.owes_minor),
            }
            for one in done.rows
        ],
    }
    words = caller.words
    lines = [f"{one.number}\t{one.name}\t{formats.money(words, one.net_minor, currency)}" for one in done.rows]
    written = words._("The share-out is written.") if done.name else words._("It can be written. Nothing was written.")
    caller.answer(value, [*lines, written], list(done.warnings))
