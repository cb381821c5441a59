"""What trials found was kept in English words. It is kept as sentences from now on; a draft is tried again by a press."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("publishing", "0001_drafts_and_trials")]

    operations: ClassVar = [
        migrations.RunSQL(
            [
                """
                DELETE FROM publishing_policytrial AS trial USING publishing_policydraft AS draft
                WHERE trial.draft_id = draft.id AND draft.published_id IS NULL
                """,
                """
                UPDATE publishing_policytrial
                SET differences = NULL, replay = NULL, proof = jsonb_set(proof, '{notes}', '[]')
                WHERE proof IS NOT NULL
                """,
            ],
            migrations.RunSQL.noop,
        )
    ]
