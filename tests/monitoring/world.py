"""Rows for the addresses of annual reports: a draft with a proposal."""

from splot.monitoring.actions import add_proposal, start_review
from tests import factories
from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    review = start_review(by=None, policy=town.policy, year=2023)
    proposal = add_proposal(by=None, review=review, text=factories.text("Dodać kursy"))
    of_report = (
        "annual_report",
        "annual_report_pdf",
        "annual_report_json",
        "edit_annual_report",
        "publish_annual_report",
    )
    of_proposal = ("edit_proposal", "withdraw_proposal", "decide_proposal")
    return (
        town.in_policy("annual_reports", "start_annual_report")
        | town.in_policy(*of_report, "add_proposal", year=review.year)
        | town.in_policy(*of_proposal, year=review.year, number=proposal.number)
    )
