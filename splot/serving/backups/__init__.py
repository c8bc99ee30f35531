"""Backups: an installation as one file, and back."""
