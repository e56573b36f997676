"""Groups: forming them, their voted rules, members, officers, and which laptop keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.profiles import Drafted
from shg_desk.domain.leaving import DIED
from shg_desk.domain.money import MINOR_DIGITS
from shg_desk.domain.money import major
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.rules import read_rules
from shg_desk.domain.rules_typed import typed_rules_problems
from shg_desk.domain.share_plan import owed_minor
from shg_desk.domain.votes import impossible_votes
from shg_desk.domain.votes import votes_problems
from shg_desk.store import groups as group_store
from shg_desk.store import last_meeting as last_store
from shg_desk.store import people as people_store
from shg_desk.store import revisions as revision_store
from shg_desk.store.group_state import group_state


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group to register: the code and name it uses, village, kind of group, its one currency and smallest note."""

    code: str
    name: str
    village: str | None = None
    lifecycle: str | None = None
    currency: str | None = None
    minor_digits: int | None = None
    smallest_minor: int = 100
    formed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """How a decision was voted, and in which words it was put (kept under the group's key)."""

    votes_for: int
    against: int = 0
    abstained: int = 0
    text: str = field(default="", kw_only=True)

    def as_json(self) -> dict[str, int]:
        """As it stands in an operation."""
        return {"for": self.votes_for, "against": self.against, "abstained": self.abstained}


def draft_group(desk: Desk, drafted: Drafted, new: NewGroup) -> str:
    """Adds a new group to an operation being put together: its identity, money, keeper and key. Gives its id."""
    group = drafted.new("group")
    desk.make_key(group, "group")
    currency = new.currency or desk.currency
    digits = MINOR_DIGITS[currency] if new.minor_digits is None else new.minor_digits
    identity = {
        "code": new.code,
        "name": new.name or new.code,
        "village": new.village,
        "lifecycle": new.lifecycle,
        "formed_on": new.formed_on.isoformat() if new.formed_on else None,
    }
    drafted.revise("group", group, "identity", identity)
    money = {"currency": currency, "minor_digits": digits, "smallest_minor": new.smallest_minor}
    drafted.revise("group", group, "money", money)
    drafted.revise("group", group, "keeper", {"device": desk.book.device})
    return group


def register_group(desk: Desk, new: NewGroup) -> Outcome[str]:
    """A group, kept by this laptop. Raises KnownError NAME_MISSING, CODE_TAKEN, CURRENCY_UNKNOWN."""
    problems = []
    if not new.code.strip():
        problems.append(Problem(Code.NAME_MISSING, "code"))
    elif group_store.id_with_code(desk.book, new.code) is not None:
        problems.append(Problem(Code.CODE_TAKEN, "code", {"code": new.code}))
    if new.currency is not None and new.currency not in MINOR_DIGITS:
        problems.append(Problem(Code.CURRENCY_UNKNOWN, "currency", {"currency": new.currency}))
    if problems:
        raise KnownError(*problems)
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        group = draft_group(desk, drafted, new)
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(group, Changed.GROUPS, frozenset({group}))


def set_rules(
    desk: Desk, group: str, content: Mapping[str, Any], since: date, vote: Vote | None = None
) -> Outcome[str]:
    """A dated, voted version of a group's rules; existing loans keep the version they were given under.

    Gives the version's name. Raises KnownError with every rule that cannot be read.
    """
    digits = group_store.currency_of(desk.book, group).minor_digits
    _, problems = read_rules(content, digits)
    cast = (vote.votes_for, vote.against, vote.abstained) if vote else ()
    if found := (*problems, *impossible_votes("vote", cast)):
        raise KnownError(*found)
    body: dict[str, Any] = {
        "group": group,
        "from": since.isoformat(),
        "content": dict(content),
        "saw": group_store.rules_heads(desk.book, group),
    }
    seen = last_store.seen_meeting(desk.book.db, group)
    if seen:
        body["seen"] = seen
    if vote:
        body["vote"] = vote.as_json()
        if vote.text:
            body |= {"text": 0, **desk.seal_texts("rules", group, [vote.text])}
    with desk.book.writing() as writer:
        stored = writer.append(desk.line("rules", body))
    return Outcome(str(stored.name), Changed.GROUPS | Changed.LOANS, frozenset({group}))


