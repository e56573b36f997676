"""The rules of a group as they are typed: fields from a version, a version from fields, what it changes, the vote."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.group_forms import day_of
from shg_desk.actions.groups import Vote
from shg_desk.actions.groups import set_rules
from shg_desk.domain.allocation import DEFAULT_ORDER
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.money import AmountError
from shg_desk.domain.money import Currency
from shg_desk.domain.money import major
from shg_desk.domain.money import parse_amount
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import KnownError
from shg_desk.domain.problems import Problem
from shg_desk.domain.rules import FINE_REASONS
from shg_desk.domain.rules import NO_RULES
from shg_desk.domain.rules import Rules
from shg_desk.domain.rules import known_content
from shg_desk.domain.rules import read_rules
from shg_desk.store import groups as group_store

PRODUCTS = ("compulsory", "voluntary")
COLUMNS = ("saving", "shares", "social", "repayment", "fine", "other", "loan", "withdrawal", "grant", "other-out")
"""Columns of the sheet by the digit that stands for them: 1 to 9, and 0 for the last."""

ON_A_DAY = "day"
"""The rhythm of a group that meets on a day of the month; "1" to "5" are such weekdays of it, "" is so many weeks."""

LOAN_USUAL: Mapping[str, str] = {
    "rate_per": "month",
    "method": "flat",
    "every": "1",
    "unit": "month",
    "grace_kind": "postponed",
    "rounding": "half-even",
    "remainder": "last",
}
"""What is agreed of a loan where nothing else is said; such a word is only written where one stood before."""

LOAN_COUNTS = ("instalments", "every", "grace_principal", "grace_interest")
LOAN_WORDS = ("rate", *LOAN_COUNTS, *(w for w in LOAN_USUAL if w != "every"), "instalment_multiple")
TRIAL_MINOR = 1_000_000
"""The principal terms are tried on, so that impossible ones are told before a loan is given."""


def _order(*four: str) -> tuple[str, ...]:
    return ("fine", "fee", *four, "left")


ORDERS: tuple[tuple[str, ...], ...] = (
    tuple(DEFAULT_ORDER),
    _order("interest-overdue", "interest-due", "principal-overdue", "principal-due"),
    _order("principal-overdue", "interest-overdue", "principal-due", "interest-due"),
    _order("principal-overdue", "principal-due", "interest-overdue", "interest-due"),
)
"""Orders in which a repayment settles what is due; the first is the usual one."""


@dataclass(frozen=True, slots=True)
class RulesPreview:
    """What a version would change: the day it holds from, its vote, the rules of that day without it and with it.

    `members` and `quorum` say how many the group has and how many its rules want to be there.
    """

    since: date
    vote: Vote | None
    before: Rules
    after: Rules
    members: int
    quorum: int
    currency: Currency


def rules_texts(content: Mapping[str, Any], lifecycle: str | None) -> dict[str, str]:
    """A version of rules (of `known_content`) as the fields of its form show it; amounts are as recorded."""
    share, loan = content.get("share") or {}, content.get("loan") or {}
    meeting, fines = content.get("meeting") or {}, content.get("fines") or {}
    cycle = content.get("cycle") or {}
    products = {str(one.get("code")): one for one in content.get("savings") or () if isinstance(one, Mapping)}
    texts = {
        "lifecycle": content.get("lifecycle") or lifecycle,
        "share.price": share.get("price"),
        "share.min": share.get("min"),
        "share.max": share.get("max"),
        "social": content.get("social"),
        "loan_multiple": content.get("loan_multiple"),
        "guarantors": content.get("guarantors"),
        "minimum_age": content.get("minimum_age"),
        "quorum_percent": content.get("quorum_percent"),
        "every_weeks": meeting.get("every_weeks"),
        "time": meeting.get("time"),
        "order": " ".join(content.get("order") or DEFAULT_ORDER),
        "columns": columns_text(content.get("columns") or ()),
        "loan.interest_at_start": "1" if loan.get("interest_at_start") else "",
        "loan.non_working": " ".join(str(day) for day in loan.get("non_working") or ()),
        "cycle.from": cycle.get("from"),
        "cycle.until": cycle.get("until"),
    }
    texts |= {f"loan.{word}": loan.get(word) or LOAN_USUAL.get(word) for word in LOAN_WORDS}
    texts |= {f"savings.{code}": products.get(code, {}).get("amount") for code in PRODUCTS}
    texts |= {f"fines.{why}": fines.get(why) for why in FINE_REASONS}
    weekday = meeting.get("weekday")
    texts |= {"month_day": meeting.get("month_day"), "rhythm": meeting.get("month_week")}
    shown = {key: "" if value in (None, "0", "0.00", 0) else str(value) for key, value in texts.items()}
    shown["rhythm"] = ON_A_DAY if shown["month_day"] else shown["rhythm"]
    return shown | {"weekday": "" if weekday is None else str(weekday)}  # Monday is 0


def columns_text(columns: Sequence[str]) -> str:
    """Columns as digits; a name that has none stands as it is."""
    digits = {name: str((at + 1) % 10) for at, name in enumerate(COLUMNS)}
    texts = [digits.get(name, name) for name in columns]
    return ("" if all(len(text) == 1 for text in texts) else " ").join(texts)


def columns_of(typed: str) -> list[str]:
    """The columns that digits (and names) stand for, each once."""
    names: list[str] = []
    for word in typed.replace(",", " ").split():
        names += [COLUMNS[int(digit) - 1] for digit in word] if word.isdecimal() and word.isascii() else [word]
    return list(dict.fromkeys(names))


def rules_content(typed: Mapping[str, str], before: Mapping[str, Any], digits: int, today: date) -> dict[str, Any]:
    """The content of a new version: what is typed over what stood before; products the form does not ask stay.

    What cannot be read stays as it was typed, for the rules to name. Raises KnownError for a day of the cycle.
    """
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
    fines = {why: amount for why, amount in (before.get("fines") or {}).items() if why not in FINE_REASONS}
    fines |= {why: _amount(typed[f"fines.{why}"], digits) for why in FINE_REASONS if typed[f"fines.{why}"]}
    content["fines"] = fines
    content["loan"] = _loan(typed, before.get("loan") or {}, digits)
    content["loan_multiple"] = typed["loan_multiple"].replace(",", ".") or None
    content["quorum_percent"] = _whole(typed["quorum_percent"] or "0")
    content["meeting"] = _meeting(typed, before.get("meeting") or {})
    cycle = {word: day_of(typed[f"cycle.{word}"], f"cycle.{word}", today) for word in ("from", "until")}
    content["cycle"] = {word: day.isoformat() for word, day in cycle.items() if day} or None
    content["guarantors"] = _whole(typed["guarantors"]) if typed["guarantors"] else None
    content["minimum_age"] = _whole(typed["minimum_age"]) if typed["minimum_age"] else None
    content["columns"] = columns_of(typed["columns"]) or None
    order = typed["order"].split()
    content["order"] = order if order != list(DEFAULT_ORDER) or before.get("order") else None
    if typed["lifecycle"]:
        content["lifecycle"] = typed["lifecycle"]
    return {key: value for key, value in content.items() if value is not None}


def _meeting(typed: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """When the group meets: every so many weeks, on a day of the month, or on the first to last such weekday in it."""
    found = {word: value for word, value in before.items() if word not in ("month_day", "month_week")}
    rhythm = typed["rhythm"]
    found |= {
        "weekday": _whole(typed["weekday"]) if typed["weekday"] and rhythm != ON_A_DAY else None,
        "every_weeks": 0 if rhythm else _whole(typed["every_weeks"] or "0"),
        "time": typed["time"],
    }
    if rhythm == ON_A_DAY:
        found["month_day"] = _whole(typed["month_day"] or "0")
    elif rhythm:
        found["month_week"] = int(rhythm)
    return found


def _loan(typed: Mapping[str, str], before: Mapping[str, Any], digits: int) -> dict[str, Any]:
    """The words of loan terms; nothing at all where neither a rate nor a number of instalments is typed."""
    if not typed["loan.rate"] and not typed["loan.instalments"]:
        return {}
    loan = dict(before)
    for word in LOAN_WORDS:
        text = typed[f"loan.{word}"]
        if not text or (text == LOAN_USUAL.get(word) and word not in before and word not in ("rate_per", "method")):
            loan.pop(word, None)
        else:
            loan[word] = _whole(text) if word in LOAN_COUNTS else text.replace(",", ".") if word == "rate" else text
    if "instalment_multiple" in loan:
        loan["instalment_multiple"] = _amount(str(loan["instalment_multiple"]), digits)
    loan["rate"] = loan.get("rate", "0")
    loan["instalments"] = loan.get("instalments", 1)
    loan |= {"interest_at_start": True} if typed["loan.interest_at_start"] else {}
    if not typed["loan.interest_at_start"]:
        loan.pop("interest_at_start", None)
    resting = typed["loan.non_working"].split()
    loan = {word: value for word, value in loan.items() if word != "non_working"}
    return {**loan, "non_working": resting} if resting else loan


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


@dataclass(frozen=True, slots=True)
class _Read:
    since: date
    vote: Vote | None
    content: dict[str, Any]
    before: Rules
    after: Rules


def _read(desk: Desk, group: str, typed: Mapping[str, str], digits: int) -> _Read:
    """What is typed, as a version. Raises KnownError with everything that cannot be read, by the form's fields."""
    since = day_of(typed["since"], "since", desk.today()) or desk.today()
    versions = group_store.rules_versions(desk.book, group)
    before = known_content(versions[-1].content, digits) if versions else {}
    content = rules_content(typed, before, digits, desk.today())
    after, problems = read_rules(content, digits)
    found = [_at_field(one, content) for one in problems]
    if content["loan"]:
        terms = read_terms(content["loan"], principal_minor=TRIAL_MINOR, start=since, minor_digits=digits)
        if isinstance(terms, tuple):
            named = {one.where for one in found}
            joint = [Problem(one.code, f"loan.{one.where}", one.facts) for one in terms]
            found += [one for one in joint if one.where not in named]
    votes = [typed[name].strip() for name in ("votes_for", "against", "abstained")]
    wrong = [
        Problem(Code.RULE_UNREADABLE, name, {"text": text})
        for name, text in zip(("votes_for", "against", "abstained"), votes, strict=True)
        if text and not text.isdecimal()
    ]
    if content["meeting"].get("month_day") == 0:
        found.append(Problem(Code.RULE_UNREADABLE, "month_day", {"text": None}))
    if found or wrong:
        raise KnownError(*wrong, *found)
    vote = Vote(*(int(text or 0) for text in votes)) if any(votes) else None
    standing = [one for one in versions if one.starts <= since]
    in_force = read_rules(standing[-1].content, digits, standing[-1].name)[0] if standing else NO_RULES
    return _Read(since, vote, content, in_force, after)


