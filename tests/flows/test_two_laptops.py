"""A group that two laptops write, with an office: whatever order files come in, all three books end up the same.

Each laptop is a process and a folder of its own; only files pass between them. Files are delivered in another order,
twice, late, or never.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cheap_books import enrol
from cheap_books import new_book
from program import Said
from program import at_once
from program import call
from program import good
from program import here

pytestmark = pytest.mark.usefixtures("installed")

GROUP = "KB-03"
MEMBERS = 6
STEPS = 22


@dataclass
class Story:
    """An office, two laptops of one group, and the post between them."""

    folder: Path
    chance: Random
    office: Path
    desks: list[Path]
    post: list[tuple[Path, Path]] = field(default_factory=list)  # a parcel and the book it is for
    written: int = 0
    rounds: int = 0
    done: list[str] = field(default_factory=list)
    days: Iterator[int] = field(default_factory=lambda: iter(range(1, 300)))
    last_day: dict[Path, int] = field(default_factory=dict)
    same_days: int = 0  # meetings on a day on which the other laptop had closed one

    @property
    def books(self) -> list[Path]:
        return [self.office, *self.desks]

    # what people do -------------------------------------------------------------------------------------------------

    def meeting(self, desk: Path) -> None:
        """A laptop closes a meeting from what it knows: where it can, on the day of one it has not heard of yet."""
        other = self.desks[1 - self.desks.index(desk)]
        theirs = self.last_day.get(other, 0)
        if theirs > self.last_day.get(desk, 0):
            said = self._meeting_on(desk, theirs)
            if said.code == 0:
                self.same_days += 1
                return
            assert "sheet-written" in [one["code"] for one in said.value["problems"]], said
        said = self._meeting_on(desk, next(self.days))
        assert said.code == 0, said

    def _meeting_on(self, desk: Path, day: int) -> Said:
        """Each laptop's own sums, so that two meetings of one day are no copy of each other."""
        cents = 25 * self.desks.index(desk)
        rows = [
            {
                "member": str(number),
                "attendance": "present",
                "in": [{"kind": "saving", "amount": f"{10 * number + day}.{cents:02d}", "product": "usual"}],
            }
            for number in range(1, MEMBERS + 1)
        ]
        sheet = {"group": GROUP, "date": f"2026-{day // 28 + 4:02d}-{day % 28 + 1:02d}", "held": True, "rows": rows}
        file = self.folder / f"sheet-{desk.stem}-{day}.json"
        file.write_text(json.dumps(sheet))
        said = call("meeting", "record", "--sheet", file, book=desk)
        if said.code == 0:
            assert said.value["recorded"]
            self.written += said.value["entries"]
            self.last_day[desk] = day
        return said

    def paper(self, desk: Path) -> None:
        """A laptop copies a list of savings from paper."""
        day = next(self.days)
        file = self.folder / f"paper-{day}.csv"
        lines = [f"{GROUP},{number},{day}.50" for number in range(1, MEMBERS + 1)]
        file.write_text("\n".join(["group,member,saved", *lines]) + "\n")
        columns = ("--column", "group=group", "--column", "member=member", "--column", "amount=saved")
        on = f"2026-03-{day % 28 + 1:02d}"
        self.written += good("import", "savings", file, *columns, "--date", on, book=desk)["entries"]

    def exported(self, desk: Path) -> None:
        for file in good("bundle", "export", "--to", self.folder / "post", book=desk)["files"]:
            self.post.append((Path(file["path"]), self.office))

    def to_colleague(self, desk: Path) -> None:
        other = self.desks[1 - self.desks.index(desk)]
        answer = good("bundle", "export", "--colleague", "all", "--to", self.folder / "post", book=desk)
        for file in answer["files"]:
            self.post.append((Path(file["path"]), other))

    def receipts(self) -> None:
        codes = {here("book", "info", book=desk)["device"]: desk for desk in self.desks}
        for file in good("bundle", "export", "--to", self.folder / "post", book=self.office)["files"]:
            self.post.append((Path(file["path"]), codes[file["to"]]))

    def delivered(self) -> None:
        """Any file there ever was reaches the one it is for: a late one, an old one again."""
        if self.post:
            file, book = self.chance.choice(self.post[-6:] if self.chance.random() < 0.7 else self.post)
            said = call("bundle", "import", file, book=book)
            assert said.code == 0, said
            assert said.value["refused"] == said.value["quarantined"] == 0

    def step(self) -> None:
        desk = self.chance.choice(self.desks)
        what: Any = self.chance.choices(
            [self.meeting, self.paper, self.exported, self.to_colleague, self.receipts, self.delivered],
            [3, 1, 3, 3, 2, 9],
        )[0]
        self.done.append(what.__name__)
        if what in (self.receipts, self.delivered):
            what()
        else:
            what(desk)

    def settled(self, rounds: int = 2) -> None:
        """Everybody sends and takes until there is nothing new; what was lost on the way goes again by itself."""
        for _ in range(rounds):
            self.rounds += 1
            to_office, back = self.folder / f"to-{self.rounds}", self.folder / f"back-{self.rounds}"
            at_once(*((("bundle", "export", "--to", to_office), desk) for desk in self.desks))
            good("bundle", "import", to_office, book=self.office)
            good("bundle", "export", "--to", back, book=self.office)
            if back.exists():
                at_once(*((("bundle", "import", back), desk) for desk in self.desks))


