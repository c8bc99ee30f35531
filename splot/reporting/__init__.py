"""Who is asked about which task, how they answer, and what reminds them: requests, drafts, digests,
links.
"""
