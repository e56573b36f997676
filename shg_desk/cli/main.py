"""The root of the command line: options that may stand anywhere, and the verbs."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from shg_desk import __version__
from shg_desk.cli.anywhere import split_common
from shg_desk.cli.telling import USAGE
from shg_desk.cli.telling import Caller
from shg_desk.cli.telling import speak_plainly
from shg_desk.cli.telling import told
from shg_desk.i18n.catalog import LANGUAGES
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.catalog import spoken

_HALVES = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes on a command line that are no text."""

VERBS = {
    "book": "shg_desk.cli.books",
    "group": "shg_desk.cli.groups",
    "import": "shg_desk.cli.imports",
    "meeting": "shg_desk.cli.meetings",
    "ledger": "shg_desk.cli.ledger",
    "enrol": "shg_desk.cli.enrol",
    "bundle": "shg_desk.cli.bundles",
    "report": "shg_desk.cli.reports",
    "reconcile": "shg_desk.cli.reconciling",
    "demo": "shg_desk.cli.demo",
    "calc": "shg_desk.cli.calc",
    "job": "shg_desk.cli.job",
}
"""Each verb's module, imported when it is called: a command starts without what it does not use."""


class Verbs(click.Group):
    """Loads a verb when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb by name."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's group or command."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(VERBS[cmd_name]).command
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="shg-desk")
def root() -> None:
    """SHG Desk. Without a verb the window opens. --json, --book PATH and --lang L may stand anywhere."""


def own_language() -> str:
    """The language of this computer, as far as we speak it; English otherwise."""
    given = os.environ.get("SHG_DESK_LANG") or locale.getlocale()[0] or os.environ.get("LANG") or "en"
    return spoken(given) or "en"


def run(arguments: Sequence[str]) -> int:
    """Runs a verb and gives the exit code."""
    rest, book, named, as_json = split_common(arguments)
    speak_plainly(as_json=as_json)
    lang = named and spoken(named)
    if named is not None and not lang:
        click.echo(f"--lang: {', '.join(LANGUAGES)}", err=True)
        return USAGE
    for word in rest:
        if _HALVES.search(word) and not Path(word).exists():
            click.echo(ascii(word), err=True)  # bytes that are no letters
            return USAGE
    caller = Caller(as_json, Path(book) if book else None, Words(lang or own_language()))
    return told(caller, lambda: root.main(rest, prog_name="shg-desk", standalone_mode=False, obj=caller))
