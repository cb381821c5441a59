from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("tickets", "0004_message_header_id"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="content_id",
            field=models.CharField(blank=True, db_default="", default="", max_length=998),
        ),
        migrations.AddField(
            model_name="attachment",
            name="is_decoration",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="quoted",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
