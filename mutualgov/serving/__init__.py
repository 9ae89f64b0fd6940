"""Serving: one foreground command that brings up pages, sockets and tasks, and takes all of it down again."""
