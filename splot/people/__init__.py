"""Who: users, municipalities, organisations, memberships and their roles; and the door of every
page.
"""
