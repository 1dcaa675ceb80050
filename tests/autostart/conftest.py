"""An account with nothing in it."""

import pytest

from tests.autostart.account import Account


@pytest.fixture
def account(tmp_path):
    return Account(tmp_path)
