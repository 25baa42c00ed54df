"""A policy that is no YAML, or no fields, is refused with what to write, in both languages."""

import pytest

from relance.adapters.config_files.policy_yaml import Surroundings, read_policy
from relance.adapters.config_files.problems import ConfigRefused
from relance.adapters.messages.import_messages import import_sentence
from tests.builders import SHIPPED

AROUND = Surroundings(shipped=SHIPPED.names())


@pytest.mark.parametrize(
    ("text", "line", "english", "french"),
    [
        ("name: x\n\tsteps: []\n", 2, "spaces instead of the tab", "des espaces au lieu"),
        ("name: x\nsteps: [a, b\nlast: 1\n", 2, "the bracket that closes", "le crochet"),
        ("name: 'x\nsteps: []\n", 1, "the quote that closes", "le guillemet qui ferme"),
        ("name: l'x: y\n", 1, "holds a colon", "contient deux-points"),
        ("name: x\nsteps\n", 2, "with a colon", "avec deux-points"),
        ("name: x\nsteps:\n    - key: a\n  level: b\n", 4, "the indent of", "en retrait comme"),
        ("name: 'x' y\n", 1, "between double quotes", "entre guillemets doubles"),
        ("name: @x\n", 1, "between double quotes", "entre guillemets doubles"),
        ("name: x]\nsteps: ]\n", 2, "remove this one", "retirez celui-ci"),
        ('name: "C:\\d"\n', 1, "without its backslash", "sans sa barre oblique"),
        ("name: x\n---\nname: y\n", 2, "no line ---", "sans ligne ---"),
        ("name: !a!b x\n", 1, "without !, & or *", "sans !, & ni *"),
        ("name: x\nsteps: \x00\n", 2, "plain text", "texte simple"),
        ("name: |x\n y\n", 1, "key: value lines", "des lignes champ: valeur"),
        ("", 1, "one that is shipped: firm, gentle, public-sector, standard", "fournies : firm"),
        ("- a\n- b\n", 1, "one that is shipped: firm", "fournies : firm, gentle"),
    ],
)
def test_what_is_no_yaml_is_told_in_both_languages(
    text: str, line: int, english: str, french: str
) -> None:
    with pytest.raises(ConfigRefused) as caught:
        read_policy(text.encode(), name="policy.yaml", surroundings=AROUND)
    (problem,) = caught.value.problems
    said = {
        language: import_sentence(problem.code, language, problem.detail("policy.yaml"))
        for language in ("fr", "en")
    }
    assert problem.line == line
    assert f"Line {line}: the file cannot be read; write " in said["en"]
    assert english in said["en"]
    assert f"Ligne {line} : le fichier ne se lit pas ; écrivez " in said["fr"]
    assert french in said["fr"]
