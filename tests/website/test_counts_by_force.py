"""Lists of stories against the plainest reckoning: a small world of chance, each count looked through by hand."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import translation

from newsroom.articles import workflow
from newsroom.articles.filters import StoryFilters, editions
from newsroom.articles.models import Translation
from newsroom.website.listing import Listing
from newsroom.website.lists import ArticleList
from newsroom.website.queries import understood
from tests import factories as make

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
CHOICES = {
    "topic": ["space", "sea", "ice"],
    "kind": ["report", "brief", "notice"],
    "language": ["en", "ko"],
}
WORDS = ["harbour", "forum"]
STORIES, QUERIES = 14, 30
Query = dict[str, list[str]]
pytestmark = pytest.mark.django_db


@dataclass(eq=False)
class Text:
    """What this test knows of one text by itself, `twin` telling the same story in the other language."""

    headline: str
    values: dict[str, set[str]]
    words: set[str]
    twin: Text | None = field(default=None, repr=False)
    is_out: bool = True

    def answers(self, query: Query) -> bool:
        chosen = {name: values for name, values in query.items() if name != "q"}
        has_words = self.words >= set(query.get("q", []))
        return self.is_out and has_words and all(self.values[name] & set(values) for name, values in chosen.items())

    def is_told_in(self, language: str, query: Query) -> bool:
        """Whether its twin stands for it; where words are asked for, only one that has them."""
        words = {"q": query["q"]} if "q" in query else {}
        return bool(self.twin and language in self.twin.values["language"] and self.twin.answers(words))


def found(texts: list[Text], query: Query, language: str, few: int) -> set[str]:
    """The headlines that readers of this language should find; of words that find a crowd, all texts."""
    is_each = "language" in query or (few == 0 and "q" in query)
    stand = [text for text in texts if is_each or not text.is_told_in(language, query)]
    return {text.headline for text in stand if text.answers(query)}


def world(chance: random.Random) -> list[Text]:
    topics = {name: make.make_topic(slug=name, name=name, is_public=True) for name in CHOICES["topic"]}
    texts, articles = [], []
    for number in range(STORIES):
        words = {word for word in WORDS if chance.random() < 0.5}
        about = set(chance.sample(CHOICES["topic"], chance.randint(0, 2)))
        kind, language = chance.choice(CHOICES["kind"]), "ko" if number % 2 else "en"
        headline = " ".join([f"Story {number}", *sorted(words)])
        article = make.make_article(headline=headline, slug=f"story-{number}", kind=kind, language=language)
        article.topics.set(topics[name] for name in about)
        texts.append(Text(headline, {"topic": about, "kind": {kind}, "language": {language}}, words))
        articles.append(article)
    for number in range(0, STORIES - 4, 2):  # the last ones are told in one language only
        made, original = (number, number + 1) if number % 4 else (number + 1, number)
        make.make_row(Translation, articles[made], article=articles[made], original=articles[original], made_from=1)
        texts[made].twin, texts[original].twin = texts[original], texts[made]
    for number, article in enumerate(articles):
        workflow.publish(article, by=None, at=AT - dt.timedelta(hours=number + 1))
    for number in (1, 2):
        workflow.withdraw(articles[number], by=None, at=AT)
        texts[number].is_out = False
    return texts


def queries(chance: random.Random) -> list[Query]:
    """Nothing, all words, and then each name now and then with one value or two."""
    asked: list[Query] = [{}, {"q": WORDS}]
    while len(asked) < QUERIES:
        query = {name: chance.sample(values, chance.randint(1, 2)) for name, values in CHOICES.items()}
        query |= {"q": [chance.choice(WORDS)]}
        asked.append({name: query[name] for name in ("q", *CHOICES) if chance.random() < 0.4})
    return asked


def page_of(query: Query) -> Listing:
    """What the page in the language of the moment lists."""
    text = urlencode({name: " ".join(values) if name == "q" else values for name, values in query.items()}, doseq=True)
    return Listing(ArticleList(), *understood("/articles/", QueryDict(text), StoryFilters, AT), QueryDict(), AT)


@pytest.mark.parametrize(("language", "few"), [("en", 2000), ("ko", 2000), ("ko", 0)])
def test_lists_and_all_their_counts_are_those_of_looking_through_everything(
    monkeypatch: pytest.MonkeyPatch, language: str, few: int
) -> None:
    monkeypatch.setattr("newsroom.articles.filters.FEW", few)
    chance = random.Random(5)
    texts = world(chance)

    for query in queries(chance):
        with translation.override(language):
            listing = page_of(query)
            shown, facets, ways_out = listing.page.rows, listing.facets, listing.ways_out

        expected = found(texts, query, language, few)
        assert {one.headline for one in editions(shown, AT)} == expected, query
        assert listing.found == len(expected), query
        for facet in facets:
            brings = {
                one: len(found(texts, {**query, facet.name: [one]}, language, few)) for one in CHOICES[facet.name]
            }
            counted = {choice.value: choice.found for choice in facet.choices}
            assert {one: counted.get(one, 0) for one in brings} == brings, (query, facet.name)
        less = [{one: values for one, values in query.items() if one != name} for name in query]
        ways = [len(way) for one in less if (way := found(texts, one, language, few))]
        assert sorted(int(re.sub(r"\D", "", way.count)) for way in ways_out) == sorted(ways), query
