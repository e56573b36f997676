"""Files in parcels of their own: sealed, cut into lines, whole again; and every way in which they are not."""

from __future__ import annotations

import hashlib
import lzma
from dataclasses import replace
from functools import partial
from random import Random

import pytest

from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.sync.attachments import PART_BYTES
from shg_desk.sync.attachments import Attachment
from shg_desk.sync.attachments import KeptFile
from shg_desk.sync.attachments import assembled
from shg_desk.sync.attachments import lines_of
from shg_desk.sync.attachments import seal_file
from shg_desk.sync.attachments import unseal_file
from shg_desk.sync.envelope import FILES
from shg_desk.sync.envelope import OPS
from shg_desk.sync.envelope import Comment
from shg_desk.sync.envelope import pack
from shg_desk.sync.envelope import unpack
from shg_desk.sync.label import LINE_LIMIT
from shg_desk.sync.manifest import Manifest
from shg_desk.sync.payload import Contents
from shg_desk.sync.payload import Limits
from shg_desk.sync.payload import read_payload
from shg_desk.sync.payload import write_volumes
from shg_desk.sync.sections import FileLine
from shg_desk.sync.sections import RefLine
from shg_desk.sync.sections import section_line

CHANCE = Random("files")
KEY, OWNER = CHANCE.randbytes(32), "a" * 16


def manifest(kind: str = FILES) -> Manifest:
    return Manifest(Comment(kind, "first", "office", "bundle"), 1, "0", 1)


def refused(payload: bytes) -> Code:
    with pytest.raises(KnownError) as error:
        read_payload(payload)
    return error.value.problems[0].code


@pytest.mark.parametrize("size", [1, 1000, PART_BYTES - 28, PART_BYTES - 27, 3 * PART_BYTES])
def test_a_file_is_whole_again_whatever_its_length(size: int) -> None:
    content = CHANCE.randbytes(size)
    sealed = seal_file(KEY, content, owner=OWNER, number=3, random_bytes=CHANCE.randbytes)
    assert sealed.sha256 == hashlib.sha256(sealed.content).hexdigest()
    [payload] = write_volumes(manifest(), Contents(files=[sealed]))
    assert max(map(len, payload.split(b"\n"))) <= LINE_LIMIT
    [back] = read_payload(payload).contents.files
    assert unseal_file(KEY, back.content, owner=OWNER, number=3) == content


@pytest.mark.parametrize(("key", "owner", "number"), [(bytes(32), OWNER, 3), (KEY, "b" * 16, 3), (KEY, OWNER, 4)])
def test_another_key_or_place_opens_nothing(key: bytes, owner: str, number: int) -> None:
    sealed = seal_file(KEY, b"picture", owner=OWNER, number=3, random_bytes=CHANCE.randbytes)
    for content in (sealed.content, sealed.content[:-1], b"", b"short"):
        with pytest.raises(KnownError) as error:
            unseal_file(key, content, owner=owner, number=number)
        assert error.value.problems[0].code is Code.SEALED_DAMAGED


def test_parts_that_do_not_make_their_file_are_refused() -> None:
    lines = list(lines_of(Attachment(CHANCE.randbytes(2 * PART_BYTES + 5))))
    assert len(lines) == 3
    other = list(lines_of(Attachment(CHANCE.randbytes(PART_BYTES + 5))))
    bent = replace(lines[2], data=lines[2].data[:-1] + b"x")
    for wrong in (lines[:2], lines[1:], lines[::-1], [lines[0], other[1]], [*lines[:2], bent], [*lines, lines[2]],
                  [lines[0], *other, *lines[1:]]):  # fmt: skip
        with pytest.raises(KnownError) as error:
            assembled(wrong)
        assert error.value.problems[0].code is Code.BUNDLE_FORGED
    assert len(assembled([*lines, *other, *lines])) == 3


def test_a_file_is_read_when_its_volume_is_written_and_not_before() -> None:
    """However many pictures go, no more than one volume of them is held."""
    contents = {f"{n}": CHANCE.randbytes(PART_BYTES + n) for n in range(6)}
    read: list[str] = []

    def reading(name: str) -> bytes:
        read.append(name)
        return contents[name]

    files = [
        KeptFile(Attachment(content).sha256, len(content), partial(reading, name)) for name, content in contents.items()
    ]
    volumes = write_volumes(manifest(), Contents(files=files), Limits(unpacked_bytes=3_000_000))
    assert read == []
    first = next(volumes)
    assert read == ["0"] or read == ["0", "1"]
    back = [file for volume in (first, *volumes) for file in read_payload(volume).contents.files]
    assert back == [Attachment(content) for content in contents.values()]
    assert read == sorted(contents)  # each of them once


def test_sealed_pictures_are_packed_without_a_search_for_what_repeats() -> None:
    [payload] = write_volumes(manifest(), Contents(files=[Attachment(CHANCE.randbytes(PART_BYTES))]))
    packed = pack(payload, FILES)
    assert unpack(packed) == payload
    assert len(packed) < 0.8 * len(payload)  # the base64 goes
    small = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=256 * 1024)  # a dictionary of 8 MiB does not fit in there
    assert small.decompress(packed) == payload


def test_no_volume_has_a_part_of_a_file() -> None:
    files = [Attachment(CHANCE.randbytes(n * PART_BYTES // 2)) for n in (1, 3, 2, 4, 1)]
    volumes = list(write_volumes(manifest(), Contents(files=files), Limits(unpacked_bytes=3_000_000)))
    assert len(volumes) > 1
    back = [file for volume in volumes for file in read_payload(volume).contents.files]
    assert back == files


def test_pictures_go_alone_and_nothing_else_with_them() -> None:
    picture = Contents(files=[Attachment(b"picture")])
    assert refused(next(write_volumes(manifest(OPS), picture))) is Code.BUNDLE_FORGED
    both = Contents(files=picture.files, refs=[RefLine("register", 1, {})])
    assert refused(next(write_volumes(manifest(), both))) is Code.BUNDLE_FORGED
    keys = next(write_volumes(manifest(), Contents(refs=[RefLine("register", 1, {})])))
    assert refused(keys) is Code.BUNDLE_FORGED


def test_a_line_with_other_fields_is_damaged() -> None:
    [payload] = write_volumes(manifest(), Contents(files=[Attachment(b"picture")]))
    line = section_line(next(lines_of(Attachment(b"picture"))))
    assert line in payload
    for wrong in (line.replace(b'"part":1', b'"part":0'), line.replace(b"cGlj", b"c===")):
        assert len(wrong) == len(line)
        assert refused(payload.replace(line, wrong)) is Code.BUNDLE_DAMAGED


def test_a_file_with_nothing_in_it_is_forged() -> None:
    for content in (b"", b"x" * 28):
        named = hashlib.sha256(content).digest()
        with pytest.raises(KnownError) as told:
            assembled([FileLine(named, 1, 1, content)])
        assert told.value.problems[0].code is Code.BUNDLE_FORGED
