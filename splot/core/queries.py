"""Reads of the audit trail."""

from django.db.models import QuerySet

from .models import AuditEntry


def audit_trail_of(scope: str) -> QuerySet[AuditEntry]:
    """Everything that happened in a scope, the newest first."""
    return AuditEntry.objects.filter(scope=scope).select_related("by").order_by("-pk")
