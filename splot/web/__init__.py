"""Home, desk and navigation: reads every room, owns no data."""
