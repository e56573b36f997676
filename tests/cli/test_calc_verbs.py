"""The program's arithmetic on the command line: the contract's own examples, and what is not reckoned yet."""

from __future__ import annotations

import json
from pathlib import Path

from calling import call
from calling import good
from calling import written


def test_the_arithmetic_of_the_contracts_examples(tmp_path: Path) -> None:
    schedule = ("calc", "schedule", "--principal", "1000", "--rate", "2", "--rate-per", "month", "--method", "flat")
    made = good(*schedule, "--instalments", "3", "--from", "2026-01-31")
    assert [(one["due"], one["total"]) for one in made["instalments"]] == [
        ("2026-02-28", "353.33"), ("2026-03-28", "353.33"), ("2026-04-28", "353.34"),
    ]  # fmt: skip
    assert made["totals"] == {"principal": "1000.00", "interest": "60.00", "total": "1060.00"}
    for later in (("--fee", "10"), ("--tranche", "2026-02-01=5"), ("--day-count", "30/360"), ("--rounding", "none")):
        assert call(*schedule, "--instalments", "3", "--from", "2026-01-31", *later).code == 2
    order = ["fine", "interest-overdue", "principal-overdue", "interest-due", "principal-due", "next"]
    dues = [("1i", "02", "interest", "20.00"), ("1p", "02", "principal", "200.00"), ("2i", "03", "interest", "20.00")]
    value = {
        "order": order,
        "dues": [{"id": i, "date": f"2026-{m}-01", "kind": k, "amount": a} for i, m, k, a in dues],
        "payments": [{"id": "p1", "date": "2026-03-01", "amount": "40.00"}],
    }
    file = written(tmp_path / "a.json", json.dumps(value))
    assert good("calc", "allocate", "--file", file) == [
        {
            "payment": "p1",
            "parts": [
                {"due": "1i", "kind": "interest", "amount": "20.00"},
                {"due": "1p", "kind": "principal", "amount": "20.00"},
            ],
            "left": "0.00",
        }
    ]
    pool = {"pool": "100.00", "unit": "1.00", "shares": {"a": 1, "b": 1, "c": 1}, "owes": {"c": "40.00"}}
    file.write_text(json.dumps(pool))
    assert good("calc", "share-out", "--file", file) == {
        "payouts": {"a": "34.00", "b": "33.00", "c": "0.00"},
        "left_in_box": "33.00",
        "still_owes": {"c": "7.00"},
        "problems": [],
    }
    late = {"due": "2026-01-01", "principal_unpaid": "10.00", "interest_unpaid": "1.00"}
    loans = [{"id": "1", "outstanding": "50.00", "dues": [late]}, {"id": "2", "outstanding": "150.00", "dues": []}]
    file.write_text(json.dumps({"at": "2026-02-15", "loans": loans}))
    found = good("calc", "par", "--file", file)
    assert found["gross"] == "200.00"
    assert (found["par"]["30"]["amount"], found["par"]["30"]["ratio"]) == ("50.00", 0.25)
    assert found["par"]["60"]["amount"] == "0.00"
    assert [band["amount"] for band in found["ageing"]] == ["0.00", "11.00", "0.00", "0.00", "0.00"]
    file.write_text(json.dumps({"at": "2026-02-15", "loans": []}))
    assert good("calc", "par", "--file", file)["par"]["1"]["ratio"] is None
