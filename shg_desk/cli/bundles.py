"""`shg-desk bundle …`: parcels out and in."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from shg_desk.actions import decisions
from shg_desk.actions import parcel_look
from shg_desk.actions import parcels_in
from shg_desk.actions import parcels_out
from shg_desk.actions.parcel_look import Look
from shg_desk.actions.received import FileOutcome
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import Caller
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.domain.problems import SurroundingsError
from shg_desk.i18n import formats
from shg_desk.i18n import record_words
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.messages import sentence


@click.group("bundle")
def command() -> None:
    """Parcels and receipts between laptops and the office."""


@command.command("export")
@click.option("--to", "folder", type=PATH, metavar="DIR", help="a stick or a folder; the book's own outbox without it")
@click.option("--send", "url", metavar="URL", help="over the net; not built yet")
@click.option("--colleague", metavar="DEVICE|all", help="records of shared groups for other laptops")
@click.option("--everything", is_flag=True, help="a laptop's records from the first one, also what the office has")
@click.pass_obj
def export(caller: Caller, folder: Path | None, url: str | None, colleague: str | None, everything: bool) -> None:
    """A laptop's parcel for its office, or an office's receipts for its laptops."""
    if url is not None:
        raise SurroundingsError(Problem(Code.EXTRA_MISSING, "--send", {"extra": "hub", "instead": "--to DIR"}))
    desk = caller.open()
    try:
        place = folder if folder is not None else desk.folder / "outbox"
        if colleague is not None:
            outcome = parcels_out.export_colleague(desk, place, colleague)
        else:
            progress = caller.progress(caller.words._("Writing"))
            outcome = parcels_out.export_parcels(desk, place, progress, everything=everything)
    finally:
        desk.close()
    sent = outcome.value
    files = [
        {
            "path": str(one.path),
            "to": one.to,
            "kind": one.kind,
            "operations": one.operations,
            "pictures": one.pictures,
            "bytes": one.bytes,
        }
        for one in sent
    ]
    lines = [caller.words._("Written and read back: {path}").format(path=one.path) for one in sent]
    value = {"files": files, "operations": sum(one.operations for one in sent)}
    nothing = [] if outcome.warnings else [caller.words._("Nothing new to send.")]
    caller.answer(value, lines or nothing, outcome.warnings)


@command.command("inspect")
@click.argument("file", type=PATH)
@click.pass_obj
def inspect(caller: Caller, file: Path) -> None:
    """What a parcel says of itself; with --book also what is inside, if it is for that book."""
    desk = caller.open() if caller.book is not None else None
    try:
        looked = parcel_look.look_at(file, desk)
    finally:
        if desk is not None:
            desk.close()
    value: dict[str, Any] = {
        "file": file.name,
        "to": looked.label.addressee,
        "from": looked.label.sender,
        "len": looked.label.length,
        "sha256": looked.label.sha256,
        "whole": looked.is_whole,
        **looked.inside,
    }
    caller.answer(value, _look_lines(caller.words, looked), looked.problems)


def _look_lines(words: Words, looked: Look) -> list[str]:
    """What a parcel says of itself, line by line."""
    inside, label = looked.inside, looked.label
    lines = [
        words._("From: {code}").format(code=label.sender),
        words._("To: {code}").format(code=label.addressee),
        words._("Size: {n} KB").format(n=formats.number(words, -(-label.length // 1000))),
    ]
    if not inside:
        return [*lines, words._("The file is whole.")] if looked.is_whole else lines
    records, pictures = int(inside["operations"]), int(inside["pictures"])
    told = words.n_("{n} record", "{n} records", records)
    return [
        record_words.word(words, record_words.PARCELS, inside["kind"]),
        *lines,
        words._("Written on {date}").format(date=formats.date(datetime.fromtimestamp(inside["made"], UTC).date())),
        words._("File {n} of {of}").format(n=inside["volume"], of=inside["volumes"]),
        *([] if pictures and not records else [told.format(n=formats.number(words, records))]),
        *([words.n_("{n} picture", "{n} pictures", pictures).format(n=pictures)] if pictures else []),
    ]


@command.command("waiting")
@click.pass_obj
def waiting(caller: Caller) -> None:
    """Records that wait for the office's decision, with the reason each was set aside for."""
    desk = caller.open()
    try:
        found = decisions.waiting_for_decision(desk)
    finally:
        desk.close()
    records = [
        {
            "record": one.name,
            "kind": one.kind,
            "group": one.group,
            "date": one.on.isoformat() if one.on else None,
            "from": one.sender,
            "code": one.code,
            "message": sentence(caller.words, Problem(Code(one.code), one.name)),
        }
        for one in found
    ]
    lines = [f"{one['record']}: {one['message']}" for one in records]
    caller.answer({"waiting": records}, lines or [caller.words._("Nothing waits for a decision.")])


