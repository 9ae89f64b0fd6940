"""Addresses that lead nowhere are answered in sentences."""

import pytest


@pytest.mark.django_db
def test_an_unknown_host_is_told_where_the_site_is(client, settings):
    settings.SITE_ADDRESS = "https://votes.example.org"

    page = client.get("/", headers={"host": "elsewhere.example.com"})

    assert page.status_code == 400
    assert "There is no site at this address" in page.text
    assert "“elsewhere.example.com”" in page.text
    assert 'href="https://votes.example.org"' in page.text


@pytest.mark.django_db
def test_an_unknown_host_puts_nothing_of_its_own_into_the_page(client):
    page = client.get("/", headers={"host": "<script>alert(1)</script>"})

    assert page.status_code == 400
    assert "<script>alert" not in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nobodys-mutual/roles/", "/UPPER/", "/start/nowhere/at/all/"])
def test_an_address_that_is_not_there_says_so(client, address, secretary):
    client.force_login(secretary)

    page = client.get(address)

    assert page.status_code == 404
    assert "Page not found" in page.text
