"""Page of the gallery: the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.cells import EMPTY
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.cells import state
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table

NB = "\u00a0"

LEDGER = (
    Column("Дата", 104),
    Column("Записано", 96),
    Column("№", 56, right=True),
    Column("Где", 188),
    Column("Что", 286, grows=1, wraps=True),
    Column("Пришло, сом", 110, right=True, divider=True),
    Column("Ушло, сом", 98, right=True),
    Column("Остаток, сом", 116, right=True, divider=True),
    Column("Состояние", 94),
)


def ledger_row(
    day: str, n: int, where: str, what: str, came: str, went: str, left: str, filled: int, **more: object
) -> Row:
    fixes = where.startswith("Исправление")
    place = Cell(where, icon="undo" if fixes else "", weight=tokens.SEMIBOLD if fixes else tokens.REGULAR)
    if what.startswith("Касса: не"):
        place = Cell(where, icon="triangle", icon_ink=tokens.AMBERMARK)
    recorded = Cell("14.11.2026", ink=tokens.AMBER) if fixes else Cell()
    cells = (
        Cell(day),
        recorded,
        link(str(n)),
        place,
        Cell(what),
        money(came) if came else Cell(),
        money(went) if went else Cell(),
        money(left, weight=tokens.MEDIUM),
        state(filled, "", bars_only=True),
    )
    return Row(cells, key=n, **more)  # type: ignore[arg-type]


HAIR, GROUP = Rule.HAIR, Rule.GROUP
LINES = [
    (("24.10.2026", 411, "Собрание 35", "Взносы и соц. фонд, 18 участников", f"2{NB}160", "", f"7{NB}880", 3), HAIR),
    (("", 412, "Собрание 35", "Погашение займов, 4 участника", f"4{NB}250", "", f"12{NB}130", 3), HAIR),
    (("", 413, "Собрание 35", "Новый заём: Эркин кызы Зейнеп", "", f"6{NB}000", f"6{NB}130", 3), GROUP),
    (("07.11.2026", 414, "Собрание 36", "Взносы и соц. фонд, 17 участников", f"2{NB}040", "", f"8{NB}170", 2), HAIR),
    (("", 416, "Собрание 36", "В банк: Айыл Банк, квитанция 0881", "", f"6{NB}600", f"6{NB}280", 2), HAIR),
    (("", 417, "Собрание 36", "Касса: не хватает 40 сом", "", "40", f"6{NB}240", 2), HAIR),
    (("", 418, "Исправление 415", f"Было: Айнура 1{NB}060, стало 0", "", f"1{NB}060", f"5{NB}180", 2), HAIR),
    (("", 419, "Исправление 415", f"Касса сошлась: 1{NB}060 в разницы", f"1{NB}060", "", f"6{NB}240", 2), GROUP),
    (("21.11.2026", 420, "Собрание 37", "Взносы и соц. фонд, 16 участников", f"2{NB}020", "", f"8{NB}260", 1), HAIR),
    (("", 423, "Собрание 37", "Новый заём: Субанова Чынара", "", f"6{NB}000", f"7{NB}110", 1), HAIR),
]


class Ledger(Page):
    """Picture 08."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.table = Table(LEDGER, row_height=(27, 27), size=tokens.BODY)
        body = rows(self, margins=(20, 10, 20, 12), gap=10)
        chips = Flow(gap=8)
        for i, word in enumerate(("Касса", "Банк", "Взносы", "Займы", "Соц. фонд", "Разницы")):
            chip = Button(word, kind="chip")
            chip.setChecked(i == 0)
            chip.restyle()
            chips.addWidget(chip)
        chips.addWidget(Label("24.10.2026 – 21.11.2026", weight=tokens.MEDIUM))
        chips.addWidget(Button("все участники", kind="filter"))
        body.addLayout(chips)
        body.addWidget(self.table, 1)
        detail = Card()
        line = columns(gap=12)
        words = rows(gap=0)
        words.addWidget(Label("Запись 418 исправляет запись 415", weight=tokens.SEMIBOLD))
        why = f"Собрание 36 от 07.11.2026. Төрөева Айнура не платила 1{NB}060 сом. "
        why += "Записала Айгүл 14.11.2026, причина: «сумма прочитана с чужой строки»."
        words.addWidget(Label(why, size=tokens.GRID, ink=tokens.INK2, wrap=True))
        line.addLayout(words, 1)
        buttons = Flow(gap=12)
        buttons.addWidget(Button("Открыть собрание", keys=("Enter",)))
        buttons.addWidget(Button("Исправить", keys=("F2",)))
        line.addLayout(buttons)
        detail.body.addLayout(line)
        body.addWidget(detail)
        body.addStretch(0)
        self.controls_ = (Button("Печать", icon="print"), Button("В таблицу"))

    def title(self) -> str:
        return "Книга: касса"

    def sentence(self) -> str:
        return "Ырыс · Кара-Булак"

    def controls(self) -> Sequence[QWidget]:
        return self.controls_

    def hints(self) -> Sequence[Hint]:
        return (
            Hint(("↑", "↓"), "запись"),
            Hint(("Enter",), "откуда она"),
            Hint(("F2",), "исправить"),
            Hint(("/",), "сумма или имя"),
            Hint(("Ctrl", "P"), "печать"),
            Hint(("F1",), "помощь"),
        )

    def retranslate(self) -> None:
        made = [ledger_row(*line, rule=rule) for line, rule in LINES]
        old = Cell("24.10.2026", ink=tokens.INK2)
        opening = (
            old,
            EMPTY,
            EMPTY,
            Cell("Остаток на начало", weight=600),
            *[EMPTY] * 3,
            money(f"5{NB}720", weight=600),
        )
        made.insert(0, Row(opening, key="opening", fill=Fill.SUNKEN, rule=Rule.GROUP))
        sums = [money(text, weight=600) for text in (f"21{NB}090", f"19{NB}920", f"6{NB}890")]
        foot = (old, EMPTY, EMPTY, Cell("Остаток на конец", weight=600), EMPTY, *sums)
        self.table.set_rows(made, [Row(foot, fill=Fill.SUNKEN, rule=Rule.STRONG)])

    def focus_first(self) -> None:
        self.table.view.setFocus()
        self.table.view.put_cursor(7, 0)
