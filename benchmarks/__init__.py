"""Benchmarks: one module each, with a ``main()`` that measures and prints. ``./mg bench [NAME...]`` runs them."""
