"""What a partner writes over the package that openapi-python-client makes of the schema; checked, and then run."""

import json
import os
from typing import TypeVar

from attache import AuthenticatedClient
from attache.api.v1 import changes, get_article, list_articles, me
from attache.models import Problem

Given = TypeVar("Given")
client = AuthenticatedClient(base_url=os.environ["SITE"], token=os.environ["PARTNER_KEY"])


def given(answer: Given | Problem | None) -> Given:
    if answer is None or isinstance(answer, Problem):
        raise SystemExit(str(answer))
    return answer


def count_changes() -> int:
    page = given(changes.sync(client=client, limit=50))
    count = len(page.changes)
    while page.has_more:
        page = given(changes.sync(client=client, cursor=page.cursor, limit=50))
        count += len(page.changes)
    return count


first = given(list_articles.sync(client=client, limit=3)).results[0]
again = given(get_article.sync(first.id, client=client))
told = {"partner": given(me.sync(client=client)).partner.name, "headline": again.headline, "changes": count_changes()}
print(json.dumps(told))
