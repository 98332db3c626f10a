"""What every test stands on: no network, files of its own, and a word on what its database cannot show."""

import gc
import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from newsroom.website.narrowing import standing_under

pytest_plugins = ["tests.infrastructure.browser", "tests.roles"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "sqlite" in django_settings.DATABASES["default"]["ENGINE"]:
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(pytest.mark.skip(reason="shown in the PostgreSQL leg of `make test`"))
        return
    # What never asks a database gives the same answer beside any.
    config.hook.pytest_deselected(items=[item for item in items if not _asks_a_database(item)])
    items[:] = filter(_asks_a_database, items)


def pytest_collection_finish() -> None:
    """What is imported and collected by now stays to the end; to go over it again and again costs a tenth of a run."""
    gc.freeze()
    gc.set_threshold(50_000)


def _asks_a_database(item: pytest.Item) -> bool:
    asks = {"db", "transactional_db", "django_db_setup"}
    return item.get_closest_marker("django_db") is not None or not asks.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def _static_root() -> None:
    """Whitenoise warns of a folder that is not there."""
    django_settings.STATIC_ROOT.mkdir(exist_ok=True)


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # the path of a Unix socket
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return bool(address[0] == "localhost")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """A test that reaches beyond this machine fails at once, whether or not the address would answer."""

    def guarded(name: str) -> Any:
        connect = getattr(socket.socket, name)

        def only_local(self: socket.socket, address: Any) -> Any:
            if not _is_local(address):
                pytest.fail(f"A test tried to reach {address}: tests stay on this machine.")
            return connect(self, address)

        return only_local

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(name))
        yield


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    """Uploads and renditions of a test end in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": {
            **settings.STORAGES["originals"],
            "OPTIONS": {"location": settings.PRIVATE_MEDIA_ROOT, "base_url": None},
        },
    }


@pytest.fixture(autouse=True)
def _own_choices() -> None:
    """A test is rolled back, and the head of the change feed with it: what was offered under it may not stand."""
    standing_under.cache_clear()
