"""Who: users, municipalities, organisations, memberships and their roles; and the door of every
page.

permissions.py  what each role may: the table that rules ask
door.py         what a page declares, asked at each request
link_door.py    what pages that open by a personal link have in common
links.py        personal links: their tokens, and whether they are open
throttle.py     how often something was tried of late
"""