def _at_field(problem: Problem, content: Mapping[str, Any]) -> Problem:
    """A problem of the content at the field of the form that asks it."""
    word, _, turn = problem.where.partition(".")
    if word == "savings" and turn.isdecimal():
        return Problem(problem.code, f"savings.{content['savings'][int(turn) - 1].get('code')}", problem.facts)
    return problem


def preview_rules(desk: Desk, group: str, typed: Mapping[str, str]) -> RulesPreview:
    """What a version would change, before it is written. Raises as `vote_rules`."""
    found = group_store.group(desk.book, group)
    if found is None:
        raise KnownError(Problem(Code.NOTHING_CHANGED, group))
    read = _read(desk, group, typed, found.currency.minor_digits)
    members = group_store.members_on(desk.book, read.since, group)[group]
    return RulesPreview(
        read.since, read.vote, read.before, read.after, members, read.before.quorum(members), found.currency
    )


def vote_rules(desk: Desk, group: str, typed: Mapping[str, str]) -> Outcome[str]:
    """A voted version of the rules from what is typed. Raises KnownError with everything that cannot be read."""
    found = group_store.group(desk.book, group)
    digits = found.currency.minor_digits if found is not None else 2
    read = _read(desk, group, typed, digits)
    return set_rules(desk, group, read.content, read.since, read.vote)
