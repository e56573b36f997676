"""The file with the ways into a book, written by somebody who wants more than his role gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk_maker import CHEAP
from desk_maker import PASSPHRASE
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.books import add_key
from shg_desk.actions.books import open_desk
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.roles import Role
from shg_desk.sync import keyslots
from shg_desk.sync.keyfiles import NAMES
from shg_desk.sync.keyfiles import load_keys


def test_a_slot_put_before_hers_under_her_number_raises_nobody(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    group = make_group(desk)
    number = add_key(desk, "treasurer of the group", "Айгүл", role=Role("treasurer", group), cost=CHEAP)
    desk.close()
    file = load_keys(desk.folder).file
    hers = next(slot for slot in file.slots if slot.number == number)
    plain = {name: value for name, value in hers.fields.items() if name not in ("role", "group")}
    forged = keyslots.Slot(number, hers.kind, hers.made, plain | {"salt": "A" * 22})
    content = replace(file, slots=(forged, *file.slots)).content()
    for name in NAMES:
        (desk.folder / name).write_bytes(content)
    for passphrase in ("treasurer of the group", PASSPHRASE):
        with pytest.raises(KnownError) as caught:
            open_desk(desk.folder, passphrase)
        assert [one.code for one in caught.value.problems] == [Code.BOOK_DAMAGED]
