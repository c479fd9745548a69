"""The embedded model, opened once."""

from __future__ import annotations

import pytest

from viva.models.embedded import EMBEDDED_FOLDER, StaticModel


@pytest.fixture(scope="session")
def model() -> StaticModel:
    return StaticModel(EMBEDDED_FOLDER)
