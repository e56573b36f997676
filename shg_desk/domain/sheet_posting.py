"""From a written sheet to the one operation that closes the meeting: entries, attendance, counts, decisions.

Splits are made here, once, by the group's rules, and written down; whoever reads the operation copies and adds.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any

from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.entries import BlockWriter
from shg_desk.domain.kinds import ATTENDANCE
from shg_desk.domain.loan_book import Movement
from shg_desk.domain.loan_book import can_be_brought_minor
from shg_desk.domain.loan_book import split_repayment
from shg_desk.domain.loan_names import loan_meant
from shg_desk.domain.rules import SHARES
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Decision
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_cash import agreed_terms
from shg_desk.domain.sheet_cash import cash_of
from shg_desk.domain.sheet_cash import interest_taken_minor
from shg_desk.domain.sheet_products import product_taken
from shg_desk.domain.sheet_products import usual_product
from shg_desk.domain.sheet_settling import OWED
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.domain.sheet_settling import settling_postings

ROUNDED_UP = "income.rounding"
"""What a loan's last repayment is more than was left, or a last pay-out less than was owed: a part of a coin."""

MARKS = {word: letter for letter, word in ATTENDANCE.items()}


@dataclass(frozen=True, slots=True)
class NewLoan:
    """A loan this sheet gives: its id, its code in the group, the borrower's id and the agreed terms in words.

    `guarantors` are the ids of the members who answer for it.
    """

    id: str
    code: str
    member: str
    amount_minor: int
    terms: Mapping[str, Any]
    guarantors: tuple[str, ...] = ()


def new_loan_part(new: NewLoan, index: Callable[[str], int]) -> dict[str, Any]:
    """A new loan as an operation says it; `index` is where a member (id) stands among the operation's members."""
    part: dict[str, Any] = {
        "amount": new.amount_minor,
        "code": new.code,
        "loan": new.id,
        "member": index(new.member),
        "terms": dict(new.terms),
    }
    if new.guarantors:
        part["guarantors"] = [index(one) for one in new.guarantors]
    return part


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet as an operation body, with the free texts that have to be sealed, and the loans it makes."""

    body: dict[str, Any]
    texts: tuple[str, ...]
    new_loans: tuple[NewLoan, ...]


@dataclass(slots=True)
class _Writing:
    ground: Ground
    new_ids: Iterator[str]
    place: str = "box"
    writer: BlockWriter = field(default_factory=BlockWriter)
    members: dict[str, int] = field(default_factory=dict)
    loans: dict[str, int] = field(default_factory=dict)
    new_loans: list[NewLoan] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    paid: dict[str, list[Movement]] = field(default_factory=dict)
    fines_left: dict[str, int] = field(default_factory=dict)
    payable_left: dict[str, int] = field(default_factory=dict)

    def member(self, number_or_id: str) -> int:
        found = self.ground.member(number_or_id)
        if found is None:
            raise KeyError(number_or_id)
        return self.members.setdefault(found.id, len(self.members))

    def loan(self, loan: str) -> int:
        return self.loans.setdefault(loan, len(self.loans))

    def text(self, text: str) -> int:
        self.texts.append(text)
        return len(self.texts) - 1

    def facts(self, **known: Any) -> dict[str, Any] | None:
        found = {name: value for name, value in known.items() if value not in (None, "")}
        return found or None


def write_sheet(ground: Ground, sheet: Sheet, new_ids: Iterator[str]) -> Written:
    """The operation body of a sheet that has no problems; `new_ids` gives an id for each new loan."""
    state = _Writing(ground, new_ids, codes=set(ground.codes))
    for row in sheet.rows:
        state.member(row.member)
    for waived in sheet.waivers:  # one who has no row on the sheet is named too
        state.member(waived.member)
    for row in sheet.rows:
        _write_row(state, row)
    for line in sheet.lines:
        _write_line(state, line)
    counts = [_write_count(state, sheet, count) for count in sheet.counts]
    body = ledger_body(ground, state.writer, state.members, state.loans)
    body["date"] = sheet.on.isoformat()
    body["held"] = sheet.held
    body["number"] = sheet.number or ground.number
    body["attendance"] = "".join(MARKS[row.attendance.value] if row.attendance else "-" for row in sheet.rows).ljust(
        len(state.members), "-"
    )
    represented = {str(i): state.text(row.represented_by) for i, row in enumerate(sheet.rows) if row.represented_by}
    decisions = [_decision(state, decision) for decision in sheet.decisions]
    let_pass = [
        {"member": state.members[_id(ground, w.member)], "why": w.why, "text": state.text(w.text)}
        for w in sheet.waivers
    ]
    optional = {
        "reason": sheet.reason,
        "represented": represented,
        "decisions": decisions,
        "waived": let_pass,
        "counts": counts,
        "next": sheet.next_on.isoformat() if sheet.next_on else None,
        "paper": sheet.from_paper or None,
        "new_loans": [new_loan_part(new, state.members.__getitem__) for new in state.new_loans],
    }
    body.update({name: value for name, value in optional.items() if value})
    return Written(body, tuple(state.texts), tuple(state.new_loans))


def ledger_body(
    ground: Ground, writer: BlockWriter, members: Mapping[str, int], loans: Mapping[str, int]
) -> dict[str, Any]:
    """The parts every operation of a group's ledger has: group, what was seen, rules, members, loans, entries."""
    body: dict[str, Any] = {"group": ground.group, "date": ground.on.isoformat(), "members": list(members)}
    if loans:
        body["loans"] = list(loans)
    if len(writer):
        body["entries"] = writer.blocks()
    if ground.seen:
        body["seen"] = ground.seen
    if ground.rules.version:
        body["rules"] = ground.rules.version
    return body


