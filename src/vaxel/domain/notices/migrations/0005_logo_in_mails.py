"""A desk's logo in its mails."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desks", "0002_desk_has_manual"),
        ("notices", "0004_soft_bounces_in_a_row"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailLogo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("picture", models.BinaryField()),
                ("form", models.CharField(max_length=4)),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("alt", models.CharField(max_length=120)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=200)),
                (
                    "desk",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mail_logo", to="desks.desk"
                    ),
                ),
            ],
            options={"base_manager_name": "unscoped", "default_manager_name": "unscoped"},
            managers=[("unscoped", django.db.models.manager.Manager())],
        ),
    ]
