"""`shg-desk enrol …`: laptops and offices come to know each other; `--book` says whose side."""

from __future__ import annotations

from pathlib import Path

import click

from shg_desk.actions import enrolment
from shg_desk.actions import registry
from shg_desk.actions.changes import Outcome
from shg_desk.actions.enrolment import Granted
from shg_desk.cli import office_end
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import Caller
from shg_desk.i18n import record_words
from shg_desk.store.exchange import EVERY_GROUP


@click.group("enrol")
def command() -> None:
    """Laptops and offices come to know each other."""


def _answer(caller: Caller, outcome: Outcome[Granted], out: Path | None, text: str) -> None:
    granted = outcome.value
    value = {
        "fingerprint": granted.fingerprint,
        "device": granted.device,
        "compared": granted.compared,
        "path": str(out) if out else None,
    }
    digits = caller.words._("Figures to compare by phone: {digits}")
    caller.answer(value, [text, digits.format(digits=registry.shown_digits(granted.fingerprint))], outcome.warnings)


@command.command("request")
@click.option("--out", type=PATH, required=True)
@click.pass_obj
def request(caller: Caller, out: Path) -> None:
    """Write this laptop's request to join, for the office."""
    desk = caller.open()
    try:
        outcome = enrolment.request_enrolment(desk, out)
    finally:
        desk.close()
    _answer(caller, outcome, out, caller.words._("The request is written: {path}").format(path=out))


@command.command("grant")
@click.argument("file", type=PATH, metavar="REQUEST")
@click.option("--out", type=PATH, required=True)
@click.option("--fingerprint", help="the 30 figures read out by the laptop's side")
@click.option("--groups", default="", metavar="all|CODE,...", help="groups the laptop may have besides its own")
@click.option("--label", default="", help="what the office calls this laptop")
@click.pass_obj
def grant(caller: Caller, file: Path, out: Path, fingerprint: str | None, groups: str, label: str) -> None:
    """The office takes a laptop in."""
    words = [word.strip() for word in groups.split(",") if word.strip()]
    codes = tuple(EVERY_GROUP if word == "all" else word for word in words)
    desk = caller.open()
    try:
        outcome = enrolment.grant_enrolment(desk, file, out, groups=codes, typed_fingerprint=fingerprint, label=label)
    finally:
        desk.close()
    _answer(caller, outcome, out, caller.words._("The answer is written: {path}").format(path=out))


@command.command("accept")
@click.argument("file", type=PATH, metavar="GRANT")
@click.option("--fingerprint", help="the 30 figures read out by the office")
@click.pass_obj
def accept(caller: Caller, file: Path, fingerprint: str | None) -> None:
    """The laptop takes the office's answer."""
    desk = caller.open()
    try:
        outcome = enrolment.accept_grant(desk, file, fingerprint)
    finally:
        desk.close()
    _answer(caller, outcome, None, caller.words._("This laptop belongs to the office now."))


@command.command("revoke")
@click.argument("device")
@click.pass_obj
def revoke(caller: Caller, device: str) -> None:
    """The office trusts a laptop no further than what it has taken in of it."""
    desk = caller.open()
    try:
        enrolment.revoke(desk, device)
    finally:
        desk.close()
    text = caller.words._("The laptop {device} is stopped. What came of it so far stays.")
    caller.answer({"device": device, "state": "revoked"}, [text.format(device=device)])


@command.command("keys")
@click.pass_obj
def keys(caller: Caller) -> None:
    """Every known device's and the office's public keys."""
    desk = caller.open()
    try:
        known = registry.known_keys(desk)
    finally:
        desk.close()
    value = {
        "age": list(dict.fromkeys(one.age for one in known)),
        "minisign": {one.code: one.minisign for one in known},
        "devices": [
            {
                "device": one.code,
                "label": one.label,
                "state": one.state,
                "compared": one.compared,
                "fingerprint": one.fingerprint,
                "age": one.age,
                "minisign": one.minisign,
            }
            for one in known
        ],
    }
    lines = []
    for one in known:
        compared = "" if one.compared else caller.words._("not compared")
        state = record_words.word(caller.words, record_words.DEVICES, one.state)
        lines.append("\t".join((one.code, state, one.age, one.minisign, compared)).rstrip())
    caller.answer(value, lines)


command.add_command(office_end.renew)
command.add_command(office_end.leave)
