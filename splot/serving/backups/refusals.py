"""What stands in the way of a backup, in sentences for the operator."""


class BackupRefused(Exception):
    """Nothing was written, and nothing was replaced; the message says why and what to do."""
