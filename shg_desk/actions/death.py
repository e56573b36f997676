"""A member has died: she leaves on that day, her posts end, and what she had and owed is settled by the group's vote.

One transaction: a `profile` record ends membership and posts, a `between` record holds the money and the decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import timedelta
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.correction_limits import refuse_day
from shg_desk.actions.death_estate import DeathView
from shg_desk.actions.death_estate import death_view
from shg_desk.actions.death_estate import in_the_way
from shg_desk.actions.death_estate import last_moved
from shg_desk.actions.desk import Desk
from shg_desk.actions.ground import ground_of
from shg_desk.actions.meetings import LEDGER
from shg_desk.actions.profiles import Drafted
from shg_desk.actions.views_entry import Preview
from shg_desk.actions.views_entry import preview_of
from shg_desk.domain.corrections import Fresh
from shg_desk.domain.corrections import Plan
from shg_desk.domain.death import CHOICES
from shg_desk.domain.death import FORGIVEN
from shg_desk.domain.death import KEPT
from shg_desk.domain.death import Settled
from shg_desk.domain.death import settle
from shg_desk.domain.entries import BlockWriter
from shg_desk.domain.leaving import DIED
from shg_desk.domain.leaving import SETTLED_BY_VOTE
from shg_desk.domain.loan_names import loans_called
from shg_desk.domain.money import major
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet_posting import ledger_body
from shg_desk.domain.votes import votes_problems
from shg_desk.store import groups as group_store
from shg_desk.store import revisions as revision_store


@dataclass(frozen=True, slots=True)
class Death:
    """A death as typed. `member` is a membership's id, `on` the day she died, `settled_on` the day the group decided.

    `choices` is by debt (`hand`, `fines`, a loan's id, or its code where only one has it), a word of
    `domain.death.CHOICES`; those not named are kept.
    The grant is paid in cash from `place`. `votes` are those for and against, `decided` the decision in words (sealed),
    `heir` to whom the rest is to be paid (sealed).
    """

    member: str
    on: date
    settled_on: date
    choices: Mapping[str, str] = field(default_factory=dict)
    grant_minor: int = 0
    place: str = "box"
    votes: tuple[int | None, int | None] = (None, None)
    decided: str = ""
    heir: str = ""


@dataclass(frozen=True, slots=True)
class DeathAhead:
    """A death before it is written: her account, what becomes of each debt, what changes, and warnings.

    `preview` is None where no money is to be settled.
    """

    view: DeathView
    settled: Settled
    preview: Preview | None
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """The records written: of the membership (None: it was marked before), and of the money (None: there was none)."""

    profile: str | None
    between: str | None
    ahead: DeathAhead


def preview_death(desk: Desk, death: Death) -> DeathAhead:
    """What it would write and change. Raises KnownError with everything that stands in the way."""
    view = death_view(desk, death.member, death.on, death.settled_on)
    death = replace(death, choices=_by_debt(view, death.choices))
    problems = [*in_the_way(desk, view, death.on), *_wrong(desk, view, death)]
    if any(problem.level is Level.PROBLEM for problem in problems):
        raise KnownError(*problems)
    settled = settle(view.estate, death.choices, death.grant_minor, death.place)
    if view.died is not None and not settled.entries:
        raise KnownError(Problem(Code.NOTHING_CHANGED, "member"))
    if not settled.entries:
        return DeathAhead(view, settled, None, tuple(problems))
    plan = _plan(settled, death.settled_on)
    return DeathAhead(view, settled, preview_of(desk, view.group, plan), tuple(problems))


def write_death(desk: Desk, death: Death, *, seen: Settled | None = None) -> Outcome[Recorded]:
    """Writes it in one transaction.

    `seen` is the settlement a person was shown: where it would be another one now, nothing is written. Raises
    KnownError with everything that stands in the way, DEATH_CHANGED.
    """
    ahead = preview_death(desk, death)
    if seen is not None and seen != ahead.settled:
        raise KnownError(Problem(Code.DEATH_CHANGED, "member"))
    group = ahead.view.group
    drafted = _profile(desk, ahead.view, death.on)
    body = _money(desk, ground_of(desk, group, death.settled_on), death, ahead) if ahead.settled.entries else None
    profile = between = None
    with desk.book.writing() as writer:
        if len(drafted):
            profile = str(writer.append(desk.line("profile", drafted.body())).name)
        if body is not None:
            between = str(writer.append(desk.line("between", body)).name)
    changed = LEDGER | Changed.GROUPS | Changed.PEOPLE
    return Outcome(Recorded(profile, between, ahead), changed, frozenset({group}), ahead.warnings)


def _by_debt(view: DeathView, choices: Mapping[str, str]) -> dict[str, str]:
    """The choices by the keys of the debts. Raises KnownError LOAN_CODE_SHARED for a code that several loans have."""
    names, found = [(debt.key, debt.said) for debt in view.estate.debts], dict[str, str]()
    for said, choice in choices.items():
        called = loans_called(said, names)
        if len(called) > 1:
            loans = "; ".join(debt.said for debt in view.estate.debts if debt.key in called)
            facts: dict[str, Fact] = {"member": view.number, "loan": said, "loans": loans}
            raise KnownError(Problem(Code.LOAN_CODE_SHARED, "debt", facts))
        found[called[0] if called else said] = choice
    return found


def _wrong(desk: Desk, view: DeathView, death: Death) -> list[Problem]:
    """What is wrong with the answers themselves."""
    found = []
    if death.settled_on < death.on:
        facts: dict[str, Fact] = {"date": death.settled_on.isoformat(), "died": death.on.isoformat()}
        found.append(Problem(Code.SETTLED_BEFORE_DEATH, "settled_on", facts))
    else:
        refuse_day(desk, view.group, death.settled_on)
    last = last_moved(desk, view.group, death.member)
    if last is not None and last > death.settled_on:  # what was brought or taken since would be reckoned twice
        facts = {"date": death.settled_on.isoformat(), "last": last.isoformat()}
        found.append(Problem(Code.SETTLED_BEFORE_RECORDS, "settled_on", facts))
    known = {debt.key for debt in view.estate.debts}
    for key, choice in death.choices.items():
        if key not in known or choice not in CHOICES:
            found.append(Problem(Code.DEBT_UNKNOWN, "debt", {"debt": key, "choice": choice}))
    grant, digits = death.grant_minor, view.currency.minor_digits
    most = min(view.social_minor, view.places_minor.get(death.place, 0))
    if grant < 0 or grant > max(most, 0):
        facts = {"amount": major(grant, digits), "most": major(max(most, 0), digits)}
        found.append(Problem(Code.GRANT_TOO_LARGE, "grant", facts))
    elif grant % view.currency.smallest_minor:
        facts = {"amount": major(grant, digits), "smallest": major(view.currency.smallest_minor, digits)}
        found.append(Problem(Code.AMOUNT_NOT_PAYABLE, "grant", facts))
    if not _is_carried(death):
        found.append(Problem(Code.DEATH_NOT_VOTED, "votes"))
    return [*found, *votes_problems("decision 1", death.votes, view.could_vote)]


def _is_carried(death: Death) -> bool:
    """False where a debt is forgiven and nobody voted, or where what is settled was voted down."""
    votes_for, against = (said or 0 for said in death.votes)
    if death.votes == (None, None):
        return FORGIVEN not in death.choices.values()
    settles = death.grant_minor or any(choice != KEPT for choice in death.choices.values())
    return votes_for > against or not settles


def _plan(settled: Settled, on: date) -> Plan:
    """The entries as a plan has them: what they do to each account can be shown."""
    fresh = (Fresh(one.kind, one.by, one.owner, one.postings, on) for one in settled.entries)
    return Plan("between", on, (), tuple(fresh), {})


def _profile(desk: Desk, view: DeathView, died: date) -> Drafted:
    """Her membership ended on the day, and every post she held then or was to hold; nothing where that is so already.

    A term's days are both included, so that its last one is the day before. One that would have begun later is left as
    it is: the term of one who died before it is no term (`store.groups`).
    """
    drafted, db = Drafted(desk), desk.book.db
    if view.died is None:
        before = revision_store.shown(db, "membership", view.member, "interval")
        drafted.revise("membership", view.member, "interval", {**before, "left": died.isoformat(), "why": DIED})
    last = (died - timedelta(days=1)).isoformat()
    for term in group_store.officers(desk.book, view.group):
        if (term.since or "") <= last and term.membership == view.member and (term.until is None or term.until > last):
            fields = revision_store.shown(db, "officer", term.id, "term")
            drafted.revise("officer", term.id, "term", {**fields, "until": last})
    return drafted


def _money(desk: Desk, ground: Ground, death: Death, ahead: DeathAhead) -> dict[str, Any]:
    """The body of the one record of money: entries, the decision with its votes, to whom the rest is to be paid."""
    writer, members, loans = BlockWriter(), {ahead.view.member: 0}, dict[str, int]()
    texts: list[str] = []
    heir = _text(texts, death.heir)
    for one in ahead.settled.entries:
        mine = one.by == "member"
        owner = members[one.owner] if mine else loans.setdefault(one.owner, len(loans))
        facts: dict[str, Any] = {"why": DIED}
        if heir is not None and (one.kind == "grant" or any(c == "payable" and a < 0 for c, a in one.postings)):
            facts["text"] = heir
        writer.add(one.kind, list(one.postings), owner, by=one.by, facts=facts)
    body = ledger_body(replace(ground, on=death.settled_on), writer, members, loans)
    if heir is not None:
        body["text"] = heir
    votes_for, against = death.votes
    decided = _text(texts, death.decided)
    if decided is not None:
        decision: dict[str, Any] = {"text": decided, "template": SETTLED_BY_VOTE}
        decision |= {name: n for name, n in (("for", votes_for), ("against", against)) if n is not None}
        body["decisions"] = [decision]
    return {**body, **desk.seal_texts("between", ahead.view.group, texts)}


def _text(texts: list[str], said: str) -> int | None:
    if not said.strip():
        return None
    texts.append(said.strip())
    return len(texts) - 1
