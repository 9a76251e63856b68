"""What the tests of all writers need."""

from __future__ import annotations

import pytest

from reportgen.house import House
from tests.unit.writers.sample_tree import base_house


@pytest.fixture(scope="package")
def house() -> House:
    return base_house()
