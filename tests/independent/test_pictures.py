"""A parcel of pictures read by somebody else: age, minisign, xz, the record's hash, the group's key, then a JPEG."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import frozen_pictures
import pytest
import reader
from PIL import Image

FROZEN = Path(__file__).parent / "frozen"


@pytest.fixture(params=["fresh", "frozen"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    target = tmp_path / "files"
    if request.param == "fresh":
        frozen_pictures.make(target)
        return target
    target.mkdir()
    for one in FROZEN.glob("pictures-*"):
        shutil.copy(one, target)
    return target


@pytest.mark.needs("age", "minisign", "xz")
def test_the_pictures_of_a_meeting(files: Path, tmp_path: Path) -> None:
    keys = json.loads((files / "pictures-keys.json").read_text())
    opened = {
        kind: reader.open_parcel(files / f"pictures-{kind}.shgb", keys["office"], keys["first_minisign"], tmp_path)
        for kind in ("ops", "files")
    }
    manifest = json.loads(opened["files"][0])
    assert (manifest["kind"], manifest["counts"], manifest["ranges"], manifest["have"]) == (
        "files",
        {"file": 2},
        [],
        [],
    )
    _, operations, sections = reader.operations(opened["ops"])
    records = [op for op in map(reader.read_line, operations.values()) if op["kind"] == "file"]
    assert [(op["body"]["page"], op["body"]["pages"]) for op in records] == [(1, 2), (2, 2)]
    assert {op["body"]["about"] for op in records} == {keys["meeting"]}
    group_keys = {s["number"]: bytes.fromhex(s["key"]) for s in sections if s["s"] == "key" and s["purpose"] == "group"}
    sealed = reader.files(opened["files"])
    assert set(sealed) == {op["body"]["sha256"] for op in records}
    for op, size in zip(records, frozen_pictures.SIZES, strict=True):
        body = op["body"]
        content = reader.open_file(body, sealed[body["sha256"]], group_keys[body["key"]])
        picture = Image.open(io.BytesIO(content))
        assert (body["media"], picture.format, picture.size) == ("image/jpeg", "JPEG", size)
        assert reader.group_texts(op, group_keys[1])[body["text"]] == frozen_pictures.CAPTION
