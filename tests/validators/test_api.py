"""The API under schemathesis: whatever is asked, it answers as its schema says, and never with a 5xx."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

pytestmark = pytest.mark.validators

EXAMPLES = 25  # for each operation
# The schema tells of our own documents, whole: other formats have schemas of their own, and tests beside this one.
SHAPING = ("format", "profile", "fields", "expand")
# Whether a topic, a person or a cursor of this name exists, no schema can say: 400 is right where there is none.
EXCLUDED = [positive_data_acceptance]


@pytest.fixture(scope="module")
def schema(demo_site: str) -> Any:
    return schemathesis.openapi.from_url(f"{demo_site}/api/v1/openapi.json")


@pytest.mark.parametrize("has_key", [True, False])
def test_every_operation_answers_as_the_schema_says(schema: Any, key: str, has_key: bool) -> None:
    headers = {"Authorization": f"Bearer {key}"} if has_key else {}
    faults = {}

    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        try:
            _ask(operation, headers)
        except FailureGroup as fault:
            faults[operation.label] = [str(one) for one in fault.exceptions]

    assert faults == {}


def _ask(operation: Any, headers: dict[str, str]) -> None:
    """The same examples at every run."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        for name in SHAPING:
            case.query.pop(name, None)
        case.call_and_validate(headers=headers, excluded_checks=EXCLUDED)

    ask()
