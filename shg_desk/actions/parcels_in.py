"""Taking parcels in: verified whole, stored once, derived in one transaction; every refusal has its reason.

The source is never written to. What cannot count yet is held or waits for the office's decision; its neighbours do not.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.changes import Progress
from shg_desk.actions.colleagues import hear_stopped
from shg_desk.actions.desk import Desk
from shg_desk.actions.inherited import admitted
from shg_desk.actions.inherited import remember_handed
from shg_desk.actions.office_change import is_overtaken
from shg_desk.actions.office_change import plain_refusal
from shg_desk.actions.office_change import settle_office_slot
from shg_desk.actions.office_change import take_successor
from shg_desk.actions.office_change import trust_of
from shg_desk.actions.office_keys import hear_known
from shg_desk.actions.parcel_doors import believed_keys
from shg_desk.actions.parcel_doors import hear_life
from shg_desk.actions.parcel_doors import refuse_beyond_reach
from shg_desk.actions.pictures_in import forget_taken_away
from shg_desk.actions.pictures_in import hear_laptop
from shg_desk.actions.pictures_in import take_pictures
from shg_desk.actions.receipts import agree
from shg_desk.actions.receipts import take_register
from shg_desk.actions.receipts import take_return
from shg_desk.actions.received import FileOutcome
from shg_desk.actions.received import Received
from shg_desk.actions.received import Waits
from shg_desk.actions.repeating import hear_everything
from shg_desk.actions.reviewing import bind_groups
from shg_desk.actions.reviewing import forget_destroyed
from shg_desk.actions.reviewing import heed_office
from shg_desk.actions.reviewing import look_again
from shg_desk.actions.reviewing import obey_destroy
from shg_desk.actions.rotation import clear_old
from shg_desk.actions.told_digests import compare_with_desks
from shg_desk.actions.told_digests import remember_told
from shg_desk.actions.volumes import gathered
from shg_desk.domain.ids import OpName
from shg_desk.domain.ids import is_op_name
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.store import exchange as exchange_store
from shg_desk.store import keys as key_store
from shg_desk.store import operations as operation_store
from shg_desk.store.book import FORMER_LIVES
from shg_desk.store.book import Writer
from shg_desk.store.exchange import ParcelRow
from shg_desk.store.keys import OwnerKey
from shg_desk.store.log import Arrived
from shg_desk.store.log import Put
from shg_desk.store.standings import State
from shg_desk.sync.durable import write_durably
from shg_desk.sync.envelope import COLLEAGUE
from shg_desk.sync.envelope import FILES
from shg_desk.sync.envelope import GRANT
from shg_desk.sync.envelope import OPS
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.folder import fetch
from shg_desk.sync.folder import inbox_name
from shg_desk.sync.folder import waiting
from shg_desk.sync.label import Label
from shg_desk.sync.label import read_label
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.parcels import open_parcel
from shg_desk.sync.payload import Parcel
from shg_desk.sync.sections import DestroyOrder
from shg_desk.sync.sections import OpLine


def import_parcels(desk: Desk, paths: Sequence[Path], progress: Progress = lambda done, of: None) -> Outcome[Received]:
    """Takes files, or every parcel of folders. A folder's files for others are skipped; a file named is refused.

    Each file is one transaction: what was taken before a later file is refused stays taken. `progress(done, of)` counts
    files.
    """
    desk.must_do_all()
    clear_old(desk)  # not after them: where a key was destroyed the write-ahead log stays empty
    received = Received()
    before = {one.name for one in operation_store.unsettled(desk.book)}
    files: list[tuple[Path, bool]] = []
    for path in paths:
        files += [(file, False) for file in waiting(path)] if path.is_dir() else [(path, True)]
    files.sort(key=lambda one: f"-{FILES}-" in one[0].name)  # pictures after the records that name them
    for done, (file, named) in enumerate(files):
        progress(done, len(files))
        _take_file(desk, file, received, named=named)
    progress(len(files), len(files))
    received.waiting += [
        Waits(one.name, "held" if one.state is State.HELD else "quarantined", one.code)
        for one in operation_store.unsettled(desk.book)
        if one.name not in before
    ]
    return Outcome(received, Changed.EVERYTHING, frozenset(received.groups))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Reading a parcel makes very many values and no cycles among them; looking for some takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def own_codes(desk: Desk) -> set[str]:
    """The codes whose mail this book reads."""
    codes = {desk.book.device}
    if desk.is_office:
        codes.add(desk.book.setting("office_code") or "")
    return codes


def is_for_other(desk: Desk, label: Label) -> bool:
    """True for a parcel in a folder that this book goes past: another's mail, or its own on the way."""
    own = own_codes(desk)
    return label.addressee not in own or label.sender in own


