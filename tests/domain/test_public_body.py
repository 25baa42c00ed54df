"""Names that people must look at before anything is switched on."""

from dataclasses import replace

import pytest

from relance.domain.public_body import is_collective, is_public
from tests.builders import a_debtor


@pytest.mark.parametrize(
    "name",
    [
        "MAIRIE DE SAINT-DENIS",
        "Commune de Vannes",
        "CHU de Nantes",
        "Centre hospitalier de Lens",
        "Région Bretagne",
        "Ministère des Armées",
        "Conseil départemental du Nord",
        "LYCEE JULES FERRY",
        "Communauté d'agglomération du Pays Basque",
        "City of Westminster",
    ],
)
def test_public_bodies_by_name(name: str) -> None:
    assert is_public(replace(a_debtor(), name=name))


@pytest.mark.parametrize(
    "name",
    [
        "Brasserie de la Mairie",
        "Garage de la Région",
        "Menuiserie Dupont SARL",
        "Ville et Jardins SARL",
        "Collegiale Conseil",
        "Villeneuve",
        "Hôpital Privé du Parc SAS",
    ],
)
def test_companies_by_name(name: str) -> None:
    assert not is_public(replace(a_debtor(), name=name))


def test_the_siren_of_a_public_body_starts_with_one_or_two() -> None:
    assert is_public(replace(a_debtor(), siren="213500386"))
    assert is_public(replace(a_debtor(), siren="110068012"))
    assert not is_public(replace(a_debtor(), siren="552100554"))


@pytest.mark.parametrize(
    "name",
    [
        "CLIENTS DIVERS",
        "Client divers",
        "DIVERS",
        "Clients de passage",
        "RECETTE CB",
        "Ventes au comptoir",
        "COMPTOIR",
        "Sundry customers",
        "One-time customers",
        "Particuliers",
    ],
)
def test_collective_accounts(name: str) -> None:
    assert is_collective(replace(a_debtor(), name=name))


@pytest.mark.parametrize(
    "name",
    ["Comptoir des Cotonniers", "Passage du Nord", "Cash Converters", "Clients SA", "Dupont"],
)
def test_customers_of_their_own(name: str) -> None:
    assert not is_collective(replace(a_debtor(), name=name))
