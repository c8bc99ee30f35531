"""Annual reports: one published, one that is being written."""

from splot.demonstration.municipality import DemoMunicipality, noon_of, polish_text
from splot.monitoring.actions import (
    add_proposal,
    decide_proposal,
    publish_review,
    start_review,
    write_assessment,
)


def load(town: DemoMunicipality) -> None:
    for row in town.read("reports.json"):
        review = start_review(by=town.coordinator, policy=town.policy, year=row["year"])
        review = write_assessment(
            by=town.coordinator,
            review=review,
            version=review.version,
            assessment=polish_text(row["assessment"]),
        )
        for each in row["proposals"]:
            about = each["about"] or {}
            proposal = add_proposal(
                by=town.coordinator,
                review=review,
                text=polish_text(each["text"]),
                activity=town.known["activities"].get(about.get("activity")),
                task=town.known["tasks"].get(about.get("task")),
            )
            if each["disposition"] != "awaiting":
                decide_proposal(
                    by=town.coordinator,
                    proposal=proposal,
                    version=proposal.version,
                    disposition=each["disposition"],
                    reason=polish_text(each["reason"]),
                )
        if row["published"]:
            publish_review(
                by=town.coordinator,
                review=review,
                version=review.version,
                at=noon_of(row["published"]),
            )
