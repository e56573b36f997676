"""The words of the ledger: what a line is, columns, attendance, places of money, who bears a difference, terms."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date

from shg_desk.domain.accounts import BY_WORD
from shg_desk.domain.leaving import DIED
from shg_desk.domain.loan_schedule import Schedule
from shg_desk.domain.loan_terms import read_rate
from shg_desk.domain.money import Currency
from shg_desk.domain.problems import Fact
from shg_desk.domain.statement import GroupRow
from shg_desk.domain.statement import StatementRow
from shg_desk.i18n import formats
from shg_desk.i18n.catalog import N_
from shg_desk.i18n.catalog import Marked
from shg_desk.i18n.catalog import Words

WHATS: Mapping[str, Marked] = {
    "saving": N_("Saving"),
    "shares": N_("Shares"),
    "social": N_("Social fund"),
    "repayment": N_("Loan repayment"),
    "fine": N_("Fine paid"),
    "fine-owed": N_("Fine owed"),
    "hand": N_("Brought from her hands"),
    "other-in": N_("Other money in"),
    "other-out": N_("Other money out"),
    "loan": N_("New loan"),
    "withdrawal": N_("Savings withdrawn"),
    "payable": N_("Paid out what was owed"),
    "grant": N_("Grant from the social fund"),
    "expense": N_("Expense"),
    "income": N_("Income"),
    "transfer": N_("Moved"),
    "charge": N_("Charge"),
    "gift": N_("Gift"),
    "lender-loan": N_("Loan from the lender"),
    "lender-repayment": N_("Paid to the lender"),
    "difference": N_("Difference in the cash box"),
    "opening": N_("From the old booklet"),
    "share-out": N_("Share-out"),
    "set-off": N_("Set off at the share-out"),
    "let-off": N_("Interest to come, not asked"),
    "exchange": N_("Notes exchanged"),
    "settlement": N_("Cash difference settled"),
    "death": N_("Settled at her death"),
}
"""What a line of a booklet or an account is, by its code; `other` is told apart by the way its cash went."""

COLUMN_HEADS: Mapping[str, Marked] = {
    "saving": N_("Saving"),
    "shares": N_("Shares"),
    "social": N_("Social fund"),
    "repayment": N_("Repayment"),
    "fine": N_("Fine"),
    "hand": N_("From hands"),
    "other-in": N_("Other"),
    "loan": N_("New loan"),
    "withdrawal": N_("Withdrawn"),
    "grant": N_("Grant"),
    "other-out": N_("Other"),
}

WHYS: Mapping[str, Marked] = {
    "late": N_("came late"),
    "absent": N_("absent"),
    "missed-saving": N_("saving missed"),
    "late-repayment": N_("repayment late"),
    "disturbance": N_("disturbance"),
    DIED: N_("at her death"),
}

ATTENDANCE_WORDS: Mapping[str, Marked] = {
    "present": N_("present"),
    "late": N_("came late"),
    "excused": N_("excused"),
    "absent": N_("absent"),
    "represented": N_("represented"),
    "unmarked": N_("not marked"),
}

ACCOUNT_WORDS: Mapping[str, Marked] = {
    "box": N_("Cash box"),
    "hand": N_("In a member's hands"),
    "keeper": N_("In keeping"),
    "bank": N_("Bank"),
    "wallet": N_("Mobile wallet"),
    "transit": N_("On the way"),
    "notes": N_("Foreign notes"),
    "goods": N_("Goods"),
    "principal": N_("Loans to members"),
    "fines": N_("Fines owed"),
    "differences": N_("Cash differences, open"),
    "saving": N_("Savings"),
    "ahead": N_("Paid ahead"),
    "payable": N_("Still to be paid out"),
    "social": N_("Social fund"),
    "lender": N_("Owed to the lender"),
    "interest": N_("Interest on loans"),
    "income": N_("Income"),
    "expense": N_("Expenses"),
    "surplus": N_("Surplus"),
    "opening": N_("Opening sheet"),
}

BAGS: Mapping[str, Marked] = {
    "box.social": N_("Bag of the social fund"),
    "box.loan": N_("Bag of the loan fund"),
}
"""The two bags many groups keep apart, where the group has no name of its own for them."""

DETAILS: Mapping[str, Marked] = {
    "compulsory": N_("compulsory"),
    "voluntary": N_("voluntary"),
    "charges": N_("charges"),
    "fines": N_("fines"),
    "forgiven": N_("forgiven debts"),
    "gifts": N_("gifts"),
    "differences": N_("differences"),
    "lender": N_("lender's interest"),
    "rounding": N_("last repayments rounded up"),
    "interest": N_("interest not asked"),
    "other": N_("other"),
}
"""Usual words behind the point of an account or product; a group's own words are shown as they are."""

