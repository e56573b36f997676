"""Payloads: what is written comes back, and nothing else is taken."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sync_makers import DESK
from sync_makers import EPOCH
from sync_makers import NEIGHBOUR
from sync_makers import OFFICE
from sync_makers import all_sections
from sync_makers import chain
from sync_makers import manifest

from shg_desk.domain import canonical
from shg_desk.domain.problems import BugError
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.sync.envelope import COLLEAGUE
from shg_desk.sync.envelope import RETURN
from shg_desk.sync.payload import Contents
from shg_desk.sync.payload import Limits
from shg_desk.sync.payload import Parcel
from shg_desk.sync.payload import read_payload
from shg_desk.sync.payload import write_volumes
from shg_desk.sync.sections import OpLine
from shg_desk.sync.sections import RefLine


def one(contents: Contents, made: object = None) -> bytes:
    (payload,) = write_volumes(made or manifest(), contents)  # type: ignore[arg-type]
    return payload


def code_of(payload: bytes, limits: Limits | None = None) -> Code:
    with pytest.raises(KnownError) as caught:
        read_payload(payload, limits)
    return caught.value.problems[0].code


def edited(payload: bytes, change: object, **fields: object) -> bytes:
    """The payload with sections changed line by line and the manifest made to fit again, except for what is given."""
    first, _, body = payload.partition(b"\n")
    lines = body.split(b"\n")[:-1]
    lines = change(lines)  # type: ignore[operator]
    body = b"".join(line + b"\n" for line in lines)
    value = json.loads(first) | {"length": len(body)} | fields
    return canonical.encode(value) + b"\n" + body


def same(parcel: Parcel, contents: Contents) -> None:
    for name in ("ops", "relays", "keys", "digests", "states", "orders", "refs"):
        assert list(getattr(parcel.contents, name)) == list(getattr(contents, name)), name


def test_all_sections_come_back() -> None:
    made = manifest(RETURN, OFFICE, DESK)
    parcel = read_payload(one(all_sections(), made))
    same(parcel, all_sections())
    assert parcel.others == ()
    assert replace(parcel.manifest, ranges=(), counts={}, length=0) == made
    assert parcel.manifest.counts == {
        "op": 3, "relay": 2, "key": 1, "digest": 1, "state": 1, "order": 2, "ref": 1
    }  # fmt: skip


def test_the_lines_are_those_of_the_written_format() -> None:
    lines = one(Contents(ops=chain(2, first=3), relays=chain(1, NEIGHBOUR))).split(b"\n")
    value = json.loads(lines[0])
    head = hashlib.sha256(f"shgb/1.{DESK}.{EPOCH}".encode()).digest()
    heads = [head]
    for op in chain(4):
        heads.append(hashlib.sha256(heads[-1] + hashlib.sha256(op.line).digest()).digest())
    assert value["ranges"] == [
        {"device": DESK, "epoch": EPOCH, "first": 3, "last": 4, "before": heads[2].hex(), "after": heads[4].hex()}
    ]
    assert value["length"] == sum(len(line) + 1 for line in lines[1:-1])
    assert value["counts"] == {"op": 2, "relay": 1}
    assert lines[1::2][:2] == [b'{"s":"op"}', b'{"s":"op"}']
    assert lines[2] == chain(2, first=3)[0].line
    assert json.loads(lines[5]) == {
        "s": "relay",
        "device": NEIGHBOUR,
        "epoch": EPOCH,
        "seq": 1,
        "before": hashlib.sha256(f"shgb/1.{NEIGHBOUR}.{EPOCH}".encode()).hexdigest(),
    }
    assert lines[-1] == b""
    assert all(b" " not in line for line in (lines[0], lines[1], lines[5]))


@given(
    st.lists(st.binary(max_size=60).map(lambda raw: raw.replace(b"\n", b"\r")), min_size=1, max_size=30),
    st.lists(st.integers(0, 29), max_size=4),
    st.integers(4, 20),
)
@settings(deadline=None, max_examples=60)
def test_any_stored_bytes_travel_in_any_cut(bodies: list[bytes], gaps: list[int], lines: int) -> None:
    ops: list[OpLine] = []
    head = canonical.first_head(DESK, EPOCH)
    for seq, body in enumerate(bodies, start=1):
        ops.append(OpLine(DESK, EPOCH, seq, body, head))
        head = ops[-1].head_after
    kept = [op for op in ops if op.seq not in gaps]
    limits = Limits(lines=lines)
    payloads = list(write_volumes(manifest(), Contents(ops=kept, refs=[RefLine("a", 1, None)]), limits))
    parcels = [read_payload(payload, limits) for payload in payloads]
    assert [op for parcel in parcels for op in parcel.contents.ops] == kept
    assert [parcel.manifest.volume for parcel in parcels] == list(range(1, len(parcels) + 1))
    assert {parcel.manifest.volumes for parcel in parcels} == {len(parcels)}
    assert all(payload.count(b"\n") <= lines for payload in payloads)


def test_volumes_are_cut_by_bytes_too() -> None:
    limits = Limits(unpacked_bytes=8_000)
    payloads = list(write_volumes(manifest(), Contents(ops=chain(40, size=300)), limits))
    assert len(payloads) > 3
    assert max(map(len, payloads)) <= 8_000
    ops = [op for payload in reversed(payloads) for op in read_payload(payload, limits).contents.ops]
    assert sorted(op.seq for op in ops) == list(range(1, 41))


def test_a_return_with_nothing_to_say_is_one_volume() -> None:
    parcel = read_payload(one(Contents(), manifest(RETURN, OFFICE, DESK)))
    assert parcel.manifest.return_no == 7
    assert parcel.manifest.have[0].seq == 3


def test_a_desk_names_the_life_of_the_office_beside_the_number_of_its_return() -> None:
    told = replace(manifest(), newest_return=7, office_epoch="officeep")
    read = read_payload(one(Contents(ops=chain(1)), told)).manifest
    assert (read.newest_return, read.office_epoch) == (7, "officeep")
    older = read_payload(one(Contents(ops=chain(1)), replace(told, office_epoch=None))).manifest
    assert (older.newest_return, older.office_epoch) == (7, None)


def test_a_thousand_gaps_go_into_volumes() -> None:
    ops = [op for op in chain(2_600, size=12) if op.seq % 2]
    parcels = [read_payload(payload) for payload in write_volumes(manifest(), Contents(ops=ops))]
    assert [len(parcel.manifest.ranges) for parcel in parcels] == [1000, 300]


def test_a_contiguous_range_costs_a_constant_header() -> None:
    lines = one(Contents(ops=chain(500))).split(b"\n")
    assert set(lines[1:-1:2]) == {b'{"s":"op"}'}
    assert len(lines[0]) < 700


def test_our_own_broken_chain_is_not_sent() -> None:
    ops = chain(3)
    ops[1] = replace(ops[1], head_before=bytes(32))
    with pytest.raises(KnownError) as caught:
        one(Contents(ops=ops))
    assert caught.value.problems[0].code == Code.CHAIN_BROKEN
    with pytest.raises(BugError):
        one(Contents(ops=[replace(chain(1)[0], line=b"a\nb")]))
    with pytest.raises(BugError):
        one(Contents(ops=[replace(chain(1)[0], line=b"x" * (canonical.LINE_LIMIT_BYTES + 1))]))


def swapped(first: int, second: int) -> object:
    def change(lines: list[bytes]) -> list[bytes]:
        lines[first], lines[second] = lines[second], lines[first]
        return lines

    return change


def last_is(line: bytes) -> object:
    return lambda lines: [*lines[:-1], line]


def keep(lines: list[bytes]) -> list[bytes]:
    return lines


def with_range(**fields: object) -> dict[str, object]:
    value = json.loads(one(all_sections()).partition(b"\n")[0])
    value["ranges"][0] |= fields
    return {"ranges": value["ranges"]}


@pytest.mark.parametrize(
    ("change", "fields", "code"),
    [
        (swapped(1, 3), {}, Code.CHAIN_BROKEN),
        (lambda lines: [*lines[:1], lines[1] + b" ", *lines[2:]], {}, Code.CHAIN_BROKEN),
        (lambda lines: lines[:4] + lines[6:], {}, Code.BUNDLE_FORGED),
        (lambda lines: [*lines[:2], *lines[:2], *lines[2:]], {}, Code.BUNDLE_FORGED),
        (keep, {"length": 1}, Code.BUNDLE_FORGED),
        (keep, {"counts": {"op": 3}}, Code.BUNDLE_FORGED),
        (keep, {"ranges": []}, Code.BUNDLE_FORGED),
        (keep, with_range(before="00" * 32), Code.CHAIN_BROKEN),
        (keep, with_range(after="00" * 32), Code.CHAIN_BROKEN),
        (keep, with_range(epoch="epoch333"), Code.CHAIN_BROKEN),
        (keep, with_range(device=NEIGHBOUR), Code.BUNDLE_FORGED),
        (keep, with_range(last=2**52), Code.BUNDLE_FORGED),
        (keep, with_range(first=0), Code.BUNDLE_DAMAGED),
        (keep, with_range(first=2), Code.BUNDLE_FORGED),
        (keep, {"min_reader": 2}, Code.BUNDLE_NEWER),
        (keep, {"format": 2}, Code.BUNDLE_NEWER),
        (keep, {"kind": "request"}, Code.BUNDLE_DAMAGED),
        (keep, {"kind": "return"}, Code.BUNDLE_DAMAGED),
        (keep, {"grant": {}}, Code.BUNDLE_DAMAGED),
        (keep, {"from": "a b"}, Code.BUNDLE_DAMAGED),
        (keep, {"volume": 2}, Code.BUNDLE_DAMAGED),
        (keep, {"have": [1]}, Code.BUNDLE_DAMAGED),
        (keep, {"made": True}, Code.BUNDLE_DAMAGED),
        (swapped(10, 11), {}, Code.BUNDLE_DAMAGED),
        (lambda lines: [*lines, b'{"s":"op"}', b"{}"], {}, Code.BUNDLE_DAMAGED),
        (lambda lines: [*lines, b"{}"], {}, Code.BUNDLE_DAMAGED),
        (lambda lines: [*lines, b""], {}, Code.BUNDLE_DAMAGED),
        (lambda lines: [*lines, b"[1]"], {}, Code.BUNDLE_DAMAGED),
        (lambda lines: [*lines[:-1], lines[-1].replace(b":", b": ", 1)], {}, Code.BUNDLE_DAMAGED),
        (last_is(b'{"content":1.5,"name":"a","s":"ref","version":1}'), {}, Code.BUNDLE_DAMAGED),
        (last_is(b'{"content":NaN,"name":"a","s":"ref","version":1}'), {}, Code.BUNDLE_DAMAGED),
        (last_is(b'{"content":"\\ud800","name":"a","s":"ref","version":1}'), {}, Code.BUNDLE_DAMAGED),
        (last_is(b'{"content":1,"content":1,"name":"a","s":"ref","version":1}'), {}, Code.BUNDLE_DAMAGED),
        (last_is(b'{"name":"a","s":"ref","version":1}'), {}, Code.BUNDLE_DAMAGED),
        (last_is(b'{"content":1,"name":"a","s":"ref","version":"1"}'), {}, Code.BUNDLE_DAMAGED),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_whole(change: object, fields: dict[str, object], code: Code) -> None:
    assert code_of(edited(one(all_sections()), change, **fields)) == code


def test_relays_side_by_side_must_agree() -> None:
    relays = chain(3, NEIGHBOUR)
    assert len(read_payload(one(Contents(relays=relays[::-1]))).contents.relays) == 3
    for wrong in (0, 1, 2):
        forged = [replace(op, head_before=bytes(32)) if i == wrong else op for i, op in enumerate(relays)]
        assert code_of(one(Contents(relays=forged))) == Code.CHAIN_BROKEN
    assert code_of(one(Contents(relays=[replace(relays[0], head_before=bytes(32))]))) == Code.CHAIN_BROKEN
    assert code_of(one(Contents(relays=[replace(relays[0], seq=0)]))) == Code.BUNDLE_DAMAGED
    alone = [replace(relays[2], head_before=bytes(32))]
    assert read_payload(one(Contents(relays=alone))).contents.relays == tuple(alone)


def test_a_colleague_vouches_for_itself_only() -> None:
    made = manifest(COLLEAGUE, DESK, NEIGHBOUR)
    assert read_payload(one(Contents(relays=chain(2, first=7)), made)).contents.relays
    assert code_of(one(Contents(relays=chain(2, "eeeeffff")), made)) == Code.BUNDLE_FORGED
    assert code_of(one(Contents(ops=chain(2, "eeeeffff")))) == Code.BUNDLE_FORGED
    assert read_payload(one(Contents(relays=chain(2, "eeeeffff")), manifest(RETURN, OFFICE, DESK))).contents.relays


def test_sections_of_a_later_version_are_left_aside_and_counted() -> None:
    later = b'{"new":[1,2],"s":"zzz"}'
    counts = {"op": 3, "relay": 2, "key": 1, "digest": 1, "state": 1, "order": 3, "ref": 1, "zzz": 1}
    order = b'{"order":"later","s":"order"}'

    def add(lines: list[bytes]) -> list[bytes]:
        return [*lines[:-1], order, lines[-1].replace(b'"name"', b'"more":1,"name"'), later]

    parcel = read_payload(edited(one(all_sections()), add, counts=counts))
    same(parcel, all_sections())
    assert [value["s"] for value in parcel.others] == ["order", "zzz"]
    assert code_of(edited(one(all_sections()), add)) == Code.BUNDLE_FORGED


def test_limits_of_a_payload() -> None:
    payload = one(Contents(ops=chain(10)))
    assert code_of(payload, Limits(lines=20)) == Code.BUNDLE_TOO_LARGE
    assert read_payload(payload, Limits(lines=21))
    assert code_of(payload, Limits(unpacked_bytes=len(payload) - 1)) == Code.BUNDLE_TOO_LARGE
    long = edited(payload, lambda lines: [*lines[:1], b"x" * (canonical.LINE_LIMIT_BYTES + 1), *lines[2:]])
    assert code_of(long) == Code.BUNDLE_TOO_LARGE


@pytest.mark.parametrize("payload", [b"", b"\n", b"{}", b"{}\n", b"[]\n", b"\xef\xbb\xbf{}\n", b"\xff\n", b"null\n"])
def test_what_is_no_payload(payload: bytes) -> None:
    assert code_of(payload) == Code.BUNDLE_DAMAGED


def test_a_payload_cut_at_every_length_is_refused() -> None:
    payload = one(all_sections())
    for length in range(len(payload)):
        with pytest.raises(KnownError):
            read_payload(payload[:length])
