"""The calendar of 2025 and 2026, as the State Council published it in November of the year before."""

from datetime import date
from typing import Any

from django.db import migrations

HOLIDAYS = {
    2025: "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07",
}
WORKDAYS = {
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


def fill(apps: Any, schema_editor: Any) -> None:
    """Only the years of which a bureau has entered nothing itself."""
    day = apps.get_model("orgs", "CalendarDay")
    for year in HOLIDAYS:
        if day.objects.filter(day__year=year).exists():
            continue
        for kind, years in (("holiday", HOLIDAYS), ("workday", WORKDAYS)):
            days = (date(year, *map(int, text.split("-"))) for text in years[year].split())
            day.objects.bulk_create(day(day=one, kind=kind) for one in days)


class Migration(migrations.Migration):
    dependencies = [("orgs", "0014_paper_marks")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
