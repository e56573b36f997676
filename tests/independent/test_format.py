"""Format 1 read by somebody else: fresh files and the frozen ones, with age, minisign, xz and a reader of its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import frozen_maker
import pytest
import reader

from shg_desk.actions.books import NewBook
from shg_desk.actions.books import add_key
from shg_desk.actions.books import make_book
from shg_desk.actions.books import open_desk
from shg_desk.actions.parcels_in import import_parcels
from shg_desk.domain.roles import Role
from shg_desk.store.backup import restore
from shg_desk.store.check import check
from shg_desk.store.ledger import balances
from shg_desk.sync.keyslots import Cost

FROZEN = Path(__file__).parent / "frozen"
TOOLS = pytest.mark.needs("age", "minisign", "xz")


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh")
    frozen_maker.make(folder)
    return folder


@pytest.fixture(params=["fresh", "frozen"])
def files(request: pytest.FixtureRequest, fresh: Path, tmp_path: Path) -> Path:
    """The example files, in a copy that may be opened and written to."""
    target = tmp_path / "files"
    shutil.copytree(fresh if request.param == "fresh" else FROZEN, target)
    return target


def keys(files: Path) -> dict[str, str]:
    return json.loads((files / "keys.json").read_text())


def held(files: Path) -> dict[tuple[str, str, str | None], int]:
    return {
        (group, code, owner): amount for group, code, owner, amount in json.loads((files / "holds.json").read_text())
    }


@TOOLS
def test_the_office_s_parcel_adds_up(files: Path, tmp_path: Path) -> None:
    key = keys(files)
    lines = reader.open_parcel(files / "ops.shgb", key["office"], key["first_minisign"], tmp_path)
    manifest, operations, sections = reader.operations(lines)
    assert manifest["kind"] == "ops"
    assert len(operations) == manifest["counts"]["op"] > 5
    assert reader.balances(list(operations.values())) == held(files)
    opened = reader.sealed_parts(list(operations.values()), [s for s in sections if s["s"] == "key"])
    texts = json.dumps(opened, ensure_ascii=False)
    for name in frozen_maker.NAMES:
        assert name in texts
        assert name.encode() not in b"".join(operations.values())


@TOOLS
@pytest.mark.parametrize("kind", ["return", "colleague", "first-grant", "second-return"])
def test_every_other_kind_opens_for_its_addressee(files: Path, tmp_path: Path, kind: str) -> None:
    key = keys(files)
    who = "second" if kind in ("colleague", "second-return") else "first"
    signer = key["first_minisign"] if kind == "colleague" else key["office_minisign"]
    lines = reader.open_parcel(files / f"{kind}.shgb", key[who], signer, tmp_path)
    manifest, operations, _ = reader.operations(lines)
    assert manifest["kind"] == kind.rsplit("-", maxsplit=1)[-1]
    if kind in ("colleague", "second-return"):
        assert reader.balances(list(operations.values())) == held(files)


@TOOLS
def test_a_request_is_signed_by_the_keys_it_brings(files: Path, tmp_path: Path) -> None:
    request = reader.open_request(files / "first-request.shgb", keys(files)["first_minisign"], tmp_path)
    assert request["kind"] == "request"
    assert request["minisign"] == keys(files)["first_minisign"]


def test_a_book_opens_with_its_passphrase_and_adds_up(files: Path) -> None:
    folder = files / "first.shgbook"
    rows = reader.book_lines(folder / "book.db", reader.book_key(folder / "book.key", keys(files)["passphrase"]))
    assert reader.balances([row[3] for row in rows]) == held(files)
    heads: dict[tuple[str, str], bytes] = {}
    for device, epoch, seq, line, head in rows:
        before = heads.get((device, epoch), reader.head_before_first(device, epoch))
        heads[device, epoch] = reader.next_head(before, line)
        assert heads[device, epoch] == head, seq


def test_a_backup_is_a_tar_that_adds_up(files: Path, tmp_path: Path) -> None:
    names = reader.unpack_backup(files / "first.shgbackup", tmp_path / "tar")
    assert {"book.db", "book.key"} <= set(names)
    key = reader.book_key(tmp_path / "tar" / "book.key", keys(files)["passphrase"])
    rows = reader.book_lines(tmp_path / "tar" / "book.db", key)
    assert reader.balances([row[3] for row in rows]) == held(files)


def test_this_program_reads_the_files(files: Path, tmp_path: Path) -> None:
    passphrase = keys(files)["passphrase"]
    restore(files / "first.shgbackup", tmp_path / "restored.shgbook")
    for folder in (files / "first.shgbook", tmp_path / "restored.shgbook"):
        desk = open_desk(folder, passphrase)
        found = {(b.account.group, b.account.code, b.account.owner): b.amount_minor for b in balances(desk.book)}
        assert {key: amount for key, amount in found.items() if amount} == held(files)
        assert check(desk.book) == []
        desk.close()
    office = open_desk(files / "office.shgbook", passphrase)
    again = import_parcels(office, [files / "ops.shgb"]).value
    assert (again.new, again.refused) == (0, 0)
    assert again.known == again.counts()["known"] > 5
    office.close()


def test_a_slot_with_a_role_opens_for_a_reader_that_knows_none(tmp_path: Path) -> None:
    """What a person may do in the program is a word more in her slot; who reads without it opens the book as before."""
    made = make_book(NewBook(tmp_path / "b.shgbook", "desk", "b", "the animator's own"), cost=Cost(64, 1, 1)).desk
    add_key(made, "somebody who looks", "X", role=Role("viewer"), cost=Cost(64, 1, 1))
    key = made.book_key
    made.close()
    file = json.loads((tmp_path / "b.shgbook" / "book.key").read_bytes())
    assert [slot.get("role") for slot in file["slots"]] == [None, "viewer"]
    (tmp_path / "hers").write_text(json.dumps({"slots": file["slots"][1:]}))
    assert reader.book_key(tmp_path / "hers", "somebody who looks") == key
