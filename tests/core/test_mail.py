"""Mail goes out once, or is seen to have failed: with a real mail server, two workers, and one that
is killed.
"""

import os
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from splot.core.actions import NotAudited, Refused, action, record
from splot.core.mail import (
    INTERRUPTED,
    LOST_AFTER,
    MAX_ATTEMPTS,
    MailContent,
    MailItem,
    deliver_message,
    describe_failure,
    queue_mail,
    requeue_lost_messages,
    resend_message,
)
from splot.core.models import Message
from splot.people.models import Municipality
from tests.core.mail_server import mail_server

ROOT = Path(__file__).resolve().parent.parent.parent
LETTER = {
    "scope": "poznan",
    "language": "pl",
    "subject": "Zadanie",
    "text": "Słowo.\n",
    "html": "<p>Słowo.</p>",
}


@action
def posted(*, town: Municipality, key: str = "a", **values: str) -> Message | None:
    record(by=None, verb="letter.posted", of=town)
    return queue_mail(key=key, **{**LETTER, "to": "person@poznan.example", **values})


@action
def posted_and_failed(*, town: Municipality) -> None:
    posted(town=town)
    raise RuntimeError("afterwards")


@pytest.mark.django_db
def test_a_letter_is_handed_over_whole_and_its_words_are_wiped(town: Municipality) -> None:
    message = posted(town=town)
    with mail_server() as server:
        assert deliver_message.call(message.pk) == "sent"
    (mail,) = server.taken
    assert (mail["Subject"], mail["To"]) == ("Zadanie", "person@poznan.example")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().strip() == "Słowo."
    assert "<p>Słowo.</p>" in mail.get_body(("html",)).get_content()
    message.refresh_from_db()
    assert (message.status, message.text, message.html, message.error) == ("sent", "", "", "")
    assert message.sent_at is not None