def _take_file(desk: Desk, path: Path, received: Received, *, named: bool) -> None:
    try:
        content = fetch(path)
        label = read_label(content)
        if not named and is_for_other(desk, label):
            received.skipped += 1
            received.files.append(FileOutcome(path.name, label.sender, skipped=True))
            return
        with _no_search_for_cycles():
            _take(desk, path.name, content, received)
    except KnownError as error:
        if error.problems[0].code is Code.DISK_FULL:
            raise  # no file is to blame, and the next one would fail alike
        problem = error.problems[0]
        if problem.code is Code.RECEIPT_OVERTAKEN and not named:  # newer ones are here, and nothing is lost
            received.skipped += 1
            received.files.append(FileOutcome(path.name, label.sender, RETURN, skipped=True))
            return
        received.refused += 1
        received.files.append(FileOutcome(path.name, problem=problem))
        received.problems.append(Problem(problem.code, path.name, problem.facts))


def read_parcel(desk: Desk, content: bytes) -> Parcel:
    """A parcel for this book, decrypted and verified. Raises KnownError with the first thing wrong."""
    identities = [desk.device_keys().age.secret]
    if desk.is_office:
        identities += desk.office_keys().identities
    try:
        return open_parcel(content, addressees=own_codes(desk), identities=identities, trust=trust_of(desk))
    except KnownError as error:
        raise plain_refusal(desk, error, read_label(content).sender) from error


def _take(desk: Desk, name: str, content: bytes, received: Received) -> None:
    parcel = read_parcel(desk, content)
    kind, sender = parcel.manifest.comment.kind, parcel.manifest.comment.sender
    if kind == GRANT:
        raise KnownError(Problem(Code.BUNDLE_IS_GRANT, name))
    if kind != FILES and (kind == OPS) != desk.is_office:
        raise KnownError(Problem(Code.BUNDLE_FOR_ANOTHER, name, {"sender": sender}))
    if kind == COLLEAGUE:
        refuse_beyond_reach(desk, parcel)
    if is_overtaken(desk, parcel, _key(parcel)):
        received.known += len(parcel.contents.relays)
        received.files.append(FileOutcome(name, sender, kind, 0, len(parcel.contents.relays)))
        return
    inbox = desk.folder / "inbox" / inbox_name(content)
    if kind != FILES and not inbox.exists():  # pictures lie in the book; what is missing there is asked for again
        write_durably(inbox, content, _no_pause)
    here = Received()  # a file that is refused half way leaves no counts behind, as it leaves nothing in the book
    orders: list[object] = [order for order in parcel.contents.orders if isinstance(order, DestroyOrder)]
    with desk.book.db.transaction():
        if kind == FILES:
            take_pictures(desk, parcel, here)
        else:
            orders += _take_records(desk, parcel, here)
        if kind == COLLEAGUE:
            heed_office(desk)
        if kind == RETURN:
            take_successor(desk, parcel, here)
            take_register(desk, parcel)
            with desk.book.writing() as writer:
                whole = take_return(desk, writer, parcel, here)
            heed_office(desk)
            if whole is not None:
                agree(desk, whole, here)
        if kind == OPS:
            _after_ops(desk, parcel, here)
        orders += [FILES] * forget_taken_away(desk)
        _remember(desk, parcel, name, here.new, here.pictures)
    _after(desk, parcel, here)
    forget_destroyed(desk, orders)
    received.add(here)
    counted = (here.pictures, here.pictures_known) if kind == FILES else (here.new, here.known)
    received.files.append(FileOutcome(name, sender, kind, *counted))


