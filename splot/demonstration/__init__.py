"""Two illustrative municipalities, made through the same actions that people use."""

from .loading import load_demonstration

__all__ = ["load_demonstration"]
