"""References of a document to its own provisions: where they lead, and how they follow a renumbering."""

from splot.documents.references.mending import Mended, Renumbering, mend
from splot.documents.references.resolving import Reference, references

__all__ = ["Mended", "Reference", "Renumbering", "mend", "references"]
