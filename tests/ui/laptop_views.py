"""Every view of a laptop's window: each brings the window into a state a person can bring it into."""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from contact_sheet import Window
from full_books import DAY
from full_books import Books
from photo_makers import phone_photo
from pressing import CTRL
from pressing import press
from pressing import write
from PySide6.QtCore import Qt

from shg_desk.actions import photos
from shg_desk.actions.desk import Desk
from shg_desk.actions.groups import set_rules
from shg_desk.store import groups as group_store
from shg_desk.store import loans as loan_store
from shg_desk.store import meetings as meeting_store
from shg_desk.ui.group_detail import TABS
from shg_desk.ui.long_work import LongWork
from shg_desk.ui.meeting_page import MeetingPage

K = Qt.Key
Take = Callable[[str], None]


def pages(window: Window, books: Books, take: Take) -> None:
    """Every place of the rail and every page reached from others, as they are when one comes to them."""
    for place in window.work.place_keys:
        window.go(place)
        take(place)
    for kind in ("savings",) if books.large_group else ("roster", "savings"):
        _import(window, books, kind, take)
    if books.group:
        for tab in TABS[1:]:
            window.go("groups", (books.group, tab))
            take(f"groups, {tab}")
        _things(window, books, take)


def states(window: Window, books: Books, take: Take) -> None:
    """What pages look like while something is looked for, typed, refused, told or done."""
    for place in ("today", "households", "loans"):
        window.go(place)
        press(K.Key_F, CTRL)
        write(books.words.member(0)[:4])
        window.rest()
        take(f"{place}, looked for")
        press(K.Key_A, CTRL)
        press(K.Key_Backspace)
        press(K.Key_Escape)
        window.rest()
    _households(window, full=bool(books.group), take=take)
    _groups(window, books, full=bool(books.group), take=take)
    _settings(window, take)
    _papers(window, take)
    if books.group:
        _correcting(window, books, take)
    _frame(window, take)


def _households(window: Window, *, full: bool, take: Take) -> None:
    page = window.go("households")
    page._new()
    take("households, new")
    page._save()
    window.rest()
    take("households, new, refused")
    page._leave_form()
    if full:
        page._change_home()
        take("households, changed")
        page._leave_form()
        page._new_person()
        take("households, new person")
        page._leave_form()


def _groups(window: Window, books: Books, *, full: bool, take: Take) -> None:
    page = window.go("groups", "new")
    take("groups, new")
    page._save()
    window.rest()
    take("groups, new, refused")
    page._leave_form()
    if not full:
        return
    window.go("groups", (books.group, "members"))
    for asked in ("join", "elect", "rules", "hand"):
        page._asked(asked, None)
        window.rest()
        take(f"groups, {asked}")
        if asked == "join":
            page.member_form.parts["name"].set_text(books.words.member(1)[:5])
            page._search_person()
            window.rest()
            take("groups, join, looked for")
        page._leave_form()
    page._asked("leave", page._card.members[3])
    take("groups, leave")
    page._leave_form()


def _things(window: Window, books: Books, take: Take) -> None:
    members = window.ask(lambda desk: group_store.memberships(desk.book, books.group))
    page = window.go("member", members[1].id)
    for tab in ("records", "loans", "attendance"):
        page._show_tab(tab)
        take(f"member, {tab}")
    page = window.go("death", members[1].id)
    for debt in page._sheet.view.estate.debts:
        page._choices[debt.key] = "set-off"
    page._show_account()
    take("death")
    page.look_ahead()
    window.rest()
    take("death, ahead")
    page.leave_ahead()
    loans = window.ask(lambda desk: [one.id for one in loan_store.loans(desk.book, books.group)])
    window.go("loan", loans[0])
    take("loan")
    meetings = window.ask(lambda desk: [one.op for one in meeting_store.meetings(desk.book, books.group)])
    window.go("minutes", meetings[3])
    take("minutes")
    window.go("minutes", meetings[-1])
    take("minutes, last")
    _photos(window, books, meetings[-2:], take)
    window.go("loans", "late")
    take("loans, late")
    window.go("share_out", books.group)
    take("share-out of a permanent fund")

    def shares_out(desk: Desk) -> object:
        (*_, now) = group_store.rules_versions(desk.book, books.group)
        return set_rules(desk, books.group, {**now.content, "lifecycle": "share-out"}, DAY)

    window.ask(shares_out)
    window.go("share_out", books.group)
    take("share-out")


