"""Reads of the audit trail."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Min, QuerySet

from .models import AuditEntry


def audit_trail_of(scope: str, *, confidential: bool = False) -> QuerySet[AuditEntry]:
    """What happened in a scope, the newest first; what is confidential only when asked for."""
    entries = AuditEntry.objects.filter(scope=scope, is_confidential=confidential)
    return entries.select_related("by").order_by("-pk")


def first_recorded_at(model: str, keys: Collection[int]) -> dict[int, datetime]:
    """{key: the moment of the first line of the trail} for rows of a model ("indicators.target"),
    in one query.
    """
    entries = AuditEntry.objects.filter(model=model, object_id__in=keys).order_by()
    firsts = entries.values("object_id").annotate(first=Min("at"))
    return dict(firsts.values_list("object_id", "first"))
