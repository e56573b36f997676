"""`shg-desk meeting …`: what the meeting page does, from a file; the proposed sheet."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from shg_desk.actions import photos
from shg_desk.actions import sheet_files
from shg_desk.actions.sheet_files import Recorded
from shg_desk.cli.deaths import death
from shg_desk.cli.imports import IsoDate
from shg_desk.cli.share_outs import share_out
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import Caller
from shg_desk.cli.telling import read_json
from shg_desk.domain.money import major
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats


@click.group("meeting")
def command() -> None:
    """Meetings from files."""


command.add_command(share_out)


@command.command("sheet")
@click.option("--group", required=True)
@click.option("--date", "on", type=IsoDate(), required=True)
@click.pass_obj
def sheet(caller: Caller, group: str, on: date) -> None:
    """The sheet to fill in, with what is proposed for each member."""
    desk = caller.open()
    try:
        value = sheet_files.proposed(desk, group, on)
    finally:
        desk.close()
    caller.answer(value, [json.dumps(value, ensure_ascii=False, indent=1)])


@command.command("record")
@click.option("--sheet", "file", type=PATH, required=True)
@click.option("--dry-run", is_flag=True, help="tell what would happen; write nothing")
@click.pass_obj
def record(caller: Caller, file: Path, dry_run: bool) -> None:
    """Close a meeting from its sheet; a sheet with problems writes nothing."""
    data = read_json(file)
    desk = caller.open()
    try:
        recorded = sheet_files.record_sheet(desk, data, dry_run=dry_run).value
    finally:
        desk.close()
    caller.currency = recorded.ground.currency
    caller.answer(_value(recorded), _lines(caller, recorded), recorded.problems)


@command.command("photo")
@click.option("--group", required=True)
@click.option("--date", "on", type=IsoDate(), required=True)
@click.option("--caption", default="", help="a few words that are kept with the pictures, sealed")
@click.option("--out", type=PATH, metavar="DIR", help="write the photos there as files")
@click.argument("files", nargs=-1, type=PATH, metavar="FILE...")
@click.pass_obj
def photo(caller: Caller, group: str, on: date, caption: str, out: Path | None, files: tuple[Path, ...]) -> None:
    """Add photos of a meeting's signed sheet, or write them out; without either, tell which there are."""
    if files and out is not None:
        raise click.UsageError("FILE... or --out DIR")
    words, written, warnings = caller.words, list[Path](), tuple[Problem, ...]()
    desk = caller.open()
    try:
        meeting = photos.meeting_on(desk, group, on)
        if files:
            photos.add_photos(desk, meeting, files, caption, caller.progress(words._("Making the photos small")))
        elif out is not None:
            done = photos.write_photos(desk, meeting, out)
            written, warnings = done.value, done.warnings
        seen = photos.photos_of(desk, meeting)
    finally:
        desk.close()
    pages = [
        {
            "photo": one.id,
            "page": one.page,
            "bytes": one.length,
            "here": one.is_here,
            "state": one.reached or None,
            "caption": one.caption or None,
        }
        for one in seen.photos
    ]
    number = len(pages)
    lines = [words.n_("Photo of the signed sheet: {n} page", "Photo of the signed sheet: {n} pages", number)]
    lines = [lines[0].format(n=number)] + [words._("Written: {path}").format(path=path) for path in written]
    if written:
        text = words._(
            "These pictures show names and signatures of the group {group}, and whoever has the folder can see them. "
            "Delete them when they are not needed any more."
        )
        lines.append(text.format(group=seen.group_name))
    value = {"meeting": meeting, "added": len(files), "photos": pages, "files": [str(path) for path in written]}
    caller.answer(value, lines, warnings)


def _value(recorded: Recorded) -> dict[str, Any]:
    ground, cash, closed = recorded.ground, recorded.cash, recorded.closed
    numbers = {member.id: member.number for member in ground.members}

    def amount(amount_minor: int | None) -> str | None:
        return None if amount_minor is None else major(amount_minor, ground.currency.minor_digits)

    return {
        "meeting": closed.name if closed else None,
        "group": ground.code,
        "date": ground.on.isoformat(),
        "recorded": closed is not None and not recorded.dry_run,
        "entries": closed.entries if closed else 0,
        "cash": {
            "start": amount(cash.start_minor),
            "in": amount(cash.in_minor),
            "out": amount(cash.out_minor),
            "expected": amount(cash.expected_minor),
            "counted": amount(cash.counted_minor),
            "difference": amount(cash.difference_minor),
        },
        "expected": amount(cash.expected_minor),
        "counted": amount(cash.counted_minor),
        "difference": amount(cash.difference_minor),
        "loans": [
            {"member": numbers.get(loan.member, loan.member), "loan": loan.code}
            for loan in (closed.new_loans if closed else ())
        ],
    }


def _lines(caller: Caller, recorded: Recorded) -> list[str]:
    words, cash, currency = caller.words, recorded.cash, recorded.ground.currency
    lines = [words._("Should be there: {amount}").format(amount=formats.money(words, cash.expected_minor, currency))]
    if cash.counted_minor is not None:
        counted = formats.money(words, cash.counted_minor, currency)
        lines.append(words._("Counted: {amount}").format(amount=counted))
    if recorded.closed is None:
        lines.append(words._("The meeting was not recorded."))
    elif recorded.dry_run:
        lines.append(words._("The sheet can be closed. Nothing was written."))
    else:
        lines.append(words._("The meeting is recorded."))
    return lines


command.add_command(death)