def _photos(window: Window, books: Books, meetings: list[str], take: Take) -> None:
    """None yet, several of which one is only a record, one large, the question of taking one away."""
    page = window.go("photos", meetings[0])
    take("photos, none")
    files = [phone_photo(books.laptop.parent / f"photo-{n}.jpg", seed=n) for n in range(3)]
    window.ask(lambda desk: photos.add_photos(desk, meetings[1], files, books.words.member(0)))
    lost = "DELETE FROM picture WHERE hash = (SELECT hash FROM file ORDER BY op DESC LIMIT 1)"
    window.ask(lambda desk: desk.book.db.run(lost))
    window.go("photos", meetings[1])
    window.until(lambda: [tile.image is None for tile in page.tiles] == [False, False, True])
    take("photos")
    page.tiles[1].setFocus()
    press(K.Key_Return)
    window.rest()
    take("photos, large")
    press(K.Key_Escape)
    press(K.Key_Delete)
    window.rest()
    take("photos, one taken away")
    press(K.Key_Escape)


def _correcting(window: Window, books: Books, take: Take) -> None:
    page = window.go("ledger", (books.group, "box"))
    page.table.view.setFocus()
    for key in (K.Key_Home, K.Key_Return, K.Key_Down):  # the folded lines of a meeting are opened, one is chosen
        press(key)
        window.rest()
    take("ledger, a line")
    page._correct()
    window.rest()
    take("ledger, correcting")
    choices: list[object] = page.panel.how.picker.keys()
    for how in choices:
        page.panel.how.picker.set_key(how)
        page.panel._chosen()
        page._preview()
        window.rest()
        take(f"ledger, correcting {how}")
    page._close_panel()


def _settings(window: Window, take: Take) -> None:
    page = window.go("settings")
    page.edit_user(0)
    page.keep_user()
    window.rest()
    take("settings, user refused")
    page.edit_user(None)


def _papers(window: Window, take: Take) -> None:
    page = window.go("reports")
    for row in range(page.table.model.rowCount()):
        page.table.view.put_cursor(row)
        window.rest()
        take(f"reports {row}")


def _import(window: Window, books: Books, kind: str, take: Take) -> None:
    assert books.tables is not None
    page = window.go("import", kind)
    if kind == "roster":
        take("import, nothing yet")
    page.take_file(books.tables / ("roster.csv" if kind == "roster" else "paid.csv"))
    window.rest()
    take(f"import {kind}")


def nothing() -> None:
    """Work that is never begun: only what is shown of it is looked at."""


def _frame(window: Window, take: Take) -> None:
    window.go("today")
    window.window.trouble("Мунун баары бул жерде", "Бул китеп азыр башка терезеде ачык. " * 3)
    take("trouble over the page")
    window.window.notice.hide()
    window.window.toast("Жазылды. Китепте 3 сап өзгөрдү", lambda: None)
    take("toast over the page")
    window.window._toast.hide()
    long = LongWork("Китеп кайра саналып жатат", nothing, lambda _done: None, lambda _problems: None)
    strip = window.window.work_strip
    strip.follow(long)
    long.began.emit()
    long.stepped.emit(3, 12)
    window.until(strip.progress.isVisible)
    long.stepped.emit(4, 12)
    take("long work")
    long.over.emit()
    window.window.hide_screen()
    take("hidden screen")
    press(K.Key_F9)


def _open(window: Window, group: str) -> MeetingPage:
    window.go("meeting", (group, DAY))
    window.until(lambda: hasattr(window.window.page().view(), "draft"))
    window.rest()
    return window.window.page()


