"""A small Django site with Splot's middlewares, behind the page cache; made to be served by
granian.

CITY_DATABASE is the path of its SQLite file. `python small_site.py` makes the tables and one
account.
"""

import os
import time

import django
from csp.constants import NONE
from django.conf import settings

settings.configure(
    SECRET_KEY="only for tests",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["CITY_DATABASE"],
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL;",
            },
        }
    },
    INSTALLED_APPS=[
        f"django.contrib.{app}" for app in ("auth", "contenttypes", "sessions", "messages")
    ],
    MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
    CONTENT_SECURITY_POLICY={"DIRECTIVES": {"default-src": [NONE]}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "csp.middleware.CSPMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    USE_TZ=True,
)
django.setup()

from django.contrib import messages  # noqa: E402
from django.contrib.auth import authenticate, login  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.shortcuts import redirect  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

from splot.core.pagecache import PageCache  # noqa: E402

PAGE = engines["django"].from_string(
    "<p>{{ note }}</p><p>{{ who }}</p>{% for message in messages %}<b>{{ message }}</b>{% endfor %}"
    + "<p>policy</p>" * 100
)
FORM = engines["django"].from_string("<form>{% csrf_token %}</form>")


def public(request, response, scope="poznan"):
    if request.user.is_authenticated:
        response["Cache-Control"] = "private, no-store"
    else:
        response["X-Splot-Cache"], response["X-Splot-Query"] = scope, "page"
    return response


def page(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM note")
        note = cursor.fetchone()[0]
    who = f"signed in as {request.user}" if request.user.is_authenticated else "a reader"
    words = {"note": note, "who": who, "messages": messages.get_messages(request)}
    made_at = str(time.time_ns())  # not in the body: both workers make the same one
    return public(
        request, HttpResponse(PAGE.render(words, request), headers={"X-Made-At": made_at})
    )


def form(request):
    return public(request, HttpResponse(FORM.render({}, request)))


@csrf_exempt
def write(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE note SET text = %s", [request.POST["text"]])
        cursor.execute("UPDATE core_revision SET number = number + 1 WHERE scope IN ('', 'poznan')")
    return HttpResponse("written")


@csrf_exempt
def sign_in(request):
    login(request, authenticate(request, username="coordinator", password="only for tests"))
    return redirect("/pl/poznan/")


@csrf_exempt
def thank(request):
    messages.success(request, "Thank you, we have your remark.")
    return redirect("/pl/poznan/")


urlpatterns = [
    path("pl/poznan/", page),
    path("pl/poznan/form/", form),
    path("write/", write),
    path("sign-in/", sign_in),
    path("thank/", thank),
]
application = PageCache(get_wsgi_application())

if __name__ == "__main__":
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    User.objects.create_user("coordinator", password="only for tests")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE core_revision (id INTEGER PRIMARY KEY, scope VARCHAR(100), number BIGINT)"
        )
        cursor.execute("INSERT INTO core_revision (scope, number) VALUES ('', 0), ('poznan', 0)")
        cursor.execute("CREATE TABLE note (text TEXT)")
        cursor.execute("INSERT INTO note VALUES ('first')")
