"""Two illustrative municipalities, made through the same actions that people use."""

from .loading import PASSWORD, load_demonstration

__all__ = ["PASSWORD", "load_demonstration"]