def large(window: Window, books: Books, take: Take) -> None:
    """A group of 500: its list of members, its sheet, and what has to be scrolled in them."""
    window.go("groups", (books.large_group, "members"))
    take("groups, 500 members")
    page = _open(window, books.large_group)
    take("sheet of 500")
    press(K.Key_F5)
    window.rest()
    press(K.Key_F3)
    window.rest()
    take("sheet of 500, as usual")
    page.view().undo()
    window.rest()


def sheet(window: Window, books: Books, take: Take, *, asked: bool) -> None:
    """The meeting from the day asked to the booklets; `asked` also what its keys ask for."""
    window.go("meeting", books.group)
    take("meeting, day asked")
    page = _open(window, books.group)
    take("sheet")
    view = page.view()
    press(K.Key_F5)
    window.rest()
    take("sheet, as usual")
    for name, question in _questions(view) if asked else ():
        view.ask(question)
        window.rest()
        take(f"sheet, asked {name}")
        view._panel_over()
    press(K.Key_F10)
    window.rest()
    take("closing, nothing counted")
    press(K.Key_Escape)
    press(K.Key_F8)
    write("2")
    press(K.Key_Return)
    window.rest()
    take("sheet, counted and wrong")
    press(K.Key_F10)
    window.rest()
    take("closing, a difference in the way")
    press(K.Key_Escape)
    view.ask(view.questions.difference)
    take("sheet, difference named")
    view._panel_over()
    _count_right(window, view)
    take("sheet, counted and right")
    press(K.Key_F10)
    window.rest()
    take("closing")
    page.view()._close()
    window.until(lambda: type(page.view()).__name__ == "AfterView")
    window.rest()
    take("after closing")
    page.view().aloud_asked.emit()
    window.rest()
    take("read aloud")
    press(K.Key_Space)
    take("read aloud, next")
    press(K.Key_Escape)
    page.view().booklets_asked.emit()
    window.rest()
    take("booklets")
    press(K.Key_Escape)
    window.rest()
    window.go("today")
    take("today, after a meeting")


def _questions(view: object) -> Iterator[tuple[str, Callable[[], object]]]:
    from shg_desk.ui.meeting_menus import about_question
    from shg_desk.ui.meeting_menus import add_question

    asks = view.questions
    yield "add", partial(add_question, view)
    yield "about", partial(about_question, view)
    yield "represented", partial(asks.represented, 1)
    yield "paid by", partial(asks.paid_by, 1)
    yield "not held", asks.not_held
    yield "next", asks.next_meeting
    yield "day", partial(asks.day, lambda _day: None)
    yield "number", asks.number
    yield "decision", asks.decision
    for kind in ("expense", "income", "transfer", "lender-loan", "lender-repayment", "gift"):
        yield kind, partial(asks.line, kind)


def _count_right(window: Window, view: object) -> None:
    expected = view.draft.cash().expected_minor
    press(K.Key_F8)
    write("+")
    write(str(expected // 100))
    press(K.Key_Return)
    window.rest()


def exchange(window: Window, stick: Path, take: Take) -> None:
    """Parcels, joining, the recovery sheet: what a laptop does with its office."""
    page = window.go("exchange")
    page.do_now()
    window.rest()
    take("exchange, done")
    page = window.go("exchange")
    page._tell_problems(_some_problems(stick))
    take("exchange, trouble")
    join = window.go("join")
    take("join")
    if window.window.here() == "join":
        join.tell("wrong", "Файл окулбайт", "Балким, ал башка ноутбукка жазылган.")
        take("join, trouble")
    page = window.go("recovery")
    take("recovery")
    page.show_code()
    window.until(lambda: bool(page.code))
    window.rest()
    take("recovery, copied by hand")
    press(K.Key_Return)
    write("0000")
    press(K.Key_Return)
    window.rest()
    take("recovery, a wrong group")


def _some_problems(stick: Path) -> list[object]:
    from shg_desk.domain.problems import Code
    from shg_desk.domain.problems import Problem

    return [
        Problem(Code.DISK_FULL),
        Problem(Code.FOLDER_UNUSABLE, str(stick), {"reason": "дискке жазууга болбойт", "folder": str(stick)}),
    ]
