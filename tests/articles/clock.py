"""The verbs of the copy desk at their moments: the clock stands where the verb is told that it stands."""

import datetime as dt
from typing import Any

import time_machine

from newsroom.articles import workflow
from newsroom.articles.models import Article, Edition, Step, Withdrawal

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
TOMORROW = NOW + 24 * HOUR
NEXT_WEEK = NOW + 7 * 24 * HOUR
INSTANT = dt.timedelta(microseconds=1)


def publish(article: Article, at: dt.datetime = NOW, **how: Any) -> Edition:
    with time_machine.travel(at, tick=False):
        return workflow.publish(article, at=at, **{"by": None, **how})


def correct(article: Article, at: dt.datetime = NOW + HOUR, **how: Any) -> Edition:
    with time_machine.travel(at, tick=False):
        return workflow.correct(article, at=at, **{"by": None, "note": "The date was wrong.", **how})


def withdraw(article: Article, at: dt.datetime = NOW + 2 * HOUR, **how: Any) -> Withdrawal:
    with time_machine.travel(at, tick=False):
        return workflow.withdraw(article, at=at, **{"by": None, **how})


def cancel(edition: Edition, at: dt.datetime = NOW + 2 * HOUR, **how: Any) -> Article:
    with time_machine.travel(at, tick=False):
        return workflow.cancel_schedule(edition, at=at, **{"by": None, **how})


def submit(article: Article, at: dt.datetime = NOW, **how: Any) -> Step:
    with time_machine.travel(at, tick=False):
        return workflow.submit(article, at=at, **{"by": None, **how})


def recall(article: Article, at: dt.datetime = NOW, **how: Any) -> Step:
    with time_machine.travel(at, tick=False):
        return workflow.recall(article, at=at, **{"by": None, **how})


def send_back(article: Article, at: dt.datetime = NOW, **how: Any) -> Step:
    with time_machine.travel(at, tick=False):
        return workflow.send_back(article, at=at, **{"by": None, "note": "Names first.", **how})


def approve(article: Article, at: dt.datetime = NOW, **how: Any) -> Step:
    with time_machine.travel(at, tick=False):
        return workflow.approve(article, at=at, **{"by": None, **how})
