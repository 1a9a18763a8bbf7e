@runbook:backup-retention @persona:operator @mutates @irreversible
Feature: Change how long backups are kept
  **Use when** archives should stay on the backup volume for longer than 7 days, or for a shorter time because it gets full.

  **Do not use when** the copies in S3 are meant: they stay for 30 days by the bucket's lifecycle, whatever is set here.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents. Takes a minute. The volume holds 5 GiB: look at
  what one archive needs (Check). Set the same number in fixtures/nats/backup-cronjob.yaml, or the next
  `kubectl apply` sets it back.

  **Escalate** #platform-oncall before you keep archives for less than 7 days.

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed

  Rule: 1 Check
    The lab makes the nights of this page by the archives' names: each tells when it was begun, and that is what counts.

    @simulated:time
    Scenario: See how long archives are kept, and what lies on the volume
      Given backups of the last 3 days are on the volume
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl set env cronjob/nats-backup --list -n kgents-agents
        kubectl exec -n kgents-agents nats-backup-shell -- bash -c 'ls -lh /backups; df -h /backups'
        """
      Then the output shows "RETENTION_DAYS=7"
      And the output shows "T020003Z.tar.gz"

  Rule: 2 Fix
    Archives go when the next backup has its own archive on the volume, also if it then fails because of S3. The newest seven
    stay, however old they are, or as many as you keep days. Where the volume is short of room archives that are too old go
    before, and only the newest whole one stays. Nothing else on the volume is ever touched.

    A backup doesn't ask whether S3 has a copy of what it removes. Before you set a lower number, look which of them are there:
    `kubectl exec -n kgents-agents nats-backup-shell -- restore --list --from s3`.

    @covers:B15 @simulated:time
    Scenario: Keep archives for 14 days
      Given backups of the last 20 days are on the volume
      When the operator runs:
        """bash
        DAYS=14
        if [[ $DAYS =~ ^[1-9][0-9]{0,2}$ ]]; then
          kubectl set env cronjob/nats-backup RETENTION_DAYS="$DAYS" -n kgents-agents
        else
          echo "DAYS is \"$DAYS\"; it must be a whole number from 1 to 999" >&2; false
        fi
        """
      Then backups are set to stay for 14 days
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "retention: 14 days; 15 archives kept, 6 removed"
      And of the earlier archives those of the last 14 days are left
      And the newest archive holds every stream, message and consumer

  Rule: 3 Prove it worked
    The log of the backup in Fix says behind "retention:" how many archives it kept and removed. The number that is set:
    `kubectl set env cronjob/nats-backup --list -n kgents-agents`.

  Rule: 4 Undo
    The number can be set back. That removes archives too: with 7 again, those older than 7 days go from the volume with
    the next backup. What went stays gone there. S3 keeps its copy for 30 days, of those that were copied: look first, as
    under 2. While S3 is away or refuses, don't set a lower number.

    @covers:B15 @covers:B16 @simulated:time
    Scenario: Keep archives for 7 days again
      Given backups of the last 10 days are on the volume
      And files of others are on the volume
      When the operator runs:
        """bash
        kubectl set env cronjob/nats-backup RETENTION_DAYS=7 -n kgents-agents
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "retention: 7 days; 8 archives kept, 3 removed"
      And of the earlier archives those of the last 7 days are left
      And the files of others are untouched

  Rule: 5 If it goes wrong

    @covers:B16 @simulated:time
    Scenario: "backup failed: RETENTION_DAYS is": it isn't a whole number, or 0
      The backup fails at once, before it touches anything, and again every night. Set the number as in Fix.

      Given backups of the last 10 days are on the volume
      When the operator runs:
        """bash
        kubectl set env cronjob/nats-backup RETENTION_DAYS=forever -n kgents-agents
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        kubectl wait --for=condition=Failed "job/$JOB" -n kgents-agents --timeout=60s
        """
      Then the output shows "backup failed: RETENTION_DAYS is"
      And the output shows "exit: 2 (usage)"
      And the output shows "condition met"
      And every archive that was on the volume is still there
