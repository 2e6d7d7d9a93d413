"""Rules that name an item of the key: the unit's code, the disease's."""

import json

import pytest

from tests.conftest import Shell

WARDS = 8
CASES = {
    "dept_code <> '0103' or admissions > 0": (WARDS, WARDS, 0),
    "dept_code <> '0103'": (WARDS, WARDS - 1, 0),
    "not is_blank(dept_code) and ward_beds_staff.dept_code = dept_code": (WARDS, WARDS, 0),
    "is_unique(dept_code)": (1, 1, 0),
    "total(admissions, dept_code in ('0101', '0103')) > 0 and count(dept_code <> '0101') = 7": (
        1,
        1,
        0,
    ),
    "prev(dept_code) = dept_code": (WARDS, WARDS, 0),  # opening balances know the wards
    "last_year(dept_code) = dept_code": (WARDS, 0, WARDS),
}


@pytest.mark.parametrize("check", CASES)
def test_a_rule_may_name_the_key(full_shell: Shell, check: str) -> None:
    text = (
        f"form: ward_activity\nrules:\n  - id: K-1\n    check: >-\n      {check}\n    message: 甲\n"
    )
    (full_shell.folder / "new.yaml").write_text(text, encoding="utf-8")
    code = full_shell.run("rules", "try", "new.yaml", "--since", "2026-09", "--json")
    assert code in (0, 1), full_shell.err
    (outcome,) = json.loads(full_shell.out)["periods"][0]["outcomes"]
    asked = (outcome["asked"], outcome["passed"], outcome["not_evaluated"])
    assert asked == CASES[check]
    if outcome["not_evaluated"]:
        assert "2025-09" in json.dumps(outcome["why"])
