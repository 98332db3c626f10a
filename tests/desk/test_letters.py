"""Whether letters are wanted: everybody's own choice, and only theirs."""

import pytest
from django.test import Client
from django.urls import reverse

from newsroom import mail
from newsroom.models import User
from tests.desk.pages import as_sent, told
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_letters_are_turned_off_and_on_by_whoever_gets_them(reporter: User, reporter_client: Client) -> None:
    address, other = reverse("admin:letters"), make_user("Reporter")
    wanted = []

    for sent in ({}, {"wants_mail": "on"}):
        answer = reporter_client.post(address, {**sent, "user": other.pk, "is_superuser": "on"}, follow=True)
        reporter.refresh_from_db()
        wanted.append((reporter.wants_mail, told(answer)))

    other.refresh_from_db()
    assert wanted == [(False, ["Kept."]), (True, ["Kept."])]
    assert (other.wants_mail, reporter.is_superuser) == (True, False)


def test_form_sends_what_it_shows(reporter_client: Client) -> None:
    page = reporter_client.get(reverse("admin:letters"))

    assert as_sent(page)["wants_mail"] == ["on"]


def test_letter_leads_to_the_choice() -> None:
    reader = make_user("Reporter", email="reader@newsroom.example")

    letter = mail.write(reader, "Due tomorrow", "mail/approved.txt", {"story": "S"})

    assert letter is not None
    assert letter.text.splitlines()[-1] == "http://testserver/admin/letters/"


def test_nobody_chooses_without_an_account(client: Client) -> None:
    answer = client.post(reverse("admin:letters"))

    assert answer.headers["Location"].partition("?")[0] == reverse("admin:login")
