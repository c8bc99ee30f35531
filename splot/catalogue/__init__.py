"""The model policy that Splot ships: aspects with their aims and activities, values, principles,
wordings.
"""
