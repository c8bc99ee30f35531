"""Reads of the audit trail."""

from django.db.models import QuerySet

from .models import AuditEntry


def audit_trail_of(scope: str, *, confidential: bool = False) -> QuerySet[AuditEntry]:
    """What happened in a scope, the newest first; what is confidential only when asked for."""
    entries = AuditEntry.objects.filter(scope=scope, is_confidential=confidential)
    return entries.select_related("by").order_by("-pk")
