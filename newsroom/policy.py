"""The bottom shelf's one answer to who may do what to which record; admin, pages, API and templates only ask it.

    policy.can(user, "edit", article)      # to this row, in the state it is in
    policy.can(user, "add", Person)        # to some row of this model
    policy.seen_by(user, queryset)         # the rows that this user may read at the desk
    policy.listed_for(user, queryset)      # these, and those of which they may know that they are there
    policy.edited_by(user, queryset)       # the records that this user may edit

Roles are groups, and groups hold Django permissions (`roles`); what a permission reaches depends on whose the
row is and on its state, and that is said here and nowhere else. `ACTIONS` names every action there is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet

from newsroom import changes

#: models that are part of another record: who may edit that one may edit them, and seeing it is seeing them
PARTS = {"people.position": "person"}

ModelT = TypeVar("ModelT", bound=Model)
Row = Any  # a row, or its model where no row is meant yet
Rule = Callable[[Any, Row], bool]

ARTICLE = "articles.article"
# The states of a story, as `articles.Article.State` has them; a test holds the two together.
DRAFT, REVIEW, APPROVED, SCHEDULED = "draft", "review", "approved", "scheduled"
PUBLISHED, CORRECTED, WITHDRAWN = "published", "corrected", "withdrawn"
SETTLED = {APPROVED, SCHEDULED}  # what was approved stays as it was approved
STANDING = {SCHEDULED, PUBLISHED, CORRECTED}  # readers have it, or will
IN_THE_TRASH = {"list", "see", "restore", "purge", "unmerge"}  # all that may be done to what lies there


class Refused(Exception):
    """What was asked cannot be done to this row now; the message says why, and what can be done instead."""


def can(user: Any, action: str, row: Row) -> bool:
    """Whether this user may do that to the row; with a model in its place, whether to any row at all.

    Raises KeyError for an action that does not exist, so that a slip of the pen is not a refusal.
    """
    whole = whole_of(row)
    rules = STORY_RULES if label_of(whole) == ARTICLE else RECORD_RULES
    act = "edit" if whole is not row and action in {"add", "trash", "purge"} else action
    rule = rules[act]
    if not (user.is_active and user.is_staff) or (is_trashed(whole) and act not in IN_THE_TRASH):
        return False
    return rule(user, whole)


def listed_for(user: Any, rows: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """The rows of these that this user finds in the list: whoever deletes stories for good sees that they are there."""
    return rows if can(user, "list", rows.model) and holds(user, "purge", rows.model) else seen_by(user, rows)


def seen_by(user: Any, rows: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """The rows of these that this user may read at the desk; every choice, search, export and panel starts from it."""
    if not (user.is_active and user.is_staff):
        return rows.none()
    if label_of(rows.model) != ARTICLE:
        return rows if can(user, "list", rows.model) else rows.none()
    if holds(user, "view_any", rows.model):
        return rows
    if not holds(user, "view", rows.model):
        return rows.none()
    own = Q(created_by=user) | Q(assigned_to=user)
    if holds(user, "picture", rows.model):
        with_pictures = rows.model._default_manager.filter(photo_uses__isnull=False)
        own |= Q(pk__in=with_pictures.values("pk"))
    return rows.filter(own)


def seeing(story: Row) -> QuerySet[Any]:
    """The colleagues of whom `can(user, "see", story)` is true, asked of all of them at once."""
    own = Q(pk__in=_holding("view", story).values("pk"), id__in=[story.created_by_id, story.assigned_to_id])
    seeing = own | Q(pk__in=_holding("view_any", story).values("pk"))
    if story.photo_uses.exists():
        seeing |= Q(pk__in=_holding("picture", story).values("pk"))
    return get_user_model().objects.filter(seeing)


def edited_by(user: Any, records: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """The records of these, no stories, that this user may edit: what a part may be given to; as `_edits` says it."""
    model = records.model
    if not can(user, "edit", model):
        return records.none()
    standing = records.filter(trashed_at=None)
    return standing if holds(user, "change_any", model) else standing.filter(created_by=user, is_public=False)


def legible(user: Any, rows: Sequence[ModelT]) -> list[ModelT]:
    """Of these rows, whatever their models, those that this user may read; at most one query for each model."""
    found = {model: _keys_seen(user, model, [row.pk for row in rows]) for model in {type(row) for row in rows}}
    return [row for row in rows if (keys := found[type(row)]) is None or row.pk in keys]


def _keys_seen(user: Any, model: type[Model], keys: list[Any]) -> set[Any] | None:
    """None where the model alone decides, and decides for it."""
    whole = whole_of(model)
    if label_of(whole) != ARTICLE or holds(user, "view_any", whole):
        return None if can(user, "list", whole) else set()
    return set(seen_by(user, model._default_manager.filter(pk__in=keys)).values_list("pk", flat=True))


def label_of(row: Row) -> str:
    return str(row._meta.label_lower)


def whole_of(row: Row) -> Row:
    """The record that the row is a part of, or the row itself."""
    field = PARTS.get(label_of(row))
    if field is None:
        return row
    return getattr(row, field) if is_row(row) else row._meta.get_field(field).related_model


def holds(user: Any, action: str, row: Row) -> bool:
    """Whether one of the user's groups has this permission on the row's model."""
    return bool(user.has_perm(f"{row._meta.app_label}.{action}_{row._meta.model_name}"))


def is_row(row: Row) -> bool:
    return isinstance(row, Model) and row.pk is not None


def is_own(user: Any, row: Row) -> bool:
    """Whether the row is theirs from the start, or given to them; some row of a model always may be."""
    return not is_row(row) or user.pk in {getattr(row, "created_by_id", None), getattr(row, "assigned_to_id", None)}


def is_trashed(row: Row) -> bool:
    return is_row(row) and getattr(row, "trashed_at", None) is not None


def is_merged(row: Row) -> bool:
    return getattr(row, "merged_into_id", None) is not None


def is_mergeable(row: Row) -> bool:
    """Whether two of this sort may turn out to be one."""
    return any(field.name == "merged_into" for field in row._meta.concrete_fields)


# Records: people, organisations, events, photos, topics, sources


def _sees(user: Any, row: Row) -> bool:
    return holds(user, "view", row)


def _adds(user: Any, row: Row) -> bool:
    return holds(user, "add", row)


def _edits(user: Any, row: Row) -> bool:
    """Anyone's, or one's own as long as readers do not know it."""
    return holds(user, "change_any", row) or (holds(user, "change", row) and _is_own_draft(user, row))


def _shows(user: Any, row: Row) -> bool:
    return holds(user, "change_any", row)


def _trashes(user: Any, row: Row) -> bool:
    return holds(user, "delete_any", row) or (holds(user, "delete", row) and _is_own_draft(user, row))


def _restores(user: Any, row: Row) -> bool:
    if is_row(row) and (not is_trashed(row) or is_merged(row)):
        return False
    return holds(user, "delete_any", row) or (holds(user, "delete", row) and is_own(user, row))


def _purges(user: Any, row: Row) -> bool:
    """For good, and only out of the trash; what was merged leads on to the record that has everything of it."""
    return holds(user, "purge", row) and (not is_row(row) or (is_trashed(row) and not is_merged(row)))


def _merges(user: Any, row: Row) -> bool:
    """Make one of two records: for whoever may change both, whatever readers know of them."""
    return is_mergeable(row) and holds(user, "change_any", row)


def _unmerges(user: Any, row: Row) -> bool:
    return is_mergeable(row) and holds(user, "change_any", row) and (not is_row(row) or is_merged(row))


def _is_own_draft(user: Any, row: Row) -> bool:
    """One's own, and nothing that readers have: neither a page of its own nor words of it on another's."""
    if not is_row(row):
        return True
    return is_own(user, row) and not getattr(row, "is_public", False) and not changes.is_shown(row)


RECORD_RULES: dict[str, Rule] = {
    "list": _sees,
    "see": _sees,
    "add": _adds,
    "edit": _edits,
    "show": _shows,
    "trash": _trashes,
    "restore": _restores,
    "purge": _purges,
    "merge": _merges,
    "unmerge": _unmerges,
}


# Stories


def _lists_stories(user: Any, story: Row) -> bool:
    """Whoever deletes for good sees that a story is there, though not what it says."""
    return holds(user, "view", story) or holds(user, "purge", story)


def _sees_story(user: Any, story: Row) -> bool:
    if holds(user, "view_any", story):
        return True
    return (holds(user, "view", story) and is_own(user, story)) or _sees_for_its_pictures(user, story)


def _sees_for_its_pictures(user: Any, story: Row) -> bool:
    return holds(user, "picture", story) and (not is_row(story) or story.photo_uses.exists())


def _edits_story(user: Any, story: Row) -> bool:
    if holds(user, "change_any", story):
        return not is_row(story) or story.state not in SETTLED or holds(user, "change_approved", story)
    return holds(user, "change", story) and is_own(user, story) and (not is_row(story) or story.state == DRAFT)


def _pictures_story(user: Any, story: Row) -> bool:
    """Its pictures and captions: whoever edits the story, and the photo desk where it has pictures."""
    if _edits_story(user, story):
        return True
    return not (is_row(story) and story.state in SETTLED) and _sees_for_its_pictures(user, story)


def _assigns(user: Any, story: Row) -> bool:
    return holds(user, "assign", story)


def _hands_in(user: Any, story: Row) -> bool:
    return holds(user, "submit", story) and (is_own(user, story) or holds(user, "change_any", story))


def _recalls(user: Any, story: Row) -> bool:
    """One's own alone: whoever takes a story from somebody else sends it back, with the reason."""
    return holds(user, "submit", story) and is_own(user, story)


