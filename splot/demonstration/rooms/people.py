"""Accounts for every role, the authorities, and institutions."""

from splot.demonstration.accounts import ACCOUNTS
from splot.demonstration.municipality import DemoMunicipality, polish_text
from splot.people.actions import add_organisation, add_user, give_role, name_authorities
from splot.people.models import DEMONSTRATION_PASSWORD


def load(town: DemoMunicipality) -> None:
    _add_accounts(town)
    name_authorities(
        by=town.coordinator,
        municipality=town.municipality,
        executive_kind="prezydent",
        executive_name=town.executive,
        council_kind="rada_miasta",
        council_name=town.council,
    )
    organisations = town.known["organisations"] = {}
    for row in town.read("organisations.json"):
        organisations[row["id"]] = add_organisation(
            by=town.coordinator,
            municipality=town.municipality,
            name=polish_text(row["name"]),
            kind=row["kind"],
        )


def _add_accounts(town: DemoMunicipality) -> None:
    leaders = {row["leader"] for row in town.task_rows() if row["leader"]}
    for short, name, role in ACCOUNTS:
        if role == "leader" and short not in leaders:
            continue
        user = add_user(
            by=None,
            email=f"{short}@{town.slug}.example",
            name=name,
            password=DEMONSTRATION_PASSWORD,
            is_demonstration=True,
        )
        give_role(by=None, user=user, municipality=town.municipality, role=role)
        town.leaders[short] = user
    town.coordinator = town.leaders["coordinator"]
