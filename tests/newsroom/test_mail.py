"""The outbox: letters are kept with what they tell of, sent once after it, and survive whoever sends them."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import transaction
from django.template import engines
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from newsroom import mail
from newsroom.models import Letter, User
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def reader() -> User:
    return make_user("Editor", email="reader@newsroom.example", display_name="A. <Reader>")


@pytest.fixture
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def write(to: User, subject: object = "Due tomorrow", **how: Any) -> Letter:
    letter = mail.write(to, subject, "mail/approved.txt", {"story": "“A & B”", "note": "Well done."}, **how)
    assert letter is not None
    return letter


def sent() -> list[EmailMessage]:
    return list(django_mail.outbox)


class Unreliable(BaseEmailBackend):
    """A mail server that refuses as told; what it takes lands in the usual outbox."""

    failures: list[Exception] = []
    tried: list[str] = []

    def send_messages(self, messages: Any) -> int:
        self.tried.extend(message.subject for message in messages)
        if self.failures:
            raise self.failures.pop(0)
        django_mail.outbox.extend(messages)
        return len(messages)


@contextmanager
def refusing(settings: Settings, *failures: Exception) -> Iterator[list[str]]:
    settings.EMAIL_BACKEND = f"{__name__}.Unreliable"
    Unreliable.failures, Unreliable.tried = list(failures), []
    yield Unreliable.tried


def test_letter_says_who_it_is_for_and_what_happened(clock: None, reader: User) -> None:
    letter = write(reader, reply_to="chief@newsroom.example")

    mail.deliver(NOW)

    (message,) = sent()
    assert (message.to, message.reply_to, message.subject) == (
        ["reader@newsroom.example"],
        ["chief@newsroom.example"],
        "Due tomorrow",
    )
    assert message.body == letter.text
    assert letter.text.splitlines()[:5] == ["Dear A. <Reader>,", "", "““A & B”” is approved.", "", "Well done."]
    letter.refresh_from_db()
    assert (letter.sent_at, letter.attempts, letter.failure) == (NOW, 1, "")


def test_letter_that_was_sent_is_not_sent_again(clock: None, reader: User) -> None:
    write(reader)

    counts = [mail.deliver(NOW), mail.deliver(NOW), mail.deliver(NOW + 2 * mail.LEASE)]

    assert (counts, len(sent())) == ([1, 0, 0], 1)


@pytest.mark.parametrize("change", [{"wants_mail": False}, {"email": ""}, {"is_active": False}])
def test_nobody_is_written_to_against_their_will(change: dict[str, Any]) -> None:
    user = make_user("Editor", **{"email": "reader@newsroom.example", **change})

    letter = mail.write(user, "Due tomorrow", "mail/approved.txt", {"story": "S"})

    assert (letter, Letter.objects.count()) == (None, 0)


def test_letter_waits_while_its_reader_has_no_account(clock: None, reader: User) -> None:
    write(reader)
    User.objects.update(is_active=False)

    assert mail.deliver(NOW) == 0


def test_letter_is_written_in_the_language_of_the_site(clock: None, reader: User) -> None:
    with override("ko"):
        letter = write(reader, _("Articles"))

    assert (letter.subject, letter.text.splitlines()[0]) == ("Articles", "Dear A. <Reader>,")


def test_subject_is_one_line(clock: None, reader: User) -> None:
    letter = write(reader, "A headline\r\nBcc: everybody@newsroom.example")

    mail.deliver(NOW)

    assert letter.subject == sent()[0].subject == "A headline Bcc: everybody@newsroom.example"


def test_letter_is_sent_after_its_transaction(
    clock: None, reader: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write(reader)
        before = len(sent())

    assert (before, len(sent())) == (0, 1)


def test_letter_of_what_did_not_happen_is_not_kept(clock: None, reader: User) -> None:
    with transaction.atomic():
        write(reader)
        transaction.set_rollback(True)

    assert Letter.objects.count() == 0


def test_letter_that_failed_waits_longer_each_time(clock: None, reader: User, settings: Settings) -> None:
    letter = write(reader)
    waited = []

    with refusing(settings, *[SMTPServerDisconnected("gone")] * 3):
        for _attempt in range(3):
            mail.deliver(letter.not_before)
            before, _ = letter.not_before, letter.refresh_from_db()
            waited.append(letter.not_before - before)

    assert waited == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert (letter.sent_at, letter.attempts, letter.failure) == (None, 3, "gone")


def test_letter_that_failed_is_sent_when_the_server_is_back(clock: None, reader: User, settings: Settings) -> None:
    write(reader)

    with refusing(settings, SMTPServerDisconnected("gone")):
        counts = [mail.deliver(NOW), mail.deliver(NOW), mail.deliver(NOW + MINUTE)]

    assert (counts, Letter.objects.get().failure) == ([0, 0, 1], "")


def test_refused_letter_does_not_hold_up_the_next(clock: None, reader: User, settings: Settings) -> None:
    write(reader, "First")
    write(reader, "Second")

    with refusing(settings, SMTPRecipientsRefused({})) as tried:
        count = mail.deliver(NOW)

    assert (count, tried, [message.subject for message in sent()]) == (1, ["First", "Second"], ["Second"])


def test_server_that_is_away_is_asked_once(clock: None, reader: User, settings: Settings) -> None:
    write(reader, "First")
    write(reader, "Second")

    with refusing(settings, ConnectionRefusedError("nobody there")) as tried:
        mail.deliver(NOW)

    assert tried == ["First"]


def test_letter_is_given_up_after_its_last_attempt(clock: None, reader: User) -> None:
    letter = write(reader)
    Letter.objects.filter(pk=letter.pk).update(attempts=mail.MOST_ATTEMPTS)

    assert mail.deliver(NOW) == 0


class Killed(BaseException):
    """As by `kill -9`: nothing of ours runs any more."""


@pytest.mark.parametrize("is_sent_first", [False, True])
def test_sender_that_dies_leaves_the_letter_to_the_next(
    clock: None, reader: User, settings: Settings, is_sent_first: bool
) -> None:
    letter = write(reader)
    with refusing(settings, Killed()), pytest.raises(Killed):
        mail.deliver(NOW)
    if is_sent_first:
        django_mail.outbox.append(mail._message(letter))

    counts = [mail.deliver(NOW + MINUTE), mail.deliver(NOW + mail.LEASE), mail.deliver(NOW + 3 * mail.LEASE)]

    assert counts == [0, 1, 0]
    assert len({message.extra_headers["Message-ID"] for message in sent()}) == 1
    assert len(sent()) == 1 + is_sent_first


def test_two_senders_never_take_the_same_letter(clock: None, reader: User) -> None:
    write(reader)
    one, other = mail.waiting(NOW).get(), mail.waiting(NOW).get()

    taken = [mail._take(one, NOW), mail._take(other, NOW)]

    assert taken == [True, False]


def test_delivery_takes_the_same_queries_for_each_letter(
    clock: None, reader: User, django_assert_num_queries: Any
) -> None:
    for _number in range(3):
        write(reader)

    with django_assert_num_queries(1 + 3 * 2):
        mail.deliver(NOW)


def test_command_says_what_it_sent(reader: User, capsys: pytest.CaptureFixture[str]) -> None:
    write(reader)

    call_command("send_letters")

    assert capsys.readouterr().out == "1 sent, 0 waiting\n"


def test_every_letter_has_a_template_that_prints_no_html(reader: User) -> None:
    names = ["approved", "assigned", "handed_in", "mentioned", "sent_back", "signed_off"]
    context = {"story": "A & B", "by": "C & D", "note": "E < F", "to": reader, "address": "http://testserver/?a&b"}

    texts = [engines["django"].get_template(f"mail/{name}.txt").render(dict(context)) for name in names]

    assert [("&amp;" in text or "&lt;" in text) for text in texts] == [False] * len(names)
    assert ["http://testserver/?a&b" in text for text in texts] == [True] * len(names)
