"""Bodies with any value anywhere in them are refused by the registry of kinds, or every reader gets through them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from shg_desk.domain.entries import expand
from shg_desk.domain.kinds import KindError
from shg_desk.domain.kinds import counted_minor
from shg_desk.domain.kinds import own_parts
from shg_desk.domain.kinds import references
from shg_desk.domain.kinds import validate
from shg_desk.domain.loan_schedule import schedule
from shg_desk.domain.loan_terms import LoanTerms
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.minutes_reading import read_minutes
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.money import Currency
from shg_desk.domain.rules import read_rules
from shg_desk.domain.sheet_reading import items_of

A, B, G, H, L = ("a" * 16, "b" * 16, "g" * 16, "h" * 16, "l" * 16)
OP = "aaaaaaaa.bbbbbbbb.1"
SOM = Currency("KGS", 2, 1)

LEDGER: dict[str, Any] = {
    "group": G,
    "date": "2026-03-17",
    "seen": OP,
    "members": [A, B],
    "loans": [L],
    "entries": [
        {"accounts": ["box", "saving.usual"], "kind": "saving", "by": "member",
         "lines": [[0, 5, {"text": 0, "paid_by": 1}]]},
        {"accounts": ["box", "interest", "principal"], "kind": "repayment", "by": "loan", "lines": [[0, 7, -2]]},
        {"accounts": ["expense.tea", "box"], "kind": "expense",
         "lines": [[None, 3, {"receipt": "7", "carried_by": 0}]]},
        {"accounts": ["box", "differences"], "kind": "difference",
         "lines": [[None, -1, {"text": 1}]], "date": "2026-03-16"},
        {"accounts": ["notes.RUB", "saving.usual"], "kind": "saving", "by": "member",
         "lines": [[1, 520000, {"foreign": ["RUB", 500000], "rate": "1.04"}]]},
    ],
    "sealed": [[G, "group", 1, "AAAA"]],
    "paper": True,
}  # fmt: skip
TERMS = {"rate": "2", "rate_per": "month", "method": "flat", "instalments": 3, "non_working": ["sun"]}
LOAN = {"loan": L, "code": "L-1", "member": 0, "amount": 1000, "terms": TERMS}
BODIES: Mapping[str, dict[str, Any]] = {
    "meeting": {
        **LEDGER, "held": True, "attendance": "pr", "represented": {"1": 0}, "next": "2026-04-01", "number": "7",
        "counts": [{"place": "box", "expected": 5, "notes": [[100, 2]]}, {"place": "bank", "expected": 1, "total": 1}],
        "decisions": [{"text": 0, "for": 1, "against": 0, "template": "loan"}], "new_loans": [LOAN],
        "waived": [{"member": 0, "why": "late", "text": 1}],
    },
    "correction": {**LEDGER, "how": "reverse", "corrects": [f"{OP}#1"], "text": 0},
    "between": {**LEDGER, "receipt": "7", "text": 0},
    "import": {**LEDGER, "source": "s", "keys": {"group": "g", "members": ["1", "2"]}, "revisions": [
        ["membership", A, "number", {"number": "7"}, [OP]], ["household", H, "identity", {}, [], 0]]},
    "rules": {"group": G, "from": "2026-01-01", "saw": [], "vote": {"for": 3}, "text": 0, "content": {
        "savings": [{"code": "usual", "amount": "10", "compulsory": True}], "fines": {"late": "40"}, "loan": TERMS,
        "quorum_percent": 50, "shares": {"price": "100", "min": 1, "max": 5}, "order": ["interest", "principal"]}},
    "settlement": {"difference": "x y", "choice": "both", "group": G, "links": [OP], "text": 0},
    "closing": {"group": G, "from": "2026-01-01", "until": "2026-02-01", "balances": [["box", None, 5]],
                "heads": [[OP, "00"]]},
    "note": {"household": H, "note": "n", "roles": ["r"]},
    "destroy": {"household": H, "purposes": ["life"], "reason": "x"},
    "tombstone": {"type": "household", "id": H, "saw": [OP]},
    "same-as": {"type": "household", "id": H, "other": A, "same": True},
}  # fmt: skip

odd = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.sampled_from([0, 1, -1, 2**53]), st.text(max_size=6),
    st.sampled_from(["", "9999-12-31", "0001-01-01", A, OP, f"{OP}#1", f"{OP}#99999", "box"]),
    st.sampled_from(["1e999", "٣", "²", "NaN", "-1"]),
    st.sampled_from([[], {}, [[]], {"a": [None]}, [None], [0], [[0, 1], [0, 2]], {"0": 0}, {"-1": "x"}]),
    st.recursive(st.none() | st.integers(-5, 5) | st.text(max_size=3),
                 lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)),
)  # fmt: skip


@st.composite
def mangled(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """A sound body with one to three of its values replaced, dropped or added, anywhere."""
    body = copy.deepcopy(BODIES[kind])
    for _ in range(draw(st.integers(1, 3))):
        at: Any = body
        while True:
            keys = sorted(at) if isinstance(at, dict) else range(len(at))
            if not keys:
                break
            key = draw(st.sampled_from(list(keys)))
            inner = at[key]
            if isinstance(inner, dict | list) and inner and draw(st.booleans()):
                at = inner
                continue
            what = draw(st.integers(0, 9))
            if what == 0:
                del at[key]
            elif what == 1 and isinstance(at, dict):
                at[draw(st.text(max_size=4))] = copy.deepcopy(draw(odd))
            elif what == 1:
                at.append(copy.deepcopy(draw(odd)))
            else:
                at[key] = copy.deepcopy(draw(odd))
            break
    return body


@pytest.mark.parametrize(
    "facts",
    [
        {"foreign": ["RUB", 0]},
        {"foreign": ["rub", 5]},
        {"foreign": ["RUB", True]},
        {"foreign": ["RUB", "5"]},
        {"foreign": ["RUB", AMOUNT_LIMIT_MINOR + 1]},
        {"foreign": ["RUB"]},
        {"foreign": {"RUB": 5}},
        {"foreign": 5},
        *({"rate": rate} for rate in ("0", "0.00", "-1", "1,04", "1.", ".5", "01", "1e3", "٣", " 1", "1\n", 1, "")),
    ],
)
def test_foreign_notes_that_cannot_be_are_refused(facts: dict[str, Any]) -> None:
    block = {"accounts": ["notes.RUB", "box"], "kind": "exchange", "lines": [[None, 7, facts]]}
    with pytest.raises(KindError):
        validate("between", {"group": G, "date": "2026-03-17", "entries": [block]})


def test_foreign_notes_are_kept_and_change_no_sum() -> None:
    """What was taken in another currency stands beside the entry; its worth is in the postings, as without it."""
    facts = {"foreign": ["RUB", -500000], "rate": "1.04"}
    body = {"group": G, "date": "2026-03-17", "entries": []}
    block = {"accounts": ["notes.RUB", "box"], "kind": "exchange", "lines": [[None, -520000, facts]]}
    bare = block | {"lines": [[None, -520000]]}
    for one in (block, bare):
        validate("between", body | {"entries": [one]})
    [told], [plain] = list(expand([block], 0, 0)), list(expand([bare], 0, 0))
    assert told.facts == facts
    assert told.postings == plain.postings


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_the_bodies_before_mangling_are_sound(kind: str) -> None:
    validate(kind, BODIES[kind])


@pytest.mark.parametrize("kind", sorted(BODIES))
@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_what_is_let_through_can_be_read_by_everybody(kind: str, data: st.DataObject) -> None:
    body = data.draw(mangled(kind))
    try:
        validate(kind, body)
    except KindError:
        return
    parts = own_parts(kind, body)
    references(parts)
    entries = list(expand(parts.get("entries", ()), len(parts.get("members", ())), len(parts.get("loans", ()))))
    assert all(sum(posting.amount_minor for posting in entry.postings) == 0 for entry in entries)
    assert all(counted_minor(count) >= 0 for count in parts.get("counts", ()))
    items_of(parts, ["one"], {})
    for new in parts.get("new_loans", ()):
        agreed = read_terms(new["terms"], principal_minor=max(new["amount"], 1), start=date(2026, 1, 1))
        if isinstance(agreed, LoanTerms):
            schedule(agreed)
    if kind == "meeting":
        read_minutes(OP, parts, group_name="x", group_code="x", currency=SOM, people={}, texts=["one", None])
    if kind == "rules":
        read_rules(parts["content"], 2)
