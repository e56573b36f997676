"""Where a loan was paid twice, every paper and page says the same debt, and beside it what was taken off it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
from desk_maker import make_desk
from desk_maker import make_group

from shg_desk.actions.between import Between
from shg_desk.actions.between import print_receipt
from shg_desk.actions.between import write_between
from shg_desk.actions.meetings import record_meeting
from shg_desk.actions.printing import after_meeting_of
from shg_desk.actions.printing import printed_now
from shg_desk.actions.statements import booklets
from shg_desk.actions.statements import group_facts
from shg_desk.actions.views_loans import loan_list
from shg_desk.actions.views_member import member_view
from shg_desk.domain.sheet import Attendance
from shg_desk.domain.sheet import In
from shg_desk.domain.sheet import Out
from shg_desk.domain.sheet import Sheet
from shg_desk.domain.sheet import SheetRow
from shg_desk.i18n.aloud_words import card_lines
from shg_desk.i18n.catalog import Words
from shg_desk.i18n.overpaid_words import overpaid_line
from shg_desk.reports.booklets import write_into_booklets
from shg_desk.reports.passbook import Booklet
from shg_desk.reports.passbook import passbook
from shg_desk.store.groups import memberships

EN = Words("en")


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def plain(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(word, said.replace("\xa0", " ")) for word, said in lines]


def test_what_was_overpaid_is_set_off_on_every_paper(tmp_path: Path) -> None:
    """318 of a loan of 300 paid twice, the second time by another program's record, and 600 lent: 600 - 300 is left."""
    desk = make_desk(tmp_path, day=date(2026, 6, 30))
    group = make_group(desk)
    here, march, april = Attendance.PRESENT, date(2026, 3, 19), date(2026, 4, 20)
    saved = tuple(SheetRow(str(n), here, ins=(In("saving", 200_000),)) for n in (1, 2))
    record_meeting(desk, Sheet(group, date(2026, 3, 5), rows=saved))
    record_meeting(desk, Sheet(group, march, rows=(SheetRow("1", here, outs=(Out("loan", 30_000),)),)))
    (loan,) = loan_list(desk, group).lines
    member = next(one.id for one in memberships(desk.book, group) if one.number == "1")
    write_between(desk, Between(group, april, "repayment", 31_800, member))
    again = {"accounts": ["box", "interest", "principal"], "by": "loan", "kind": "repayment"}
    body = {"group": group, "date": april.isoformat(), "members": [member], "loans": [loan.id]}
    with desk.book.writing() as writer:
        writer.append(desk.line("between", {**body, "entries": [{**again, "lines": [[0, 31_800, -1_800]]}]}))
    row = SheetRow("1", here, outs=(Out("loan", 60_000),))
    sheet = Sheet(group, date(2026, 4, 23), rows=(row,))
    meeting = record_meeting(desk, sheet).value.name
    assert meeting is not None
    after = after_meeting_of(desk, meeting)
    (booklet,), (card, *_) = after.booklets, after.cards
    assert (booklet.debt_minor, card.debt_minor) == (30_000, 30_000)
    assert [(one.left_of, one.left_minor) for one in booklet.lines] == [("debt", 30_000)]
    in_words = {"L-1": 30_000}
    assert (booklet.overpaid_minor, card.overpaid_minor) == (in_words, in_words)
    page = member_view(desk, member)
    assert page is not None
    assert (page.overpaid_minor, page.statement.overpaid_minor) == (in_words, in_words)
    said = [("Debt left", "300 som"), ("Taken off the debt, paid too much on L-1", "300 som")]
    assert [one for one in plain(card_lines(EN, card, after.currency)) if one[0].startswith(("Debt", "Taken"))] == said
    line = overpaid_line(EN, page.overpaid_minor, page.now.debt_minor, after.currency).replace("\xa0", " ")
    assert line == "with 300 som paid too much on L-1 taken off; of the other loans 600 som is left"
    assert page.now.debt_minor == 30_000
    assert next(one for one in booklets(group_facts(desk, group)) if one.holder.number == "1").closing.debt_minor == (
        30_000
    )
    brought = write_between(desk, Between(group, date(2026, 4, 25), "repayment", 30_000, member)).value.name
    assert brought is not None
    # of the 300 two instalments' interest of 12 each, of the principal of 600 the other 276
    out = tmp_path / "receipt.pdf"
    print_receipt(desk, brought, out, EN)
    printed = printed_now(desk, group)
    wanted = (
        (
            write_into_booklets(after, EN, printed).data,
            "300 som paid too much on L-1 taken off; of the other loans 600",
        ),
        (out.read_bytes(), "with 300 som paid too much on L-1 taken off; of the other loans 324 som is left"),
        (passbook([Booklet(page.statement, EN)], printed).data, "too much on L-1 debt 300"),
    )
    for data, text in wanted:
        assert text in text_of(data)
    desk.close()
