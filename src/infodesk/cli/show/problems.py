"""Mistakes in definitions, a line each: file:line:column, what is wrong."""

from collections.abc import Iterable, Iterator

from infodesk.cli.terminal import Terminal
from infodesk.config.source import Problem


def problem_lines(terminal: Terminal, problems: Iterable[Problem]) -> Iterator[str]:
    """A line for each mistake."""
    for problem in problems:
        place, message = problem.place, problem.message
        yield terminal.language("{place}: {message}", place=place, message=message)


def show_problems(terminal: Terminal, problems: Iterable[Problem]) -> None:
    """List the mistakes that keep a command from its work: talk, and no result."""
    for line in problem_lines(terminal, problems):
        terminal.tell(line)


def problem_json(terminal: Terminal, problem: Problem) -> dict[str, object]:
    """One mistake as JSON."""
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": terminal.language.tell(problem.message),
    }
