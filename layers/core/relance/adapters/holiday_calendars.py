"""Public holidays by region, from the `holidays` library."""

from datetime import date
from functools import cache

from relance.domain.errors import RelanceError
from relance.domain.working_days import WorkingCalendar

FIRST_YEAR, LAST_YEAR = 2020, 2035
_NAMES = {
    "67": "6AE",
    "68": "6AE",
    "975": "PM",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
"""People name a department or a community by its number; the library knows Alsace as one region,
and the overseas communities by their ISO code.
"""


class HolidayCalendars:
    """Regions are ISO codes: "FR", "FR-57" (Moselle), "FR-974" (La Réunion), "BE"…"""

    def of(self, region: str) -> WorkingCalendar:
        """Raises RelanceError for a region that nobody knows."""
        return WorkingCalendar(_holidays(region))

    def knows(self, region: str) -> bool:
        try:
            _holidays(region)
        except RelanceError:
            return False
        return True


@cache
def _holidays(region: str) -> frozenset[date]:
    # Imported here: it costs a quarter of a second, and most functions never ask.
    import holidays

    country, _, subdivision = region.partition("-")
    wanted = _NAMES.get(subdivision, subdivision) if country == "FR" else subdivision
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    try:
        found = holidays.country_holidays(
            country, subdiv=None if _is_plain(country, wanted) else wanted, years=years
        )
    except NotImplementedError as error:
        raise RelanceError("unknown-holiday-region", {"region": region}) from error
    return frozenset(found)


def _is_plain(country: str, subdivision: str) -> bool:
    """No subdivision, or a French department that has the national holidays only."""
    number = subdivision.replace("A", "1").replace("B", "1")
    metropolitan = len(number) == 2 and number.isdigit() and 1 <= int(number) <= 95
    return not subdivision or (country == "FR" and metropolitan and subdivision != "57")
