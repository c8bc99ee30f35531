"""The health of the table: what a row lacks, what is past, what leads nowhere."""

from .findings import InstitutionFindings, TableFinding, count_by_institution, table_findings
from .kinds import FINDING_KINDS

__all__ = [
    "FINDING_KINDS",
    "InstitutionFindings",
    "TableFinding",
    "count_by_institution",
    "table_findings",
]
