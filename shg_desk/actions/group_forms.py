"""What people type on the page of a group, made into actions: rules, a member joining, an officer's term."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.actions.changes import Changed
from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import NewGroup
from shg_desk.actions.groups import NewMember
from shg_desk.actions.groups import Vote
from shg_desk.actions.groups import add_member
from shg_desk.actions.groups import end_membership
from shg_desk.actions.groups import register_group
from shg_desk.actions.groups import set_officer
from shg_desk.actions.groups import set_rules
from shg_desk.actions.registering import Told
from shg_desk.actions.registering import register_home
from shg_desk.actions.registering import village_named
from shg_desk.domain.dates import DateError
from shg_desk.domain.dates import parse_date
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import major
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.store import group_state as group_store
from shg_desk.store import groups as groups_store
from shg_desk.store import people as people_store

FINES = ("late", "absent", "missed-saving", "late-repayment")
PRODUCTS = ("compulsory", "voluntary")


def day_of(typed: str, where: str, today: date) -> date | None:
    """The day typed, None for nothing. Raises KnownError naming the field."""
    try:
        return parse_date(typed, reference=today) if typed.strip() else None
    except DateError as trouble:
        raise KnownError(Problem(trouble.code, where, {"text": typed})) from trouble


def _whole(typed: str) -> int | str:
    """A number as rules keep it; what is none is left as typed, for the rules to name."""
    return int(typed) if typed.isdecimal() else typed


def _amount(typed: str, digits: int) -> str:
    """An amount as rules keep it; what is none is left as typed."""
    if not typed:
        return "0"
    try:
        return major(parse_amount(typed, digits, grouped=False), digits)
    except AmountError:
        return typed


def rules_texts(content: Mapping[str, Any], lifecycle: str | None) -> dict[str, str]:
    """A version of rules as the fields of its form show it; amounts are as recorded."""
    share, loan = content.get("share") or {}, content.get("loan") or {}
    meeting, fines = content.get("meeting") or {}, content.get("fines") or {}
    products = {str(one.get("code")): one for one in content.get("savings") or () if isinstance(one, Mapping)}
    texts = {
        "lifecycle": content.get("lifecycle") or lifecycle,
        "share.price": share.get("price"),
        "share.min": share.get("min"),
        "share.max": share.get("max"),
        "social": content.get("social"),
        "loan.rate": loan.get("rate"),
        "loan.rate_per": loan.get("rate_per") or "month",
        "loan.method": loan.get("method") or "flat",
        "loan.instalments": loan.get("instalments"),
        "loan_multiple": content.get("loan_multiple"),
        "quorum_percent": content.get("quorum_percent"),
        "weekday": meeting.get("weekday"),
        "every_weeks": meeting.get("every_weeks"),
        "time": meeting.get("time"),
    }
    texts |= {f"savings.{code}": products.get(code, {}).get("amount") for code in PRODUCTS}
    texts |= {f"fines.{why}": fines.get(why) for why in FINES}
    return {key: "" if value in (None, "0", "0.00", 0) else str(value) for key, value in texts.items()}


def rules_content(typed: Mapping[str, str], before: Mapping[str, Any], digits: int) -> dict[str, Any]:
    """The content of a new version: what is typed over what stood before; what the form does not ask stays."""
    content = dict(before)
    others = [one for one in before.get("savings") or () if one.get("code") not in PRODUCTS]
    own = [
        {"code": code, "amount": _amount(typed[f"savings.{code}"], digits), "compulsory": code == "compulsory"}
        for code in PRODUCTS
        if typed[f"savings.{code}"]
    ]
    content["savings"] = [*own, *others]
    content["share"] = {"price": _amount(typed["share.price"], digits)} | {
        part: _whole(typed[f"share.{part}"] or "0") for part in ("min", "max")
    }
    content["social"] = _amount(typed["social"], digits)
    fines = {why: amount for why, amount in (before.get("fines") or {}).items() if why not in FINES}
    fines |= {why: _amount(typed[f"fines.{why}"], digits) for why in FINES if typed[f"fines.{why}"]}
    content["fines"] = fines
    loan = dict(before.get("loan") or {})
    loan |= {"rate_per": typed["loan.rate_per"], "method": typed["loan.method"]}
    loan["rate"] = typed["loan.rate"].replace(",", ".") or "0"
    loan["instalments"] = _whole(typed["loan.instalments"] or "1")
    content["loan"] = loan
    content["loan_multiple"] = typed["loan_multiple"].replace(",", ".") or None
    content["quorum_percent"] = _whole(typed["quorum_percent"] or "0")
    weekday = typed["weekday"]
    content["meeting"] = dict(before.get("meeting") or {}) | {
        "weekday": _whole(weekday) if weekday else None,
        "every_weeks": _whole(typed["every_weeks"] or "0"),
        "time": typed["time"],
    }
    if typed["lifecycle"]:
        content["lifecycle"] = typed["lifecycle"]
    return {key: value for key, value in content.items() if value is not None}


def vote_rules(desk: Desk, group: str, typed: Mapping[str, str]) -> Outcome[str]:
    """A voted version of the rules from what is typed. Raises KnownError with everything that cannot be read."""
    digits = group_store.minor_digits(desk.book.db, group)
    since = day_of(typed["since"], "since", desk.today()) or desk.today()
    versions = groups_store.rules_versions(desk.book, group)
    content = rules_content(typed, versions[-1].content if versions else {}, digits)
    votes = [typed[name].strip() for name in ("votes_for", "against", "abstained")]
    vote = None
    if any(votes):
        wrong = [text for text in votes if text and not text.isdecimal()]
        if wrong:
            raise KnownError(Problem(Code.RULE_UNREADABLE, "votes_for", {"text": wrong[0]}))
        vote = Vote(*(int(text or 0) for text in votes))
    return set_rules(desk, group, content, since, vote)


def form_group(desk: Desk, typed: Mapping[str, str]) -> Outcome[str]:
    """A new group from what is typed. Raises as `register_group`, and for a day or note that cannot be read."""
    formed = day_of(typed["formed_on"], "formed_on", desk.today())
    try:
        smallest = parse_amount(typed["smallest"], 2, grouped=False) if typed["smallest"] else 100
    except AmountError as trouble:
        raise KnownError(Problem(trouble.code, "smallest", {"text": typed["smallest"]})) from trouble
    new = NewGroup(
        typed["code"].strip(),
        typed["name"].strip(),
        village_named(desk, typed["village"]),
        typed["lifecycle"] or None,
        typed["currency"] or None,
        smallest_minor=smallest,
        formed_on=formed,
    )
    return register_group(desk, new)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may join: a person known here already."""

    id: str
    name: str
    household: str
    village: str


