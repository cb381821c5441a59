"""Who came along with a mail stands where it is decided who gets mails: see the notices' own table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mailroom", "0001_initial"), ("notices", "0003_participants")]

    operations = [migrations.DeleteModel(name="PendingParticipant")]
