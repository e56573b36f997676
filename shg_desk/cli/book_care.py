"""`shg-desk book check|info|backup|restore|recovery`: is it sound, what is in it, keeping it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from shg_desk.actions import care
from shg_desk.actions.care import Looked
from shg_desk.actions.key_care import save_recovery_sheet
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import Caller
from shg_desk.domain.money import major
from shg_desk.i18n import formats
from shg_desk.i18n import record_words


def looked_at(looked: Looked) -> dict[str, Any]:
    """The fields every verb about a whole book gives."""
    return {
        "ok": looked.is_sound,
        "operations": looked.counts.operations,
        "entries": looked.counts.entries,
        "groups": looked.counts.groups,
        "digest": looked.digest,
    }


def _lines(caller: Caller, looked: Looked) -> list[str]:
    words, counts = caller.words, looked.counts
    return [
        words.n_("{n} record", "{n} records", counts.operations).format(n=counts.operations),
        words.n_("{n} line of the ledger", "{n} lines of the ledger", counts.entries).format(n=counts.entries),
        words.n_("{n} group", "{n} groups", counts.groups).format(n=counts.groups),
    ]


@click.command("check")
@click.pass_obj
def check(caller: Caller) -> None:
    """Count everything again from the records: chains, sums, totals, guards."""
    desk = caller.open()
    try:
        looked = care.check_book(desk, caller.progress(caller.words._("Checking")))
    finally:
        desk.close()
    good = [caller.words._("The book is sound.")] if looked.is_sound else []
    caller.answer(looked_at(looked), [*_lines(caller, looked), *good], looked.problems)


@click.command("info")
@click.option("--months", is_flag=True, help="what each group has in each month, too")
@click.pass_obj
def info(caller: Caller, months: bool) -> None:
    """What the book is, how much is in it, and how far its records have come."""
    desk = caller.open()
    try:
        about = care.about(desk)
    finally:
        desk.close()
    value = {
        **looked_at(about.looked),
        "states": dict(about.states),
        "held": about.waiting["held"],
        "quarantined": about.waiting["quarantined"],
        "name": about.name,
        "role": about.role,
        "currency": about.currency,
        "device": about.device,
        "office": about.office,
        "practice": about.is_practice,
    }
    if months:
        value["months"] = [
            {
                "group": one.group,
                "month": one.month,
                "entries": one.entries,
                "debit": major(one.debit_minor),
                "digest": one.digest,
            }
            for one in about.buckets
        ]
    lines = [about.name, *_lines(caller, about.looked)]
    told = {record_words.word(caller.words, record_words.STATES, state): n for state, n in about.states.items()}
    lines += [f"{state}: {formats.number(caller.words, n)}" for state, n in told.items()]
    caller.answer(value, lines, about.looked.problems)


@click.command("backup")
@click.argument("folder", type=PATH, metavar="DIR")
@click.pass_obj
def backup(caller: Caller, folder: Path) -> None:
    """Make a backup in the folder DIR and prove it by opening it."""
    desk = caller.open()
    try:
        made = care.back_up(desk, folder, caller.progress(caller.words._("Making a backup"))).value
    finally:
        desk.close()
    label = made.label
    value = {
        "ok": True,
        "file": str(made.file),
        "operations": label.operations,
        "entries": label.entries,
        "groups": label.groups,
        "digest": label.digest,
    }
    caller.answer(value, [caller.words._("The backup is made and was proved: {path}").format(path=made.file)])


@click.command("restore")
@click.argument("file", type=PATH)
@click.argument("path", type=PATH)
@click.pass_obj
def restore(caller: Caller, file: Path, path: Path) -> None:
    """Put the backup FILE into the new folder PATH, open it and check it."""
    looked = care.restore_book(file, path, caller.passphrase())
    lines = [caller.words._("The book is restored: {path}").format(path=path), *_lines(caller, looked)]
    caller.answer({"path": str(path), **looked_at(looked)}, lines, looked.problems)


@click.command("recovery")
@click.option("--out", type=PATH, required=True)
@click.option("--sheet", type=PATH, help="a PDF with a new code that opens the book without its passphrase")
@click.pass_obj
def recovery(caller: Caller, out: Path, sheet: Path | None) -> None:
    """Write the keys that open this book's parcels, as the program age reads them."""
    desk = caller.open()
    try:
        value = {"path": str(out), "fingerprint": care.write_identity(desk, out)}
        if sheet is not None:
            save_recovery_sheet(desk, sheet, caller.words)
            value["sheet"] = str(sheet)
    finally:
        desk.close()
    text = caller.words._("Who has this file can read every parcel sent to this book. Keep it locked away: {path}")
    caller.answer(value, [text.format(path=out)])


COMMANDS = (check, info, backup, restore, recovery)
