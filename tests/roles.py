"""One member of the staff per role, and a browser in which each is logged in."""

import pytest
from django.test import Client

from newsroom.models import User
from tests.factories import make_user


def _logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def reporter(db: None) -> User:
    return make_user("Reporter")


@pytest.fixture
def editor(db: None) -> User:
    return make_user("Editor")


@pytest.fixture
def photo_editor(db: None) -> User:
    return make_user("Photo editor")


@pytest.fixture
def chief(db: None) -> User:
    return make_user("Chief editor")


@pytest.fixture
def administrator(db: None) -> User:
    return make_user("Administrator")


@pytest.fixture
def reporter_client(reporter: User) -> Client:
    return _logged_in(reporter)


@pytest.fixture
def editor_client(editor: User) -> Client:
    return _logged_in(editor)


@pytest.fixture
def photo_editor_client(photo_editor: User) -> Client:
    return _logged_in(photo_editor)


@pytest.fixture
def chief_client(chief: User) -> Client:
    return _logged_in(chief)


@pytest.fixture
def administrator_client(administrator: User) -> Client:
    return _logged_in(administrator)
