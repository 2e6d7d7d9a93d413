"""Mistakes in definitions, a line each: file:line:column, what is wrong."""

from collections.abc import Iterable

from infodesk.cli.terminal import Terminal
from infodesk.config.source import Problem


def show_problems(terminal: Terminal, problems: Iterable[Problem]) -> None:
    """List the mistakes where talk goes."""
    for problem in problems:
        terminal.say("{place}: {message}", place=problem.place, message=problem.message)


def problem_json(terminal: Terminal, problem: Problem) -> dict[str, object]:
    """One mistake as JSON."""
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": terminal.language.tell(problem.message),
    }
