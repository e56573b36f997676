"""Pages of the gallery: differences, an interview, and the parts that need no page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout
from PySide6.QtWidgets import QWidget

from shg_desk.ui import tokens
from shg_desk.ui.page import Frame
from shg_desk.ui.page import Page
from shg_desk.ui.parts.banner import Agreement
from shg_desk.ui.parts.banner import Banner
from shg_desk.ui.parts.boxes import Label
from shg_desk.ui.parts.boxes import Picture
from shg_desk.ui.parts.boxes import columns
from shg_desk.ui.parts.boxes import rows
from shg_desk.ui.parts.buttons import Button
from shg_desk.ui.parts.buttons import LinkButton
from shg_desk.ui.parts.card import Card
from shg_desk.ui.parts.card import Pill
from shg_desk.ui.parts.cells import Cell
from shg_desk.ui.parts.cells import Column
from shg_desk.ui.parts.cells import Fill
from shg_desk.ui.parts.cells import Row
from shg_desk.ui.parts.cells import Rule
from shg_desk.ui.parts.cells import money
from shg_desk.ui.parts.choice import Choice
from shg_desk.ui.parts.empty_state import EmptyState
from shg_desk.ui.parts.field import Field
from shg_desk.ui.parts.flow import ListAndDetail
from shg_desk.ui.parts.flow import MainAndSide
from shg_desk.ui.parts.hint_bar import Hint
from shg_desk.ui.parts.problem_list import ProblemLine
from shg_desk.ui.parts.problem_list import ProblemList
from shg_desk.ui.parts.progress import Progress
from shg_desk.ui.parts.table import Table

NB = "\u00a0"


class Differences(Page):
    """Picture 05."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        body = rows(self, margins=(20, 14, 20, 12))
        left = rows(gap=0)
        self.list = Table(
            [Column("", 42), Column("8 из 23, по сумме", 240, grows=1), Column("сом", 92, right=True)],
            row_height=(58, 58),
        )
        left.addWidget(self.list, 1)
        left.addStretch(0)
        card = Card("Мээрим, собрание 11 записано дважды", gap=8)
        card.head.addWidget(Pill("Не решено 9 дней", "warning", "clock"))
        self.sides = Table(
            [
                Column("№", 40, right=True),
                Column("Участник", 190, grows=1),
                Column("Ноутбук Айгүл", 140, right=True, divider=True),
                Column("Ноутбук Нургүл", 150, right=True, divider=True),
                Column("Разница", 150, divider=True),
            ],
            row_height=(33, 33),
            cursor="none",
        )
        card.body.addWidget(self.sides, 1)
        card.body.addWidget(Label("Что было на самом деле?", weight=tokens.SEMIBOLD))
        grid = QGridLayout()
        self.choices = [
            Choice("1", "Верен лист Айгүл", "второй исправляется целиком"),
            Choice("2", "Верен лист Нургүл", "первый исправляется целиком"),
            Choice("3", "Выбрать по строкам", "различаются 2 строки"),
            Choice("4", "Было два собрания", "оставить оба листа"),
        ]
        for i, choice in enumerate(self.choices):
            grid.addWidget(choice, i // 2, i % 2)
        self.choices[0].setChecked(True)
        card.body.addLayout(grid)
        foot = columns(gap=10)
        foot.addWidget(Picture("info", ink=tokens.LAKE))
        foot.addWidget(
            Label(
                "Итог: в кассе 6 240 сом, долг Субановой Бермет 560 сом остаётся. Оба ноутбука узнают.",
                size=15,
                wrap=True,
            ),
            1,
        )
        foot.addWidget(Button("Решить", kind="office", keys=("Enter",)))
        card.body.addLayout(foot)
        card.body.addStretch(0)
        body.addWidget(ListAndDetail(left, card, list_width=380))
        self.extra = (
            Button("все виды", kind="filter"),
            Button("все группы", kind="filter"),
            Button("Печать списка", icon="print"),
        )

    def title(self) -> str:
        return "Расхождения"

    def sentence(self) -> str:
        return "Офис Исфана · 23 открыто, решено сегодня 11"

    def controls(self) -> Sequence[QWidget]:
        return self.extra

    def retranslate(self) -> None:
        items = (
            ("sheet", "Собрание записано дважды", "Мээрим, собрание 11 · 07.11.2026", f"6{NB}910"),
            ("bank", "Нет в выписке", "Достук · взнос в банк", f"−3{NB}000"),
            ("differences", "Сумма другая", "Бирдик · Субанова Чынара", "−500"),
            ("coins", "Пересчёт больше не сходится", "Алга · касса 10.10.2026", "−100"),
            ("person", "Похоже, один человек", "Айгүл / Айгуль, Ак-Терек", ""),
        )
        self.list.set_rows(
            [
                Row((Cell(icon=i, icon_ink=tokens.PLUM7), Cell(t, small=b, weight=500), money(s, weight=500)), key=t)
                for i, t, b, s in items
            ]
        )
        same = Cell("одинаково", ink=tokens.INK2)
        rows_ = [
            Row((Cell("1", ink=tokens.INK2), Cell("Бакытова Рахат"), money("120"), money("120"), same)),
            Row(
                (
                    Cell("4", ink=tokens.INK2),
                    Cell("Субанова Бермет", weight=500),
                    money("620", weight=500),
                    money(f"1{NB}180", weight=500),
                    Cell("+560 сом", icon="differences", icon_ink=tokens.RED, ink=tokens.RED, weight=500),
                )
            ),
        ]
        foot = Row(
            (
                Cell(),
                Cell("Всего пришло", weight=600),
                money(f"6{NB}390", weight=600),
                money(f"6{NB}910", weight=600),
                Cell("+520 сом", icon="differences", icon_ink=tokens.RED, ink=tokens.RED, weight=500),
            ),
            fill=Fill.SUNKEN,
            rule=Rule.STRONG,
        )
        self.sides.set_rows(rows_, [foot])

    def focus_first(self) -> None:
        self.list.view.setFocus()


class Interview(Page):
    """Pictures 07 and 10."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        body = rows(self, margins=(20, 14, 20, 12))
        card = Card(gap=10)
        card.body.addWidget(
            Label(
                "Жолдошуңуз Азамат азыр кайсы өлкөдө иштейт?", size=tokens.QUESTION, weight=tokens.SEMIBOLD, wrap=True
            )
        )
        card.body.addWidget(
            Label("Азыркы жерин белгилеңиз. Мурунку сапарлары кийинки суроодо.", ink=tokens.INK2, wrap=True)
        )
        grid = QGridLayout()
        grid.setSpacing(10)
        for i, word in enumerate(("Россияда", "Казакстанда", "Түркияда", "Башка өлкөдө", "Билбейт", "Айткысы келбейт")):
            choice = Choice(str(i + 1), word)
            choice.setChecked(i == 0)
            grid.addWidget(choice, i // 2, i % 2)
        card.body.addLayout(grid)
        self.field = Field(letters="always", lang="ky", names=True, size=tokens.SECTION)
        self.field.set_words("Кайсы шаарда же облуста?", "билсе")
        self.field.set_text("Екатеринб")
        card.body.addWidget(self.field)
        card.body.addStretch(1)
        foot = columns(gap=14)
        foot.addWidget(Button("Артка", keys=("Esc",), alone=True))
        foot.addStretch(1)
        foot.addWidget(Button("Кийинки", kind="primary", keys=("Enter",), alone=True))
        card.body.addLayout(foot)
        body.addWidget(card, 1)
        self.extra = (Pill("Толтурууда", "warning", "note"), Button("Кийинкиге калтыруу"))

    def title(self) -> str:
        return "Жапаровдордун үй-бүлөсү"

    def sentence(self) -> str:
        return "Кара-Булак, 3-көчө · кайталап суроо, 2026-жыл · анкета 2-басылышы"

    def controls(self) -> Sequence[QWidget]:
        return self.extra

    def hints(self) -> Sequence[Hint]:
        return (Hint(("1–6",), "жооп"), Hint(("Enter",), "кийинки"), Hint(("Esc",), "артка"), Hint(("F1",), "жардам"))

    def focus_first(self) -> None:
        self.field.setFocus()


class Parts(Page):
    """What stands on no picture: problem list, fields with trouble, progress, agreement, empty state, toast."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        body = rows(self, margins=(20, 14, 20, 12))
        left = rows(gap=12)
        self.problems = ProblemList()
        self.progress = Progress(frame.words, silent_ms=0)
        self.day, self.sum = Field(width=130), Field(width=130)
        self.empty = EmptyState()
        left.addWidget(self.problems)
        fields = columns(gap=28)
        fields.addWidget(self.day)
        fields.addWidget(self.sum)
        left.addLayout(fields)
        left.addWidget(self.progress)
        left.addWidget(Agreement("Касса менен китеп бирдей"))
        left.addWidget(self.empty)
        left.addStretch(1)
        right = rows(gap=10)
        for tone, words in (
            ("info", "Первый ответ не показывается"),
            ("warning", "Копии четыре дня"),
            ("done", "Посылка записана и прочитана"),
        ):
            banner = Banner(tone)  # type: ignore[arg-type]
            banner.tell(words, "Слова стоят под заголовком и переносятся на столько строк, сколько нужно.")
            right.addWidget(banner)
        waits = Button("Жабуу", keys=("F10",))
        waits.set_reason("2 сап калды")
        for button in (
            waits,
            Button("Топтун сабын кошуу", kind="quiet", icon="plus", keys=("Ins",)),
            LinkButton("Открыть"),
        ):
            right.addWidget(button)
        right.addStretch(1)
        body.addWidget(MainAndSide(left, right, side_width=330))

    def title(self) -> str:
        return "Части"

    def sentence(self) -> str:
        return "Учебная книга"

    def retranslate(self) -> None:
        self.day.set_words("Дата собрания", "день, месяц и год")
        self.sum.set_words("Сумма", unit="сом")
        self.day.set_text("2026-11-41")
        self.day.tell_problem("Такой даты нет: напишите день, например 21")
        self.empty.set_words("Здесь будут группы. Начните с первой.", "Создать группу", ("Ins",))
        self.progress.begin()
        self.progress.step(3, 12, "3 из 12 файлов")
        self.progress.show()

    def focus_first(self) -> None:
        lines = [
            ProblemLine("Строка 9: Жапарова Кенже не отмечена", self.day.setFocus),
            ProblemLine("Касса: не хватает 40 сом, причина не названа", self.sum.setFocus),
            ProblemLine("Дата собрания не читается", self.day.setFocus),
        ]
        self.problems.show_problems("3 вещи мешают закрыть", lines)
        self.frame.toast("Заплатила 500, осталось 560", lambda: None)
