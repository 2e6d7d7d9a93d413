"""The forms in use, their rules, and the indicators over them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from infodesk.config.build_forms import Surroundings, build_form
from infodesk.config.build_indicators import build_indicators
from infodesk.config.build_rules import build_rules, check_derived, check_ids
from infodesk.config.loader import Loader
from infodesk.config.mentioned import Mentioned, form_names, rule_names
from infodesk.config.shapes import FormShape, IndicatorsShape
from infodesk.config.shapes_hospital import (
    ConfigShape,
)
from infodesk.config.source import Path, Source
from infodesk.config.variants import Chosen, check_wanted, choose
from infodesk.expr.scope import Scope
from infodesk.model.form import Form
from infodesk.model.indicator import Indicator
from infodesk.model.rule import Rule


@dataclass
class FormFile:
    """A form in use, and the file it stands in."""

    source: Source
    shape: FormShape
    form: Form
    chosen: Chosen

    def left_out(self) -> Iterator[str]:
        """The items that the variant in use lacks, as `form.item`."""
        for section in self.shape.sections:
            for item in section.items:
                if item.id not in self.form.by_id:
                    yield f"{self.form.id}.{item.id}"


@dataclass(frozen=True)
class Statistics:
    """What the statistics half of a hospital declares."""

    forms: list[FormFile]
    rules: tuple[Rule, ...]
    indicators: tuple[Indicator, ...]
    rule_ids: list[str]  # also of forms that are not in use


def load_statistics(
    loader: Loader, settings: tuple[Source, ConfigShape], around: Surroundings
) -> Statistics:
    """The forms in use, their rules, and the indicators over them."""
    config_source, config = settings
    forms, others = _forms(loader, config_source, config, around)
    broken = Mentioned.of(source for source in others if source.problems)
    unused = Mentioned.of(source for source in others if not source.problems)
    unused = replace(unused, items=frozenset(name for each in forms for name in each.left_out()))
    by_id = {each.form.id: each.form for each in forms}
    kinds = frozenset(kind.id for kind in around.units.kinds)
    rules = [
        rule
        for each in forms
        for rule in _rules(each, Scope(by_id, each.form, kinds), broken, unused)
    ]
    known = _check_rules(forms, others)
    declared: list[Mapping[str, list[str]]] = [each.shape.variants for each in forms]
    indicators = _indicators(loader, (config, declared), Scope(by_id, None, kinds), broken, unused)
    check_wanted(config_source, config.variants, declared)
    return Statistics(forms, tuple(rules), tuple(indicators), known)


def _rules(each: FormFile, scope: Scope, broken: Mentioned, unused: Mentioned) -> list[Rule]:
    check_derived(each.source, each.shape, scope, broken)
    return build_rules(each.source, each.shape, scope, each.chosen, broken, unused)


def _forms(
    loader: Loader, config_source: Source, config: ConfigShape, around: Surroundings
) -> tuple[list[FormFile], list[Source]]:
    """The forms in use, and the files of those that could not be read or are not in use."""
    forms: list[FormFile] = []
    before = len(loader.sources)
    for file, source, shape in loader.each("forms", FormShape):
        if config.forms is None or shape.id in config.forms:
            form = build_form(source, shape, around, packaged=file.is_packaged)
            chosen = choose(shape.variants, config.variants)
            forms.append(FormFile(source, shape, form, chosen))
        elif not file.is_packaged:
            loader.unused.append(shape.id)
    order = config.forms or []
    forms.sort(key=lambda each: order.index(each.form.id) if each.form.id in order else 0)
    check_ids([(each.source, (), each.form.id) for each in forms])
    others = [s for s in loader.sources[before:] if all(each.source is not s for each in forms)]
    known = [name for each in forms for name in form_names(each.source)]
    known += [name for source in others for name in form_names(source)]
    _check_names(config_source, config, known)
    return forms, others


def _check_names(config_source: Source, config: ConfigShape, known: list[str]) -> None:
    """Note forms that config.yaml names and nobody declares."""
    for place, name in enumerate(config.forms or []):
        if name not in known:
            config_source.note_stranger(("forms", place), name, known)
    for word, named in (("deadlines", config.deadlines), ("frequencies", config.frequencies)):
        for name in named:
            if name not in known:
                config_source.note_stranger_key((word, name), name, known)


def _check_rules(forms: Iterable[FormFile], others: Iterable[Source]) -> list[str]:
    """Note rules declared twice and causes nobody declares; the ids of all rules there are."""
    rules = [
        (each, n, rule)
        for each in forms
        for n, rule in enumerate(each.shape.rules)
        if each.chosen.has(rule.variant)
    ]
    check_ids([(each.source, ("rules", n), rule.id) for each, n, rule in rules])
    known = [rule.id for _, _, rule in rules]
    known += [name for source in others for name in rule_names(source)]
    for each, n, rule in rules:
        for m, name in enumerate(rule.follows):
            if name not in known:
                each.source.note_stranger(("rules", n, "follows", m), name, known)
    return known


def _indicators(
    loader: Loader,
    variants: tuple[ConfigShape, list[Mapping[str, list[str]]]],
    scope: Scope,
    broken: Mentioned,
    unused: Mentioned,
) -> list[Indicator]:
    """The indicators of all files; what variants these offer is added to what the forms do."""
    config, declared = variants
    indicators: list[Indicator] = []
    places: list[tuple[Source, Path, str]] = []
    for _, source, shape in loader.each("indicators", IndicatorsShape):
        chosen = choose(shape.variants, config.variants)
        declared.append(shape.variants)
        indicators += build_indicators(source, shape, scope, chosen, broken, unused)
        places += [
            (source, ("indicators", n), each.id)
            for n, each in enumerate(shape.indicators)
            if chosen.has(each.variant)
        ]
    check_ids(places)
    return indicators
