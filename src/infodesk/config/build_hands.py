"""assets.yaml and people.yaml to the model."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from infodesk.config.build_fields import FieldType, build_limits
from infodesk.config.build_probes import build_probe
from infodesk.config.shapes_hands import AssetsShape, PeopleShape
from infodesk.config.source import Path, Source
from infodesk.model.asset import Asset, AssetKind, Assets
from infodesk.model.logbook import Field
from infodesk.model.people import People, Person, Post
from infodesk.text.message import Message


def build_assets(source: Source, shape: AssetsShape) -> Assets:
    """The assets, without their limits."""
    kinds = tuple(AssetKind(kind.id, kind.title) for kind in shape.kinds)
    _check_twice(source, "kinds", (kind.id for kind in shape.kinds))
    _check_twice(source, "assets", (asset.id for asset in shape.assets))
    for n, asset in enumerate(shape.assets):
        if "@" in asset.id:
            source.note(("assets", n, "id"), Message("an id holds no @"))
        if asset.kind not in {kind.id for kind in kinds}:
            known = [kind.id for kind in kinds]
            source.note_stranger(("assets", n, "kind"), asset.kind, known)
    assets = (
        Asset(a.id, a.title, a.kind, tuple(a.aliases), {}, a.since, a.until) for a in shape.assets
    )
    return Assets(tuple(assets), kinds)


def with_limits(
    given: tuple[Source, AssetsShape],
    assets: Assets,
    fields: Mapping[str, Iterable[Field]],
    elsewhere: Collection[str] | None,
) -> Assets:
    """The assets with their own limits and probes; `fields` are the logbooks' fields by their id.

    Those of a field `elsewhere` count for nothing here; if that is not known, of any other field.
    """
    source, shape = given
    found = []
    for n, (asset, declared) in enumerate(zip(assets.assets, shape.assets, strict=True)):
        named: dict[Path, str] = {
            ("assets", n, key, name): name
            for key in ("limits", "probes")
            for name in getattr(declared, key)
        }
        for path, name in named.items():
            if name not in fields and elsewhere is not None and name not in elsewhere:
                source.note_stranger_key(path, name, fields)
        known = {name: next(iter(fields[name])) for name in named.values() if name in fields}
        limits = {
            name: build_limits(source, ("assets", n, "limits", name), bands, _type_of(known[name]))
            for name, bands in declared.limits.items()
            if name in known
        }
        probes = {
            name: build_probe(source, ("assets", n, "probes", name), probe, known[name])
            for name, probe in declared.probes.items()
            if name in known
        }
        own = {name: probe for name, probe in probes.items() if probe is not None}
        found.append(replace(asset, limits=limits, probes=own))
    return Assets(tuple(found), assets.kinds)


def _type_of(field: Field) -> FieldType:
    return FieldType(field.type, field.decimals, field.codes)


def build_people(source: Source, shape: PeopleShape) -> People:
    """The posts and who holds them."""
    posts = [post.id for post in shape.posts]
    _check_twice(source, "posts", posts)
    _check_twice(source, "people", (person.id for person in shape.people))
    for n, person in enumerate(shape.people):
        for m, post in enumerate(person.posts):
            if post not in posts:
                source.note_stranger(("people", n, "posts", m), post, posts)
    return People(
        tuple(Post(post.id, post.title) for post in shape.posts),
        tuple(
            Person(p.id, p.name, tuple(p.posts), tuple(p.aliases), p.until) for p in shape.people
        ),
    )


def _check_twice(source: Source, where: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for n, name in enumerate(ids):
        if name in seen:
            source.note((where, n, "id"), Message("{id} is declared twice", id=name))
        seen.add(name)
