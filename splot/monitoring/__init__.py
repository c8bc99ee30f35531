"""How it went: the annual report with its assessment and corrective proposals."""
