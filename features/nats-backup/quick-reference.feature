@runbook:quick-reference @persona:operator @mutates @reversible
Feature: NATS backup: quick reference
  The card. Each line of it is checked against the running system in every run, so it is true or it is red.

  **Use when** you need a fact or a command of every day.

  **Do not use when** something is broken: *Is the NATS backup healthy?* names it.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents, and the backup shell:
  `kubectl apply -f fixtures/nats/backup-shell.yaml`.

  **Escalate** #platform-oncall when a line of this card is not what you see.

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed

  Rule: 1 The facts

    @read-only
    Scenario: What is backed up, when, where to, and for how long
      Given archives are copied off-site
      And one backup was taken
      Then the newest archive holds every stream, message and consumer
      And the CronJob "nats-backup" runs every night at 02:00 UTC, one backup at a time
      And a backup that was missed starts up to 6 hours late
      And a backup that hangs is ended after 60 minutes
      And archives lie on the volume of the claim "nats-backup-pvc", which asks for "5Gi"
      And backups are set to stay for 7 days
      And the bucket "kgents-dr-backups" is versioned, and keeps backups for 30 days
      And the bucket holds every archive of the volume, byte for byte
      And the secret "nats-backup-s3" holds the keys "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY"

    Scenario: How much can be lost, and how long a restore takes
      RPO: 24 hours and the seconds that a backup takes, while each night's backup succeeds on time; one that starts late
      adds up to 6 hours. RTO: under 15 minutes.

      Given one backup was taken
      Then a backup is due every 24 hours
      And a backup that was missed starts up to 6 hours late
      And the newest archive is restored in less than the 15 minutes of the recovery time objective

    @read-only
    Scenario: What the exit code of a backup means
      A backup that fails ends with "exit:", the code and its cause. These few are the ones seen most.

      Given the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup --help
        """
      Then the output shows "10  NATS or its JetStream does not answer"
      And the output shows "12  a stream that is expected is not there, or there is none at all"
      And the output shows "15  a volume is full or cannot be written"
      And the output shows "20  S3 does not answer (backup: and the newest copy there is too old)"
      And the output shows "21  S3 refuses: keys, permission, bucket or quota; a person has to act"
      And the exit codes "2, 11, 15, 21" fail the Job without another try

  Rule: 2 The five commands of every day

    Scenario: Health, schedule, a backup now, the list, the last log
      Given one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the output shows "backup-status: healthy"
      When the operator runs:
        """bash
        kubectl get cronjob,job -n kgents-agents -l app=nats-backup
        """
      Then the output shows "cronjob.batch/nats-backup"
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup: succeeded"
      And 2 archives are on the volume
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --list
        """
      Then the output names every archive on the volume
      When the operator runs:
        """bash
        JOB=$(kubectl get jobs -n kgents-agents -l app=nats-backup --sort-by=.metadata.creationTimestamp -o name | tail -n 1)
        kubectl logs -n kgents-agents -l "job-name=${JOB##*/}" --prefix --tail=20
        """
      Then the output shows "backup: succeeded"

  Rule: 3 Undo
    Of the five commands only the third changes anything: it adds an archive, which harms nobody and goes after 7 days.
