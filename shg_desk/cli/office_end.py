"""`shg-desk enrol renew` and `enrol leave`: what is done when an office closes."""

from __future__ import annotations

import click

from shg_desk.actions import leaving
from shg_desk.actions import office_keys
from shg_desk.actions import registry
from shg_desk.cli.telling import Caller


@click.command("renew")
@click.pass_obj
def renew(caller: Caller) -> None:
    """The office makes new keys, for whoever keeps its book from now on."""
    desk = caller.open()
    try:
        outcome = office_keys.renew_office_keys(desk)
    finally:
        desk.close()
    words, value = caller.words, outcome.value
    digits = words._("Figures to compare by phone: {digits}").format(digits=registry.shown_digits(value.fingerprint))
    text = words.n_(
        "{n} laptop hears of them with its next receipt.",
        "{n} laptops hear of them with their next receipts.",
        value.laptops,
    ).format(n=value.laptops)
    lines = [words._("This office has new keys"), digits, *([text] if value.laptops else [])]
    caller.answer({"fingerprint": value.fingerprint, "laptops": value.laptops}, lines, outcome.warnings)


@click.command("leave")
@click.option("--reason", required=True, help="why; it is kept")
@click.pass_obj
def leave(caller: Caller, reason: str) -> None:
    """The laptop goes on as a book of its own, without its office."""
    desk = caller.open()
    try:
        outcome = leaving.leave_office(desk, reason)
    finally:
        desk.close()
    left = outcome.value
    text = caller.words._("This book goes on without the office {office}").format(office=left.name)
    value = {"office": left.code, "name": left.name, "confirmed": left.records, "reason": left.reason}
    caller.answer(value, [text], outcome.warnings)