def _take_records(desk: Desk, parcel: Parcel, here: Received) -> list[str]:
    """The operations of a parcel; gives the names of those that order keys to be destroyed."""
    with desk.book.writing() as writer:
        if parcel.manifest.comment.kind == OPS:
            _take_ops(desk, writer, parcel, here)
        else:
            take_relays(desk, writer, parcel, here)
    return writer.outcome.destroys


def _no_pause(seconds: float) -> None:
    """Our own inbox is not held by other programs for long; tries follow at once."""


def _key(parcel: Parcel) -> str:
    """What a parcel, or one volume of it, is remembered under."""
    bundle, manifest = parcel.manifest.comment.bundle, parcel.manifest
    return bundle if manifest.volumes == 1 else f"{bundle}-{manifest.volume}"


def _remember(desk: Desk, parcel: Parcel, name: str, new: int, pictures: int) -> None:
    at, _ = desk.clock()
    comment = parcel.manifest.comment
    facts: dict[str, Any] = {"made": parcel.manifest.made, "return_no": parcel.manifest.return_no}
    facts |= {"life": parcel.manifest.office_epoch} if comment.kind == RETURN else {}
    facts |= {"pictures": pictures} if comment.kind == FILES else {}
    exchange_store.put_parcel(
        desk.book.db,
        ParcelRow(
            _key(parcel),
            0,
            comment.kind,
            outgoing=False,
            partner=comment.sender,
            file=name,
            place="",
            at=at,
            operations=new,
            facts=facts,
        ),
    )


def _put(writer: Writer, ops: Sequence[OpLine], received: Received, *, relayed: bool) -> None:
    """Stores and derives operations, and counts what they came to."""
    arrived = [Arrived(OpName(op.device, op.epoch, op.seq), op.line, op.head_before) for op in ops]
    odd = next((one.name for one in arrived if not is_op_name(str(one.name))), None)
    if odd is not None:
        raise KnownError(Problem(Code.BUNDLE_FORGED, odd.device, {"part": "name"}))
    came = writer.outcome
    held, quarantined, released = came.held, came.quarantined, came.released
    for one, put in zip(arrived, writer.put_many(arrived, relayed=relayed), strict=True):
        received.known += put is Put.KNOWN
        received.new += put is not Put.KNOWN
        if put is Put.FORK:
            received.problems.append(Problem(Code.FORKED, str(one.name), {"device": one.name.device}, Level.WARNING))
    writer.flush()
    received.held += came.held - held
    received.quarantined += came.quarantined - quarantined
    received.released += came.released - released
    received.groups |= came.groups


def _take_keys(desk: Desk, writer: Writer, parcel: Parcel) -> None:
    keys = [OwnerKey(one.owner, one.purpose, one.number, one.key) for one in believed_keys(desk, parcel)]
    key_store.put_many(desk.book.db, writer, keys)


def take_relays(desk: Desk, writer: Writer, parcel: Parcel, received: Received) -> None:
    """Operations of shared groups and the keys to read them, from a return, a grant or a colleague."""
    _take_keys(desk, writer, parcel)  # before what they open, which is then read once
    _put(writer, parcel.contents.relays, received, relayed=True)
    obey_destroy(desk, writer)