@pytest.mark.django_db
def test_the_same_matter_is_posted_once(town: Municipality) -> None:
    assert posted(town=town) is not None
    assert posted(town=town, subject="Inaczej") is None
    assert Message.objects.get().subject == "Zadanie"
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_no_letter_without_what_it_tells_of(town: Municipality) -> None:
    with pytest.raises(RuntimeError):
        posted_and_failed(town=town)
    assert not Message.objects.exists()
    assert not DBTaskResult.objects.exists()
    with pytest.raises(NotAudited):
        queue_mail(key="b", to="person@poznan.example", **LETTER)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_send_it_once(town: Municipality) -> None:
    message = posted(town=town)
    answers: list[str] = []

    def work() -> None:
        answers.append(deliver_message.call(message.pk))
        connections.close_all()

    with mail_server(pause=0.3) as server:
        workers = [threading.Thread(target=work) for __ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert deliver_message.call(message.pk) == ""  # nor later
    assert sorted(answers) == ["", "", "", "sent"]
    assert len(server.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_with_the_mail_in_its_hands_sends_it_no_second_time(
    town: Municipality,
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the worker of this test opens the database as a file")
    message = posted(town=town)
    with mail_server("waits") as server:
        call = f"from splot.core.mail import deliver_message; deliver_message.call({message.pk})"
        command = f"import django; django.setup(); {call}"
        surroundings = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "SPLOT_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
        }
        worker = subprocess.Popen([sys.executable, "-c", command], cwd=ROOT, env=surroundings)
        for __ in range(1200):
            if server.taken:
                break
            time.sleep(0.1)
        worker.kill()
        worker.wait()
        assert len(server.taken) == 1
    with mail_server() as second:
        assert deliver_message.call(message.pk) == ""
    assert second.taken == []
    message.refresh_from_db()
    assert (message.status, message.error) == ("failed", INTERRUPTED)
    with override("en"):
        assert "Perhaps it arrived" in describe_failure(message)


@pytest.mark.django_db
def test_a_server_that_hangs_up_is_not_asked_again_and_a_person_decides(town: Municipality) -> None:
    message = posted(town=town)
    with mail_server("hangs up") as server, pytest.raises(OSError):
        deliver_message.call(message.pk)
    assert len(server.taken) == 1
    before = server.taken[0]["Message-ID"]
    with mail_server() as server:
        assert deliver_message.call(message.pk) == ""
        resend_message(by=None, message=message)
        assert deliver_message.call(message.pk) == "sent"
    assert server.taken[0]["Message-ID"] == before  # a mailbox that has it shows it once
    with pytest.raises(Refused):
        resend_message(by=None, message=message)


@pytest.mark.django_db
def test_a_refusal_is_tried_five_times_with_growing_pauses_and_then_shown(
    town: Municipality,
) -> None:
    message = posted(town=town)
    with mail_server("refuses"):
        said = [deliver_message.call(message.pk) for __ in range(MAX_ATTEMPTS)]
        assert deliver_message.call(message.pk) == ""
    assert said == ["waiting"] * 4 + ["failed"]
    message.refresh_from_db()
    assert (message.status, message.attempts) == ("failed", 5)
    assert "not now" in message.error
    planned = DBTaskResult.objects.order_by("run_after").exclude(
        run_after__gt=timezone.now() + LOST_AFTER
    )
    times = [each.run_after for each in planned]
    assert len(times) == 4
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    assert gaps == sorted(gaps)


@pytest.mark.django_db
def test_a_server_that_is_away_delays_the_letter_and_nothing_more(town: Municipality) -> None:
    message = posted(town=town)
    with mail_server() as server:
        server.close()
        assert deliver_message.call(message.pk) == "waiting"
    with mail_server() as server:
        assert deliver_message.call(message.pk) == "sent"
    assert len(server.taken) == 1


@pytest.mark.django_db
def test_a_letter_that_nobody_came_for_is_found(town: Municipality) -> None:
    message = posted(town=town)
    DBTaskResult.objects.all().delete()  # its worker was killed before it had claimed it
    assert requeue_lost_messages() == 0
    Message.objects.update(made_at=timezone.now() - LOST_AFTER)
    assert requeue_lost_messages() == 1
    with mail_server() as server:
        deliver_message.call(message.pk)
    assert len(server.taken) == 1
    assert requeue_lost_messages() == 0


HOSTILE = [
    "a@poznan.example\nBcc: all@evil.example",
    "a@poznan.example, b@evil.example",
    "",
    "no address",
    " a@b.pl",
]


@pytest.mark.django_db
@pytest.mark.parametrize("to", HOSTILE)
def test_what_is_no_address_gets_no_mail_and_stops_no_other(town: Municipality, to: str) -> None:
    message = posted(town=town, to=to)
    with mail_server() as server:
        assert deliver_message.call(message.pk) == ""
    assert server.taken == []
    assert message.status == "failed"
    with override("en"):
        assert describe_failure(message) == "This is not an e-mail address."
    with pytest.raises(Refused):
        resend_message(by=None, message=message)


@pytest.mark.django_db
def test_a_subject_makes_no_header_of_its_own(town: Municipality) -> None:
    message = posted(town=town, subject="Zadanie\r\nBcc: all@evil.example\n\n<b>")
    with mail_server() as server:
        deliver_message.call(message.pk)
    (mail,) = server.taken
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Zadanie Bcc: all@evil.example <b>"


def test_letters_say_the_same_as_text_and_as_html_and_escape_what_people_wrote() -> None:
    line = MailItem("12. Kursy <b>języka</b>", "https://splot.example/pl/", ("Spóźnione.",))
    letter = MailContent(
        "Temat",
        "Początek.",
        "Poznań",
        (line,),
        ("Powiedz", "https://splot.example/r/x/"),
        why="Bo tak.",
    )
    with override("pl"):
        text, html = letter.text, letter.html
    assert "12. Kursy <b>języka</b>" in text
    assert "<bdi>12. Kursy &lt;b&gt;języka&lt;/b&gt;</bdi>" in html
    for words in ("Spóźnione.", "https://splot.example/r/x/", "Bo tak.", "Poznań"):
        assert words in text
        assert words in html
    assert 'lang="pl" dir="ltr"' in html
    assert "style" not in html
    with override("ar"):
        assert 'dir="rtl"' in letter.html


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl", "password"),
    [
        ("smtp://splot:p%40ss@mail.example:2525", "mail.example", 2525, True, False, "p@ss"),
        ("smtps://splot:x@mail.example", "mail.example", 465, False, True, "x"),
        ("smtp://127.0.0.1:25", "127.0.0.1", 25, False, False, ""),
        ("", "", 587, False, False, ""),
    ],
)
def test_the_mail_server_comes_from_one_setting(url, host, port, tls, ssl, password) -> None:
    found = fresh_settings(url)
    assert found == f"{host} {port} {tls} {ssl} {password} {'smtp' if host else 'console'}"


def test_a_setting_that_is_no_mail_server_is_refused_at_the_start() -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        fresh_settings("mail.example")
    assert ImproperlyConfigured.__name__ in refused.value.stderr


def fresh_settings(url: str) -> str:
    names = ("HOST", "PORT", "USE_TLS", "USE_SSL", "HOST_PASSWORD")
    show = ", ".join(f"settings.EMAIL_{name}" for name in names)
    command = f"from config import settings; print({show}, settings.EMAIL_BACKEND.split('.')[-2])"
    surroundings = {**os.environ, "SPLOT_SMTP_URL": url, "SPLOT_DATA": str(settings.DATA_DIR)}
    done = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env=surroundings,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.rstrip("\n")
