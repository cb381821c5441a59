"""Pictures lie in the database, where a backup has them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("manual", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="picture", name="size"),
        migrations.AddField(
            model_name="picture", name="content", field=models.BinaryField(default=b""), preserve_default=False
        ),
    ]
