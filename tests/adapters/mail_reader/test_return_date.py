"""Return dates, from Monday 23 November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.mail_reader import read_mail
from relance.adapters.mail_reader.return_date import read_return_date
from tests.adapters.mail_reader.mails import mail

MONDAY = date(2026, 11, 23)
ABSENCES = [
    ("Je suis absent jusqu'au 27 novembre inclus.", "2026-11-30"),
    ("Je suis en congés du 24 décembre au 1er janvier inclus.", "2027-01-04"),
    ("Absent du lundi 23/11 au vendredi 27/11/2026. En cas d'urgence, le standard.", "2026-11-30"),
    ("Absente du 23 au 27.", "2026-11-30"),
    ("Je suis absente jusqu'à vendredi.", "2026-11-30"),
    ("Je suis en congé jusqu'au 15.", "2026-12-16"),
    ("En déplacement jusqu'à fin novembre.", "2026-12-01"),
    ("Fermeture annuelle du 24/12/2026 au 03/01/2027.", "2027-01-04"),
    ("Je serai de retour le lundi 30 novembre 2026.", "2026-11-30"),
    ("Actuellement en congé, je serai de retour au bureau le 7 décembre.", "2026-12-07"),
    ("De retour le samedi 5 décembre.", "2026-12-05"),
    ("De retour lundi prochain.", "2026-11-30"),
    ("Absent ce jour, de retour demain.", "2026-11-24"),
    ("Notre société est fermée. Réouverture le 04/01/2027.", "2027-01-04"),
    ("Je ne pourrai vous répondre pas avant le 2 décembre.", "2026-12-02"),
    ("Je serai joignable à partir du jeudi 26 novembre.", "2026-11-26"),
    ("En congés à partir du 20 décembre et jusqu'au 3 janvier.", "2027-01-04"),
    ("Je reprendrai mes fonctions le 1er décembre.", "2026-12-01"),
    ("I am out of the office until Monday, December 7th. For urgent matters, call.", "2026-12-07"),
    ("I am away from 23 November to 4 December with no access.", "2026-12-07"),
    ("On leave from Monday 23rd November until Friday 27th November 2026.", "2026-11-27"),
    ("I will be back on 12/25/2026.", "2026-12-25"),
    ("Our office is closed. We reopen on January 4, 2027.", "2027-01-04"),
    ("returning 2026-12-01", "2026-12-01"),
    ("Ich bin bis zum 4. Dezember nicht im Büro.", "2026-12-07"),
    ("De retour début janvier.", "2027-01-05"),
    ("De retour mi-décembre.", "2026-12-15"),
    ("De retour semaine 49.", "2026-12-04"),
    ("De retour début de semaine prochaine.", "2026-11-30"),
    ("De retour la semaine prochaine.", "2026-12-04"),
    ("De retour mardi en huit.", "2026-12-01"),
    ("De retour le 5 janvier.", "2027-01-05"),
    ("Je ne fais plus partie de la société.", None),
    ("Je suis absent. Contactez Mme Durand au 01 02 03 04 05.", None),
    ("De retour le 31/02/2027.", None),
]


@pytest.mark.parametrize(("text", "expected"), ABSENCES)
def test_return_dates(text: str, expected: str | None) -> None:
    found = read_return_date(text, MONDAY)
    assert (found and found.isoformat()) == expected


def test_without_a_date_header_there_is_no_reference() -> None:
    assert read_return_date("De retour demain.", None) is None


def test_only_an_absence_has_a_return_date() -> None:
    text = "Je serai de retour le 7 décembre."
    away = read_mail(mail(text, Auto_Submitted="auto-replied"))
    assert away.return_date == date(2026, 12, 7)
    assert read_mail(mail(text)).return_date is None


@given(st.text(max_size=300), st.dates())
def test_any_text_is_read(text: str, sent_on: date) -> None:
    for start in ("jusqu'au ", "de retour le ", ""):
        read_return_date(start + text, sent_on)
