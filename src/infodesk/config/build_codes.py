"""Code lists of YAML to codes of the model."""

from infodesk.config.shapes_hospital import CodesShape, CriteriaShape
from infodesk.model.disease import Criteria
from infodesk.model.item import Code


def build_codes(shape: CodesShape) -> tuple[Code, ...]:
    """The codes of one list, in its order."""
    return tuple(
        Code(
            code.id,
            code.title,
            code.since,
            code.until,
            frozenset(code.marks),
            None if code.criteria is None else _criteria(code.criteria),
        )
        for code in shape.codes
    )


def _criteria(shape: CriteriaShape) -> Criteria:
    return Criteria(
        tuple(shape.diagnoses),
        tuple(shape.procedures),
        tuple(shape.or_procedures),
        tuple(shape.without_procedures),
        shape.age_to,
        shape.rank,
    )
