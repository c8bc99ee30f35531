"""References of a document to its own provisions: where they lead, and how they follow a renumbering."""

from splot.documents.referring.mending import Mended, Renumbering, mend
from splot.documents.referring.resolving import Reference, references

__all__ = ["Mended", "Reference", "Renumbering", "mend", "references"]
