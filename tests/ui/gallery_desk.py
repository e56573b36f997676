"""Pages of the gallery: a member, the exchange."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.card import Figure
from shg_desk.ui.parts.card import Figures
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import link
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.cells import state
from shg_desk.ui.parts.flow import Flow
from shg_desk.ui.parts.flow import MainAndSide
from shg_desk.ui.parts.header import Initials
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.table import Table

NB = "\u00a0"


class Member(Page):
    """Picture 03."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.initials = Initials("БА")
        self.buttons = (
            Button("Китепчени басуу", icon="print"),
            Button("Акча алуу же берүү", kind="primary", keys=("Ins",)),
        )
        body = rows(self, margins=(20, 14, 20, 12), gap=8)
        body.addWidget(
            Figures(
                [
                    Figure("Топтогону", f"3{NB}700", "сом", "ар чогулушта 100"),
                    Figure("Карыздын калдыгы", f"5{NB}000", "сом", f"10.10.2026 алган 8{NB}000ден"),
                    Figure("Кийинки төлөм", f"1{NB}060", "сом", "05.12.2026, 14 күндөн кийин", "clock"),
                    Figure("Айып", "0", "сом", "37 чогулуштун 36сына келген"),
                ]
            )
        )
        left = rows(gap=4)
        tabs = Flow(gap=20)
        for i, word in enumerate(("Жазуулар", "Карыздар", "Катышуусу", "Кепилдиктер")):
            tab = LinkButton(word, kind="tab")
            tab.setChecked(i == 0)
            tabs.addWidget(tab)
        tabs.addWidget(LinkButton("Баары: 112", size=tokens.GRID))
        left.addLayout(tabs)
        self.table = Table(
            [
                Column("Күнү", 108),
                Column("Чогулуш", 122),
                Column("Эмне", 210, grows=1),
                Column("Сумма, сом", 100, right=True),
                Column("Калдык, сом", 110, right=True),
                Column("Абалы", 180),
            ],
            row_height=(32, 32),
        )
        left.addWidget(self.table, 1)
        left.addStretch(0)
        side = rows(gap=10)
        family = Card("Үй-бүлөсү", gap=8)
        family.head.addWidget(LinkButton("Ачуу", size=tokens.GRID))
        for icon, name, below in (
            ("person", "Жолдошу: Азамат, 38 жашта", "Россияда, 2024-жылдан бери"),
            ("person", "Балдары: 3", "14, 11 жана 6 жашта"),
        ):
            one = columns(gap=12)
            one.addWidget(Picture(icon, size=18), 0, Qt.AlignmentFlag.AlignTop)
            words = rows(gap=0)
            words.addWidget(Label(name, size=tokens.GRID, weight=tokens.MEDIUM, wrap=True))
            words.addWidget(Label(below, size=tokens.GRID, ink=tokens.INK2, wrap=True))
            one.addLayout(words, 1)
            family.body.addLayout(one)
        side.addWidget(family)
        side.addStretch(1)
        body.addWidget(MainAndSide(left, side, side_width=292, gap=16), 1)

    def title(self) -> str:
        return "Бакыт кызы Айгүл"

    def sentence(self) -> str:
        return "№ 2 · китепче KB-03-02 · Ырыс, Кара-Булак · 2025-жылдын июлунан бери"

    def before_title(self) -> QWidget | None:
        return self.initials

    def controls(self) -> Sequence[QWidget]:
        return self.buttons

    def retranslate(self) -> None:
        made = []
        words = ("", "Ушул жерде", "Жолдо", "Офис алды", "Салыштырылды")
        for filled, day, n in (
            (1, "21.11.2026", 37),
            (2, "07.11.2026", 36),
            (3, "24.10.2026", 35),
            (4, "10.10.2026", 34),
        ):
            for i, (what, sum_, left) in enumerate(
                (("Топтоо", "100", f"3{NB}700"), ("Соц. фонд", "20", ""), ("Карыз төлөмү", f"1{NB}060", f"5{NB}000"))
            ):
                cells = (
                    Cell(day if i == 0 else ""),
                    link(f"{n}-чогулуш") if i == 0 else Cell(),
                    Cell(what),
                    money(sum_),
                    money(left, weight=tokens.SEMIBOLD),
                    state(filled, words[filled]),
                )
                made.append(Row(cells, key=(n, i), rule=Rule.GROUP if i == 2 else Rule.HAIR))
        self.table.set_rows(made)

    def hints(self) -> Sequence[Hint]:
        return (
            Hint(("↑", "↓"), "жазуу"),
            Hint(("Enter",), "ачуу"),
            Hint(("Ins",), "алуу же берүү"),
            Hint(("Esc",), "топко кайтуу"),
        )


