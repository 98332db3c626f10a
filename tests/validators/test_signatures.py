"""Webhooks as others take them: the library of Standard Webhooks knows our signatures, both of them in a rotation."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from newsroom.partners.webhooks import signing
from tests.infrastructure import validators

pytestmark = pytest.mark.validators

BODY = '{"type":"feed.changed","data":{"cursor":"외교"}}'


def taken(secret: str, headers: dict[str, str]) -> object:
    given = json.dumps([{"secret": secret, "headers": headers, "body": BODY}])
    return json.loads(validators.said("node", "programs/verify.mjs", given=given))


def test_message_is_taken_by_either_secret_of_a_rotation() -> None:
    new, former = signing.new_secret(), signing.new_secret()

    headers = signing.headers("msg_1", dt.datetime.now(dt.UTC), BODY.encode(), [new, former])

    assert [taken(secret, headers) for secret in (new, former)] == [[json.loads(BODY)]] * 2


def test_message_is_not_taken_by_another_secret() -> None:
    headers = signing.headers("msg_1", dt.datetime.now(dt.UTC), BODY.encode(), [signing.new_secret()])

    with pytest.raises(pytest.fail.Exception, match="No matching signature found"):
        taken(signing.new_secret(), headers)
