import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mutualgov.tenancy.scope


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Election",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("body_key", models.CharField(max_length=80)),
                ("body_name", models.CharField(max_length=200)),
                ("seat_key", models.CharField(max_length=80)),
                ("seat_name", models.CharField(max_length=200)),
                ("electorate", models.JSONField()),
                ("electorate_name", models.CharField(max_length=300)),
                ("eligible", models.JSONField()),
                ("seats", models.PositiveSmallIntegerField()),
                ("method", models.CharField(max_length=20)),
                ("count_rule", models.CharField(max_length=40)),
                ("options", models.JSONField(default=dict)),
                ("rule", models.CharField(max_length=120)),
                ("rule_name", models.CharField(max_length=200)),
                ("close_at", models.CharField(max_length=5)),
                ("constitution_version", models.PositiveIntegerField()),
                ("record_on", models.DateField(null=True)),
                ("contact", models.CharField(blank=True, max_length=300)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("notice_given", "Open for nominations"),
                            ("nominations_closed", "Nominations closed"),
                            ("open", "Voting open"),
                            ("closed", "Voting closed"),
                            ("counted", "Counted, not yet declared"),
                            ("declared", "Declared"),
                            ("abandoned", "Abandoned"),
                        ],
                        default="draft",
                        max_length=30,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("box_key", models.CharField(max_length=32)),
                ("called_at", models.DateTimeField()),
                ("notice_at", models.DateTimeField(null=True)),
                ("roll_frozen_at", models.DateTimeField(null=True)),
                ("papers_missing_because", models.TextField(blank=True)),
                ("abandoned_because", models.TextField(blank=True)),
                (
                    "called_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mutual",
                    models.ForeignKey(
                        default=mutualgov.tenancy.scope.current_mutual_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mutual",
                    ),
                ),
            ],
            options={
                "ordering": ("-called_at", "reference"),
                "constraints": [
                    models.UniqueConstraint(fields=("mutual", "reference"), name="election_reference_once"),
                    models.CheckConstraint(condition=models.Q(("seats__gte", 1)), name="election_has_a_seat"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "draft",
                                    "notice_given",
                                    "nominations_closed",
                                    "open",
                                    "closed",
                                    "counted",
                                    "declared",
                                    "abandoned",
                                ],
                            )
                        ),
                        name="election_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage", "draft"), ("stage", "abandoned"), ("notice_at__isnull", False), _connector="OR"
                        ),
                        name="election_has_notice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ElectionDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("notice", "Notice of election, no later than"),
                            ("nominations", "Nominations close"),
                            ("statement", "List of nominees published, by"),
                            ("withdrawals", "Last moment to withdraw"),
                            ("poll", "Voting opens"),
                            ("close", "Voting closes"),
                            ("declare", "Result declared, by"),
                        ],
                        max_length=20,
                    ),
                ),
                ("rule_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("explanation", models.TextField()),
                ("reason", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="voting.election"
                    ),
                ),
                (
                    "mutual",
                    models.ForeignKey(
                        default=mutualgov.tenancy.scope.current_mutual_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mutual",
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
                "constraints": [
                    models.UniqueConstraint(fields=("mutual", "election", "step"), name="election_step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("at", models.F("rule_at")), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="other_date_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20)),
                ("member_ref", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=150)),
                ("sort_name", models.CharField(max_length=150)),
                ("address", models.TextField(blank=True)),
                ("interests", models.TextField(blank=True)),
                ("no_interests", models.BooleanField(default=False)),
                ("declares_eligible", models.BooleanField(default=False)),
                ("signed", models.BooleanField(default=False)),
                ("statement", models.TextField(blank=True)),
                ("channel", models.CharField(choices=[("web", "On the site"), ("paper", "On paper")], max_length=10)),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("undecided", "Waiting for a decision"),
                            ("stands", "Stands"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="undecided",
                        max_length=12,
                    ),
                ),
                ("grounds", models.JSONField(default=list)),
                ("decided_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("number", models.PositiveSmallIntegerField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="voting.election"
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mutual",
                    models.ForeignKey(
                        default=mutualgov.tenancy.scope.current_mutual_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mutual",
                    ),
                ),
            ],
            options={
                "ordering": ("sort_name", "name", "reference"),
                "constraints": [
                    models.UniqueConstraint(fields=("mutual", "reference"), name="nomination_reference_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("undecided", "stands"))),
                        fields=("mutual", "election", "member_ref"),
                        name="one_live_nomination_each",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number__isnull", False)),
                        fields=("mutual", "election", "number"),
                        name="ballot_place_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "rejected"), _negated=True),
                            models.Q(("grounds", []), _negated=True),
                            _connector="OR",
                        ),
                        name="rejection_has_a_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RollEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("member_ref", models.CharField(max_length=20)),
                ("voter_number", models.CharField(max_length=20)),
                ("style", models.CharField(max_length=80)),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roll", to="voting.election"
                    ),
                ),
                (
                    "mutual",
                    models.ForeignKey(
                        default=mutualgov.tenancy.scope.current_mutual_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mutual",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mutual", "election", "member_ref"), name="on_the_roll_once"),
                    models.UniqueConstraint(fields=("mutual", "election", "voter_number"), name="voter_number_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "roll_entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="mark",
                        serialize=False,
                        to="voting.rollentry",
                    ),
                ),
                ("channel", models.CharField(choices=[("web", "On the site"), ("paper", "On paper")], max_length=10)),
                ("request_hash", models.CharField(blank=True, max_length=64)),
                ("day", models.DateField()),
                (
                    "mutual",
                    models.ForeignKey(
                        default=mutualgov.tenancy.scope.current_mutual_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mutual",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PaperBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20)),
                ("papers", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("keyed", "Waits for its second copy"),
                            ("confirmed", "In the ballot box"),
                            ("discarded", "Discarded"),
                        ],
                        default="keyed",
                        max_length=12,
                    ),
                ),
                ("keyed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("discarded_because", models.TextField(blank=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="voting.election"
                    ),
                ),
                (
                    "keyed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "mutual",
                    models.ForeignKey(
                        default=mutualgov.tenancy.scope.current_mutual_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mutual",
                    ),
                ),
            ],
            options={
                "ordering": ("keyed_at", "reference"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mutual", "election", "reference"), name="paper_batch_reference_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("keyed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="batch_keyed_by_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Count",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("sheet", models.JSONField()),
                ("elected", models.JSONField(default=list)),
                ("tie", models.JSONField(null=True)),
                ("lots", models.JSONField(default=list)),
                ("marks", models.JSONField()),
                ("ballots", models.PositiveIntegerField()),
                ("valid", models.PositiveIntegerField()),
                ("rejected", models.JSONField()),
                ("ballots_hash", models.CharField(max_length=64)),
                ("counted_at", models.DateTimeField()),
                (
                    "counted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mutual",
                    models.ForeignKey(
                        default=mutualgov.tenancy.scope.current_mutual_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mutual",
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counts", to="voting.election"
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("mutual", "election", "number"), name="count_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("event", models.CharField(max_length=80)),
                ("among", models.JSONField()),
                ("drawn", models.JSONField()),
                ("how", models.TextField()),
                ("drawn_at", models.DateTimeField()),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "election",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lots", to="voting.election"
                    ),
                ),
                (
                    "mutual",
                    models.ForeignKey(
                        default=mutualgov.tenancy.scope.current_mutual_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mutual",
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("mutual", "election", "number"), name="lot_number_once"),
                    models.UniqueConstraint(fields=("mutual", "election", "event"), name="one_lot_for_a_tie"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("elected", models.JSONField()),
                ("unfilled", models.PositiveSmallIntegerField()),
                ("uncontested", models.BooleanField()),
                ("voters", models.PositiveIntegerField(null=True)),
                ("voted", models.PositiveIntegerField(null=True)),
                ("declared_on", models.DateField()),
                ("declared_at", models.DateTimeField()),
                (
                    "count",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="voting.count"
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mutual",
                    models.ForeignKey(
                        default=mutualgov.tenancy.scope.current_mutual_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mutual",
                    ),
                ),
                (
                    "election",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="declaration", to="voting.election"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_manager_name": "objects",
            },
        ),
    ]