class Exchange(Page):
    """Picture 04."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        body = rows(self, margins=(20, 14, 20, 12), gap=14)
        top = Card()
        line = columns(gap=14)
        line.addWidget(Picture("stick", size=34, ink=tokens.LAKE))
        words = rows(gap=0)
        title = "Вставьте флешку KB-2 и запишите посылку"
        words.addWidget(Label(title, size=tokens.CARD_TITLE, weight=tokens.MEDIUM, wrap=True))
        words.addWidget(
            Label(
                "На ней посылка от 16.11.2026, она ещё не попала в офис. "
                "Новая посылка возьмёт всё, что не получено: 19 записей.",
                size=tokens.GRID,
                ink=tokens.INK2,
                wrap=True,
            )
        )
        line.addLayout(words, 1)
        self.write = Button("Записать посылку", kind="primary", keys=("Enter",), alone=True)
        buttons = rows(gap=12) if tokens.large() else columns(gap=12)
        buttons.addWidget(self.write)
        buttons.addWidget(Button("Отправить по сети", icon="envelope", alone=True))
        line.addLayout(buttons)
        top.body.addLayout(line)
        body.addWidget(top)
        states = columns(gap=8)
        for i, (icon, name, count, below) in enumerate(
            (
                ("laptop", "Сохранено здесь", "7", "самая старая от 17.11.2026"),
                ("stick", "В пути", "12", "на флешке KB-2, посылка 14"),
                ("office", "Получено офисом", "24", "расписка № 13 от 01.11.2026"),
                ("bank", "Сверено", "261", "с выпиской банка за октябрь"),
            ),
            start=1,
        ):
            card = Card(name, icon=icon, state=i, small_title=True, gap=2)
            card.set_chosen(i == 1)
            card.body.addWidget(Label(count, size=tokens.COUNTER, weight=tokens.SEMIBOLD))
            card.body.addWidget(Label(below, size=tokens.GRID, ink=tokens.INK2, wrap=True))
            states.addWidget(card, 1)
            if i < 4:
                states.addWidget(Picture("chevron_right", size=18))
        body.addLayout(states)
        left = rows(gap=0)
        self.table = Table(
            [
                Column("Дата", 104),
                Column("Посылка", 106),
                Column("Куда записана", 140),
                Column("Записей", 84, right=True),
                Column("Что внутри", 220, grows=1, wraps=True),
                Column("Состояние", 192),
            ],
            row_height=(40, 40),
        )
        left.addWidget(self.table, 1)
        left.addStretch(0)
        side = rows(gap=10)
        self.banner = Banner("warning", icon="clock")
        side.addWidget(self.banner)
        side.addStretch(1)
        body.addWidget(MainAndSide(left, side, side_width=260, gap=16), 1)

    def title(self) -> str:
        return "Обмен"

    def sentence(self) -> str:
        return "Записи идут в офис Исфана, офис отвечает распиской"

    def retranslate(self) -> None:
        made = [
            Row(
                (
                    Cell("21.11.2026"),
                    link("Посылка 15"),
                    Cell("ещё не записана"),
                    money("7"),
                    Cell("2 собрания, 4 анкеты, 1 заём"),
                    state(1, "Сохранено здесь"),
                ),
                key=15,
            ),
            Row(
                (
                    Cell("16.11.2026"),
                    link("Посылка 14"),
                    Cell("флешка KB-2"),
                    money("12"),
                    Cell("3 собрания, 2 займа, 7 анкет"),
                    state(2, "В пути"),
                ),
                key=14,
            ),
            Row(
                (
                    Cell("26.10.2026"),
                    link("Посылка 13"),
                    Cell("флешка KB-1"),
                    money("24"),
                    Cell("5 собраний, 19 анкет"),
                    state(3, "Получено офисом"),
                ),
                key=13,
            ),
            Row(
                (
                    Cell("12.10.2026"),
                    link("Посылка 12"),
                    Cell("по сети"),
                    money("18"),
                    Cell("4 собрания, 14 анкет"),
                    state(4, "Сверено"),
                ),
                key=12,
            ),
        ]
        self.table.set_rows(made)
        self.banner.tell(
            "Одна запись ждёт",
            "Собрание 6 группы «Достук» со второго ноутбука ждёт более ранний файл. "
            "Попросите посылку у Нургүл. Ваши записи целы.",
        )

    def hints(self) -> Sequence[Hint]:
        return (
            Hint(("Enter",), "записать посылку"),
            Hint(("Tab",), "дальше"),
            Hint(("Esc",), "назад"),
            Hint(("F1",), "помощь"),
        )

    def focus_first(self) -> None:
        self.write.setFocus()
