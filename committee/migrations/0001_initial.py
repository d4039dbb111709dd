import committee.clock
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demonstration', models.BooleanField(default=False)),
                ('loaded_at', models.DateTimeField(default=committee.clock.now)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='installation_one_row')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('address', models.CharField(blank=True, max_length=64)),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('table_name', models.CharField(max_length=63)),
                ('row_key', models.CharField(max_length=64)),
                ('operation', models.CharField(max_length=6)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('actor', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['table_name', 'row_key', '-id'], name='audit_by_row'), models.Index(fields=['actor', '-id'], name='audit_by_actor'), models.Index(fields=['table_name', '-id'], name='audit_by_table'), models.Index(condition=models.Q(('operation', 'DELETE')), fields=['-id'], name='audit_of_removals')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Audit entries are never changed, only followed by others' USING ERRCODE = 'restrict_violation';", hash='86bb025a8fe109e07a6e691a0f543ebad1ba9bd7', operation='UPDATE', pgid='pgtrigger_never_changed_99855', table='committee_auditentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Audit entries are never deleted' USING ERRCODE = 'restrict_violation';", hash='51642edccf19485d46a8f6e68df808de44b30174', operation='DELETE', pgid='pgtrigger_never_deleted_f3716', table='committee_auditentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='auditentry',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'Audit entries are never deleted' USING ERRCODE = 'restrict_violation';", hash='54587a169956fd9e731e3c610b29418ff2cd75d6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_3f47f', table='committee_auditentry', when='BEFORE')),
        ),
    ]
