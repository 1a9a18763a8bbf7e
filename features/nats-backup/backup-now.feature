@runbook:backup-now @persona:operator @mutates @reversible
Feature: Take a NATS backup now
  **Use when** you are about to change NATS or what publishes to it, or last night's backup is missing.

  **Do not use when** you only want to know whether there is a good backup: that is *Is the NATS backup healthy?*

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents. Takes about a minute. The nightly
  schedule stays as it is, and NATS goes on serving.

  **Escalate** #platform-oncall when the backup fails twice.

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed

  Rule: 1 Check
    If a backup runs already, follow that one, with the NAME that is printed: `kubectl logs -f -n kgents-agents NAME`.

    Scenario: No backup is running
      When the operator runs:
        """bash
        kubectl get pods -n kgents-agents -l app=nats-backup --field-selector=status.phase=Running
        """
      Then the output shows "No resources found"

  Rule: 2 Fix
    The Job's name holds the time, so the block can be pasted again. "waiting to start" before the log is no error.

    @covers:B02 @covers:B11
    Scenario: Start a backup, and one more
      Given somebody reads the backup volume all the time
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        kubectl wait --for=condition=Complete "job/$JOB" -n kgents-agents --timeout=60s
        """
      Then the output shows "backup: succeeded"
      And the output shows "condition met"
      And 1 archive is on the volume
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        kubectl wait --for=condition=Complete "job/$JOB" -n kgents-agents --timeout=60s
        """
      Then the output shows "backup: succeeded"
      And the output shows "condition met"
      And 2 archives are on the volume
      And every archive holds every stream, message and consumer
      And every archive was whole at the first look
      And the CronJob "nats-backup" runs every night at 02:00 UTC, one backup at a time

  Rule: 3 Prove it worked

    Scenario: The newest backup is whole
      Given one backup was taken
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status --verify
        """
      Then the output shows "every byte read and verified"
      And the output shows "backup-status: healthy"
      And the newest archive holds every stream, message and consumer

    @covers:B08 @covers:B09
    Scenario: Publishers notice nothing, and a large stream is no trouble
      A backup of a stream is the stream at one moment after the backup was begun. What is published later is in the next
      one. You need not paste this: the lab shows it with a large stream of its own, TRACES, and with publishers at work.

      Given a stream "TRACES" of 24 MiB is published to all the time
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "stream: TRACES"
      And the output shows "backup: succeeded"
      And no publisher got an error, and the archive holds all that was acknowledged before it was begun

  Rule: 4 Undo
    There is nothing to undo: one archive more harms nobody and goes after 7 days, and of the Jobs the last three stay.

  Rule: 5 If it goes wrong

    @covers:B05 @covers:B15 @covers:B16 @simulated:time
    Scenario: "the stream AGENTESE is not there; no archive was made": NATS has lost its data
      A NATS that lacks this stream is never backed up over a full one: the backup fails, and no archive goes, however old.
      Don't try again: restore. One in which an application has made the stream anew, empty, is backed up, with a warning: pause the
      schedule until you have restored, if it's near. Only where NATS never held that stream is there nothing to restore:
      then correct EXPECT_STREAMS, as the quick start says under "Before you begin". The lab makes the nights by the
      archives' names.

      Given backups of the last 10 days are on the volume
      And NATS has lost every stream
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup failed: the stream AGENTESE is not there; no archive was made"
      And the output shows "exit: 12 (streams-missing)"
      And 10 archives are on the volume
      And every archive that was on the volume is still there

    @covers:B13 @degraded
    Scenario: "waiting: another backup is running": two at once
      Backups take turns. The second one waits until the first has ended, for 5 minutes at most, and makes an archive of its
      own. "waiting: a restore is running" is the same. Here the lab stops the first one half-way until the second one waits for it.

      Given a backup is held up half-way
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "waiting: another backup is running"
      And the output shows "backup: succeeded"
      And the backup that was held up completes
      And 2 archives are on the volume
      And every archive holds every stream, message and consumer