def _returns(user: Any, story: Row) -> bool:
    return holds(user, "return", story)


def _approves(user: Any, story: Row) -> bool:
    """Four eyes: nobody approves their own, unless there is nobody else who could."""
    if not holds(user, "approve", story):
        return False
    return not is_row(story) or not is_own(user, story) or _is_alone(user, story)


def _is_alone(user: Any, story: Row) -> bool:
    return not _holding("approve", story).exclude(pk=user.pk).exists()


def _holding(action: str, row: Row) -> QuerySet[Any]:
    """The staff of whom `holds` is true."""
    permission = f"{row._meta.app_label}.{action}_{row._meta.model_name}"
    able = get_user_model().objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    return able.filter(is_staff=True)


def _publishes(user: Any, story: Row) -> bool:
    """What was approved, once; without an approval only who may do so."""
    if holds(user, "publish_unapproved", story):
        return True
    return holds(user, "publish", story) and (not is_row(story) or story.state in {APPROVED, PUBLISHED, CORRECTED})


def _cancels(user: Any, story: Row) -> bool:
    return holds(user, "publish", story)


def _corrects(user: Any, story: Row) -> bool:
    return holds(user, "correct", story)


def _withdraws(user: Any, story: Row) -> bool:
    return holds(user, "withdraw", story)


