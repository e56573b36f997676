"""References that hold what nobody meant: refused, or left aside; never a file that takes its neighbours with it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from forging import AT
from forging import Forger
from three_desks import Three
from three_desks import met

from shg_desk.actions.desk import Desk
from shg_desk.actions.parcel_writing import new_manifest
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.actions.parcels_out import export_parcels
from shg_desk.domain.canonical import Json
from shg_desk.domain.problems import Code
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.keys import make_device_keys
from shg_desk.sync.parcels import seal_parcel
from shg_desk.sync.payload import Contents
from shg_desk.sync.sections import RefLine

PLAIN: list[Json] = [None, True, -1, 2**53, "", "x", [], {}, [[]], [{}], [None], ["x"], {"x": []}]
NAMES = {
    "stopped": ["devices"],
    "files": ["missing", "here", "sent"],
    "handed-on": ["of", "upto", "bundle"],
    "send-again": [],
    "register": ["office", "began_at", "groups", "colleagues"],
}
PAIR = ["A-1", "a" * 16]
REGISTER: dict[str, Json] = {"office": "officeaa", "began_at": 0, "groups": [PAIR], "colleagues": []}
KEYS = make_device_keys(Random(1).randbytes)
COLLEAGUE: dict[str, Json] = {
    "device": "aaaaaaaa",
    "label": "L",
    "age": KEYS.age.recipient,
    "minisign": KEYS.signing.public,
    "groups": [PAIR],
    "since": 0,
}


def odd(name: str) -> list[Json]:
    """Whatever JSON can be in a reference's place, in each of its fields, and in lists within these."""
    whole: dict[str, Json] = REGISTER if name == "register" else {}
    found: list[Json] = [*PLAIN, *(whole | {word: one} for word in NAMES[name] for one in PLAIN)]
    if name == "handed-on":
        found += [{"of": "x", "upto": [[one, one, one]]} for one in PLAIN]
    if name == "register":
        found += [whole | {"groups": [pair]} for one in PLAIN for pair in ([one, "x"], ["x", one])]
        found += [whole | {"colleagues": [COLLEAGUE | {word: one}]} for word in COLLEAGUE for one in PLAIN]
        found += [whole | {"colleagues": [COLLEAGUE | {"groups": [["x", one]]}]} for one in PLAIN]
    return found


def receipt(office: Desk, to: Desk, number: int, ref: RefLine, folder: Path) -> Path:
    """A receipt by the office's true key, with this reference alone."""
    sender = office.book.setting("office_code") or ""
    manifest = new_manifest(office, RETURN, sender, to.book.device, return_no=number)
    recipients = [to.device_keys().age.recipient]
    signing = office.office_keys().signing
    (file,) = seal_parcel(manifest, Contents(refs=[ref]), signing=signing, recipients=recipients)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file.name
    path.write_bytes(file.content)
    return path


@pytest.mark.parametrize("name", NAMES)
def test_odd_references_stop_nobody(three: Three, tmp_path: Path, name: str) -> None:
    office, first, second, group = three
    if name == "stopped":
        office.book.begin_new_life(office.random_bytes)  # only an office put back listens to that
    for number, content in enumerate(odd(name), start=100):
        ref = RefLine(name, 1, content)
        came = import_parcels(office, [Forger(first).parcel(office, tmp_path / "up", refs=[ref])]).value
        assert (came.refused, came.problems) == (0, []), content
        path = receipt(office, second, number, RefLine(name, AT, content), tmp_path / "down")
        codes = {one.code for one in import_parcels(second, [path]).value.problems}
        assert codes <= {Code.BUNDLE_DAMAGED}, content
    met(first, group)
    export_parcels(first, tmp_path / "stick")
    assert import_parcels(office, [tmp_path / "stick"]).value.new == 1


@pytest.mark.parametrize("was_put_back", [False, True])
def test_who_was_stopped_is_heard_once_and_only_where_a_life_was_lost(
    three: Three, tmp_path: Path, was_put_back: bool
) -> None:
    """A laptop names another one three times, itself, its office and nobody: at most one of these can be true."""
    office, first, second, _ = three
    if was_put_back:
        office.book.begin_new_life(office.random_bytes)
    said: list[Json] = [*[second.book.device] * 3, first.book.device, office.book.device, "nobodyaa", None, [], {}]
    refs = [RefLine("stopped", 1, {"devices": said})] * 2
    told = import_parcels(office, [Forger(first).parcel(office, tmp_path / "forged", refs=refs)]).value.problems
    assert [(one.code, one.where) for one in told] == [(Code.STOPPED_BEFORE, second.book.device)] * was_put_back
