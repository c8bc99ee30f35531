"""What each room of a town of the demonstration is filled with: `load(town)`, in a module named as
the room. A room is filled after those below it.
"""
