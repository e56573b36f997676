"""Photos of a meeting's signed sheet: the pages small, one of them large, a page added or taken away."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shg_desk.actions.changes import Outcome
from shg_desk.actions.photos import Photo
from shg_desk.actions.photos import Photos
from shg_desk.actions.photos import add_photos
from shg_desk.actions.photos import photo_bytes
from shg_desk.actions.photos import photos_of
from shg_desk.actions.photos import take_photo_away
from shg_desk.domain.problems import Problem
from shg_desk.i18n import formats
from shg_desk.i18n import record_words
from shg_desk.i18n.catalog import Words
from shg_desk.ui import choosing
from shg_desk.ui import keys
from shg_desk.ui import tokens
from shg_desk.ui.desk_page import DeskPage
from shg_desk.ui.desk_page import Store
from shg_desk.ui.desk_page import Ways
from shg_desk.ui.page import Frame
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList
from shg_desk.ui.photo_parts import Large
from shg_desk.ui.photo_parts import Tile
from shg_desk.ui.photo_parts import WhyAway
from shg_desk.ui.photo_parts import beside
from shg_desk.ui.photo_parts import picture
from shg_desk.ui.photo_parts import small_size

KINDS = "(*.jpg *.jpeg *.png *.webp)"


class PhotosPage(DeskPage):
    """`open` takes the name of a recorded meeting, or (its name, the place of the page it is opened from)."""

    place = "ledger"

    def __init__(self, frame: Frame, store: Store, ways: Ways | None = None) -> None:
        super().__init__(frame, store, ways)
        self._meeting = ""
        self._view: Photos | None = None
        self._large: Photo | None = None
        self._adding, self._pages_before = False, 0
        self.tiles: list[Tile] = []
        self.add_button = Button(kind="primary", keys=("Ins",))
        self.add_button.clicked.connect(self.add)
        body = rows(self, margins=(20, 12, 20, 12), gap=12)
        self.problems = ProblemList()
        body.addWidget(self.problems)
        self.why = WhyAway()
        self.why.chosen_reason.connect(self._take_away)
        body.addWidget(self.why)
        self.empty = EmptyState()
        self.empty.pressed.connect(self.add)
        body.addWidget(self.empty)
        self.holder = QWidget()
        self._flow = Flow(self.holder, gap=12)
        body.addWidget(self.holder)
        self.note = Label(size=tokens.GRID, ink=tokens.INK2, wrap=True)
        body.addWidget(self.note)
        self.large = Large()
        body.addWidget(self.large, 1)
        body.addStretch(0)
        self.large.hide()
        self.empty.hide()

    # -- what the frame asks

    def title(self) -> str:
        words = self.frame.words
        if self._large is not None:
            return words._("Photo of the signed sheet, page {n}").format(n=self._large.page)
        return words._("Photo of the signed sheet")

    def sentence(self) -> str:
        view, words = self._view, self.frame.words
        if view is None:
            return ""
        said = [view.group_name, formats.date_with_weekday(words, view.on)]
        if view.photos:
            said.append(words.n_("{n} page", "{n} pages", len(view.photos)).format(n=len(view.photos)))
        return " · ".join(said)

    def controls(self) -> Sequence[QWidget]:
        may = self._view is None or self._view.may_add
        return (self.add_button,) if may and self._large is None else ()

    def help_topic(self) -> str:
        return "meeting"

    def hints(self) -> Sequence[Hint]:
        words = self.frame.words
        back = Hint(("Esc",), words._("back"), self._back)
        if self._large is not None:
            other = Hint(("PgUp", "PgDn"), words._("another page"))
            closer = Hint(("+",), words._("closer"), lambda: self.large.scale(1.25))
            farther = Hint(("−",), words._("farther"), lambda: self.large.scale(0.8))
            return (Hint(("↑", "↓"), words._("move")), closer, farther, other, back)
        if self.why.isVisible():
            return (Hint(("1–5",), words._("the reason")), back)
        may_add = self._view is not None and self._view.may_add
        add = (Hint(("Ins",), words._("add a photo"), self.add),) if may_add else ()
        if not self.tiles:
            return (*add, back, Hint(("F1",), words._("help")))
        away = [Hint(("Del",), words._("take away"), self.ask_away)] if self._may_take_away() else []
        arrows, larger = Hint(("←", "→"), words._("another page")), Hint(("Enter",), words._("large"))
        return (arrows, larger, *add, *away, back, Hint(("F1",), words._("help")))

    def open(self, target: object = None) -> None:
        self.arrive()
        if target is not None:
            target, self.place = target if isinstance(target, tuple) else (target, "ledger")
        if isinstance(target, str) and target != self._meeting:
            self._meeting, self._view, self._large = target, None, None
            self.problems.clear()
        self._show_list()
        if self._meeting:
            self._read()

    def refresh(self, changes: Collection[str]) -> None:
        del changes
        if self.isVisible() and self._meeting:
            self._read()

    def focus_first(self) -> None:
        if not self.tiles and self._view is not None and not self._view.may_add:
            return  # nothing to choose: the title has the cursor
        shown: QWidget = self.empty.button
        if self._large is not None:
            shown = self.large
        elif self.tiles:
            shown = self.tiles[0]
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        say = self.frame.words._
        self.add_button.set_words(say("Add a photo"))
        how = say(
            "There is no photo yet. Photograph the signed sheet with a phone, bring the picture here by cable or "
            "on a stick, and add it."
        )
        may = self._view is None or self._view.may_add
        self.empty.set_words(
            how if may else say("There is no photo of the signed sheet."), say("Add a photo") if may else "", ("Ins",)
        )
        self.note.setText(
            say(
                "The photos show names and signatures. They are kept sealed, and go to the office and to laptops that "
                "have the group too, in parcels of their own."
            )
        )
        if self._view is not None:
            self._show(self._view)

    # -- keys

    def on_key(self, event: QKeyEvent) -> bool:
        if self.why.isVisible() and self.why.take(event):
            return True
        if keys.is_plain(event, Qt.Key.Key_Escape):
            self._back()
        elif self._large is not None:
            step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()), 0)
            if not step:
                return False
            self._open_beside(step)
        elif keys.is_plain(event, Qt.Key.Key_Insert):
            self.add()
        elif keys.is_plain(event, Qt.Key.Key_Delete):
            self.ask_away()
        elif keys.is_plain(event, Qt.Key.Key_Return) or keys.is_plain(event, Qt.Key.Key_Enter):
            self._open_large(self._here())
        else:
            return self._move(event)
        return True

    def _move(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Left: (-1, False),
            Qt.Key.Key_Right: (1, False),
            Qt.Key.Key_Up: (-1, True),
            Qt.Key.Key_Down: (1, True),
        }
        here, step = self._here(), steps.get(Qt.Key(event.key()))
        if here is None or step is None or keys.held(event):
            return False
        at = beside(self.tiles, here, step[0], row=step[1])
        self.tiles[at].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _here(self) -> int | None:
        return next((at for at, tile in enumerate(self.tiles) if tile.hasFocus()), None)

    def _back(self) -> None:
        if self.why.isVisible():
            self._show_list()
            self._focus_tile(self.why_page)
        elif self._large is not None:
            page = self._large.page
            self._large = None
            self._show_list()
            self._focus_tile(page)
        else:
            self.frame.back()

    # -- showing

    def _read(self) -> None:
        self.ask("photos", partial(photos_of, meeting=self._meeting), self._show)

    def _show(self, view: Photos) -> None:
        before = 0 if self.empty.button.hasFocus() else self._here()
        kept = {tile.photo: tile.image for tile in self.tiles}
        is_first, self._view = self._view is None, view
        if is_first:
            self.retranslate()
            return
        words = self.frame.words
        self.add_button.set_reason("" if view.may_add else words._("You cannot add photos here"))
        while (taken := self._flow.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.tiles = [self._tile(photo, kept.get(photo.id)) for photo in view.photos]
        for tile in self.tiles:
            self._flow.addWidget(tile)
        if self._large is not None and all(photo.id != self._large.id for photo in view.photos):
            self._large = None
        if self._large is None and not self.why.isVisible():
            self._show_list()
        if before is not None and self.tiles:
            self._focus_tile(min(before + 1, len(self.tiles)))
        self.reworded.emit()
        self.settle_cursor()

    def _tile(self, photo: Photo, image: QImage | None) -> Tile:
        words, tile = self.frame.words, Tile(photo.id)
        kilobytes = words._("Size: {n} KB").format(n=formats.number(words, -(-photo.length // 1000)))
        reached = record_words.word(words, record_words.PHOTO_STATES, photo.reached) if photo.reached else ""
        below = " · ".join(part for part in (photo.caption, kilobytes, reached) if part)
        absent = "" if photo.is_here else words._("Not here yet: it comes with a parcel of pictures")
        tile.set_words(words._("Page {n}").format(n=photo.page), below, absent)
        tile.opened.connect(lambda: self._open_large(photo.page - 1))
        if image is not None:
            tile.set_image(image)
        elif photo.is_here:
            bring = partial(photo_bytes, meeting=self._meeting, photo=photo.id)
            self.ask(f"photo {photo.id}", bring, partial(_fill, tile, words))
        return tile

    def _show_list(self) -> None:
        """The pages small, without a question."""
        there = bool(self.tiles)
        self.why.hide()
        self.large.hide()
        self.holder.setVisible(there)
        self.note.setVisible(there)
        self.empty.setVisible(not there and self._view is not None)
        self.reworded.emit()

    def _focus_tile(self, page: int) -> None:
        if 1 <= page <= len(self.tiles):
            self.tiles[page - 1].show()  # what is not in sight yet takes no cursor, and it would go to the rail
            self.tiles[page - 1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_large(self, at: int | None) -> None:
        if at is None or self._view is None or not self._view.photos[at].is_here:
            return
        photo = self._view.photos[at]

        def come(content: bytes | None) -> None:
            image = picture(content) if content is not None else None
            if image is None:
                return
            self._large = photo
            for part in (self.why, self.holder, self.note, self.empty):
                part.hide()
            self.large.show()
            self.large.show_image(image, self.frame.words._("Page {n}").format(n=photo.page))
            self.large.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reworded.emit()

        self.ask("large", partial(photo_bytes, meeting=self._meeting, photo=photo.id), come)

    def _open_beside(self, step: int) -> None:
        if self._large is not None and self._view is not None:
            there = [at for at, photo in enumerate(self._view.photos) if photo.is_here]
            here = there.index(self._large.page - 1) + step
            if 0 <= here < len(there):
                self._open_large(there[here])

    # -- adding and taking away

    def add(self) -> None:
        """Ins: files are chosen, made small and added."""
        if self._adding or self._view is None or self.add_button.reason():
            return
        words = self.frame.words
        kinds = words._("Pictures {kinds}").format(kinds=KINDS)
        files = choosing.files(self, words._("Photos of the signed sheet"), kinds)
        if not files:
            return
        self._adding, self._pages_before = True, len(self._view.photos)
        self.problems.clear()
        work = partial(add_photos, meeting=self._meeting, files=files)
        self.store.long(words._("Making the photos small"), work, self._added, self._not_added)

    def _added(self, outcome: Outcome[Photos]) -> None:
        self._adding = False
        words, before = self.frame.words, self._pages_before  # the page may have read itself anew meanwhile
        new = len(outcome.value.photos) - before
        self.frame.toast(words.n_("{n} page added", "{n} pages added", new).format(n=new))
        self._show(outcome.value)
        self._focus_tile(before + 1)

    def _not_added(self, problems: Sequence[Problem]) -> None:
        self._adding = False
        lines = [ProblemLine(said) for said in self.sentences(problems)]
        self.problems.show_problems(self.frame.words._("No photo was added"), lines)

    def _may_take_away(self) -> bool:
        return self._view is not None and self._view.may_take_away

    def ask_away(self) -> None:
        """Del: why the page under the cursor is taken away."""
        here = self._here()
        if here is None or not self._may_take_away():
            return
        self.why_page = here + 1
        self.why.ask(self.frame.words, self.why_page)
        self.reworded.emit()

    why_page = 0

    def _take_away(self, reason: str) -> None:
        photo = self.tiles[self.why_page - 1].photo

        def done(outcome: Outcome[Photos]) -> None:
            self._show_list()
            self.frame.toast(self.frame.words._("The photo is taken away; that it was there stays in the records"))
            self._show(outcome.value)
            if self.tiles:
                self._focus_tile(min(self.why_page, len(self.tiles)))
            else:
                self.focus_first()

        self.write(partial(take_photo_away, meeting=self._meeting, photo=photo, reason=reason), done)


def _fill(tile: Tile, words: Words, content: bytes | None) -> None:
    """A small picture has come, or none that may be unpacked; the tile may have gone meanwhile."""
    image = picture(content, small_size()) if content is not None else None
    tile.set_image(image)
    if image is None:
        tile.set_words(tile.title.text(), tile.below.text(), words._("This picture cannot be shown here"))
