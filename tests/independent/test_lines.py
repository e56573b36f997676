"""One line of every kind, frozen: a reader of its own understands it, and this program writes exactly these bytes."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import frozen_lines
import pytest
import reader

from shg_desk.domain import kinds
from shg_desk.domain.canonical import first_head
from shg_desk.domain.canonical import line_hash
from shg_desk.domain.canonical import next_head
from shg_desk.domain.canonical import parse
from shg_desk.domain.ids import OpName
from shg_desk.store.book import create_book
from shg_desk.store.check import check
from shg_desk.store.ledger import balances

FROZEN = Path(__file__).parent / "frozen"
KEPT = json.loads((FROZEN / "lines-keys.json").read_text("utf-8"))
LINES = (FROZEN / "lines.txt").read_bytes().split(b"\n")[:-1]
OPS = {json.loads(line)["kind"]: reader.read_line(line) for line in LINES}


def body(kind: str) -> dict:
    return OPS[kind]["body"]


def test_there_is_one_line_of_every_kind_and_we_write_exactly_these_bytes() -> None:
    assert set(OPS) == set(kinds.KINDS)
    assert len(OPS) == len(LINES)
    assert frozen_lines.lines(KEPT) == LINES


def test_our_own_rules_of_the_kinds_accept_them() -> None:
    for line in LINES:
        op = parse(line)
        kinds.validate(op["kind"], op["body"])


def test_the_ledger_is_understood_without_us() -> None:
    assert [one["amounts"] for one in reader.entries(body("correction"))] == [
        {"box": -5000, "saving.compulsory": 5000},
        {"box": 4500, "saving.compulsory": -4500},
    ]
    assert reader.entries(body("correction"))[0]["corrects"] == body("correction")["corrects"][0]
    [exchanged] = reader.entries(body("between"))
    assert (exchanged["foreign"], exchanged["rate"], exchanged["amounts"]["notes.RUB"]) == (["RUB", 1000], "1.04", 1040)
    count = body("count")["counts"][0]
    [difference] = reader.entries(body("count"))
    assert difference["amounts"]["box"] == reader.counted(count) - count["expected"] == -60
    assert reader.counted(body("meeting")["counts"][0]) == 4000
    told = [(one["whose"], one["column"], one.get("occurrence", 1)) for one in reader.entries(body("import"))]
    assert told == [(frozen_lines.MEMBERS[0], "Saved", 1), (frozen_lines.MEMBERS[1], "Saved", 2)]


def test_what_is_no_ledger_is_understood_without_us() -> None:
    closing = body("closing")
    assert (closing["from"], closing["until"]) == ("2026-01-01", "2026-03-31")
    assert closing["balances"][1] == ["saving.compulsory", frozen_lines.MEMBERS[0], -5200]
    [[device, epoch, seq, head]] = closing["heads"]
    assert (device, epoch, seq, len(head)) == (frozen_lines.DEVICE, frozen_lines.EPOCH, 8, 64)
    assert body("destroy")["purposes"] == ["identity", "life"]
    assert (body("tombstone")["type"], body("tombstone")["id"]) == ("person", body("same-as")["other"])
    assert body("same-as")["same"] is True
    assert body("settlement")["choice"] == "both"
    assert body("settlement")["difference"].split(" ")[1:] == body("settlement")["links"]


@pytest.mark.parametrize("kind", sorted(KEPT["texts"]))
def test_free_texts_open_with_the_groups_key(kind: str) -> None:
    texts = reader.group_texts(OPS[kind], bytes.fromhex(KEPT["group_key"]))
    assert texts == KEPT["texts"][kind]
    said = body(kind).get("text", 0)
    assert texts[said]


@pytest.mark.needs("age")
def test_a_restricted_note_opens_for_its_role(tmp_path: Path) -> None:
    assert reader.open_note(body("note")["note"], KEPT["age"], tmp_path) == {"text": "Жабык сөз"}
    assert body("note")["roles"] == ["counsellor", "manager"]


def test_together_they_count_and_add_up_as_the_other_reader_says(tmp_path: Path) -> None:
    book = create_book(tmp_path, bytes(32), [("role", "desk"), ("name", "x")], lambda _: None, Random(1).randbytes)
    head = first_head(frozen_lines.DEVICE, frozen_lines.EPOCH)
    with book.writing() as writer:
        for seq, line in enumerate(LINES, 1):
            writer.put(OpName(frozen_lines.DEVICE, frozen_lines.EPOCH, seq), line, head, relayed=False)
            head = next_head(head, line_hash(line))
    assert book.db.rows("SELECT state, code FROM standing WHERE state != 0") == []
    assert [(one.code, one.level) for one in check(book)] == [("photo-awaited", "warning")]
    found = {(b.account.group, b.account.code, b.account.owner): b.amount_minor for b in balances(book)}
    assert {key: amount for key, amount in found.items() if amount} == reader.balances(LINES)
    book.close()
