"""New keys of an office read by somebody else: the receipt by the old key, the statement by both, with minisign."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import reader

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "actions"))

from desk_maker import enrol
from desk_maker import make_desk

from shg_desk.actions.office_keys import renew_office_keys
from shg_desk.actions.parcels_out import export_parcels


def verified(text: str, signature: str, key: str, folder: Path) -> str:
    """The trusted comment of a signature that minisign itself holds good."""
    (folder / "line").write_text(text)
    (folder / "line.minisig").write_text(signature)
    done = subprocess.run(
        ["minisign", "-V", "-Q", "-P", key, "-m", str(folder / "line"), "-x", str(folder / "line.minisig")],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.mark.needs("age", "minisign", "xz")
def test_a_receipt_that_tells_of_new_keys(tmp_path: Path) -> None:
    office, desk = make_desk(tmp_path, "office", "office"), make_desk(tmp_path, "desk")
    enrol(office, desk, tmp_path)
    old = office.office_keys().signing.public
    renew_office_keys(office)
    new = office.office_keys()
    [sent] = export_parcels(office, tmp_path / "stick").value
    lines = reader.open_parcel(sent.path, desk.device_keys().age.secret, old, tmp_path)
    told = json.loads(lines[0])
    stated = told["successor"]["statement"].split("\n")
    signature, line = "\n".join(stated[:4]) + "\n", "\n".join(stated[4:])
    wanted = f"shgb/1 kind=successor from={told['from']} to={desk.book.device} bundle={told['bundle']}"
    assert verified(line, signature, old, tmp_path) == wanted
    assert verified(line, told["successor"]["confirmed"], new.signing.public, tmp_path) == wanted
    said = json.loads(line)
    assert line == reader.canonical(said).decode() + "\n"
    assert said["device"] == desk.book.device
    assert said["office"]["age"] == list(new.recipients)
    assert said["office"]["minisign"] == new.signing.public
    for one in (office, desk):
        one.close()
