"""Who may do what, by hand: roles, states and whose the row is, against the one module that says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from newsroom import policy, roles
from newsroom.articles.models import Article
from newsroom.models import Topic, User
from people.models import Person, Position
from tests.factories import make_article, make_person, make_photo, make_topic, make_user

pytestmark = pytest.mark.django_db

D, R, A, S, P, C, W = "draft", "review", "approved", "scheduled", "published", "corrected", "withdrawn"
ALL = [D, R, A, S, P, C, W]
EVERY = {"Reporter": [], "Editor": ALL, "Photo editor": [], "Chief editor": ALL, "Administrator": []}

#: for each action, the states of a story of somebody else's in which each role may do it
OTHERS: dict[str, dict[str, list[str]]] = {
    "see": EVERY,
    "comment": EVERY,
    "duplicate": EVERY,
    "share": EVERY,
    "assign": EVERY,
    "edit": EVERY | {"Editor": [D, R, P, C, W]},
    "picture": EVERY | {"Editor": [D, R, P, C, W]},
    "submit": EVERY,
    "recall": EVERY | {"Editor": [], "Chief editor": []},
    "return": EVERY,
    "approve": EVERY,
    "publish": EVERY | {"Editor": [A, P, C]},
    "cancel": EVERY,
    "correct": EVERY,
    "withdraw": EVERY | {"Editor": []},
    "trash": EVERY | {"Editor": [], "Chief editor": [D, R, A, W]},
    "restore": EVERY | {"Editor": [], "Chief editor": []},
    "purge": EVERY | {"Editor": [], "Chief editor": []},
}
#: what being one's own adds to that, or takes
OWN: dict[str, dict[str, list[str]]] = {
    "see": {"Reporter": ALL, "Photo editor": ALL},
    "comment": {"Reporter": ALL, "Photo editor": ALL},
    "duplicate": {"Reporter": ALL},
    "share": {"Reporter": ALL},
    "edit": {"Reporter": [D]},
    "picture": {"Reporter": [D]},
    "submit": {"Reporter": ALL},
    "recall": {"Reporter": ALL, "Editor": ALL, "Chief editor": ALL},
    "approve": {"Editor": [], "Chief editor": []},
    "trash": {"Reporter": [D], "Editor": [D]},
}


def states_in_which(user: User, action: str, **whose: Any) -> list[str]:
    stories = {state: make_article(state=state, **whose) for state in ALL}
    return [state for state, article in stories.items() if policy.can(user, action, article)]


@pytest.fixture
def colleagues() -> None:
    """Nobody is alone with their own story."""
    make_user("Chief editor")
    make_user("Editor")


@pytest.mark.parametrize("role", roles.ROLES)
@pytest.mark.parametrize("action", OTHERS)
def test_story_of_somebody_else(role: str, action: str, colleagues: None) -> None:
    user = make_user(role)

    assert states_in_which(user, action, created_by=make_user("Reporter")) == OTHERS[action][role]


@pytest.mark.parametrize("whose", ["created_by", "assigned_to"])
@pytest.mark.parametrize("role", roles.ROLES)
@pytest.mark.parametrize("action", OTHERS)
def test_story_of_ones_own(role: str, action: str, whose: str, colleagues: None) -> None:
    user = make_user(role)

    may = OWN.get(action, {}).get(role, OTHERS[action][role])
    assert states_in_which(user, action, **{whose: user}) == may


@pytest.mark.parametrize(
    ("action", "states"), [("see", ALL), ("comment", ALL), ("picture", [D, R, P, C, W]), ("edit", []), ("trash", [])]
)
def test_photo_desk_works_on_stories_that_have_pictures(action: str, states: list[str]) -> None:
    user, photo = make_user("Photo editor"), make_photo()
    stories = [make_article(state=state) for state in ALL]
    for article in stories:
        article.photo_uses.create(photo=photo)

    assert [article.state for article in stories if policy.can(user, action, article)] == states


@pytest.mark.parametrize(
    ("role", "others", "own"),
    [
        ("Reporter", {"list"}, {"list", "see", "restore"}),
        ("Editor", {"list", "see"}, {"list", "see", "restore"}),
        ("Photo editor", {"list"}, {"list", "see"}),
        ("Chief editor", {"list", "see", "restore"}, {"list", "see", "restore"}),
        ("Administrator", {"list", "purge"}, {"list", "purge"}),
    ],
)
def test_story_in_the_trash_is_looked_at_brought_back_or_ended(role: str, others: set[str], own: set[str]) -> None:
    user, at = make_user(role), timezone.now()
    stories = make_article(trashed_at=at), make_article(trashed_at=at, created_by=user)

    may = [{action for action in policy.STORY_RULES if policy.can(user, action, one)} for one in stories]

    assert may == [others, own]


#: what each role may do with a hidden record of somebody else, with a public one, and with a hidden one of its own
RECORD_ACTIONS: dict[str, tuple[set[str], set[str], set[str]]] = {
    "Reporter": (
        {"list", "see", "add"},
        {"list", "see", "add"},
        {"list", "see", "add", "edit", "trash"},
    ),
    "Editor": (
        {"list", "see", "add", "edit", "show", "merge"},
        {"list", "see", "add", "edit", "show", "merge"},
        {"list", "see", "add", "edit", "show", "merge", "trash"},
    ),
    "Photo editor": ({"list", "see"}, {"list", "see"}, {"list", "see"}),
    "Chief editor": (
        {"list", "see", "add", "edit", "show", "merge", "trash"},
        {"list", "see", "add", "edit", "show", "merge", "trash"},
        {"list", "see", "add", "edit", "show", "merge", "trash"},
    ),
    "Administrator": ({"list", "see"}, {"list", "see"}, {"list", "see"}),
}


@pytest.mark.parametrize("role", roles.ROLES)
def test_records(role: str) -> None:
    user = make_user(role)
    rows = make_person(), make_person(is_public=True), make_person(created_by=user)

    may = [{action for action in policy.RECORD_RULES if policy.can(user, action, row)} for row in rows]

    assert may == list(RECORD_ACTIONS[role])


def test_photo_desk_edits_photos_and_their_captions() -> None:
    user = make_user("Photo editor")
    photo = make_photo(is_public=True)

    may = {action for action in policy.RECORD_RULES if policy.can(user, action, photo)}

    assert may == {"list", "see", "add", "edit", "show"}


@pytest.mark.parametrize("role", roles.ROLES)
def test_part_of_a_record_follows_it(role: str) -> None:
    user = make_user(role)
    people = make_person(), make_person(created_by=user), make_person(trashed_at=timezone.now())
    parts = [Position.objects.create(person=person, title="Director") for person in people]

    may = [[policy.can(user, action, part) for action in ("see", "edit", "trash", "purge")] for part in parts]

    edits = [policy.can(user, "edit", person) for person in people]
    assert may == [[True, edit, edit, edit] for edit in edits]


@pytest.mark.parametrize("row", [Article, Person, Topic])
def test_nobody_outside_the_desk_may_anything(row: Any) -> None:
    outside = [
        AnonymousUser(),
        make_user("Chief editor", is_staff=False),
        make_user("Chief editor", is_active=False),
        User.objects.create_superuser("former", is_active=False),
    ]

    acts = policy.STORY_RULES if row is Article else policy.RECORD_RULES

    assert [policy.can(user, action, row) for user in outside for action in acts] == [False] * 4 * len(acts)
    assert [policy.seen_by(user, row.objects.all()).query.is_empty() for user in outside] == [True] * 4


def test_action_that_does_not_exist_is_a_slip() -> None:
    with pytest.raises(KeyError):
        policy.can(make_user("Editor"), "publsh", Article)


@pytest.mark.parametrize(
    ("role", "seen", "listed"),
    [
        ("Reporter", ["own", "given"], ["own", "given"]),
        ("Editor", ["own", "given", "pictured", "others"], ["own", "given", "pictured", "others"]),
        ("Photo editor", ["own", "given", "pictured"], ["own", "given", "pictured"]),
        ("Administrator", [], ["own", "given", "pictured", "others"]),
    ],
)
def test_rows_that_one_reads_are_those_that_one_may_see(role: str, seen: list[str], listed: list[str]) -> None:
    user = make_user(role)
    stories = {"own": make_article(created_by=user), "given": make_article(assigned_to=user)}
    stories |= {"pictured": make_article(), "others": make_article()}
    stories["pictured"].photo_uses.create(photo=make_photo())
    names = {article.pk: name for name, article in stories.items()}
    rows = Article.objects.order_by("pk")

    assert [names[article.pk] for article in policy.seen_by(user, rows)] == seen
    assert [names[article.pk] for article in policy.listed_for(user, rows)] == listed
    assert [article for article in rows if policy.can(user, "see", article)] == list(policy.seen_by(user, rows))


@pytest.mark.parametrize(
    ("role", "edited"),
    [
        ("Reporter", ["own"]),
        ("Editor", ["own", "own public", "others", "others public"]),
        ("Photo editor", []),
        ("Administrator", []),
    ],
)
def test_records_that_one_is_offered_to_edit_are_those_that_one_may(role: str, edited: list[str]) -> None:
    user = make_user(role)
    people = {"own": make_person(created_by=user), "own public": make_person(created_by=user, is_public=True)}
    people |= {"others": make_person(), "others public": make_person(is_public=True)}
    people["trashed"] = make_person(created_by=user, trashed_at=timezone.now())

    offered = set(policy.edited_by(user, Person.objects.all()))

    assert [name for name, person in people.items() if person in offered] == edited
    assert [name for name, person in people.items() if policy.can(user, "edit", person)] == edited


def test_legible_rows_of_many_models_take_one_query_for_each(django_assert_num_queries: Any) -> None:
    user = make_user("Reporter")
    own, others, topic = make_article(created_by=user), make_article(), make_topic()
    policy.can(user, "list", Topic)  # remembers what the groups hold

    with django_assert_num_queries(1):
        legible = policy.legible(user, [own, others, topic])

    assert legible == [own, topic]


def test_every_action_of_a_role_is_a_permission_of_its_model() -> None:
    granted = roles.grant()

    assert granted == {role: len(roles.allowed(role)) for role in roles.ROLES}


@pytest.mark.parametrize("whose", ["created_by", "assigned_to", "nobody"])
@pytest.mark.parametrize("has_picture", [False, True])
def test_who_sees_a_story_is_the_same_asked_of_all_as_of_each(whose: str, has_picture: bool) -> None:
    users = [make_user(role) for role in [*roles.ROLES, *roles.ROLES]]
    users += [
        make_user("Editor", is_active=False),
        make_user("Editor", is_staff=False),
        make_user("Reporter", is_superuser=True),
    ]
    for owner in [None] if whose == "nobody" else users:
        story = make_article(**({} if whose == "nobody" else {whose: owner}))
        if has_picture:
            story.photo_uses.create(photo=make_photo())

        found = set(policy.seeing(story))

        assert found == {user for user in users if policy.can(User.objects.get(pk=user.pk), "see", story)}
