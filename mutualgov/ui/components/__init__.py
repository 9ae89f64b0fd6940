"""Components by what they are for; ``mutualgov.ui.templatetags.ui`` registers them all."""
