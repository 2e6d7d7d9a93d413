"""Text to the tree that sqlglot reads in it, or what is wrong with the text.

Only what the rule language has reaches sqlglot: comments, second statements, parameters, templates and
every other sign that means something in SQL are refused before.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from infodesk.expr.builder import ExpressionProblem
from infodesk.expr.functions import FUNCTIONS
from infodesk.text.message import Message

LONGEST = 2000  # characters
LONGEST_CHAIN = 150  # operands
DEEPEST = 60  # levels of nesting

Kinds = tuple[type[exp.Expr], ...]
_CHAINS: tuple[Kinds, ...] = ((exp.Add, exp.Sub, exp.Mul, exp.Div), (exp.And,), (exp.Or,))

_SIGNS = re.compile(
    r"""
      (?P<open> '[^']*\Z | "[^"]*\Z )
    | '[^']*' | "[^"]*"                # anything may stand in quotes
    | (?P<comment> -- | /\* )
    | (?P<end> ; )
    | (?P<other> \bi?if\b | \bunique(?=\s*\() | == | && | \|\| | !(?!=) | => | =< | [≤≥≠×÷“”‘’] )
    | (?P<strange> -> | [][{}?@:\#$%^~|&\\`] )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# What people write in other languages, and what it is called here.
_OTHER_SIGNS = {
    "if": "case when condition then a else b end",
    "iif": "case when condition then a else b end",
    "unique": "is_unique",
    "==": "=",
    "&&": "and",
    "||": "or",
    "!": "not",
    "=>": ">=",
    "=<": "<=",
    "≤": "<=",
    "≥": ">=",
    "≠": "<>",
    "×": "*",
    "÷": "/",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}


def read_tree(text: str) -> exp.Expr | ExpressionProblem:
    """What sqlglot reads in a folded text."""
    problem = _before(text)
    if problem is not None:
        return problem
    try:
        tree = sqlglot.parse_one(text, into=exp.Condition)
    except (ParseError, TokenError) as error:
        return _misread(text, getattr(error, "errors", []))
    except RecursionError:
        return _TOO_DEEP
    return _TOO_DEEP if _is_too_deep(tree) else tree


_TOO_DEEP = ExpressionProblem(
    0, Message("too long or nested too deeply: split it into several rules")
)


def _before(text: str) -> ExpressionProblem | None:
    if not text.strip():
        return ExpressionProblem(0, Message("an expression is expected, one only"))
    if len(text) > LONGEST:
        return ExpressionProblem(
            LONGEST, Message("longer than {n} characters: split it into several rules", n=LONGEST)
        )
    return next(_stray_signs(text), None)


def _stray_signs(text: str) -> Iterator[ExpressionProblem]:
    for found in _SIGNS.finditer(text):
        if found.lastgroup is not None:
            yield ExpressionProblem(found.start(), _stray(found.lastgroup, found[0]))


def _stray(group: str, sign: str) -> Message:
    match group:
        case "open":
            return Message("a quote is opened here and never closed")
        case "comment":
            return Message("comments are not part of an expression")
        case "end":
            return Message("an expression is expected, one only")
        case "other":
            return Message(
                "write {right} instead of {wrong}", right=_OTHER_SIGNS[sign.lower()], wrong=sign
            )
        case _:
            return Message(
                "{text} is not part of the rule language; a label that holds it stands in double quotes",
                text=repr(sign),
            )


def _misread(text: str, errors: list[dict[str, Any]]) -> ExpressionProblem:
    if not errors:
        return ExpressionProblem(len(text.rstrip()), Message("the expression breaks off here"))
    first = errors[0]
    line, column = int(first["line"] or 1), int(first["col"] or 1)
    before = sum(len(part) + 1 for part in text.split("\n")[: line - 1])
    end = before + column
    shown = str(first["highlight"])
    place = end - len(shown)
    call = _miscalled(str(first["description"]))
    if call is not None:
        return ExpressionProblem(place, call)
    if _is_open(text):
        return ExpressionProblem(place, Message("a bracket is opened before this and never closed"))
    if not text[end:].strip() and "Unexpected" not in str(first["description"]):
        return ExpressionProblem(len(text.rstrip()), Message("the expression breaks off here"))
    return ExpressionProblem(
        place, Message("cannot be understood from {text} on", text=repr(shown))
    )


def _miscalled(description: str) -> Message | None:
    """A function that sqlglot knows, with too few or too many values."""
    if description.startswith("The number of provided arguments"):
        return Message("the function before this is given too many values")
    found = re.fullmatch(r"Required keyword: 'this' missing for <class '.*\.(\w+)'>", description)
    if found is None or found[1].lower() not in FUNCTIONS:
        return None
    return Message("write {usage}", usage=FUNCTIONS[found[1].lower()][0])


def _is_open(text: str) -> bool:
    plain = _SIGNS.sub(" ", text)
    return plain.count("(") > plain.count(")")


def chain_of(node: exp.Expr, kinds: Kinds) -> list[exp.Expr]:
    """The operators of a chain like `a + b - c`, the last one first; nothing if it is no chain."""
    chain = []
    while isinstance(node, kinds):
        chain.append(node)
        node = node.this
    return chain


def operands_of(node: exp.Expr, kinds: Kinds) -> list[exp.Expr]:
    """What a chain joins, in order; the node itself if it is no chain."""
    chain = chain_of(node, kinds)
    return [chain[-1].this, *(each.expression for each in reversed(chain))] if chain else [node]


def _is_too_deep(tree: exp.Expr) -> bool:
    return _levels(tree, _children) > LONGEST_CHAIN or _levels(tree, _joined) > DEEPEST


def _levels(tree: exp.Expr, below: Callable[[exp.Expr], list[exp.Expr]]) -> int:
    levels, level = 0, [tree]
    while level:
        levels, level = levels + 1, [child for node in level for child in below(node)]
    return levels


def _children(node: exp.Expr) -> list[exp.Expr]:
    return list(node.iter_expressions())


def _joined(node: exp.Expr) -> list[exp.Expr]:
    """What is one level deeper, a chain being one level."""
    kinds = next((kinds for kinds in _CHAINS if isinstance(node, kinds)), None)
    return _children(node) if kinds is None else operands_of(node, kinds)
