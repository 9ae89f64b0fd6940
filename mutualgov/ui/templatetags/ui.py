"""Every component, as template tags. They are builtins: no page needs ``{% load ui %}``.

All arguments are keyword-only, so a misspelt one is an error when the template loads. ``/kit/`` shows each component in
each state; the functions in ``mutualgov/ui/components/`` say what it is for.

What the layouts (``mutual.html``, ``plain.html``, ``question.html``) read from the context, each optional:

request.mutual      the mutual the page belongs to: its name, its key for links and for its colours
navigation          its sections, as (label, url, is_current)
signed_in_roles     roles of this login here, as words
other_mutuals       other mutuals this login may enter, as (name, url)
form, forms         their errors head the page, and "Error: " its title
refusal             an anticipated no: said at the top of the page with its rule
demonstration       whether all data are invented; a ribbon says so
messages            Django's messages, as notifications

Their blocks: ``title`` (plain words; the browser's title and the page's h1), ``caption``, ``lede``, ``trail``,
``page_actions``, ``content``, ``aside``, ``main_class``, ``scripts``; ``heading`` replaces the whole h1.
"""

from mutualgov.ui.components import boxes, charts, doing, facts, forms, people, tables, ways, words
from mutualgov.ui.components.library import register

__all__ = ["boxes", "charts", "doing", "facts", "forms", "people", "register", "tables", "ways", "words"]
