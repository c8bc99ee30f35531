"""Rows for tests, made through the actions that people use."""

from datetime import date
from functools import cache
from itertools import count
from typing import Any

from splot.core.languages import Text
from splot.documents.readers import read_document
from splot.documents.tree import Document
from splot.implementation.actions.plans import start_plan
from splot.implementation.actions.status_updates import report_progress
from splot.implementation.actions.tasks import add_task
from splot.implementation.models import StatusUpdate, Task
from splot.people.actions import add_organisation, add_user, give_role, open_municipality
from splot.people.models import Municipality, Organisation, User
from splot.policy.actions.act_imports import apply_act_import, start_act_import
from splot.policy.models import Policy

NEXT = count(1)
PASSWORD = "long-enough-1"
TERYT = {"poznan": "3064011", "lublin": "0663011"}

ACT = """UCHWAŁA NR I/1/2023
RADY MIASTA
z dnia 7 lutego 2023 r.
w sprawie przyjęcia „Polityki integracji na lata 2023-2024”

§ 1. Polityka służy wszystkim mieszkańcom.
§ 2. Celami polityki są:
1) w zakresie edukacji: dobra szkoła dla każdego ucznia;
2) w zakresie pracy: godna praca i uczciwe warunki dla pracowników.
§ 3. 1. Dobra szkoła dla każdego ucznia wymaga:
1) uczenia języka polskiego;
2) szkolenia nauczycieli.
2. Godna praca i uczciwe warunki wymagają:
1) poradnictwa dla pracowników;
2) informacji dla pracodawców.
§ 4. Instytucjami realizującymi politykę są:
1) wydziały urzędu;
2) jednostki miejskie.
§ 5. Miasto realizuje politykę we współpracy z organizacjami pozarządowymi.
§ 6. 1. Zespół monitorujący:
1) ustala harmonogram;
2) ocenia postępy raz w roku.
2. Prezydent składa Radzie Miasta coroczne sprawozdanie z monitoringu.
§ 7. Uchwała wchodzi w życie z dniem podjęcia.
"""


def text(polish: str, **translations: str) -> Text:
    return Text.of("pl", {"pl": polish, **translations})


def municipality(slug: str = "poznan") -> Municipality:
    return open_municipality(by=None, name=text(slug.title()), slug=slug, teryt=TERYT[slug])


def user(town: Municipality, role: str, **values: Any) -> User:
    email = f"{role}-{next(NEXT)}@{town.slug}.example"
    person = add_user(by=None, email=email, name=f"{role} {town.slug}", password=PASSWORD, **values)
    give_role(by=None, user=person, municipality=town, role=role)
    return person


def organisation(
    town: Municipality, name: str = "Wydział Oświaty", kind: str = "municipal_unit"
) -> Organisation:
    return add_organisation(by=None, municipality=town, name=text(name), kind=kind)


@cache  # a thousand tests begin with the same act, which nothing changes
def act_document(act: str) -> Document:
    return read_document(act.encode(), "uchwala.txt")


def act_import(town: Municipality, act: str = ACT) -> Any:
    return start_act_import(
        by=None,
        municipality=town,
        document=act_document(act),
        file_name="uchwala.txt",
        language="pl",
    )


def policy(
    town: Municipality, *, status: str = "in_force", term: tuple[int, int] = (2023, 2024)
) -> Policy:
    return apply_act_import(
        by=None, act_import=act_import(town), term=term, title="Polityka integracji", status=status
    )


def task(policy: Policy, activity: str | None = None, **values: Any) -> Task:
    """A task for an activity (by its address, the first one by default), with a plan if there is
    none.
    """
    plan = policy.plans.first() or start_plan(
        by=None, policy=policy, starts=policy.starts, ends=policy.ends
    )
    activities = policy.activities.all()
    chosen = activities.get(slug=activity) if activity else activities.first()
    values = {
        "title": text("Kurs języka polskiego"),
        "timing": Task.Timing.YEARLY,
        "entered_on": date(policy.starts, 1, 1),
        **values,
    }
    return add_task(by=None, plan=plan, activities=values.pop("activities", [chosen]), **values)


def update(
    task: Task, status: str = "on_time", period: str = "2023", **values: Any
) -> StatusUpdate:
    values = {"narrative": text("Zajęcia trwają."), "said_on": date(2024, 1, 15), **values}
    return report_progress(
        by=values.pop("by", None), task=task, period=period, status=status, **values
    )
