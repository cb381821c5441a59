"""When the first of several mails in a row came back for now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_participants")]

    operations = [
        migrations.AddField("bouncingaddress", "soft_since", models.DateTimeField(blank=True, null=True)),
    ]
