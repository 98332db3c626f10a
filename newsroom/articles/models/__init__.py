"""The copy desk's records: the story being worked on, its revisions and steps, and the editions the public gets."""

from newsroom.articles.models.article import Article, Byline, Kind, Language, Mention, PhotoUse
from newsroom.articles.models.edition import OPEN_END, Edition, EditionFacet, Revision, Withdrawal
from newsroom.articles.models.talk import Comment, PreviewLink, SignOff, Step, Thread
from newsroom.articles.models.translation import Translation

__all__ = [
    "OPEN_END",
    "Article",
    "Byline",
    "Comment",
    "Edition",
    "EditionFacet",
    "Kind",
    "Language",
    "Mention",
    "PhotoUse",
    "PreviewLink",
    "Revision",
    "SignOff",
    "Step",
    "Thread",
    "Translation",
    "Withdrawal",
]
