from typing import Any

from django.db import migrations

from taizhang.kernel.journal.append_only import CREATE_WHOLE, DROP_WHOLE


def _protect(apps: Any, schema_editor: Any) -> None:
    del apps
    for sql in CREATE_WHOLE[schema_editor.connection.vendor]:
        schema_editor.execute(sql)


def _unprotect(apps: Any, schema_editor: Any) -> None:
    del apps
    for sql in DROP_WHOLE[schema_editor.connection.vendor]:
        schema_editor.execute(sql)


class Migration(migrations.Migration):

    dependencies = [("kernel", "0002_chain")]

    operations = [migrations.RunPython(_protect, _unprotect)]
