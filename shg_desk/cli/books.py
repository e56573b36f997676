"""`shg-desk book …`: making, checking, rebuilding, keys."""

from __future__ import annotations

from pathlib import Path

import click

from shg_desk.actions import books
from shg_desk.actions import care
from shg_desk.cli import book_care
from shg_desk.cli.telling import Caller


@click.group("book")
def command() -> None:
    """Make, check, rebuild, back up and restore a book; its keys."""


for _verb in book_care.COMMANDS:
    command.add_command(_verb)


@command.command("init")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--role", type=click.Choice(books.ROLES), default="desk", show_default=True)
@click.option("--name", required=True)
@click.option("--currency", default="KGS", show_default=True)
@click.pass_obj
def init(caller: Caller, path: Path, role: str, name: str, currency: str) -> None:
    """Make a new book in the folder PATH."""
    made = books.make_book(books.NewBook(path, role, name, caller.passphrase(), currency))
    try:
        value = {
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
        count = books.rebuild_book(desk, caller.progress("rebuild")).value
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
    value = {"slots": [{"slot": s.number, "kind": s.kind, "person": s.person, "made": s.made} for s in slots]}
    caller.answer(value, [f"{s.number} {s.kind} {s.person}".rstrip() for s in slots])


@key.command("add")
@click.option("--name", default="", help="whose passphrase it is")
@click.pass_obj
def key_add(caller: Caller, name: str) -> None:
    """A further passphrase."""
    desk = caller.open()
    try:
        number = books.add_key(desk, caller.new_passphrase(), name)
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
