"""How forms become HTML: our own templates for the form, its fields and every widget."""

from django.forms.renderers import TemplatesSetting


class KitRenderer(TemplatesSetting):
    """``{{ form }}`` is a whole form: error summary, labels, hints, errors, fieldsets.

    A form may name one field as ``heading_field``: its label is then the heading of the page. A page that has already
    shown the errors of a form at its top says so with ``form.errors_shown``; the layouts do.
    """

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
