import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_initial'),
        ('wishes', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='digestitem',
            name='item_of_event_or_update',
        ),
        migrations.AddField(
            model_name='digestitem',
            name='wish_answer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wishes.wishanswer'),
        ),
        migrations.AddConstraint(
            model_name='digestitem',
            constraint=models.UniqueConstraint(fields=('wish_answer', 'choices'), name='one_item_per_wish_answer'),
        ),
        migrations.AddConstraint(
            model_name='digestitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event__isnull', False), ('problem_update', None), ('wish_answer', None)), models.Q(('event', None), ('problem_update__isnull', False), ('wish_answer', None)), models.Q(('event', None), ('problem_update', None), ('wish_answer__isnull', False)), _connector='OR'), name='item_of_one_thing'),
        ),
    ]
