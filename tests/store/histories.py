"""Histories that three devices write about two groups, step by step as a test draws them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import islice
from random import Random
from typing import Any

from hypothesis import strategies as st
from villages import Device
from villages import Group
from villages import Ring
from villages import Written
from villages import new_device
from villages import new_group
from villages import savings

from shg_desk.domain.canonical import encode
from shg_desk.domain.ids import new_id
from shg_desk.store import keys
from shg_desk.store.book import Book
from shg_desk.store.keys import OwnerKey

LAST_STEP = 18
STEPS = st.lists(
    st.tuples(st.integers(0, LAST_STEP), st.integers(0, 10**6), st.integers(0, 2), st.integers(0, 400)),
    min_size=1,
    max_size=25,
)


SEALED_STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 2, 4, 4, 5, 11, 13, 14, 16, *[17] * 8, *[18] * 3]),
        *(st.integers(0, 10**6), st.integers(0, 2), st.integers(0, 400)),
    ),
    min_size=4,
    max_size=30,
)
"""Mostly sealed parts and destroyed keys, among meetings, corrections, forks and what waits for something missing."""


class History:
    """Three devices write about two groups, each knowing some of what the others wrote."""

    def __init__(self, steps: list[tuple[int, int, int, int]]) -> None:
        self.chance = Random(5)
        self.devices = [new_device(self.chance), new_device(self.chance), new_device(self.chance, relayed=True)]
        self.groups = [new_group(self.chance, 3), new_group(self.chance, 2)]
        self.loans: list[tuple[Group, str]] = []
        self.meetings: dict[str, list[str]] = {group.gid: [] for group in self.groups}
        self.heads: dict[str, list[str]] = {group.gid: [] for group in self.groups}
        self.entries: list[tuple[Group, str]] = []
        self.marked: dict[str, list[str]] = {}
        self.answers: list[tuple[Device, str, str]] = []
        self.all: list[Written] = []
        self.ring_contents: dict[str, Mapping[str, Any]] = {}
        self.keys: dict[str, list[OwnerKey]] = {}  # those that travel beside an operation, by its name
        for number, group in enumerate(self.groups):
            made = self.write(self.devices[0], "profile", {"revisions": group.revisions(f"G-{number}")})
            self.heads[group.gid].append(made)
        for step in steps:
            self.step(*step)

    def write(self, device: Device, kind: str, body: dict[str, Any], version: int = 1) -> str:
        self.all.append(device.write(kind, body, version=version))
        return str(self.all[-1].name)

    def step(self, what: int, pick: int, who: int, day: int) -> None:
        device, group = self.devices[who], self.groups[pick % 2]
        on = f"2025-{day % 12 + 1:02d}-{day % 28 + 1:02d}"
        seen = self.meetings[group.gid][pick % len(self.meetings[group.gid])] if self.meetings[group.gid] else None
        size = len(group.members)
        if what <= 3:
            more = {"counts": [{"place": "box", "total": pick % 999, "expected": pick % 999}]} if what == 1 else {}
            name = self.write(device, "meeting", savings(group, on, [pick % 97 * 100] * size, seen, **more))
            self.meetings[group.gid].append(name)
            self.entries += [(group, f"{name}#{n}") for n in range(1, size + 1)]
        elif what == 4 and self.entries:
            whose, entry = self.entries[pick % len(self.entries)]
            block = {"kind": "saving", "accounts": ["box", "social"], "lines": [[None, -pick, {"corrects": entry}]]}
            how = ("reverse", "twice", "meeting")[pick % 3]
            body = {"group": whose.gid, "date": on, "how": how, "corrects": [entry], "entries": [block]}
            self.entries.append((whose, f"{self.write(device, 'correction', body)}#1"))
        elif what == 5:
            saw = [self.heads[group.gid][pick % len(self.heads[group.gid])]]
            revision = ["group", group.gid, "identity", {"code": "G", "name": f"Имя {pick % 5}"}, saw]
            self.heads[group.gid].append(self.write(device, "profile", {"revisions": [revision]}))
        elif what == 6:
            loan = new_id(self.chance.randbytes)
            new = {"loan": loan, "code": "L-1", "member": 0, "amount": 5000, "terms": {"method": "flat"}}
            block = {"kind": "loan", "by": "loan", "accounts": ["principal", "box"], "lines": [[0, 5000]]}
            body = {"group": group.gid, "date": on, "members": group.members[:1], "loans": [loan], "entries": [block]}
            self.write(device, "between", body | {"new_loans": [new]})
            self.loans.append((group, loan))
        elif what == 7 and self.loans:
            whose, loan = self.loans[pick % len(self.loans)]
            block = {"kind": "repayment", "by": "loan", "accounts": ["box", "interest", "principal"]}
            block["lines"] = [[0, 700, -50]]
            self.write(device, "between", {"group": whose.gid, "date": on, "loans": [loan], "entries": [block]})
        elif what == 8:
            saw = [] if pick % 3 else self.heads.setdefault("rules " + group.gid, [])[-1:]
            body = {"group": group.gid, "from": on, "content": {"n": pick % 7}, "saw": saw}
            self.heads.setdefault("rules " + group.gid, []).append(self.write(device, "rules", body))
        elif what == 9:
            self.write(device, "of-tomorrow", {"group": group.gid})
        elif what == 10:
            self.all.append(device.write_raw(b'{"not": canonical}'))
        elif what == 11 and device.lines:
            first = device.lines[pick % len(device.lines)]
            other = encode({"at": [0, 0], "body": savings(group, on, [100]), "by": "2", "kind": "meeting", "v": 1})
            self.all.append(Written(first.name, other, first.head_before, device.relayed))
        elif what == 12:
            self.step_import(device, group, on, pick)
        elif what == 13:
            missing = f"{self.devices[0].code}.{self.devices[0].epoch}.{900 + pick % 3}"
            self.meetings[group.gid].append(self.write(device, "meeting", savings(group, on, [100], missing)))
        elif what == 14:
            person = group.persons[pick % size]
            self.write(device, "tombstone", {"type": "person", "id": person, "reason": "twice"})
            same = {"type": "person", "id": person, "other": group.persons[(pick + 1) % size], "same": True}
            self.write(device, "same-as", same)
        elif what >= 15:
            self.step_rare(what, device, group, on, pick)

    def step_rare(self, what: int, device: Device, group: Group, on: str, pick: int) -> None:
        if what >= 17:
            (self.step_sealed if what == 17 else self.step_destroy)(device, group, pick)
        else:
            (self.step_marks if what == 15 and self.meetings[group.gid] else self.step_answer)(device, group, on, pick)

    def step_sealed(self, device: Device, group: Group, pick: int) -> None:
        """A name, an address or a note under its household's key, which travels beside it, or does not."""
        place = pick % len(group.persons)
        person, household = group.persons[place], group.households[place]
        kind, thing, name = (("person", person, "identity"), ("household", household, "life"))[pick // 7 % 2]
        text = f"text {len(self.ring_contents)}"
        said = {"name": f"Имя {pick % 9}"} if kind == "person" else {"note": f"Сөз {pick % 9}"}
        self.ring_contents[text] = {f"{kind}/{thing}/{name}": said}
        heads = self.heads.setdefault(f"{thing} {name}", [])
        body = {
            "revisions": [[kind, thing, name, {}, heads[-(pick % 3) :] if pick % 3 else [], 0]],
            "sealed": [[household, name, 1, text]],
        }
        heads.append(self.write(device, "profile", body))
        if (pick >> 4) % 3 == 0:
            secret = Random(f"{household} {name}").randbytes(32)
            self.keys[heads[-1]] = [OwnerKey(household, name, 1, secret)]

    def step_destroy(self, device: Device, group: Group, pick: int) -> None:
        household = group.households[pick % len(group.households)]
        purposes = (["identity"], ["life"], ["identity", "life"])[pick % 3]
        self.write(device, "destroy", {"household": household, "purposes": purposes, "reason": "asked for"})

    def put(self, book: Book, ring: Ring, order: Sequence[Written], batch: int = 7) -> None:
        """Puts operations as files would: keys first, then records, then what they order to be destroyed."""
        ring.book, ring.contents = book, self.ring_contents
        rest = iter(order)
        for part in iter(lambda: list(islice(rest, batch)), []):
            with book.writing() as writer:
                beside = {key for one in part for key in self.keys.get(str(one.name), ())}
                keys.put_many(book.db, writer, sorted(beside, key=lambda key: (key.owner, key.purpose)))
                for one in part:
                    writer.put(one.name, one.line, one.head_before, relayed=one.relayed)
                writer.flush()
                for name in writer.outcome.destroys:
                    body = next(json.loads(one.line)["body"] for one in self.all if str(one.name) == name)
                    keys.destroy(book.db, writer, body["household"], body["purposes"], name)

    def step_marks(self, device: Device, group: Group, on: str, pick: int) -> str | None:
        """A correction of marks or decisions of a meeting that knows some of the corrections before it."""
        meeting = self.meetings[group.gid][pick % len(self.meetings[group.gid])]
        known = self.marked.setdefault(meeting, [])
        saw = [one for place, one in enumerate(known) if (pick >> place) % 3]
        size = len(group.members)
        marks = "".join("pla-r"[(pick >> 2 * place) % 5] for place in range(size))
        body = {"group": group.gid, "date": on, "how": "meeting", "meeting": meeting, "saw": saw}
        body |= {"members": group.members, "attendance": marks, "represented": {"0": "x"}} if pick % 4 else {}
        body |= {"decisions": [{"text": 0, "for": pick % 3}]} if pick % 4 in (0, 3) else {}
        known.append(self.write(device, "correction", body))
        return known[-1]

    def step_answer(self, device: Device, group: Group, on: str, pick: int) -> str | None:
        """An answer that chose a version, or marks; or one given before is undone, mostly by who gave it."""
        if self.answers and pick % 3 == 0:
            writer, answer, difference = self.answers[pick % len(self.answers)]
            body = {"difference": difference, "choice": "reopened", "links": [answer]}
            return self.write(device if pick % 5 == 0 else writer, "settlement", body)
        chosen: str | None
        if pick % 4 == 0 and self.meetings[group.gid]:
            chosen = self.step_marks(device, group, on, pick)
        elif pick % 4 == 1:
            known = self.heads.setdefault("rules " + group.gid, [])
            body = {"group": group.gid, "from": on, "content": {"n": pick % 7}, "saw": known[-2:]}
            chosen = self.write(device, "rules", body)
            known.append(chosen)
        else:
            revision = ["group", group.gid, "identity", {"code": "G", "name": "one"}, self.heads[group.gid][-3:]]
            chosen = self.write(device, "profile", {"revisions": [revision]})
            self.heads[group.gid].append(chosen)
        body = {"difference": f"d {pick}", "choice": "keep 1", "links": [chosen]}
        self.answers.append((device, self.write(device, "settlement", body), f"d {pick}"))
        return chosen

    def step_import(self, device: Device, group: Group, on: str, pick: int) -> None:
        block = {"kind": "saving", "by": "member", "accounts": ["box", "saving.usual"], "column": "Saved"}
        block["lines"] = [[0, pick % 5 * 100], [1, 300, {"occurrence": 2, "foreign": ["RUB", 280], "rate": "1.07"}]]
        keys = {"group": "G", "members": ["1", "2"]}
        body = {"source": "roster.csv", "group": group.gid, "date": on, "members": group.members[:2], "keys": keys}
        self.write(device, "import", body | {"entries": [block]})

    def shuffled(self, chance: Random) -> list[Written]:
        """Another order of arrival; of two lines under one name the first stays first, for that is the rule."""
        order = list(self.all)
        chance.shuffle(order)
        place = {id(one): index for index, one in enumerate(self.all)}
        by_name: dict[str, list[Written]] = {}
        for one in sorted(order, key=lambda one: place[id(one)]):
            by_name.setdefault(str(one.name), []).append(one)
        return [by_name[str(one.name)].pop(0) for one in order]