NOT_SHOWN = frozenset({"usual", "share", "other"})
UNKNOWN_REASON = "unknown"
"""What the records say of a difference that nobody could explain (`domain.sheet.NamedDifference`)."""

METHODS: Mapping[str, Marked] = {
    "annuity": N_("equal instalments"),
    "equal-principal": N_("equal parts of the principal"),
    "flat": N_("interest on the first amount"),
    "bullet": N_("all at the end"),
}
RATES: Mapping[str, Marked] = {
    "year": N_("{rate} % a year"),
    "month": N_("{rate} % a month"),
    "week": N_("{rate} % a week"),
    "period": N_("{rate} % an instalment"),
}


def _of(words: Words, table: Mapping[str, Marked], code: str) -> str:
    marked = table.get(code)
    return code if marked is None else words.say(marked)


def what(words: Words, code: str) -> str:
    """What a line is, in one or two words."""
    return _of(words, WHATS, code)


def column(words: Words, code: str) -> str:
    """The head of a column of the sheet: its kind, and the product where the group has several."""
    kind, _, product = code.partition(".")
    head = _of(words, COLUMN_HEADS, kind)
    if not product or product in NOT_SHOWN:
        return head
    detail = _of(words, DETAILS, product)
    return words._("{what}, {detail}").format(what=head, detail=detail)


def detail(words: Words, code: str) -> str:
    """What stands behind the point of an account or product; a group's own word as it was typed."""
    return _of(words, DETAILS, code)


def attendance(words: Words, code: str) -> str:
    """The word of an attendance."""
    return _of(words, ATTENDANCE_WORDS, code)


def why(words: Words, code: str) -> str:
    """The reason of a fine; a group's own reason as it was typed."""
    return _of(words, WHYS, code)


def account(words: Words, code: str, names: Mapping[str, str] = {}) -> str:
    """An account or place of money: `Bank`, `Savings, voluntary`, `Expenses, charges`.

    `names` are what the group calls its places, by code, and its people by id: `Bag of the mill`, `In keeping: Aigul`.
    """
    if own := names.get(code):
        return own
    if code in BAGS:
        return words.say(BAGS[code])
    word, _, detail = code.partition(".")
    head = _of(words, ACCOUNT_WORDS, word) if word in BY_WORD else code
    if word == "keeper" and detail:
        return words._("{what}: {name}").format(what=head, name=names[detail]) if detail in names else head
    if not detail or detail in NOT_SHOWN:
        return head
    return words._("{what}, {detail}").format(what=head, detail=_of(words, DETAILS, detail))


def account_inside(words: Words, code: str, names: Mapping[str, str] = {}) -> str:
    """The same within a sentence: small letters, but not in a name."""
    said = account(words, code, names)
    return said if code in names or code.partition(".")[2] in names else said.lower()


def line(words: Words, code: str, facts: Mapping[str, Fact], currency: Currency, names: Mapping[str, str] = {}) -> str:
    """What a line is with what is known of it: `Fine owed, came late, 20 сом`, `Loan repayment L-12`.

    `names` are what the group calls its places, as in `account`.
    """
    settled = code == "death" and facts.get("why") == DIED
    text = what(words, code)
    if loan := facts.get("loan"):
        text = words._("{what} {number}").format(what=text, number=loan)
    details = []
    if (source := facts.get("from_place")) and (target := facts.get("to_place")):
        details.append(" → ".join(account(words, str(place), names) for place in (source, target)))
    product = facts.get("product")
    if isinstance(product, str) and product not in NOT_SHOWN:
        details.append(_of(words, DETAILS, product))
    if isinstance(shares := facts.get("shares"), int):
        details.append(words.n_("{n} share", "{n} shares", shares).format(n=formats.number(words, shares)))
    if (reason := facts.get("why")) and not settled:
        details.append(why(words, str(reason)))
    if payer := facts.get("paid_by"):
        details.append(words._("brought by {name}").format(name=payer))
    if receipt := facts.get("receipt"):
        details.append(words._("receipt {number}").format(number=receipt))
    if isinstance(amount := facts.get("amount_minor"), int):
        details.append(formats.money(words, amount, currency))
    if said := facts.get("text"):
        unexplained = code == "difference" and said == UNKNOWN_REASON
        details.append(words._("not known") if unexplained else str(said))
    return ", ".join([text, *details])


def statement_line(words: Words, row: StatementRow, currency: Currency) -> str:
    """What a booklet's line says: corrections name the line they correct, lines without cash their amount."""
    facts = dict(row.facts)
    if not row.in_minor and not row.out_minor:
        facts["amount_minor"] = row.amount_minor
    text = line(words, row.what, facts, currency)
    if not row.is_correction:
        return text
    if row.corrects_line is None:
        return words._("Correction: {what}").format(what=text)
    return words._("Correction of line {number}: {what}").format(number=row.corrects_line, what=text)