@pytest.fixture
def story(tmp_path: Path) -> Story:
    office = new_book(tmp_path / "office.shgbook", "office")
    desks = [new_book(tmp_path / f"{name}.shgbook") for name in ("one", "two")]
    for desk in desks:
        enrol(desk, office, tmp_path, "--groups", GROUP)
    told = Story(tmp_path, Random(), office, desks)
    told.paper(desks[0])
    told.settled(1)  # the second laptop gets the group, the first one learns who shares it
    return told


def of_group(book: Path) -> list[tuple[Any, ...]]:
    """The group's ledger without what is each book's own."""
    entries = here("ledger", "entries", "--group", GROUP, book=book)["entries"]
    return [(e["id"], e["effective"], e["member"], e["account"], e["amount"]) for e in entries]


@pytest.mark.parametrize("seed", [1, 2])
def test_three_books_of_one_group_end_up_the_same(story: Story, seed: int) -> None:
    story.chance.seed(seed)
    for desk in story.desks:
        story.meeting(desk)
    assert story.same_days == 1, "neither has heard of the other's"
    for _ in range(STEPS):
        story.step()
    assert {"meeting", "delivered", "to_colleague", "exported"} <= set(story.done)
    story.settled()
    infos = [here("book", "info", "--months", book=book) for book in story.books]
    months = [[one for one in info["months"] if one["group"] == GROUP] for info in infos]
    assert months[0] == months[1] == months[2]
    assert sum(one["entries"] for one in months[0]) == story.written > MEMBERS
    assert [info["held"] for info in infos] == [0, 0, 0]
    for info in infos:
        assert info["states"] == {"reconciled": info["operations"]}
    assert of_group(story.office) == of_group(story.desks[0]) == of_group(story.desks[1])
    balances = [here("ledger", "balances", "--group", GROUP, book=book)["balances"] for book in story.books]
    assert balances[0] == balances[1] == balances[2]
    for book in story.books:
        assert here("book", "check", book=book)["problems"] == []


def test_a_colleagues_records_arrive_without_the_office_and_count_as_not_received(story: Story) -> None:
    """By stick between neighbours: they count at once, and only the office's receipt makes them received."""
    one, two = story.desks
    story.meeting(one)
    story.to_colleague(one)
    file, book = story.post[-1]
    assert book == two
    taken = good("bundle", "import", file, book=two)
    assert taken["new"] == 1
    assert of_group(one) == of_group(two)
    assert good("bundle", "import", file, book=two)["new"] == 0
    assert call("bundle", "import", file, book=story.office).code == 1  # not the office's post
    assert here("book", "info", book=two)["states"]["saved"] == 1
    assert here("book", "info", book=one)["states"]["saved"] == 1
    story.settled()
    for desk in story.desks:
        assert set(here("book", "info", book=desk)["states"]) == {"reconciled"}


def test_what_the_office_leaves_out_its_laptops_leave_out_too(story: Story) -> None:
    """A laptop reported lost had handed its last meeting on by stick; asked for everything, the other sends it all."""
    one, two = story.desks
    story.meeting(one)
    story.to_colleague(one)
    file, _ = story.post[-1]
    good("bundle", "import", file, book=two)
    good("enrol", "revoke", here("book", "info", book=one)["device"], book=story.office)
    story.exported(one)
    file, _ = story.post[-1]
    assert good("bundle", "import", file, book=story.office)["quarantined"] == 1
    [waits] = good("bundle", "waiting", book=story.office)["waiting"]
    assert of_group(two) != of_group(story.office)
    good("bundle", "decide", waits["record"], "--reject", "--reason", "ноутбук жоголду", book=story.office)
    good("bundle", "export", "--to", story.folder / "decided", book=story.office)
    good("bundle", "import", story.folder / "decided", book=two)
    assert of_group(two) == of_group(story.office)
    everything = good("bundle", "export", "--everything", "--to", story.folder / "all", book=two)
    taken = good("bundle", "import", story.folder / "all", book=story.office)
    assert (taken["new"], taken["refused"]) == (0, 0)
    assert taken["known"] == everything["operations"]
    for book in (two, story.office):
        assert here("book", "check", book=book)["problems"] == []
