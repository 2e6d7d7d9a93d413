"""What all shapes of YAML have in common."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Unknown keys are mistakes, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
