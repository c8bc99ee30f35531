"""Types of values that have no class of their own."""

from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Words = StrOrPromise  # words, perhaps translated only when they are shown
else:
    Words = str | Promise

Json = dict[str, Any]  # an object as JSON has it: who reads it knows what is in it
Values = dict[str, Any]  # fields by their names, each with its own kind of value
