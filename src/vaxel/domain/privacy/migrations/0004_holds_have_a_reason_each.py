from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0003_retention"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="legalhold",
            name="held_once",
        ),
    ]
