"""Types of values that have no class of their own."""

from typing import Any

Json = dict[str, Any]  # an object as JSON has it: who reads it knows what is in it
Values = dict[str, Any]  # fields by their names, each with its own kind of value