def account_line(words: Words, row: GroupRow, currency: Currency, names: Mapping[str, str]) -> str:
    """What an account's line says: whose, or of how many members, and for a correction which line it corrects."""
    text = line(words, row.what, row.facts, currency, names)
    if row.member is not None:
        text = words._("{what}: {name}").format(what=text, name=names.get(row.member, row.member))
    elif row.members > 1:
        of = words.n_("{n} member", "{n} members", row.members).format(n=formats.number(words, row.members))
        text = words._("{what}, {detail}").format(what=text, detail=of)
    if row.corrects_line is not None:
        return words._("Correction of line {number}: {what}").format(number=row.corrects_line, what=text)
    return words._("Correction: {what}").format(what=text) if row.is_correction else text


def terms(words: Words, agreed: Mapping[str, object]) -> str:
    """The terms of a loan in one phrase: `2 % a month, 6 instalments, equal instalments`."""
    parts = []
    if agreed.get("rate") is not None:
        parts.append(_rate(words, str(agreed["rate"]), str(agreed.get("rate_per") or "month")))
    if isinstance(count := agreed.get("instalments"), int):
        parts.append(words.n_("{n} instalment", "{n} instalments", count).format(n=count))
    if method := agreed.get("method"):
        parts.append(_of(words, METHODS, str(method)))
    return ", ".join(parts)


def _rate(words: Words, rate: str, per: str) -> str:
    """A rate as it is told; as it stands in the record where that is no rate or names a time nobody knows."""
    try:
        read_rate(rate)
    except ValueError:
        return f"{rate} {per}"
    told = formats.number(words, rate.strip().replace(",", "."))
    return words.say(RATES[per]).format(rate=told) if per in RATES else f"{told} {per}"


def loan_dues(words: Words, dues: Schedule, currency: Currency) -> str:
    """First and last payment of a loan and all of it: `First 106 som on 07.12.2026, last on ...; in all 318 som`."""
    lines = [line for line in dues.instalments if line.n]  # without interest taken at handing out
    return words._("First {first} on {day}, last {last} on {end}; in all {total}, interest {interest}").format(
        first=formats.money(words, lines[0].total_minor, currency),
        day=formats.date(lines[0].due),
        last=formats.money(words, lines[-1].total_minor, currency),
        end=formats.date(lines[-1].due),
        total=formats.money(words, dues.total_minor, currency),
        interest=formats.money(words, dues.interest_minor, currency),
    )


def loan_said(words: Words, purpose: str | None, guarantors: Sequence[tuple[str, str | None]]) -> str:
    """What a loan is for and who answers for it (numbers and names), in one line; nothing where neither was said."""
    said = [words._("For: {what}").format(what=purpose)] if purpose else []
    if guarantors:
        names = ", ".join(person(number, name) for number, name in guarantors)
        said.append(words._("Guarantors: {names}").format(names=names))
    return ". ".join(said)


def person(number: str, name: str | None) -> str:
    """A member as papers name her: `№ 7  Айгүл`; the number alone where her name is closed."""
    return f"№{formats.NBSP}{number} {name}" if name else f"№{formats.NBSP}{number}"


def corrected(words: Words, on: date | None, reason: str, moved: date | None = None) -> str:
    """When a record was corrected and why: `Corrected on 21.11.2026: she brought 60`; with the day its money `moved`
    on, where that is a later one than the record's.
    """
    text = words._("Corrected")
    if on is not None:
        text = words._("Corrected on {date}").format(date=formats.date(on))
    if moved is not None:
        later = words._("{what}; the money of it moved on {date} and is not in these figures")
        text = later.format(what=text, date=formats.date(moved))
    return words._("{what}: {name}").format(what=text, name=reason) if reason else text


def too_many_votes(words: Words, votes: int, there: int) -> str:
    """That a decision has more votes than people were there or stood for."""
    return words._("More votes ({votes}) than people there ({there}).").format(votes=votes, there=there)


def listed(points: Sequence[str]) -> str:
    """Points with their numbers, one behind the other."""
    return "; ".join(f"{number}.\u00a0{point}" for number, point in enumerate(points, start=1))


def votes(words: Words, votes_for: int | None, against: int | None, abstained: int | None) -> str:
    """The votes of a decision as far as they were noted; empty where none were."""
    said = (
        (words._("{n} for"), votes_for),
        (words._("{n} against"), against),
        (words._("{n} abstained"), abstained),
    )
    return ", ".join(text.format(n=count) for text, count in said if count is not None)


def notes(words: Words, counted: Sequence[tuple[int, int]], currency: Currency) -> str:
    """What was counted by note: (value in minor units, number) from the largest."""
    each = words._("{number} × {value}")
    return ", ".join(each.format(number=n, value=formats.amount(words, v, currency)) for v, n in counted)