def set_typed_rules(
    desk: Desk, group: str, content: Mapping[str, Any], since: date, vote: Vote | None = None
) -> Outcome[str]:
    """The same from a file: words that mean nothing, and no words at all, are refused too. More votes than members are
    a warning.
    """
    problems = typed_rules_problems(content, group_store.currency_of(desk.book, group).minor_digits, since)
    if problems:
        raise KnownError(*problems)
    done = set_rules(desk, group, content, since, vote)
    cast = (vote.votes_for, vote.against, vote.abstained) if vote else ()
    members = group_store.members_on(desk.book, since, group)[group]
    return replace(done, warnings=tuple(votes_problems("vote", cast, members)))


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person joining a group: her number and booklet as the group uses them, and the day."""

    group: str
    number: str
    person: str | None = None
    household: str | None = None
    booklet: str = ""
    joined: date | None = None


def draft_member(drafted: Drafted, new: NewMember) -> str:
    """Adds a new membership to an operation being put together. Gives its id."""
    membership = drafted.new("membership")
    place = {"group": new.group, "person": new.person, "household": new.household}
    drafted.revise("membership", membership, "place", place)
    drafted.revise("membership", membership, "number", {"number": new.number, "booklet": new.booklet})
    if new.joined:
        drafted.revise("membership", membership, "interval", {"joined": new.joined.isoformat()})
    return membership


def add_member(desk: Desk, new: NewMember) -> Outcome[str]:
    """A member of a group. Gives the membership's id; a person in two groups, or younger than the rules say, is a
    warning, never a refusal.

    Raises KnownError NUMBER_TAKEN: numbers are unique in the group and kept after leaving.
    """
    if group_store.memberships_by_number(desk.book, new.group, new.number, with_removed=True):
        raise KnownError(Problem(Code.NUMBER_TAKEN, "number", {"number": new.number}))
    warnings = []
    others = {one.group for one in group_store.memberships_of_person(desk.book, new.person)} if new.person else set()
    if others - {new.group}:
        warnings.append(Problem(Code.IN_TWO_GROUPS, "person", {"number": new.number}, Level.WARNING))
    warnings += _below_age(desk, new)
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        membership = draft_member(drafted, new)
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(membership, Changed.GROUPS, frozenset({new.group}), tuple(warnings))


def booklet_taken(desk: Desk, group: str, booklet: str, membership: str | None = None) -> Problem | None:
    """A problem where another member of the group has, or had, a booklet of that number; none for an empty one."""
    others = [one for one in group_store.memberships(desk.book, group) if one.id != membership]
    holder = next((one for one in others if booklet and one.booklet == booklet), None)
    if holder is None:
        return None
    return Problem(Code.BOOKLET_TAKEN, "booklet", {"booklet": booklet, "member": holder.number})


def _below_age(desk: Desk, new: NewMember) -> list[Problem]:
    """A warning for one who is younger than the rules of the day she joins say, as far as her birthday is known."""
    person = people_store.person(desk.book, new.person) if new.person else None
    on = new.joined or desk.today()
    found = [version for version in group_store.rules_versions(desk.book, new.group) if version.starts <= on]
    if person is None or not found:
        return []
    rules, _ = read_rules(found[-1].content, 0)
    age = rules.below_age(person.birth, on)
    if age is None:
        return []
    facts: dict[str, Fact] = {"member": new.number, "age": age, "minimum": rules.minimum_age}
    return [Problem(Code.BELOW_MINIMUM_AGE, "person", facts, Level.WARNING)]


def end_membership(desk: Desk, membership: str, left: date, why: str = "") -> Outcome[str]:
    """A member leaves; her number stays hers and her ledger stays. What is not settled with her yet is a warning.

    Raises KnownError DEATH_RECORDED of one who is marked as having died.
    """
    before = revision_store.shown(desk.book.db, "membership", membership, "interval")
    if before.get("why") == DIED and before.get("left"):
        raise KnownError(Problem(Code.DEATH_RECORDED, "left", {"died": str(before["left"])}))
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        fields = {**before, "left": left.isoformat(), "why": why}
        drafted.revise("membership", membership, "interval", fields)
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(membership, Changed.GROUPS, warnings=tuple(_unsettled(desk, membership)))


def _unsettled(desk: Desk, membership: str) -> Iterator[Problem]:
    """What she still has and owes when every record counts: savings, and whatever else stands in her name."""
    one = group_store.membership(desk.book, membership)
    assert one is not None
    last = group_state(desk.book, one.group).last_day
    ground = ground_of(desk, one.group, max(desk.today(), last or desk.today()))
    member = ground.member(one.id)
    if member is None:
        return

    def sums(**minor: int) -> dict[str, Fact]:
        return {name: major(amount, ground.currency.minor_digits) for name, amount in minor.items() if amount > 0}

    known: dict[str, Fact] = {"member": one.number, "name": one.name}
    if saved := sums(saved=member.saved_in_all_minor + member.ahead_minor):
        yield Problem(Code.LEFT_WITH_SAVINGS, "left", {**known, **saved}, Level.WARNING)
    if rest := sums(owes=owed_minor(ground, member), owed=member.payable_minor + member.brought_minor):
        yield Problem(Code.LEFT_UNSETTLED, "left", {**known, **rest}, Level.WARNING)


def set_officer(
    desk: Desk, group: str, post: str, membership: str, since: date, until: date | None = None
) -> Outcome[str]:
    """An officer's term, as elected. Gives the term's id."""
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        term = drafted.new("officer")
        fields = {
            "group": group,
            "membership": membership,
            "post": post,
            "since": since.isoformat(),
            "until": until.isoformat() if until else None,
        }
        drafted.revise("officer", term, "term", fields)
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(term, Changed.GROUPS, frozenset({group}))


def hand_over(desk: Desk, group: str, device: str) -> Outcome[str]:
    """Another laptop becomes the group's keeper."""
    with desk.book.writing() as writer:
        drafted = Drafted(desk)
        drafted.revise("group", group, "keeper", {"device": device})
        writer.append(desk.line("profile", drafted.body()))
    return Outcome(group, Changed.GROUPS, frozenset({group}))