def _id(ground: Ground, number_or_id: str) -> str:
    found = ground.member(number_or_id)
    if found is None:
        raise KeyError(number_or_id)
    return found.id


def _write_row(state: _Writing, row: SheetRow) -> None:
    member = state.ground.member(row.member)
    if member is None:
        raise KeyError(row.member)
    owner = state.member(row.member)
    paid_by = state.member(row.paid_by) if row.paid_by else None
    for line in row.ins:
        _write_in(state, member, owner, line, paid_by)
    for out in row.outs:
        _write_out(state, member, owner, row, out)


def _write_in(state: _Writing, member: MemberGround, owner: int, line: In, paid_by: int | None) -> None:
    amount, place = line.amount_minor, state.place
    facts = state.facts(
        paid_by=paid_by, why=line.why, shares=line.shares, text=state.text(line.text) if line.text else None
    )

    def add(kind: str, account: str, part: int, debit: str = place) -> None:
        state.writer.add(kind, [(debit, part), (account, -part)], owner, by="member", facts=facts)

    if line.kind == "saving":
        add("saving", f"saving.{line.product or usual_product(state.ground)}", amount)
    elif line.kind == "shares":
        add("shares", f"saving.{SHARES}", amount)
    elif line.kind == "social":
        add("social", "social", amount)
    elif line.kind == "fine":
        owed = min(amount, state.fines_left.setdefault(member.id, max(0, member.fines_owed_minor)))
        state.fines_left[member.id] -= owed
        if owed:
            add("fine", "fines", owed)
        if amount - owed:
            add("fine", "income.fines", amount - owed)
    elif line.kind == "fine-owed":
        add("fine-owed", "income.fines", amount, debit="fines")
    elif line.kind == "hand":
        add("transfer", "hand", amount)
    elif line.kind == "repayment":
        _write_repayment(state, member, line, facts)
    else:
        add("other", "income.other", amount)


