"""The staff feed: a file from payroll becomes a proposed batch, and nothing reaches the register until it is approved.

``files`` reads bytes into rows, ``columns`` finds out which column is which, ``values`` reads cells, ``people`` makes
one person of several rows, ``compare`` holds the people of the file against those of the register. None of these knows
the database. ``known`` and ``actions`` do: propose, decide, approve, discard.
"""
