"""References of a document to its own provisions: where they lead, and how they follow a
renumbering.
"""

from splot.documents.references.renumbering import RenumberedText, Renumbering, renumber_references
from splot.documents.references.resolving import Reference, find_references

__all__ = ["Reference", "RenumberedText", "Renumbering", "find_references", "renumber_references"]
