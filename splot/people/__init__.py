"""Who: users, municipalities, organisations, memberships and their roles; and the door of every
page.

permissions.py  what each role may: the table that rules ask
door.py         what a page declares, asked at each request
link_door.py    what pages that open by a personal link have in common
links.py        personal links: their tokens, and whether they are open
account_links.py    secret addresses that set a password or confirm an e-mail address
second_factors.py   codes of an app, passkeys, recovery codes; second_step.py asks for them
signing_in.py       what happens around a sign-in
throttle.py     how often something was tried of late
"""
