@runbook:backup-schedule @persona:operator @mutates @reversible
Feature: Pause and resume the backup schedule
  **Use when** NATS or the backup volume is being worked on at night, and no backup is to start meanwhile.

  **Do not use when** one backup that runs is to be stopped: delete its Job, which harms no archive.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents. Takes a minute. Say in #platform-oncall for how
  long you pause, and set yourself a reminder: nothing resumes by itself.

  **Escalate** #platform-oncall when it was paused for more than a day: data of a whole day may be lost by then.

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed

  Rule: 1 Check

    Scenario: See when backups start, and whether they are paused
      When the operator runs:
        """bash
        kubectl get cronjob nats-backup -n kgents-agents
        """
      Then the output shows "0 2 * * *   Etc/UTC    False"
      And the CronJob "nats-backup" runs every night at 02:00 UTC, one backup at a time

  Rule: 2 Fix: pause
    A backup that runs already goes on. Pausing twice does nothing. Applying the manifest again doesn't resume. It puts back
    what else was changed by hand, RETENTION_DAYS too: see that first, with
    `kubectl diff -f fixtures/nats/backup-cronjob.yaml`.

    @interruptible
    Scenario: Pause the schedule
      When the operator runs:
        """bash
        kubectl patch cronjob nats-backup -n kgents-agents --patch '{"spec": {"suspend": true}}'
        kubectl get cronjob nats-backup -n kgents-agents
        """
      Then the output shows "0 2 * * *   Etc/UTC    True"
      When the backup CronJob is deployed
      Then the schedule stays paused

  Rule: 3 Prove it worked

    @simulated:time
    Scenario: 02:00 passes and nothing starts; a backup by hand still works
      The lab doesn't wait for the night: it gives the CronJob a time zone in which 02:00 has just passed.

      Given the schedule is paused
      And 02:00 passed 0 hours ago
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup: succeeded"
      And 1 archive is on the volume
      And the schedule has started no backup

  Rule: 4 Undo: resume

    @covers:B01 @simulated:time @interruptible
    Scenario: Resume; a backup that was missed less than 6 hours ago starts at once
      The lab lets 02:00 pass as above, while the schedule is paused.

      Given archives are copied off-site
      And the schedule is paused
      And 02:00 passed 0 hours ago
      When the operator runs:
        """bash
        kubectl patch cronjob nats-backup -n kgents-agents --patch '{"spec": {"suspend": false}}'
        kubectl get cronjob nats-backup -n kgents-agents
        """
      Then the output shows "False"
      And the scheduled backup completes
      And 1 archive is on the volume
      And the newest archive holds every stream, message and consumer
      And the bucket holds every archive of the volume, byte for byte

  Rule: 5 If it goes wrong

    @simulated:time
    Scenario: Resumed, and no backup starts: 02:00 was more than 6 hours ago
      What was missed longer ago isn't made up for (startingDeadlineSeconds). The next backup is at 02:00; take one by hand now.

      Given the schedule is paused
      And 02:00 passed 8 hours ago
      When the operator runs:
        """bash
        kubectl patch cronjob nats-backup -n kgents-agents --patch '{"spec": {"suspend": false}}'
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup: succeeded"
      And 1 archive is on the volume
      And the schedule has started no backup

    @covers:B13 @degraded @simulated:time
    Scenario: "JobAlreadyActive": the scheduled backup of the night before still runs
      The schedule never starts a second backup beside its first: it leaves one out. A backup is ended after an hour, so one
      that is there a night later has a pod that can't end, as a rule because its node was lost: see "A node goes down" in
      job-troubleshooting, 2.6, and escalate. The lab stops a backup half-way, and lets 02:00 pass a second time at once.

      Given a scheduled backup is held up half-way
      And 02:00 passed 0 hours ago
      Then the schedule leaves one backup out
      When the operator runs:
        """bash
        kubectl events -n kgents-agents --for cronjob/nats-backup
        kubectl get pods -n kgents-agents -l app=nats-backup
        """
      Then the output shows "concurrency policy is Forbid"
      And the output shows "Running"
