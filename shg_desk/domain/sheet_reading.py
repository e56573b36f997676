"""A recorded operation of a group's ledger read back as lines of a sheet: the way from entries to what was written.

Each entry becomes one item, so that a correction can name exactly the entries whose lines were changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from typing import Any

from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.accounts import is_place
from shg_desk.domain.entries import Entry
from shg_desk.domain.entries import expand
from shg_desk.domain.rules import SHARES
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import NamedDifference
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.domain.sheet_settling import read_settling

Line = In | Out | GroupLine | NamedDifference

_IN = {"saving", "shares", "social", "repayment", "fine", "fine-owed", "other"}
_OUT = {"loan", "withdrawal", "grant"}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as a line: its number in the operation, the member's id (None: the group's), the line, who paid.

    `line` is None for an entry that has no line of its own on a sheet (an opening): it can only be
    reversed as it stands.
    """

    number: int
    member: str | None
    line: Line | None
    paid_by: str | None = None


def items_of(
    body: Mapping[str, Any],
    texts: Sequence[str],
    borrowers: Mapping[str, str],
) -> list[Item]:
    """The items of an operation. `borrowers` gives the member (id) of each loan id it names.

    `texts` are its opened free texts (empty where they cannot be read).
    """
    members = body.get("members", [])
    loans = body.get("loans", [])
    new_terms = {new["loan"]: new["terms"] for new in body.get("new_loans", ())}
    answering = {
        new["loan"]: tuple(members[one] for one in new.get("guarantors", ())) for new in body.get("new_loans", ())
    }
    found = []
    for entry in expand(body.get("entries", ()), len(members), len(loans)):
        owner = None
        loan = None
        if entry.by == "member" and entry.owner is not None:
            owner = members[entry.owner]
        elif entry.by == "loan" and entry.owner is not None:
            loan = loans[entry.owner]
            owner = borrowers.get(loan)
        paid_by = entry.facts.get("paid_by")
        text = _text(entry, texts)
        if entry.kind == SETTLEMENT:
            settled = read_settling(entry, lambda one: members[one], text)
            found.append(Item(entry.number, None if settled else owner, settled))
            continue
        line = _line(entry, loan, text, new_terms)
        carrier = entry.facts.get("carried_by")
        if isinstance(line, Out) and line.kind == "loan":
            line = replace(line, guarantors=answering.get(loan or "", ()))
        if isinstance(line, GroupLine) and carrier is not None:
            line = replace(line, carried_by=members[carrier])
        if entry.kind == "repayment" and loan in new_terms:
            line = None  # interest kept back when the loan was handed out goes where the loan goes
        found.append(Item(entry.number, owner, line, members[paid_by] if paid_by is not None else None))
    return found


def _text(entry: Entry, texts: Sequence[str]) -> str | None:
    index = entry.facts.get("text")
    return texts[index] if isinstance(index, int) and index < len(texts) else None


def _line(entry: Entry, loan: str | None, text: str | None, terms: Mapping[str, Mapping[str, Any]]) -> Line | None:
    if entry.kind == "difference":
        return _difference(entry, text)
    if entry.owner is None:
        return _group_line(entry, text)
    accounts = {posting.code: posting.amount_minor for posting in entry.postings}
    if entry.kind == "transfer" and accounts.get("hand", 0) < 0:
        return In("hand", -accounts["hand"], text=text)
    cash = sum(amount for code, amount in accounts.items() if is_place(code))
    if entry.kind in _IN and (cash > 0 or entry.kind == "fine-owed"):
        amount = accounts["fines"] if entry.kind == "fine-owed" else cash
        product = next((code.partition(".")[2] for code in accounts if code.startswith("saving.")), None)
        return In(
            entry.kind,
            amount,
            product=None if product == SHARES else product,
            loan=loan,
            shares=entry.facts.get("shares"),
            why=entry.facts.get("why"),
            text=text,
        )
    if (entry.kind in _OUT or entry.kind == "other") and cash < 0:
        product = next((code.partition(".")[2] for code in accounts if code.startswith("saving.")), None)
        if entry.kind == "withdrawal" and PAYABLE in accounts:
            return Out(PAYABLE, -cash, text=text)
        given = terms.get(loan or "") if entry.kind == "loan" else None
        if given is not None:  # a loan given without a coin gets none by being written again
            given = {"coin": None, **given}
        return Out(entry.kind, -cash, product=product, terms=given, why=entry.facts.get("why"), text=text)
    return None


def _difference(entry: Entry, text: str | None) -> NamedDifference | None:
    place = next((posting for posting in entry.postings if is_counted(posting.code)), None)
    if place is None:
        return None
    others = {posting.code for posting in entry.postings} - {place.code}
    bearer = "open" if others == {"differences"} else "member" if others == {"hand"} else "group"
    return NamedDifference(place.amount_minor, text or "", bearer, place.code)


def _group_line(entry: Entry, text: str | None) -> GroupLine | None:
    places = [posting for posting in entry.postings if is_place(posting.code)]
    others = {posting.code: posting.amount_minor for posting in entry.postings if not is_place(posting.code)}
    receipt = entry.facts.get("receipt")
    if entry.kind == "transfer" and len(places) == 2 and not others:
        target = next(p for p in places if p.amount_minor > 0)
        source = next(p for p in places if p.amount_minor < 0)
        return GroupLine(
            "transfer", target.amount_minor, source=source.code, target=target.code, text=text, receipt=receipt
        )
    if len(places) != 1:
        return None
    cash = places[0].amount_minor
    word, _, rest = next(iter(others), "").partition(".")
    if entry.kind in ("lender-loan", "lender-repayment"):
        code = next((code.partition(".")[2] for code in others if code.startswith("lender.")), None)
        interest = others.get("expense.lender", 0)
        return GroupLine(
            entry.kind, abs(cash), places[0].code, text=text, lender_loan=code, interest_minor=interest, receipt=receipt
        )
    if entry.kind in ("expense", "charge", "income", "gift"):
        what = rest if word in ("expense", "income") and entry.kind in ("expense", "income") else None
        return GroupLine(entry.kind, abs(cash), places[0].code, text=text, what=what, receipt=receipt)
    return None