def _take_ops(desk: Desk, writer: Writer, parcel: Parcel, received: Received) -> None:
    """A desk's own chain arrives at its office."""
    bind_groups(desk)  # those that were made here since
    others = admitted(desk, parcel, received)
    _take_keys(desk, writer, parcel)  # before what they open, which is then read once
    if others:
        _put(writer, others, received, relayed=True)
        bind_groups(desk)
    _put(writer, parcel.contents.ops, received, relayed=False)
    obey_destroy(desk, writer)


def _after_ops(desk: Desk, parcel: Parcel, received: Received) -> None:
    """What a desk's records change beside the ledger: who may write of them, who has to hear, what is the same."""
    sender = parcel.manifest.comment.sender
    hear_known(desk, parcel)
    hear_stopped(desk, parcel, received)
    freed = look_again(desk, bind_groups(desk))
    received.released += freed
    received.quarantined -= min(freed, received.quarantined)
    _hear_what_was_read(desk, sender, parcel)
    hear_laptop(desk, parcel)
    if received.new or received.released:
        _tell_colleagues(desk, sender)
    whole = gathered(desk, parcel)
    if whole is not None:
        remember_told(desk, sender, whole, parcel.manifest.comment.bundle)
    hear_everything(desk, parcel, is_whole=whole is not None)
    remember_handed(desk, parcel, is_whole=whole is not None)
    compare_with_desks(desk, {sender}, released=received.released > 0)


def _hear_what_was_read(desk: Desk, sender: str, parcel: Parcel) -> None:
    """Which receipt a laptop has read: everything since then goes to it again.

    A laptop put back from a copy tells of an older one than before; a file that was here already tells nothing new.
    Whoever has read none of this life of our book, but maybe those of a life that was lost, gets everything.
    """
    known = exchange_store.device(desk.book.db, sender)
    if known is None:
        return
    hear_life(desk, parcel.manifest)
    told = (parcel.manifest.newest_return or 0) if _is_of_this_life(desk, parcel.manifest) else 0
    is_first = not exchange_store.has_parcel(desk.book.db, _key(parcel))
    # a number we have not given yet would stop the laptop's real ones from being heard
    if told <= int(desk.book.setting("return_no") or 0) and (is_first or told > (known.newest_return or 0)):
        exchange_store.set_newest_return(desk.book.db, sender, told)
    missed = is_first and told < int(desk.book.setting(f"given.{sender}") or 0)
    if missed or parcel.contents.ops:  # who sends again what is known has not had its receipt either
        desk.book.set_setting(f"news.{sender}", "1")


def _is_of_this_life(desk: Desk, manifest: Manifest) -> bool:
    """True where the number a laptop tells is of a receipt that this book wrote, and not one it has lost.

    An older program names the number alone: it means this book's as long as that has had no other life.
    """
    if manifest.office_epoch is not None:
        return manifest.office_epoch == desk.book.epoch
    own = exchange_store.own_chains(desk.book.db, desk.book.device)
    return desk.book.setting(FORMER_LIVES) is None and set(own) <= {desk.book.epoch}


def _tell_colleagues(desk: Desk, sender: str) -> None:
    """Whoever shares a group with the sender may have something coming, though it be of no group or older."""
    shared = exchange_store.granted_groups(desk.book.db, sender)
    for other in exchange_store.devices(desk.book.db):
        theirs = exchange_store.granted_groups(desk.book.db, other.code)
        if other.state == "enrolled" and other.code != sender and theirs & shared:
            desk.book.set_setting(f"news.{other.code}", "1")


def _after(desk: Desk, parcel: Parcel, received: Received) -> None:
    """What has to happen once the transaction is done."""
    settle_office_slot(desk)
    if any(problem.code is Code.ROLLED_BACK for problem in received.problems):
        desk.book.begin_new_life(desk.random_bytes)
    if parcel.manifest.comment.kind == COLLEAGUE:
        desk.book.set_setting("colleague_at", str(desk.clock()[0]))
