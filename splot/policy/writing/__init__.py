"""What the actions of a policy write with: steps that can be undone, rows, frozen texts. All of it
runs inside an action.
"""
