"""When a condition is true and when it is false, as alternatives of things that must hold together.

Three-valued as everywhere: what is neither is unknown. A condition is false only where it is known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from infodesk.expr.kinds import kind_of
from infodesk.expr.logic.feasible import Linear, is_impossible
from infodesk.expr.logic.numbers import (
    Conjunction,
    Named,
    TooDeepError,
    Truth,
    below,
    ratios,
    same,
)
from infodesk.model.expression import (
    All,
    Any,
    Between,
    Compare,
    In,
    Node,
    Not,
    Text,
    UnitKind,
    Value,
)
from infodesk.model.expression import Truth as Constant
from infodesk.model.item import Type

MOST_ALTERNATIVES = 128
Alternatives = tuple[Conjunction, ...]


@dataclass(frozen=True)
class Meaning:
    """When a rule passes and when it fails; nothing at all where it is too deep to look into."""

    passes: Alternatives | None
    fails: Alternatives | None


def meaning(node: Node) -> Meaning:
    """What a rule's condition means."""
    return Meaning(_looked_into(node, holds=True), _looked_into(node, holds=False))


def _looked_into(node: Node, *, holds: bool) -> Alternatives | None:
    try:
        return _when(node, holds=holds)
    except TooDeepError:
        return None


def can_hold(*all_of: Alternatives | None) -> bool:
    """Whether these may hold at once; True wherever the contrary is not proved."""
    known = [each for each in all_of if each is not None]
    try:
        return any(not _is_impossible(each) for each in _products(known))
    except TooDeepError:
        return True


def _is_impossible(conjunction: Conjunction) -> bool:
    truths: dict[object, bool] = {}
    for atom in conjunction:
        if isinstance(atom, Truth) and truths.setdefault(atom.key, atom.holds) is not atom.holds:
            return True
    if _texts_clash([atom for atom in conjunction if isinstance(atom, Named)]):
        return True
    return is_impossible(atom for atom in conjunction if isinstance(atom, Linear))


def _texts_clash(named: list[Named]) -> bool:
    """Whether a text should be two texts at once, or one that it is not, or none of its list."""
    wanted: dict[Node, str] = {}
    excluded: dict[Node, set[str]] = {}
    for each in named:
        if each.holds and wanted.setdefault(each.source, each.text) != each.text:
            return True
        if not each.holds:
            excluded.setdefault(each.source, set()).add(each.text)
    if any(wanted.get(source) in texts for source, texts in excluded.items()):
        return True
    return any(_codes(source) and _codes(source) <= texts for source, texts in excluded.items())


def _codes(source: Node) -> set[str]:
    """The codes an item may take, if it takes codes."""
    if isinstance(source, Value) and source.item.type is Type.CODE:
        return {code.id for code in source.item.codes}
    return set()


def _when(node: Node, *, holds: bool) -> Alternatives:
    match node:
        case Constant(value):
            return ((),) if value is holds else ()
        case Not(of):
            return _when(of, holds=not holds)
        case All(parts) | Any(parts):
            each = [_when(part, holds=holds) for part in parts]
            return _together(each) if isinstance(node, All) is holds else _bounded(sum(each, ()))
        case Between(value, low, high):
            return _when(All((Compare("<=", low, value), Compare("<=", value, high))), holds=holds)
        case In(value, options):
            return _when(Any(tuple(Compare("=", value, one) for one in options)), holds=holds)
        case Compare():
            return _compared(node, holds=holds)
        case _:
            return ((Truth(node, holds),),)


def _compared(node: Compare, *, holds: bool) -> Alternatives:
    match kind_of(node.left), node.sign:
        case "number", _:
            return _numbers(node, holds=holds)
        case "text", "=" | "<>":
            return _texts(node, is_same=holds is (node.sign == "="))
        case _:
            return _ordered(node, holds=holds)


def _texts(node: Compare, *, is_same: bool) -> Alternatives:
    for source, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(source, Value | UnitKind) and isinstance(other, Text):
            return ((Named(source, other.value, is_same),),)
    key = ("same", frozenset((node.left, node.right)))
    return ((Truth(key, is_same),),)


def _ordered(node: Compare, *, holds: bool) -> Alternatives:
    """Days, and whether two answers agree: the same question has the same key, however it is written."""
    match node.sign:
        case "=" | "<>":
            key: object = ("same", frozenset((node.left, node.right)))
            return ((Truth(key, holds is (node.sign == "=")),),)
        case "<" | ">=":
            return ((Truth(("before", node.left, node.right), holds is (node.sign == "<")),),)
        case _:
            return ((Truth(("before", node.right, node.left), holds is (node.sign == ">")),),)


def _numbers(node: Compare, *, holds: bool) -> Alternatives:
    sign = node.sign if holds else _OPPOSITE[node.sign]
    found: list[Conjunction] = []
    lefts, rights = ratios(node.left, _true), ratios(node.right, _true)
    for left in lefts:
        for right in rights:
            if sign == "=":
                found += same(left, right)
            if sign in ("<", "<=", "<>"):
                found += below(left, right, is_strict=sign != "<=")
            if sign in (">", ">=", "<>"):
                found += below(right, left, is_strict=sign != ">=")
    return _bounded(tuple(found))


def _true(node: Node) -> Alternatives:
    return _when(node, holds=True)


def _together(parts: Iterable[Alternatives]) -> Alternatives:
    return _bounded(tuple(_products(list(parts))))


def _products(parts: list[Alternatives]) -> Iterator[Conjunction]:
    """Every way to take one alternative of each part."""
    if not parts:
        yield ()
        return
    count = 1
    for part in parts:
        count *= len(part)
    if count > MOST_ALTERNATIVES:
        raise TooDeepError
    first, *rest = parts
    for conjunction in first:
        for others in _products(rest):
            yield (*conjunction, *others)


def _bounded(alternatives: Alternatives) -> Alternatives:
    if len(alternatives) > MOST_ALTERNATIVES:
        raise TooDeepError
    return alternatives


_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
