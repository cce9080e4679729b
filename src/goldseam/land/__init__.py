"""The sixth part of a repair that touches the owner's files, and the only one.

In: original and repaired snapshots and a confirming oracle. Out: nothing, or a `LandingError` with every
file as it was.
"""
