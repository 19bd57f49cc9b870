from django.db import migrations


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Earlier payments get the series and number of their receipts."""
    from taizhang.ledgers.lines import serial

    payment = apps.get_model("ledgers", "DuesPayment")
    rows = payment.objects.exclude(receipt_no="").only("pk", "receipt_no")
    batch = []
    for row in rows.iterator(chunk_size=2000):
        row.receipt_series, row.receipt_number = serial(row.receipt_no)
        batch.append(row)
        if len(batch) == 2000:
            payment.objects.bulk_update(batch, ["receipt_series", "receipt_number"])
            batch = []
    payment.objects.bulk_update(batch, ["receipt_series", "receipt_number"])


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0002_receipts_and_points")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
