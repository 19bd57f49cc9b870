"""The calendar of 2015 to 2018 (DOMAIN 4.11)."""

from datetime import date
from typing import Any

from django.db import migrations

HOLIDAYS = {
    2015: "01-01 01-02 02-18 02-19 02-20 02-23 02-24 04-06 05-01 06-22 09-03 09-04 10-01 10-02 10-05 10-06 10-07",
    2016: "01-01 02-08 02-09 02-10 02-11 02-12 04-04 05-02 06-09 06-10 09-15 09-16 10-03 10-04 10-05 10-06 10-07",
    2017: "01-02 01-27 01-30 01-31 02-01 02-02 04-03 04-04 05-01 05-29 05-30 10-02 10-03 10-04 10-05 10-06",
    2018: "01-01 02-15 02-16 02-19 02-20 02-21 04-05 04-06 04-30 05-01 06-18 09-24 10-01 10-02 10-03 10-04 10-05 12-31",
}
WORKDAYS = {
    2015: "01-04 02-15 02-28 09-06 10-10",
    2016: "02-06 02-14 06-12 09-18 10-08 10-09",
    2017: "01-22 02-04 04-01 05-27 09-30",
    2018: "02-11 02-24 04-08 04-28 09-29 09-30 12-29",
}


def fill(apps: Any, schema_editor: Any) -> None:
    day = apps.get_model("orgs", "CalendarDay")
    for kind, years in (("holiday", HOLIDAYS), ("workday", WORKDAYS)):
        day.objects.bulk_create(
            day(day=date(year, *map(int, text.split("-"))), kind=kind) for year, listed in years.items() for text in listed.split()
        )


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_whole")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
