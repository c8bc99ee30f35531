"""What changed: one table of what the rooms say has happened, as a page and as a feed."""
