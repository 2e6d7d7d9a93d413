"""The shapes of assets.yaml and people.yaml: what and whom logbooks speak of."""

from pydantic import Field

from infodesk.config.scalars import Day, Name, Titled, Words
from infodesk.config.shape import Shape
from infodesk.config.shapes_logbook import LimitsShape


class KindOfAssetShape(Shape):
    """A kind of asset."""

    id: Name
    title: Titled


class AssetShape(Shape):
    """A device or a place."""

    id: Words
    title: Titled
    kind: Name
    aliases: list[Words] = Field(default_factory=list)
    since: Day | None = None
    until: Day | None = Field(None, description="its last day")
    limits: dict[str, LimitsShape] = Field(
        default_factory=dict, description="field: limits that take the place of the field's own"
    )


class AssetsShape(Shape):
    """assets.yaml: what logbooks speak of, in the order in which one walks past it."""

    kinds: list[KindOfAssetShape]
    assets: list[AssetShape] = Field(default_factory=list)


class PostShape(Shape):
    """A post."""

    id: Name
    title: Titled


class PersonShape(Shape):
    """Somebody of the department."""

    id: Words
    name: Words
    posts: list[Name] = Field(default_factory=list)
    aliases: list[Words] = Field(
        default_factory=list, description="also the user name on this machine"
    )
    until: Day | None = Field(None, description="the last day")


class PeopleShape(Shape):
    """people.yaml: posts, and who holds them. Never a password."""

    posts: list[PostShape]
    people: list[PersonShape] = Field(default_factory=list)
