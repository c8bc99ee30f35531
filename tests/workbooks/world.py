"""Rows for the addresses of workbooks: one issued and returned, one uploaded."""

from splot.documents.intake.archives import IncomingFile
from splot.workbooks.actions.uploads import start_upload
from splot.workbooks.actions.workbooks import issue_workbooks, merge_workbook
from splot.workbooks.write import workbook_xlsx
from tests.workbooks.factories import read
from tests.world import Addresses, Town


def addresses(town: Town) -> Addresses:
    (issued,) = issue_workbooks(by=None, policy=town.policy, period="2023")
    returned = merge_workbook(by=None, policy=town.policy, file=read(workbook_xlsx(issued)))
    files = [IncomingFile("arkusz.xlsx", b"x")]
    upload = start_upload(by=None, policy=town.policy, files=files)
    return (
        town.in_policy("workbooks", "make_workbooks", "upload_workbooks")
        | town.in_policy("workbook_file", number=issued.pk)
        | town.in_policy("workbook_upload", number=upload.pk)
        | town.in_policy("returned_workbook", number=returned.pk)
    )