def _shares(user: Any, story: Row) -> bool:
    """Show a draft to somebody without an account."""
    return holds(user, "change_any", story) or (holds(user, "change", story) and is_own(user, story))


def _duplicates(user: Any, story: Row) -> bool:
    return _adds(user, story) and _sees_story(user, story)


def _trashes_story(user: Any, story: Row) -> bool:
    """What readers have is withdrawn first."""
    if is_row(story) and story.state in STANDING:
        return False
    is_own_draft = is_own(user, story) and (not is_row(story) or story.state == DRAFT)
    return holds(user, "delete_any", story) or (holds(user, "delete", story) and is_own_draft)


STORY_RULES: dict[str, Rule] = {
    "list": _lists_stories,
    "see": _sees_story,
    "add": _adds,
    "edit": _edits_story,
    "picture": _pictures_story,
    "assign": _assigns,
    "submit": _hands_in,
    "recall": _recalls,
    "return": _returns,
    "approve": _approves,
    "publish": _publishes,
    "cancel": _cancels,
    "correct": _corrects,
    "withdraw": _withdraws,
    "share": _shares,
    "comment": _sees_story,
    "duplicate": _duplicates,
    "trash": _trashes_story,
    "restore": _restores,
    "purge": _purges,
}
ACTIONS = {*RECORD_RULES, *STORY_RULES}
