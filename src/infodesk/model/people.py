"""The people of the information department and the posts they hold. Never any secret."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from infodesk.text.folding import key
from infodesk.text.message import Title


@dataclass(frozen=True)
class Post:
    """A post or role: duty officer, DBA, head of the department."""

    id: str
    title: Title


@dataclass(frozen=True)
class Person:
    """Somebody and the posts held; `until` is the last day."""

    id: str
    name: str
    posts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # also the user name on the department's machines
    until: date | None = None


@dataclass(frozen=True)
class People:
    """All of them; who is not listed (a visitor, a supplier's engineer) is a name and holds no post."""

    posts: tuple[Post, ...] = ()
    people: tuple[Person, ...] = ()

    @cached_property
    def post_by_id(self) -> dict[str, Post]:
        """Posts by their id."""
        return {post.id: post for post in self.posts}

    @cached_property
    def _by_name(self) -> dict[str, Person]:
        return {
            key(name): person
            for person in self.people
            for name in (*person.aliases, person.name, person.id)
        }

    def find(self, name: str) -> Person | None:
        """The person of that id, name or alias."""
        return self._by_name.get(key(name))

    def holders(self, posts: tuple[str, ...], day: date) -> tuple[Person, ...]:
        """Who holds one of the posts on a day."""
        return tuple(
            person
            for person in self.people
            if set(posts) & set(person.posts) and (person.until is None or day <= person.until)
        )
