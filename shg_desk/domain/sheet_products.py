"""The kinds of savings a sheet knows: those the rules let members pay into, and those members have and may take out."""

from __future__ import annotations

from collections.abc import Iterator

from shg_desk.domain.money import major
from shg_desk.domain.problems import Code
from shg_desk.domain.problems import Fact
from shg_desk.domain.problems import Problem
from shg_desk.domain.rules import SHARES
from shg_desk.domain.sheet import Ground
from shg_desk.domain.sheet import MemberGround
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import SheetRow

USUAL_PRODUCT = "usual"
"""The saving product of a group whose rules name none; the ledger books on it."""


def saving_products(ground: Ground) -> list[tuple[str, int]]:
    """What is paid into, with the usual amounts: the products of the rules, else those in the members' savings."""
    rules = ground.rules
    if rules.savings:
        return [(product.code, product.amount_minor) for product in rules.savings]
    if rules.share_price_minor:
        return []
    return [(code, 0) for code in _found(ground) or [USUAL_PRODUCT]]


def usual_product(ground: Ground) -> str:
    """What a line is for that names no product: the first of the rules."""
    return ground.rules.savings[0].code if ground.rules.savings else USUAL_PRODUCT


def withdrawal_products(ground: Ground) -> list[str]:
    """What can be paid out, the rules' products first: what is saved stays its saver's, whatever the rules name."""
    had = any(SHARES in member.saved_minor for member in ground.members)
    shares = [SHARES] if ground.rules.share_price_minor or had else []
    return list(dict.fromkeys([*(code for code, _ in saving_products(ground)), *shares, *_found(ground)]))


def _found(ground: Ground) -> list[str]:
    return sorted({code for member in ground.members for code in member.saved_minor if code != SHARES})


def products_had(ground: Ground, member: MemberGround, row: SheetRow | None = None) -> list[str]:
    """Of what can be paid out that of which she has savings, those included that a row of hers brings."""
    brought = {line.product or usual_product(ground) for line in row.ins if line.kind == "saving"} if row else set()
    return [code for code in withdrawal_products(ground) if member.free_minor(code) > 0 or code in brought]


def product_taken(ground: Ground, member: MemberGround, row: SheetRow, out: Out) -> str | None:
    """What a withdrawal takes: the product it names, else the one she has; None where she has several."""
    if out.product:
        return out.product
    had = products_had(ground, member, row)
    return had[0] if len(had) == 1 else None if had else usual_product(ground)


def withdrawal_problems(
    ground: Ground, row: SheetRow, member: MemberGround, out: Out, where: str, withdrawn_minor: dict[str, int]
) -> Iterator[Problem]:
    """What stands in the way of a withdrawal; `withdrawn_minor` is what the row took of each product so far."""
    who: dict[str, Fact] = {"member": member.number, "name": member.name}
    had = products_had(ground, member, row)
    product = product_taken(ground, member, row, out)
    if product is None:
        yield Problem(Code.PRODUCT_NOT_NAMED, where, {**who, "products": ", ".join(had)})
        return
    withdrawn_minor[product] = withdrawn_minor.get(product, 0) + out.amount_minor
    usual, brought = usual_product(ground), dict[str, int]()
    for line in (line for line in row.ins if line.kind == "saving"):
        brought[line.product or usual] = brought.get(line.product or usual, 0) + line.amount_minor
    left = {code: member.free_minor(code) + brought.get(code, 0) for code in {*had, product}}
    saved, in_all = left[product], min(sum(left.values()), member.free_in_all_minor + sum(brought.values()))
    if withdrawn_minor[product] > saved or sum(withdrawn_minor.values()) > in_all:
        sums = {"saved": saved}
        if in_all != saved:  # others below zero leave less than there is of these: none of them is advised
            sums["together" if in_all < saved or withdrawn_minor[product] <= saved else "in_all"] = in_all
        said = {name: major(amount, ground.currency.minor_digits) for name, amount in sums.items()}
        yield Problem(Code.WITHDRAWAL_TOO_LARGE, where, {**who, **said})