@command.command("decide")
@click.argument("records", nargs=-1, metavar="RECORD...")
@click.option("--from", "sender", metavar="DEVICE", help="everything of one laptop that waits")
@click.option("--accept/--reject", "counts", required=True, help="let it count, or leave it out")
@click.option("--reason", required=True, help="why; it is kept")
@click.pass_obj
def decide(caller: Caller, records: tuple[str, ...], sender: str | None, counts: bool, reason: str) -> None:
    """The office's answer about records that were set aside (see `bundle waiting`)."""
    if bool(records) == (sender is not None):
        raise click.UsageError("RECORD... or --from DEVICE")
    desk = caller.open()
    try:
        if sender is not None:
            outcome = decisions.decide_sender(desk, sender, counts=counts, reason=reason)
        else:
            outcome = decisions.decide_records(desk, records, counts=counts, reason=reason)
    finally:
        desk.close()
    words, value = caller.words, outcome.value
    text = words.n_("{n} record decided", "{n} records decided", len(value.names)).format(n=len(value.names))
    counted = words.n_("{n} record counts now", "{n} records count now", value.counting).format(n=value.counting)
    caller.answer({"decided": list(value.names), "counting": value.counting}, [text, counted], outcome.warnings)


@command.command("import")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="FILE...|DIR")
@click.pass_obj
def import_(caller: Caller, paths: tuple[Path, ...]) -> None:
    """Take parcels in: files by name, or every parcel of a folder."""
    desk = caller.open()
    try:
        received = parcels_in.import_parcels(desk, paths, caller.progress(caller.words._("Taking in"))).value
    finally:
        desk.close()
    words, counts = caller.words, received.counts()
    value = {
        **counts,
        "released": received.released,
        "pictures": received.pictures,
        "files": [_file(one) for one in received.files],
    }
    value["waiting"] = [{"record": one.name, "state": one.state, "code": one.code} for one in received.waiting]
    lines = [
        words.n_("{n} new record", "{n} new records", received.new).format(n=received.new),
        words.n_("{n} known already", "{n} known already", received.known).format(n=received.known),
    ]
    if received.pictures:
        lines.append(words.n_("{n} new picture", "{n} new pictures", received.pictures).format(n=received.pictures))
    if received.held:
        text = words.n_("{n} waits for an earlier file", "{n} wait for an earlier file", received.held)
        lines.append(text.format(n=received.held))
    if received.quarantined:
        text = words.n_(
            "{n} waits for the office's decision", "{n} wait for the office's decision", received.quarantined
        )
        lines.append(text.format(n=received.quarantined))
    known = set(Code)
    lines += [
        f"{w.name}: {sentence(words, Problem(Code(w.code), w.name))}" for w in received.waiting if w.code in known
    ]
    if received.refused:
        text = words.n_("{n} file was not taken", "{n} files were not taken", received.refused)
        lines.append(text.format(n=received.refused))
    caller.answer(value, lines, received.problems)


def _file(one: FileOutcome) -> dict[str, Any]:
    return {
        "name": one.name,
        "from": one.sender,
        "kind": one.kind,
        "new": one.new,
        "known": one.known,
        "refused": one.problem.code.value if one.problem else None,
        "skipped": one.skipped,
    }
