"""What can be found: one table of what the rooms offer, each entry for everybody or for whom it is
meant.
"""
