"""Two loans of one code between meetings: each can be chosen, with what is due of it, and is answered by its id."""

from __future__ import annotations

from dataclasses import replace

from meeting_grounds import loan
from meeting_grounds import member
from meeting_grounds import yrys
from pytestqt.qtbot import QtBot

from shg_desk.actions.between import BetweenView
from shg_desk.actions.views_groups import GroupName
from shg_desk.i18n.catalog import Words
from shg_desk.ui.between_form import BetweenForm


def test_each_of_two_loans_of_one_code_is_chosen_as_itself(qtbot: QtBot) -> None:
    older, newer = loan("1", 1060, "L-1"), replace(loan("1", 530, "L-1"), id="anotherloanofher")
    older, newer = replace(older, code="L-1 (10.10.2026)"), replace(newer, code="L-1 (11.10.2026)")
    ground = replace(yrys(dues={}), members=(member(1, "Айгүл", loans=(older, newer)),))
    form = BetweenForm("en")
    qtbot.addWidget(form)
    form.retranslate(Words("en"))
    form.show_view(BetweenView((GroupName(ground.group, ground.code, ground.name),), ground))
    form.kind.picker.set_key("repayment")
    form.member.picker.picked.emit(None)
    form.member.picker.set_key(ground.members[0].id)
    form.member.picker.picked.emit(None)
    form.amount.set_text("530")
    seen = []
    for one in (older, newer):
        form.loan.picker.set_key(one.id)
        form.loan.picker.picked.emit(None)
        answer = form.answer()
        assert answer is not None
        seen.append((form.loan.picker.currentText(), form.amount.edit.placeholderText(), answer.loan))
    assert seen == [("L-1 (10.10.2026)", "1\u00a0060", older.id), ("L-1 (11.10.2026)", "530", newer.id)]
