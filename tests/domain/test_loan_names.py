"""A loan is called by its code; where another one has it, by what tells the two apart."""

from __future__ import annotations

from datetime import date

from shg_desk.domain.loan_names import loan_names
from shg_desk.domain.loan_names import loans_called

TENTH, ELEVENTH = date(2026, 3, 10), date(2026, 3, 11)


def test_the_day_the_sum_and_at_last_the_id_tell_loans_of_one_code_apart() -> None:
    assert loan_names([("a", "L-1", TENTH, "90.00"), ("b", "L-2", TENTH, "90.00")]) == {"a": "L-1", "b": "L-2"}
    loans = [
        ("a", "L-1", TENTH, "90.00"),
        ("b", "L-1", ELEVENTH, "90.00"),
        ("c", "L-1", ELEVENTH, "60.00"),
        ("d", "L-1", ELEVENTH, "60.00"),
        ("e", "L-2", ELEVENTH, "60.00"),
    ]
    assert loan_names(loans) == {
        "a": "L-1 (10.03.2026)",
        "b": "L-1 (11.03.2026, 90.00)",
        "c": "L-1 (11.03.2026, 60.00, c)",
        "d": "L-1 (11.03.2026, 60.00, d)",
        "e": "L-2",
    }


def test_a_loan_is_meant_by_id_by_name_or_by_a_code_that_one_has() -> None:
    names = [("a", "L-1 (10.03.2026)"), ("b", "L-1 (11.03.2026)"), ("c", "L-11")]
    assert loans_called("b", names) == ["b"]
    assert loans_called("L-1 (10.03.2026)", names) == ["a"]
    assert loans_called("L-11", names) == ["c"]
    assert loans_called("L-1", names) == ["a", "b"], "nobody knows which"
    assert loans_called("L-1", names[1:]) == ["b"], "of those she has only one is called so"
    assert loans_called("L", names) == []
