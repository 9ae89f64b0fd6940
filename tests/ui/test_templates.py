"""A sweep over every template there is: it loads, and nothing in it runs or dresses itself."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client

FOLDER: Path = settings.BASE_DIR / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
# Letters are read in mail programs, which know no style sheets of ours.
PAGES = [name for name in TEMPLATES if not name.startswith("emails/")]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_loads(name):
    get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_no_style_stands_in_a_page(name):
    source = (FOLDER / name).read_text()

    assert re.findall(r"<style|\sstyle\s*=", source) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_script_stands_in_a_page(name):
    source = (FOLDER / name).read_text()

    scripts = re.findall(r"<script\b([^>]*(?:{%[^%]*%}[^>]*)*)>(.*?)</script>", source, re.DOTALL)

    assert [words for words, body in scripts if body.strip() and 'type="application/json"' not in words] == []
    assert re.findall(r"\son[a-z]+\s*=\s*[\"']|javascript:", source) == []


def test_the_sweep_has_templates_to_look_at():
    assert len(PAGES) > 60


@pytest.mark.django_db
def test_pages_forbid_scripts_and_styles_of_their_own():
    policy = Client().get("/accounts/login/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
