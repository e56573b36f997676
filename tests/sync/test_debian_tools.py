"""The formats opened and made by other programs: age, minisign and xz as Debian ships them."""

from __future__ import annotations

import json
import lzma
import subprocess
import zlib
from pathlib import Path

import pytest
from sync_makers import BUNDLE
from sync_makers import DESK
from sync_makers import DESK_KEYS
from sync_makers import MADE
from sync_makers import OFFICE
from sync_makers import OFFICE_KEYS
from sync_makers import Writer
from sync_makers import all_sections
from sync_makers import chain
from sync_makers import manifest
from sync_makers import office_opens
from sync_makers import seeded

from shg_desk.sync import enrolment
from shg_desk.sync import envelope
from shg_desk.sync import keys
from shg_desk.sync import keyslots
from shg_desk.sync import label
from shg_desk.sync import sealing
from shg_desk.sync.parcels import seal_parcel
from shg_desk.sync.payload import Contents
from shg_desk.sync.payload import Limits
from shg_desk.sync.payload import write_volumes

pytestmark = pytest.mark.needs("age", "minisign", "xz")


def run(folder: Path, command: str) -> bytes:
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_a_bundle_opens_without_us_for_each_recipient(tmp_path: Path) -> None:
    (tmp_path / "f.shgb").write_bytes(Writer().seal(all_sections()).content)
    pairs = (OFFICE_KEYS.current, OFFICE_KEYS.following, DESK_KEYS.age)
    for pair in pairs:
        (tmp_path / "key").write_text(pair.secret + "\n")
        run(tmp_path, "tail -n +2 f.shgb | age -d -i key > signed")
        run(tmp_path, "head -n 4 signed > payload.xz.minisig; tail -n +5 signed > payload.xz")
        shown = run(tmp_path, f"minisign -V -P {DESK_KEYS.signing.public} -m payload.xz").decode()
        assert f"shgb/1 kind=ops from={DESK} to={OFFICE} bundle={BUNDLE}" in shown
        lines = run(tmp_path, "xz -dc payload.xz").split(b"\n")
        assert json.loads(lines[0])["bundle"] == BUNDLE
        assert lines[2:8:2] == [op.line for op in chain(3)]


def test_xz_needs_little_memory_for_a_large_bundle(tmp_path: Path) -> None:
    (payload,) = write_volumes(manifest(), Contents(ops=chain(3000, size=900)))
    file = Writer().seal(Contents(ops=chain(3000, size=900)))
    (tmp_path / "f.shgb").write_bytes(file.content)
    (tmp_path / "key").write_text(OFFICE_KEYS.current.secret + "\n")
    opened = run(tmp_path, "tail -n +2 f.shgb | age -d -i key | tail -n +5 | xz -dc --memlimit-decompress=16MiB")
    assert opened == payload


def test_each_volume_opens_alone(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(OFFICE_KEYS.current.secret + "\n")
    files = seal_parcel(
        manifest(),
        Contents(ops=chain(9)),
        signing=DESK_KEYS.signing,
        recipients=OFFICE_KEYS.recipients,
        limits=Limits(lines=7),
    )
    seen = []
    for file in files:
        (tmp_path / file.name).write_bytes(file.content)
        payload = run(tmp_path, f"tail -n +2 {file.name} | age -d -i key | tail -n +5 | xz -dc")
        value = json.loads(payload.split(b"\n")[0])
        seen.append((file.name, value["volume"], value["volumes"], value["ranges"][0]["first"]))
    stem = f"{DESK}-{OFFICE}-ops-{BUNDLE}"
    assert seen == [(f"{stem}-{n}.shgb", n, 3, first) for n, first in ((1, 1), (2, 4), (3, 7))]


def test_we_open_what_the_other_programs_wrote(tmp_path: Path) -> None:
    (payload,) = write_volumes(manifest(), all_sections())
    (tmp_path / "payload").write_bytes(payload)
    (tmp_path / "secret").write_text(f"untrusted comment: minisign secret key\n{DESK_KEYS.signing.secret}\n")
    comment = f"shgb/1 kind=ops from={DESK} to={OFFICE} bundle={BUNDLE}"
    run(tmp_path, "xz -k payload")
    run(tmp_path, f"minisign -S -s secret -c '{keys.UNTRUSTED_COMMENT}' -t '{comment}' -m payload.xz")
    recipients = " ".join(f"-r {text}" for text in OFFICE_KEYS.recipients)
    body = run(tmp_path, f"cat payload.xz.minisig payload.xz | age {recipients}")
    assert office_opens(label.with_label(body, OFFICE, DESK)).contents.ops == tuple(chain(3))


def test_age_keys_are_age_keys(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(DESK_KEYS.age.secret + "\n")
    assert run(tmp_path, "age-keygen -y key").decode().strip() == DESK_KEYS.age.recipient


def test_a_request_is_verified_with_minisign_alone(tmp_path: Path) -> None:
    file = enrolment.make_request(DESK, DESK_KEYS, nonce="nonce222", made=MADE, app="0.1.0", practice=True)
    (tmp_path / "f.shgb").write_bytes(file.content)
    run(tmp_path, "tail -n +2 f.shgb | head -n 4 > request.minisig; tail -n +6 f.shgb > request")
    public = json.loads((tmp_path / "request").read_bytes())["minisign"]
    shown = run(tmp_path, f"minisign -V -P {public} -m request").decode()
    assert f"shgb/1 kind=request from={DESK} to=- bundle=nonce222" in shown


def test_a_certificate_is_verified_with_minisign_alone(tmp_path: Path) -> None:
    file = enrolment.make_request(DESK, DESK_KEYS, nonce="nonce222", made=MADE, app="0.1.0", practice=True)
    request = enrolment.read_request(file.content)
    text = enrolment.make_certificate(request, OFFICE, OFFICE_KEYS.signing, ["KB-01"], 5)
    (tmp_path / "f").write_text(text, encoding="utf-8")
    run(tmp_path, "head -n 4 f > line.minisig; tail -n +5 f > line")
    assert b"kind=certificate" in run(tmp_path, f"minisign -V -P {OFFICE_KEYS.signing.public} -m line")


def test_the_recovery_key_opens_its_slot_and_a_role_its_note_with_age(tmp_path: Path) -> None:
    recovery = keys.make_age(seeded(6))
    file = keyslots.with_office(keyslots.KeyFile(), bytes(range(32)), recovery.recipient, made=MADE)
    (tmp_path / "key").write_text(recovery.secret + "\n")
    (tmp_path / "slot").write_bytes(sealing.from_text(json.loads(file.content())["slots"][0]["wrapped"]))
    assert run(tmp_path, "age -d -i key slot") == bytes(range(32))
    (tmp_path / "note").write_bytes(sealing.from_text(sealing.seal_for_roles({"text": "Ө"}, [recovery.recipient])))
    assert zlib.decompress(run(tmp_path, "age -d -i key note")).decode() == '{"text":"Ө"}'


def test_the_stream_is_one_that_lzma_tools_call_sound(tmp_path: Path) -> None:
    (tmp_path / "p.xz").write_bytes(envelope.pack(b"x" * 100_000))
    run(tmp_path, "xz -t p.xz")
    assert lzma.decompress((tmp_path / "p.xz").read_bytes()) == b"x" * 100_000
