import json

from tests.conftest import Shell

LOOSE = """
  - id: X-01
    check: >-
      pts_end >= 0
    message: {zh: 多余, en: needless}
"""


def test_advice_is_no_mistake_and_leaves_the_store_alone(full_shell: Shell) -> None:
    form = full_shell.folder / "forms" / "ward_activity.yaml"
    form.write_text(form.read_text(encoding="utf-8") + LOOSE, encoding="utf-8")
    store = full_shell.folder / "infodesk.db"
    before = store.read_bytes()
    assert full_shell.run("check") == 0
    assert "172 rules" in full_shell.out
    assert "Rules that can never fail (1):\n  X-01 can never fail" in full_shell.err
    assert "  → narrow its limits, or delete it\n" in full_shell.err
    assert store.read_bytes() == before
    assert full_shell.run("check", "--json") == 0
    first = json.loads(full_shell.out)["advice"][0]
    assert first == {
        "kind": "never_fails",
        "about": ["X-01"],
        "message": "X-01 can never fail, whatever is filled in: pts_end >= 0",
        "hint": "narrow its limits, or delete it",
    }


def test_of_each_kind_of_advice_the_first_few_are_listed(shell: Shell) -> None:
    assert shell.run("check") == 0
    assert "  Ward beds and staff: no rule speaks of Trainees\n" in shell.err
    assert "  … and 4 more: infodesk check --all\n" in shell.err
    assert shell.run("check", "--all") == 0
    assert "Clauses of the regulation that nothing serves" not in shell.err
    assert "more: infodesk check" not in shell.err


def test_without_a_store_none_is_made(shell: Shell) -> None:
    assert shell.run("check") == 0
    assert not (shell.folder / "infodesk.db").exists()


def test_clauses_that_are_not_there_are_mistakes(shell: Shell) -> None:
    clauses = shell.folder / "clauses.yaml"
    text = clauses.read_text(encoding="utf-8")
    clauses.write_text(text + "  - {id: 四.4, title: 又一次}\n", encoding="utf-8")
    report = shell.folder / "reports" / "monthly_bulletin.yaml"
    named = report.read_text(encoding="utf-8").replace("四.6]", "四.66]")
    report.write_text(named, encoding="utf-8")
    assert shell.run("check", "--json") == 2
    problems = {each["file"]: each["message"] for each in json.loads(shell.out)["problems"]}
    assert problems["clauses.yaml"] == "四.4 is declared twice"
    assert problems["reports/monthly_bulletin.yaml"].startswith("there is no '四.66'")
