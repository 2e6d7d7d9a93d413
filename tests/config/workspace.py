"""Small workspaces made of texts."""

from collections.abc import Mapping
from pathlib import Path

from infodesk.config.load import load_definitions
from infodesk.config.source import Problem
from infodesk.model.definitions import Definitions
from infodesk.text.language import language

FORM = """\
id: {id}
title: {title}
frequency: month
due: {{day: 5}}
sections: [{{id: s, title: 段, items: [{{id: a, label: 甲, type: integer}}, {{id: b, label: 乙, type: integer}}]}}]
"""


def form(name: str, title: str = "表", more: str = "") -> str:
    """A form with two items, `a` and `b`."""
    return FORM.format(id=name, title=title) + more


def make(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files; `config.yaml`, if there is none, puts the forms among them in use; all logbooks, if
    there is one among them."""
    forms = [Path(name).stem for name in files if name.startswith("forms/")]
    logbooks = "" if any(name.startswith("logbooks/") for name in files) else "[]"
    config = {"config.yaml": f"forms: [{', '.join(forms)}]\nlogbooks: {logbooks}\n"}
    for name, text in (config | dict(files)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def loaded(folder: Path, files: Mapping[str, str]) -> Definitions:
    """The definitions of the files, which must be sound."""
    found = load_definitions(make(folder, files))
    assert found.definitions is not None, told(found.problems)
    return found.definitions


def mistakes(folder: Path, files: Mapping[str, str]) -> list[str]:
    """What is wrong with the files, as it is listed."""
    return mistakes_in(make(folder, files))


def mistakes_in(folder: Path) -> list[str]:
    """What is wrong with a workspace, as it is listed."""
    return told(load_definitions(folder).problems)


def told(problems: tuple[Problem, ...]) -> list[str]:
    """Problems as people read them."""
    tell = language("en").tell
    return [f"{problem.place}: {tell(problem.message)}" for problem in problems]
