"""Everything that stands in the way of closing a meeting sheet, found in one go, each with its row and cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shg_desk.domain.accounts import PAYABLE
from shg_desk.domain.accounts import is_account
from shg_desk.domain.accounts import is_counted
from shg_desk.domain.loan_names import loans_meant
from shg_desk.domain.loan_terms import due_dates
from shg_desk.domain.loan_terms import read_terms
from shg_desk.domain.money import AMOUNT_LIMIT_MINOR
from shg_desk.domain.money import major
from shg_desk.domain.money import payable_minor
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Level
from shg_desk.domain.problems import Problem
from shg_desk.domain.sheet import IN_KINDS
from shg_desk.domain.sheet import IS_THERE
from shg_desk.domain.sheet import LINE_KINDS
from shg_desk.domain.sheet import OUT_KINDS
from shg_desk.domain.sheet import OWED_KINDS
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import Count
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import GroupLine
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.domain.sheet_cash import agreed_terms
from shg_desk.domain.sheet_cash import cash_of
from shg_desk.domain.sheet_cash import row_taken_minor
from shg_desk.domain.sheet_days import about_ahead
from shg_desk.domain.sheet_products import withdrawal_problems
from shg_desk.domain.sheet_settling import DIFFERENCE_ACCEPTED
from shg_desk.domain.sheet_settling import SETTLEMENT
from shg_desk.domain.sheet_settling import VOTE
from shg_desk.domain.sheet_settling import settling_problems
from shg_desk.domain.votes import impossible_votes


def sheet_problems(ground: Ground, sheet: Sheet) -> list[Problem]:
    """Problems (they block closing) and warnings (they do not), in the order of the sheet."""
    found = [*about_ahead(ground, sheet.on), *_about_day(ground, sheet)]
    seen: set[str] = set()
    for row in sheet.rows:
        member = ground.member(row.member)
        if member is None:
            found.append(Problem(Code.MEMBER_UNKNOWN, f"member {row.member}", {"member": row.member}))
            continue
        if member.id in seen:
            found.append(Problem(Code.MEMBER_TWICE, _row(member), _who(member)))
        seen.add(member.id)
        found.extend(_about_row(ground, sheet, row, member))
    lenders = dict(ground.lenders_minor)
    for index, line in enumerate(sheet.lines, start=1):
        found.extend(_about_line(ground, line, f"line {index}", lenders))
    found.extend(settling_problems(ground, sheet.lines))
    for count in sheet.counts:
        found.extend(_about_count(ground, sheet, count))
    counted = {count.place for count in sheet.counts}
    for named in sheet.differences:
        if named.amount_minor and named.place not in counted:
            found.append(Problem(Code.DIFFERENCE_NOT_COUNTED, "count", {"place": named.place}))
    found.extend(_about_size(ground, sheet))
    found.extend(_about_money_left(ground, sheet))
    if not sheet.counts and sheet.held:
        found.append(Problem(Code.NOT_COUNTED, "count", level=Level.WARNING))
    found.extend(_about_quorum(ground, sheet))
    return found


def _row(member: MemberGround) -> str:
    return f"member {member.number}"


def _who(member: MemberGround, **more: Fact) -> dict[str, Fact]:
    """A member as a fact of a problem: her number, and her name where the book may read it."""
    return {"member": member.number, "name": member.name, **more}


def _about_day(ground: Ground, sheet: Sheet) -> Iterator[Problem]:
    if ground.since is not None and sheet.on < ground.since:
        yield Problem(Code.BEFORE_GROUP, "date", {"date": sheet.on.isoformat(), "since": ground.since.isoformat()})
    later = (Code.BEFORE_LAST_MEETING, "last", ground.seen_on), (Code.BEFORE_SHARE_OUT, "shared", ground.shared_on)
    for code, word, day in later:
        if day is not None and sheet.on < day:
            yield Problem(code, "date", {"date": sheet.on.isoformat(), word: day.isoformat()}, Level.WARNING)
    if ground.seen_on is not None and sheet.on == ground.seen_on:
        yield Problem(Code.SAME_DAY_MEETING, "date", {"date": sheet.on.isoformat()}, Level.WARNING)
    until = ground.rules.cycle_until
    if until is not None and sheet.on > until:
        facts = {"date": sheet.on.isoformat(), "until": until.isoformat()}
        yield Problem(Code.AFTER_CYCLE, "date", facts, Level.WARNING)
    if not sheet.held and not sheet.reason:
        yield Problem(Code.REASON_MISSING, "reason")
    if not sheet.held and (any(row.has_money for row in sheet.rows) or sheet.lines):
        yield Problem(Code.MONEY_WITHOUT_MEETING, "held")


def _about_row(ground: Ground, sheet: Sheet, row: SheetRow, member: MemberGround) -> Iterator[Problem]:
    where = _row(member)
    if row.attendance is None and row.has_money and not member.has_left(sheet.on):
        yield Problem(Code.ATTENDANCE_MISSING, where, _who(member))
    if row.attendance is Attendance.REPRESENTED and not row.represented_by:
        yield Problem(Code.REPRESENTATIVE_MISSING, where, _who(member))
    if row.paid_by and ground.member(row.paid_by) is None:
        yield Problem(Code.MEMBER_UNKNOWN, where, {"member": row.paid_by})
    if member.joined is not None and sheet.on < member.joined and row.has_money:
        facts = _who(member, joined=member.joined.isoformat())
        yield Problem(Code.BEFORE_JOINING, where, facts, Level.WARNING)
    if member.is_removed and not only_settles(row):
        yield Problem(Code.MEMBER_UNKNOWN, where, {"member": member.number})
    elif member.left is not None and member.has_left(sheet.on) and not only_settles(row):
        yield Problem(Code.AFTER_LEAVING, where, _who(member, left=member.left.isoformat()))
    paid: dict[str, int] = {}
    for line in row.ins:
        yield from _about_in(ground, member, line, where, paid)
    withdrawn: dict[str, int] = {}
    for out in row.outs:
        yield from _about_out(ground, row, member, out, where, withdrawn, paid)


def only_settles(row: SheetRow) -> bool:
    """True where a row only pays what was owed and takes what was hers: one who has left may do that."""
    return {line.kind for line in row.ins} <= OWED_KINDS and {out.kind for out in row.outs} <= {"withdrawal", PAYABLE}


def _money(ground: Ground, amount_minor: int) -> str:
    """An amount as a fact: a decimal text in major units, as everywhere outside the program."""
    return major(amount_minor, ground.currency.minor_digits)


def _amount(amount_minor: int, ground: Ground, where: str, *, cash: bool) -> Iterator[Problem]:
    if amount_minor <= 0:
        # nothing at all is refused like what is below it, in words of its own
        yield Problem(Code.AMOUNT_NEGATIVE, where, {} if amount_minor else {"nothing": "0"})
    elif amount_minor > AMOUNT_LIMIT_MINOR:
        yield Problem(Code.AMOUNT_TOO_LARGE, where)
    elif cash and amount_minor % ground.currency.smallest_minor:
        yield Problem(Code.AMOUNT_NOT_PAYABLE, where, {"smallest": _money(ground, ground.currency.smallest_minor)})


def _about_in(ground: Ground, member: MemberGround, line: In, where: str, paid: dict[str, int]) -> Iterator[Problem]:
    where = f"{where} {line.kind}"
    if line.kind not in IN_KINDS:
        yield Problem(Code.KIND_OF_LINE_UNKNOWN, where, {"kind": line.kind})
        return
    if line.kind == "shares" and not ground.share_prices_minor:
        yield Problem(Code.SHARES_WITHOUT_PRICE, where)  # without a price nobody knows what they cost either
        return
    yield from _amount(line.amount_minor, ground, where, cash=line.kind != "fine-owed")
    products = {product.code for product in ground.rules.savings}
    unknown = products and line.product not in products | ground.recorded_products
    if line.kind == "saving" and line.product and (unknown or not is_account(f"saving.{line.product}")):
        yield Problem(Code.PRODUCT_UNKNOWN, where, {"product": line.product})
    if line.kind == "shares":
        yield from _about_shares(ground, line, where)
    if line.kind == "hand":
        left = max(member.in_hand_minor - paid.get("hand", 0), 0)
        paid["hand"] = paid.get("hand", 0) + line.amount_minor
        if line.amount_minor > left:
            yield Problem(Code.HAND_TOO_MUCH, where, _who(member, left=_money(ground, left)))
    if line.kind == "repayment":
        loans = loans_meant(member, line)
        if len(loans) != 1:
            code = Code.LOAN_CODE_SHARED if line.loan else Code.LOAN_NOT_NAMED
            named = "; ".join(loan.code for loan in loans)
            yield Problem(code if loans else Code.LOAN_UNKNOWN, where, _who(member, loan=line.loan, loans=named))
            return
        (meant,) = loans
        if meant.loan.taken_back is not None:
            facts = _who(member, loan=meant.code, date=meant.loan.taken_back.isoformat())
            yield Problem(Code.LOAN_TAKEN_BACK, where, facts)
            return
        before = paid.get(meant.id, 0)  # what lines of the same row already pay of this loan
        left = max(meant.loan_left_minor(ground.on) - before, 0)
        paid[meant.id] = before + line.amount_minor
        if line.amount_minor > payable_minor(left, ground.currency.smallest_minor):
            facts = _who(member, left=_money(ground, left))
            yield Problem(Code.REPAYMENT_TOO_LARGE, where, facts)


def _about_shares(ground: Ground, line: In, where: str) -> Iterator[Problem]:
    rules = ground.rules
    prices = ground.share_prices_minor
    if line.shares is None or line.amount_minor not in [line.shares * price for price in prices]:
        yield Problem(Code.SHARES_NOT_WHOLE, where, {"price": _money(ground, prices[0])})
    elif rules.shares_max and not rules.shares_min <= line.shares <= rules.shares_max:
        facts = {"shares": line.shares, "min": rules.shares_min, "max": rules.shares_max}
        yield Problem(Code.SHARES_OUT_OF_RANGE, where, facts, Level.WARNING)


def _about_out(
    ground: Ground,
    row: SheetRow,
    member: MemberGround,
    out: Out,
    where: str,
    withdrawn: dict[str, int],
    paid: dict[str, int],
) -> Iterator[Problem]:
    where = f"{where} {out.kind}"
    if out.kind not in (*OUT_KINDS, PAYABLE):
        yield Problem(Code.KIND_OF_LINE_UNKNOWN, where, {"kind": out.kind})
        return
    yield from _amount(out.amount_minor, ground, where, cash=True)
    if out.kind == "loan" and out.amount_minor > 0:
        yield from _about_new_loan(ground, member, out, where)
    if out.kind == PAYABLE:
        left = max(member.payable_minor - paid.get(PAYABLE, 0), 0)
        paid[PAYABLE] = paid.get(PAYABLE, 0) + out.amount_minor
        if out.amount_minor > left:
            yield Problem(Code.PAYABLE_TOO_MUCH, where, _who(member, left=_money(ground, left)))
    if out.kind == "withdrawal":
        yield from withdrawal_problems(ground, row, member, out, where, withdrawn)


def _about_new_loan(ground: Ground, member: MemberGround, out: Out, where: str) -> Iterator[Problem]:
    words = agreed_terms(ground, out.terms)
    digits = ground.currency.minor_digits
    terms = read_terms(words, principal_minor=out.amount_minor, start=ground.on, minor_digits=digits)
    if isinstance(terms, tuple):
        for problem in terms:
            yield replace(problem, where=f"{where} {problem.where}")
    else:
        last, until = due_dates(terms)[-1], ground.rules.cycle_until
        if until is not None and ground.on <= until < last:
            after = _who(member, date=last.isoformat(), until=until.isoformat())
            yield Problem(Code.LOAN_AFTER_CYCLE, where, after, Level.WARNING)
    most = ground.rules.loan_multiple
    if most is not None and out.amount_minor > member.saved_in_all_minor * most:
        facts = _who(member, multiple=str(most))
        yield Problem(Code.LOAN_ABOVE_RULE, where, facts, Level.WARNING)
    yield from _about_guarantors(ground, member, out, where)


def _about_guarantors(ground: Ground, member: MemberGround, out: Out, where: str) -> Iterator[Problem]:
    """Who answers for a loan is a member on the day, not the borrower; fewer than the rules ask for is told."""
    answering: set[str] = set()
    for called in out.guarantors:
        found = ground.member(called)
        if found is None:
            yield Problem(Code.MEMBER_UNKNOWN, where, {"member": called})
        elif found.id == member.id or found.has_left(ground.on):
            yield Problem(Code.GUARANTOR_WRONG, where, _who(found))
        else:
            answering.add(found.id)
    if len(answering) < ground.rules.guarantors:
        facts = _who(member, given=len(answering), needed=ground.rules.guarantors)
        yield Problem(Code.GUARANTORS_FEW, where, facts, Level.WARNING)


def _about_line(ground: Ground, line: GroupLine, where: str, lenders_minor: dict[str, int]) -> Iterator[Problem]:
    if line.kind not in LINE_KINDS:
        yield Problem(Code.KIND_OF_LINE_UNKNOWN, where, {"kind": line.kind})
        return
    yield from _amount(line.amount_minor, ground, where, cash="box" in (line.place, line.source, line.target))
    places = (line.source, line.target) if line.kind == "transfer" else (line.place,)
    for place in places:
        if not _is_place(place):
            yield Problem(Code.PLACE_UNKNOWN, where, {"place": place})
    if line.kind == "transfer" and line.source == line.target:
        yield Problem(Code.PLACE_UNKNOWN, where, {"place": line.target})
    if line.kind in ("expense", "income") and line.what and not is_account(f"{line.kind}.{line.what}"):
        yield Problem(Code.KIND_OF_LINE_UNKNOWN, where, {"kind": line.what})
    if line.kind == "lender-loan" and line.lender_loan and not is_account(f"lender.{line.lender_loan}"):
        yield Problem(Code.LOAN_UNKNOWN, where, {"loan": line.lender_loan})
    if line.kind == "lender-repayment":
        yield from _about_lender(ground, line, where, lenders_minor)
    if line.carried_by and ground.member(line.carried_by) is None:
        yield Problem(Code.MEMBER_UNKNOWN, where, {"member": line.carried_by})


def _about_lender(ground: Ground, line: GroupLine, where: str, left_minor: dict[str, int]) -> Iterator[Problem]:
    """A lender's loan has to be there; no more of an instalment is interest than there is of it, none pays too much.

    `left_minor` is what the lines before this one leave of each lender's loan.
    """
    loan = line.lender_loan
    if not loan or loan not in left_minor:
        yield Problem(Code.LOAN_UNKNOWN, where, {"loan": loan})
        return
    if not 0 <= line.interest_minor <= line.amount_minor:
        yield Problem(Code.AMOUNT_NEGATIVE, where)
        return
    owed = max(min(left_minor[loan], ground.lenders_at_end_minor.get(loan, left_minor[loan])), 0)
    repaid = line.amount_minor - line.interest_minor
    if repaid > owed:
        yield Problem(Code.LENDER_PAID_TOO_MUCH, where, {"loan": loan, "left": _money(ground, owed)})
    left_minor[loan] -= repaid


def _about_size(ground: Ground, sheet: Sheet) -> Iterator[Problem]:
    """All that one sheet moves together is no more than one record of the book may hold."""
    moved = [line.amount_minor for row in sheet.rows for line in row.ins]
    moved += [out.amount_minor for row in sheet.rows for out in row.outs]
    moved += [line.amount_minor for line in sheet.lines] + [abs(one.amount_minor) for one in sheet.differences]
    if max(moved, default=0) > AMOUNT_LIMIT_MINOR:
        return  # told where it stands
    if sum(moved) + sum(row_taken_minor(ground, row) for row in sheet.rows) > AMOUNT_LIMIT_MINOR:
        yield Problem(Code.AMOUNT_TOO_LARGE, "sheet")


def _about_money_left(ground: Ground, sheet: Sheet) -> Iterator[Problem]:
    """Places nobody counted, and the social fund, that this sheet would take below zero: a wrong line or a late one."""
    counted = {count.place for count in sheet.counts}
    places = {place for line in sheet.lines for place in (line.place, line.source, line.target) if _is_place(place)}
    for place in sorted(({"box"} | {place for place in places if place}) - counted):
        cash = cash_of(ground, sheet, place)
        if cash.expected_minor < 0 < cash.out_minor:
            facts = {"place": place, "amount": _money(ground, cash.expected_minor)}
            yield Problem(Code.PLACE_BELOW_ZERO, place, facts, Level.WARNING)
    granted = sum(out.amount_minor for row in sheet.rows for out in row.outs if out.kind == "grant")
    paid_in = sum(line.amount_minor for row in sheet.rows for line in row.ins if line.kind == "social")
    left = ground.social_minor + paid_in - granted
    if left < 0 < granted:
        facts = {"place": "social", "amount": _money(ground, left)}
        yield Problem(Code.PLACE_BELOW_ZERO, "social", facts, Level.WARNING)


def _is_place(place: str | None) -> bool:
    """True for a place of the group's own; what is in a member's hands is hers, and moves with her row."""
    return place is not None and is_account(place) and is_counted(place)


def _about_count(ground: Ground, sheet: Sheet, count: Count) -> Iterator[Problem]:
    """A difference must be named before closing, and named as large as it is."""
    if not _is_place(count.place):
        yield Problem(Code.PLACE_UNKNOWN, "count", {"place": count.place})
        return
    if count.is_below_zero:
        yield Problem(Code.AMOUNT_NEGATIVE, "count")
        return
    cash = cash_of(ground, sheet, count.place)
    if max(count.counted_minor, cash.expected_minor) > AMOUNT_LIMIT_MINOR:  # both stand in the record
        yield Problem(Code.AMOUNT_TOO_LARGE, "count")
    if cash.expected_minor < 0:
        yield Problem(
            Code.PLACE_BELOW_ZERO, "count", {"place": count.place, "amount": _money(ground, cash.expected_minor)}
        )
    coin = max(ground.currency.smallest_minor, ground.coin_minor)
    if count.counted_minor % coin:
        yield Problem(Code.COUNT_NOT_PAYABLE, "count", {"smallest": _money(ground, coin)}, Level.WARNING)
    difference = cash.difference_minor or 0
    named = sum(d.amount_minor for d in sheet.differences if d.place == count.place)
    if difference != named:
        code = Code.DIFFERENCE_NOT_NAMED if not named else Code.DIFFERENCE_NAMED_WRONG
        facts: dict[str, Fact] = {
            "difference": _money(ground, difference),
            "named": _money(ground, named),
            "place": count.place,
        }
        if difference:
            facts["missing_minor" if difference < 0 else "over_minor"] = abs(difference)
        if named:
            facts["named_missing_minor" if named < 0 else "named_over_minor"] = abs(named)
        facts |= {"currency": ground.currency.code, "minor_digits": ground.currency.minor_digits}
        yield Problem(code, "difference", facts)
    for d in sheet.differences:
        if d.bearer in ("open", "group", "awaiting"):
            continue
        if ground.member(d.bearer) is None:
            yield Problem(Code.MEMBER_UNKNOWN, "difference", {"member": d.bearer})
        elif d.amount_minor > 0:  # nobody's hands can hold less than nothing: what is over is no one's to bear
            in_money: dict[str, Fact] = {"over_minor": d.amount_minor, "currency": ground.currency.code}
            yield Problem(Code.SURPLUS_BORNE, "difference", in_money | {"minor_digits": ground.currency.minor_digits})


def _about_quorum(ground: Ground, sheet: Sheet) -> Iterator[Problem]:
    needed = ground.rules.quorum(ground.there_could_be())
    here = sum(row.attendance in IS_THERE for row in sheet.rows)
    if sheet.held and sheet.decisions and here < needed:
        yield Problem(Code.NO_QUORUM, "decisions", {"present": here, "needed": needed}, Level.WARNING)
    borne = any(d.bearer == "group" for d in sheet.differences)
    borne = borne or any(line.kind == SETTLEMENT and line.what == VOTE for line in sheet.lines)
    if sheet.held and borne and not any(one.template == DIFFERENCE_ACCEPTED for one in sheet.decisions):
        yield Problem(Code.BORNE_WITHOUT_VOTE, "decisions", {}, Level.WARNING)
    there = here + sum(row.attendance is Attendance.REPRESENTED for row in sheet.rows)
    for number, one in enumerate(sheet.decisions, start=1):
        yield from (impossible := list(impossible_votes(f"decision {number}", one.votes)))
        votes = sum(cast or 0 for cast in one.votes)
        if sheet.held and votes > there and not impossible:
            facts: dict[str, Fact] = {"votes": votes, "there": there, "number": number}
            yield Problem(Code.VOTES_TOO_MANY, f"decision {number}", facts, Level.WARNING)