def _write_repayment(state: _Writing, member: MemberGround, line: In, facts: dict[str, Any] | None) -> None:
    """One entry: into the box, off interest and principal as the group's order splits it, over the dues to come too."""
    meant = loan_meant(member, line)
    if meant is None:
        raise KeyError(line.loan)
    earlier = state.paid.setdefault(meant.id, [])
    # fines have a column of their own; dues the rules do not name come after those they name, and what is over goes to
    # the next instalments and is shown before closing: the whole amount is money on this loan
    order = [word for word in state.ground.rules.order if word not in ("fine", "fee", "left", "next")]
    order += [word for word in ("interest", "principal") if word not in order] + ["next"]
    so_far = replace(meant.loan, movements=(*meant.loan.movements, *earlier))
    # the last of a loan may be no whole coin: what the coin is more than that is the group's, and is not the loan's
    over = max(line.amount_minor - can_be_brought_minor(so_far, state.ground.on), 0)
    over = over if over < state.ground.currency.smallest_minor else 0
    split = split_repayment(so_far, state.ground.on, line.amount_minor - over, order)
    earlier.append(Movement(state.ground.on, split.principal_minor, split.interest_minor))
    owner = state.loan(meant.id)
    postings = [("interest", -split.interest_minor), ("principal", -split.principal_minor)]
    postings += [(ROUNDED_UP, -over)] if over else []
    state.writer.add("repayment", [(state.place, line.amount_minor), *postings], owner, by="loan", facts=facts)


def _write_out(state: _Writing, member: MemberGround, owner: int, row: SheetRow, out: Out) -> None:
    amount, place = out.amount_minor, state.place
    facts = state.facts(why=out.why, text=state.text(out.text) if out.text else None)
    if out.kind == "loan":
        code = next_code("L", state.codes)
        state.codes.add(code)
        terms = agreed_terms(state.ground, out.terms)
        answering = tuple(_id(state.ground, one) for one in out.guarantors)
        for one in answering:
            state.member(one)
        new = NewLoan(next(state.new_ids), code, member.id, amount, terms, answering)
        state.new_loans.append(new)
        loan = state.loan(new.id)
        state.writer.add("loan", [("principal", amount), (place, -amount)], loan, by="loan", facts=facts)
        taken = interest_taken_minor(state.ground, amount, out.terms)
        if taken:
            state.writer.add("repayment", [(place, taken), ("interest", -taken)], loan, by="loan")
    elif out.kind == "withdrawal":
        product = product_taken(state.ground, member, row, out)
        if product is None:
            raise KeyError(out.product)
        postings = [(f"saving.{product}", amount), (place, -amount)]
        state.writer.add("withdrawal", postings, owner, by="member", facts=facts)
    elif out.kind == PAYABLE:
        # `withdrawal`: money of hers that she takes, from what is owed to her instead of from her savings
        _write_paid_out(state, member, owner, amount, facts)
    elif out.kind == "grant":
        state.writer.add("grant", [("social", amount), (place, -amount)], owner, by="member", facts=facts)
    else:
        state.writer.add("other", [("expense.other", amount), (place, -amount)], owner, by="member", facts=facts)


def _write_paid_out(
    state: _Writing, member: MemberGround, owner: int, amount: int, facts: dict[str, Any] | None
) -> None:
    """What is owed to her, paid out; a rest smaller than the smallest coin, which nobody can pay, becomes the group's.

    Less than the smallest coin in all stays owed: there is no payment it could go with.
    """
    left = state.payable_left.get(member.id, member.payable_minor) - amount
    rest = left if 0 < left < state.ground.currency.smallest_minor else 0
    state.payable_left[member.id] = left - rest
    postings = [(PAYABLE, amount + rest), *([(ROUNDED_UP, -rest)] if rest else []), (state.place, -amount)]
    state.writer.add("withdrawal", postings, owner, by="member", facts=facts)


def next_code(letter: str, used: set[str]) -> str:
    """The next free code of the group's own kind: L-1, L-2... after the highest used."""
    numbers = [int(code[2:]) for code in used if code.startswith(letter + "-") and code[2:].isdecimal()]
    return f"{letter}-{max(numbers, default=0) + 1}"


