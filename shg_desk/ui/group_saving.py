"""Which action each form of a group's page becomes."""

from __future__ import annotations

from collections.abc import Callable

from shg_desk.actions.changes import Outcome
from shg_desk.actions.desk import Desk
from shg_desk.actions.group_forms import elect
from shg_desk.actions.group_forms import form_group
from shg_desk.actions.group_forms import join_group
from shg_desk.actions.group_forms import leave_group
from shg_desk.actions.group_places import save_place
from shg_desk.actions.groups import hand_over
from shg_desk.actions.particulars import change_group
from shg_desk.actions.particulars import change_member
from shg_desk.actions.rules_forms import vote_rules
from shg_desk.ui.group_forms import GroupForm
from shg_desk.ui.group_forms import HandOverForm
from shg_desk.ui.group_forms import LeaveForm
from shg_desk.ui.group_forms import MemberForm
from shg_desk.ui.group_forms import OfficerForm
from shg_desk.ui.group_places_form import PlaceForm
from shg_desk.ui.particulars_forms import GroupParticulars
from shg_desk.ui.particulars_forms import MemberParticulars
from shg_desk.ui.parts.form import Form


def what_is_saved(form: Form, group: str) -> Callable[[Desk], Outcome[str]]:
    """What a form would write as it is typed now; `group` (id) is nothing for a new group."""
    typed = form.texts()
    if isinstance(form, GroupForm):
        return lambda desk: form_group(desk, typed)
    if isinstance(form, MemberForm):
        person, is_new = form.person, form.is_new()
        return lambda desk: join_group(desk, group, typed, person, is_new=is_new)
    if isinstance(form, LeaveForm):
        leaver = form.member
        return lambda desk: leave_group(desk, leaver, typed)
    if isinstance(form, OfficerForm):
        return lambda desk: elect(desk, group, typed)
    if isinstance(form, PlaceForm):
        place = {**typed, "code": form.code}
        return lambda desk: save_place(desk, group, place)
    if isinstance(form, MemberParticulars):
        member = form.member
        return lambda desk: change_member(desk, member, typed)
    if isinstance(form, GroupParticulars):
        return lambda desk: change_group(desk, group, typed)
    if isinstance(form, HandOverForm):
        return lambda desk: hand_over(desk, group, typed["laptop"])
    return lambda desk: vote_rules(desk, group, typed)
