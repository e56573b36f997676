"""`shg-desk demo DIR`: a sample province through the whole main job, with its papers and pictures of the window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click

from shg_desk.actions.books import open_desk
from shg_desk.actions.demo import Demo
from shg_desk.actions.demo import make_demo
from shg_desk.actions.printing import print_meeting
from shg_desk.actions.printing import print_passbooks
from shg_desk.actions.views_differences import count_open
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import SURROUNDINGS
from shg_desk.cli.telling import Caller
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Problem
from shg_desk.i18n.catalog import Words

PICTURES_SECONDS = 240
PICTURED = (("first", "ky"), ("second", "ru"), ("office", "ru"))


@click.command("demo")
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--seed", type=int, default=7, show_default=True)
@click.pass_obj
def command(caller: Caller, folder: Path, seed: int) -> None:
    """A sample province: an office and two laptops with invented villages, their parcels, papers and pictures."""
    began = time.monotonic()
    demo = make_demo(folder, seed, caller.progress(caller.words._("Making the sample province")))
    pdfs = _print(demo)
    pictures = _pictures(demo)
    office = open_desk(demo.books["office"], demo.passphrase)
    try:
        differences = count_open(office)
    finally:
        office.close()
    value: dict[str, Any] = {
        "books": {name: str(path) for name, path in demo.books.items()},
        "bundles": [str(path) for path in demo.parcels],
        "pdfs": [str(path) for path in pdfs],
        "screenshots": [str(path) for path in pictures],
        "differences": differences,
        "seconds": round(time.monotonic() - began, 1),
        "passphrase": demo.passphrase,
        "open": str(demo.books["first"]),
    }
    words = caller.words
    lines = [
        words._("The demo is in {folder}").format(folder=folder),
        words._("Its books open with the passphrase {passphrase}").format(passphrase=demo.passphrase),
    ]
    problems = [] if pictures else [Problem(Code.NO_QT_LIBRARIES, str(folder))]
    if not pictures:
        if caller.as_json:
            click.echo(json.dumps({**value, "problems": caller.problems(problems)}, ensure_ascii=False, indent=1))
        else:
            caller.tell(problems)
        sys.exit(SURROUNDINGS)
    caller.answer(value, lines)


def _print(demo: Demo) -> list[Path]:
    """A passbook of one group of each kind, and the minutes of its last meeting, in the members' language."""
    folder = demo.folder / "papers"
    folder.mkdir()
    found = []
    words = Words("ky")
    desk = open_desk(demo.books["first"], demo.passphrase)
    try:
        for code in ("KB-01", "KB-02"):
            out = folder / f"{code}-passbook.pdf"
            print_passbooks(desk, out, words, group=code)
            found.append(out)
            for name in ("minutes", "sheet", "booklets"):
                out = folder / f"{code}-{name}.pdf"
                print_meeting(desk, name, out, words, group=code)
                found.append(out)
    finally:
        desk.close()
    return found


def _pictures(demo: Demo) -> list[Path]:
    """The program itself is started as a child, offscreen; none where Qt cannot load here."""
    folder = demo.folder / "pictures"
    for name, lang in PICTURED:
        command = [sys.executable, "-m", "shg_desk", "--book", str(demo.books[name])]
        command += ["--pictures", str(folder / name), "--lang", lang]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "SHG_DESK_PASSPHRASE": demo.passphrase}
        try:
            subprocess.run(  # noqa: S603 - our own program
                command, env=environment, timeout=PICTURES_SECONDS, check=False, capture_output=True
            )
        except subprocess.TimeoutExpired:
            continue
    return sorted(folder.glob("*/*.png"))
