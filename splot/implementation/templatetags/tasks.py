"""A task as pages name it: its number and title, leading to its page."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from splot.core.templatetags.words import text
from splot.implementation.models import Task
from splot.policy.models import Policy

register = template.Library()


@register.simple_tag(takes_context=True)
def task_link(context: dict[str, Any], task: Task, policy: Policy) -> SafeString:
    """`{% task_link task policy %}`: a link to the page of a task of the page's municipality."""
    address = reverse("task", args=[context["municipality"].slug, policy.term, task.number])
    return format_html('<a href="{}">{}. {}</a>', address, task.number, text(task.title))
