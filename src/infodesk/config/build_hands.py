"""assets.yaml and people.yaml to the model."""

from collections.abc import Collection, Iterable, Mapping

from infodesk.config.build_fields import FieldType, build_limits
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
    """The assets with their own limits; `fields` are the logbooks' fields by their id.

    Limits of a field `elsewhere` count for nothing here; if that is not known, of any other field.
    """
    source, shape = given
    found = []
    for n, (asset, declared) in enumerate(zip(assets.assets, shape.assets, strict=True)):
        limits = {}
        for name, bands in declared.limits.items():
            path: Path = ("assets", n, "limits", name)
            if name not in fields:
                if elsewhere is not None and name not in elsewhere:
                    source.note_stranger_key(path, name, fields)
                continue
            field = next(iter(fields[name]))
            kind = FieldType(field.type, field.decimals, field.codes)
            limits[name] = build_limits(source, path, bands, kind)
        found.append(
            Asset(
                asset.id, asset.title, asset.kind, asset.aliases, limits, asset.since, asset.until
            )
        )
    return Assets(tuple(found), assets.kinds)


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
