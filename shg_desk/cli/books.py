"""`shg-desk book …`: making, checking, rebuilding, keys."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime
from pathlib import Path

import click

from shg_desk.actions import books
from shg_desk.actions import care
from shg_desk.actions.ledgers import group_meant
from shg_desk.cli import book_care
from shg_desk.cli.telling import PATH
from shg_desk.cli.telling import Caller
from shg_desk.domain.roles import ANIMATOR
from shg_desk.domain.roles import ROLES
from shg_desk.domain.roles import TREASURER
from shg_desk.domain.roles import Role
from shg_desk.i18n import formats
from shg_desk.i18n import record_words


@click.group("book")
def command() -> None:
    """Make, check, rebuild, back up and restore a book; its keys."""


for _verb in book_care.COMMANDS:
    command.add_command(_verb)


@command.command("init")
@click.argument("path", type=PATH)
@click.option("--role", type=click.Choice(books.ROLES), default="desk", show_default=True)
@click.option("--name", required=True)
@click.option("--currency", default="KGS", show_default=True)
@click.pass_obj
def init(caller: Caller, path: Path, role: str, name: str, currency: str) -> None:
    """Make a new book in the folder PATH."""
    passphrase = caller.new_passphrase("SHG_DESK_PASSPHRASE")
    made = books.make_book(books.NewBook(path, role, name, passphrase, currency))
    try:
        value = {
            **book_care.looked_at(care.look(made.desk)),
            "path": str(path),
            "role": role,
            "device": made.desk.book.device,
            "recovery": made.recovery_secret,
        }
    finally:
        made.desk.close()
    lines = [caller.words._("The book is made: {path}").format(path=path)]
    if made.recovery_secret:
        lines += [
            caller.words._("Write this recovery key on paper and keep it in the safe. It is stored nowhere:"),
            made.recovery_secret,
        ]
    caller.answer(value, lines)


@command.command("rebuild")
@click.pass_obj
def rebuild(caller: Caller) -> None:
    """Make every derived table again from the records."""
    desk = caller.open()
    try:
        count = books.rebuild_book(desk, caller.progress(caller.words._("Putting records in order"))).value
        looked = care.look(desk)
    finally:
        desk.close()
    text = caller.words.n_("{n} record put in order", "{n} records put in order", count).format(n=count)
    caller.answer({**book_care.looked_at(looked), "applied": count}, [text])


@command.group("key")
def key() -> None:
    """The ways into a book."""


@key.command("list")
@click.pass_obj
def key_list(caller: Caller) -> None:
    """Every way into the book."""
    desk = caller.open()
    try:
        slots = books.list_keys(desk)
    finally:
        desk.close()
    value = {
        "slots": [
            {"slot": s.number, "kind": s.kind, "person": s.person, "made": s.made, "role": s.role.name}
            | ({"group": s.role.group} if s.role.group else {})
            for s in slots
        ]
    }
    lines = []
    for slot in slots:
        kind = record_words.word(caller.words, record_words.WAYS_IN, slot.kind)
        lines.append("  ".join(said for said in (str(slot.number), kind, slot.person, _day(slot.made)) if said))
    caller.answer(value, lines)


def _day(at: int) -> str:
    """The day of UTC seconds as people write it; nothing where it is not known."""
    return formats.date(datetime.fromtimestamp(at, UTC).date()) if at else ""


@key.command("add")
@click.option("--name", default="", help="whose passphrase it is")
@click.option("--role", "role", type=click.Choice(ROLES), default=ANIMATOR, help="what its person does here")
@click.option("--group", "code", help="the group of a treasurer")
@click.pass_obj
def key_add(caller: Caller, name: str, role: str, code: str | None) -> None:
    """A further passphrase, of a person with a role."""
    if (role == TREASURER) != (code is not None):
        raise click.UsageError("--role treasurer --group CODE")
    desk = caller.open()
    try:
        group = group_meant(desk, code).id if code is not None else ""
        number = books.add_key(desk, caller.new_passphrase(), name, role=Role(role, group))
    finally:
        desk.close()
    caller.answer({"slot": number}, [caller.words._("Passphrase {n} was added.").format(n=number)])


@key.command("change")
@click.option("--slot", type=int, required=True)
@click.pass_obj
def key_change(caller: Caller, slot: int) -> None:
    """Another passphrase in the same place."""
    desk = caller.open()
    try:
        books.change_key(desk, slot, caller.new_passphrase())
    finally:
        desk.close()
    caller.answer({"slot": slot}, [caller.words._("Passphrase {n} was changed.").format(n=slot)])


@key.command("remove")
@click.option("--slot", type=int, required=True)
@click.pass_obj
def key_remove(caller: Caller, slot: int) -> None:
    """Take a way into the book away."""
    desk = caller.open()
    try:
        books.remove_key(desk, slot)
    finally:
        desk.close()
    caller.answer({"slot": slot}, [caller.words._("Passphrase {n} was taken away.").format(n=slot)])
