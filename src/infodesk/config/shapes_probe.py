"""The shape of a probe in YAML: what the machine reads by itself."""

from typing import Literal

from pydantic import Field

from infodesk.config.scalars import Whole, Words
from infodesk.config.shape import Shape
from infodesk.model.probe import Counted


class ProbeShape(Shape):
    """Where a reading comes from: exactly one of command, tcp, tls, http, disk, age."""

    command: list[Words] | None = Field(
        None, description="a program and its arguments; no shell reads them"
    )
    tcp: Words | None = Field(
        None, description="host:port; whether somebody answers the door there"
    )
    tls: Words | None = Field(
        None, description="host:port; days until the certificate shown there expires"
    )
    http: Words | None = Field(
        None, description="an address; whether it answers 2xx, or with pattern what it says"
    )
    disk: Words | None = Field(None, description="a folder; per cent used of the disk it lies on")
    age: Words | None = Field(None, description="a file or a pattern; age of the newest")
    counted: Counted = Field("days", description="in what an age is counted")
    pattern: Words | None = Field(
        None, description="takes the reading out of what a command or a page says: one group"
    )
    yes: Words | None = Field(None, description="the code that a door which opens stands for")
    no: Words | None = Field(None, description="the code that a closed door stands for")
    seconds: Whole = Field(5, ge=1, le=60, description="how long it may take")
    no_answer: Literal["warn", "alarm"] = Field(
        "warn", description="how grave it is if nothing comes back"
    )
