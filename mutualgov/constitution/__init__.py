"""The constitution: what a mutual's rules say, read from one document and asked by every room.

``document`` reads YAML into the ten nouns; ``compiler`` lays law, template, constitution, agreement and standing
orders on each other into a ``Rulebook``; ``semantics`` answers questions from it over plain values; ``explain`` and
``diagram`` put it into words and lines for members. None of these knows the database. ``models``, ``queries`` and
``actions`` keep the versions that a mutual has adopted.
"""