def candidates(desk: Desk, search: str) -> list[Candidate]:
    """Persons whose name is meant, at most six."""
    if not search.strip():
        return []
    return [
        Candidate(one.id, one.name or "", one.household_code or "", one.village_name or "")
        for one in people_store.persons(desk.book, search, limit=6)
        if one.name
    ]


def join_group(desk: Desk, group: str, typed: Mapping[str, str], person: str | None) -> Outcome[str]:
    """A member joins: somebody known here, or a new person whose household is registered with her.

    Raises KnownError NUMBER_TAKEN, NAME_MISSING, or for a day that cannot be read.
    """
    joined = day_of(typed["joined"], "joined", desk.today())
    number = typed["number"].strip()
    if not number:
        raise KnownError(Problem(Code.NAME_MISSING, "number"))
    if group_store.membership_by_number(desk.book.db, group, number) is not None:
        raise KnownError(Problem(Code.NUMBER_TAKEN, "number", {"number": number}))
    changed = Changed.GROUPS
    known = people_store.person(desk.book, person) if person else None
    household = known.household if known is not None else None
    if known is None:
        found = groups_store.group(desk.book, group)
        village = (found.village_name if found else None) or ""
        made = register_home(desk, "", village, Told(typed["name"]))
        household = made.value
        person = people_store.persons(desk.book, household=household)[0].id
        changed |= Changed.PEOPLE
    outcome = add_member(desk, NewMember(group, number, person, household, typed["booklet"].strip(), joined))
    return Outcome(outcome.value, changed, outcome.groups, outcome.warnings)


def leave_group(desk: Desk, membership: str, typed: Mapping[str, str]) -> Outcome[str]:
    """A member leaves on the day typed. Raises KnownError for a day that is missing or cannot be read."""
    left = day_of(typed["left"], "left", desk.today())
    if left is None:
        raise KnownError(Problem(Code.DATE_UNREADABLE, "left", {"text": ""}))
    return end_membership(desk, membership, left, typed["why"].strip())


def elect(desk: Desk, group: str, typed: Mapping[str, str]) -> Outcome[str]:
    """An officer's term from what is typed. Raises KnownError for a day that cannot be read."""
    since = day_of(typed["since"], "since", desk.today()) or desk.today()
    until = day_of(typed["until"], "until", desk.today())
    if not typed["member"]:
        raise KnownError(Problem(Code.NAME_MISSING, "member"))
    return set_officer(desk, group, typed["post"], typed["member"], since, until)