def _write_line(state: _Writing, line: GroupLine) -> None:
    amount = line.amount_minor
    facts = state.facts(
        text=state.text(line.text) if line.text else None,
        receipt=line.receipt,
        carried_by=state.member(line.carried_by) if line.carried_by else None,
    )
    if line.kind == SETTLEMENT:
        _write_settlement(state, line, facts)
        return
    for kind, postings in _line_postings(state, line, amount):
        state.writer.add(kind, postings, facts=facts)


def _write_settlement(state: _Writing, line: GroupLine, facts: dict[str, Any] | None) -> None:
    """What a member owes from now on is her own entry; who brings or gets money is named beside the group's."""
    postings = settling_postings(line, state.ground.open_difference_minor)
    if line.what != OWED:
        state.writer.add(SETTLEMENT, postings, facts=facts)
        return
    own = {name: said for name, said in (facts or {}).items() if name != "carried_by"}
    state.writer.add(SETTLEMENT, postings, state.member(line.carried_by or ""), by="member", facts=own or None)


def _line_postings(state: _Writing, line: GroupLine, amount: int) -> Sequence[tuple[str, list[tuple[str, int]]]]:
    place, what = line.place, line.what or "other"
    if line.kind == "transfer":
        return [("transfer", [(line.target or "bank", amount), (line.source or "box", -amount)])]
    if line.kind in ("expense", "charge"):
        account = "expense.charges" if line.kind == "charge" else f"expense.{what}"
        return [(line.kind, [(account, amount), (place, -amount)])]
    if line.kind in ("income", "gift"):
        account = "income.gifts" if line.kind == "gift" else f"income.{what}"
        return [(line.kind, [(place, amount), (account, -amount)])]
    if line.kind == "lender-loan":
        code = line.lender_loan or next_code("X", state.codes)
        state.codes.add(code)
        return [("lender-loan", [(place, amount), (f"lender.{code}", -amount)])]
    account = f"lender.{line.lender_loan}"
    parts = [(account, amount - line.interest_minor), ("expense.lender", line.interest_minor), (place, -amount)]
    return [("lender-repayment", [part for part in parts if part[1] or part[0] == place])]


def _write_count(state: _Writing, sheet: Sheet, count: Count) -> dict[str, Any]:
    """A count as recorded, and the entries of its named differences: each what its own bearer bears."""
    cash = cash_of(state.ground, sheet, count.place)
    written: dict[str, Any] = {"place": count.place, "expected": cash.expected_minor, **count_part(count)}
    for named in sheet.differences:
        if named.place != count.place or not named.amount_minor:
            continue
        if named.bearer == "awaiting":
            written["awaiting"] = True
        else:
            _write_difference(state, named.amount_minor, named.reason, named.bearer, count.place)
            written["expected"] += named.amount_minor
    return written


def count_part(count: Count) -> dict[str, Any]:
    """What was counted, as an operation says it: by note, in total, copied from paper."""
    if count.notes is not None:
        notes = [[value, number] for value, number in sorted(count.notes.items(), reverse=True) if number]
        written: dict[str, Any] = {"notes": notes}
    else:
        written = {"total": count.counted_minor}
    if count.from_paper:
        written["paper"] = True
    return written


def _write_difference(state: _Writing, amount: int, reason: str, bearer: str, place: str) -> None:
    facts: dict[str, Any] = {"text": state.text(reason)} if reason else {}
    if bearer in ("open", "group"):
        account = "differences"
        if bearer == "group":
            account = "expense.differences" if amount < 0 else "income.differences"
        state.writer.add("difference", [(place, amount), (account, -amount)], facts=facts)
    else:
        owner = state.member(bearer)
        state.writer.add("difference", [(place, amount), ("hand", -amount)], owner, by="member", facts=facts)


def _decision(state: _Writing, decision: Decision) -> dict[str, Any]:
    votes = {"for": decision.votes_for, "against": decision.votes_against, "abstained": decision.abstained}
    written: dict[str, Any] = {"text": state.text(decision.text)}
    written.update({name: votes_ for name, votes_ in votes.items() if votes_ is not None})
    if decision.template:
        written["template"] = decision.template
    return written
