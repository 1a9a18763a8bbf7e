@runbook:backup-healthy @persona:operator @read-only
Feature: Is the NATS backup healthy?
  **Use when** you start your day, before you change NATS, or when somebody asks.

  **Do not use when** NATS itself is in trouble: look after it first.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents, and jq. Takes half a minute. Nothing here changes
  NATS, an archive or S3; but the first block of 5.11 and the second of 5.12 take a backup, and 5.4 may need aws, to hide a
  broken copy.

  **Escalate** #platform-oncall when the newest archive is older than 25 hours and a backup by hand fails.

  Background:
    Given NATS holds data that its publishers were told is safe

  Rule: 1 Check
    One command says it all. What is not healthy is named, with what to do next. "off-site copy: disabled" means that there
    is no second copy, and that this volume knows of none. Where one is wanted, see nats-backup/s3-prerequisites. A backup
    shell that is open still has the S3 keys of when it was opened: if they were changed since, close it first, as in
    backup-content.

    Scenario: Ask for the state of the backup
      The first block takes seconds. The second one reads the newest archive to its last byte as well.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And one backup was taken
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the output shows "check: archive: ok"
      And the output shows "check: content: ok"
      And the output shows "check: space: ok"
      And the output shows "check: off-site copy: ok, s3://kgents-dr-backups/nats/nats-"
      And the output shows "is equal"
      And the output shows "backup-status: healthy"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status --verify
        """
      Then the output shows "every byte read and verified"
      And the newest archive holds every stream, message and consumer
      And the bucket holds every archive of the volume, byte for byte

    Scenario: See that the schedule is active, and which Jobs it has started
      SUSPEND must say False. LAST SCHEDULE is at most a day ago, or `<none>` before the first night. Jobs of the
      schedule are named nats-backup- and a number; the others were started by hand. AGE is how long ago a Job began; its
      STATUS must say Complete; where it says Failed, see 5.11.

      Given the backup CronJob is deployed
      When the operator runs:
        """bash
        kubectl get cronjob nats-backup -n kgents-agents
        kubectl get jobs -n kgents-agents -l app=nats-backup --sort-by=.metadata.creationTimestamp
        """
      Then the output shows "0 2 * * *   Etc/UTC    False"
      And the CronJob "nats-backup" runs every night at 02:00 UTC, one backup at a time

    @covers:B21
    Scenario: Ask whether a backup would succeed now
      Room on the volume, NATS, its streams, versions, S3 and the keys; a backup is not taken. It runs as a backup does, in a
      Job of its own with the settings, the password and the keys of the CronJob. In the backup shell the same command looks
      with that shell's.

      Given the backup CronJob is deployed
      And archives are copied off-site
      When the operator runs:
        """bash
        JOB=nats-backup-dry-run-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents --dry-run=client -o json |
          jq '.spec.backoffLimit = 0 | .spec.template.spec.containers[0].args = ["--dry-run"]' |
          kubectl create -f -
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "check: volume: ok"
      And the output shows "check: NATS: ok"
      And the output shows "check: streams: ok"
      And the output shows "check: versions: ok"
      And the output shows "check: S3: ok"
      And the output shows "check: S3 keys: ok"
      And the output shows "ready: nothing was changed"
      And 0 archives are on the volume

  Rule: 5 If it goes wrong
    Each check that is broken says why, and what to do next. The exit code is that of the first one.

    @lab-only
    Scenario: "check: archive: BROKEN, no archive is on the volume"
      No backup has succeeded yet, or the volume was lost. Take one now.

      Given the backup CronJob is deployed
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: archive: BROKEN, no archive is on the volume"
      And the output shows "exit: 30 (archive-missing)"

    @simulated:time
    Scenario: "check: archive: BROKEN, the newest archive is 30 h old"
      At least one night has no backup. See whether the schedule is paused and how the last Job ended, as in Check; then take
      one now. The lab makes the age by the archive's name.

      Given the backup CronJob is deployed
      And the last backup is 30 hours old
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: archive: BROKEN, the newest archive is 30 h old"
      And the output shows "exit: 40 (archive-old)"

    Scenario: "check: off-site copy: BROKEN, the newest archive is not in"
      The next backup copies what is missing. If the last one could not, its log says why.

      Given the backup CronJob is deployed
      And one backup was taken
      And archives are copied off-site
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: off-site copy: BROKEN, the newest archive is not in"
      And the output shows "exit: 41 (offsite-behind)"
      And 0 archives are in the bucket

    Scenario: "check: off-site copy: BROKEN, the copy of ... in S3 is not good"
      The copy in S3 and the archive on the volume differ, and either may be the broken one. Move nothing before you know
      which: the other may be the only good one there is. The second block reads both to their end, first the one on the
      volume, then the one in S3. The one that is "verified" is good.

      S3 has the broken one, as here: if its size is another, the next backup uploads the archive again. If it isn't, hide the
      broken copy first, by a delete marker (NAME as in the message):
      `aws s3api delete-object --bucket kgents-dr-backups --key nats/NAME`. The bucket keeps every version for 30 days. If
      nobody says that it was them, the key may be stolen: then remove nothing, and go on with nats-backup/security, 2.2.

      The volume has the broken one: leave S3 alone, and move the file on the volume away, as in backup-content, 5.4. If both
      are good, or both are broken, escalate.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And one backup was taken
      And the newest copy in the bucket was overwritten by mistake
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: off-site copy: BROKEN, the copy of nats-"
      And the output shows "in S3 is not good"
      When the operator runs:
        """bash
        NAME=$(kubectl exec -n kgents-agents nats-backup-shell -- restore --list | tail -n 1)
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect "${NAME:?}"
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect "${NAME:?}" --from s3
        """
      Then the command fails with "is damaged; nothing was changed"
      And the output shows ", verified; taken "

    Scenario: "check: streams: BROKEN, NATS lacks streams that the newest archive holds"
      Somebody removed a stream, or it was lost. Ask before you restore it: nats-restore/restore-one-stream. The next backup
      succeeds without it, and then the line is "not in NATS any more", with the newest archive that holds the stream: that one
      goes after 7 days.

      Given the backup CronJob is deployed
      And one backup was taken
      And NATS has lost the stream "AUDIT"
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: streams: BROKEN, NATS lacks streams that the newest archive holds: AUDIT"
      And the output shows "exit: 12 (streams-missing)"

    Scenario: "check: content: BROKEN": the newest archive is damaged
      Only --verify reads every byte. Take a backup now, and keep the damaged file: something is wrong with the volume.

      Given the backup CronJob is deployed
      And one backup was taken
      And one byte of the newest archive has changed
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status --verify
        """
      Then the command fails with "check: content: BROKEN"
      And the output shows "exit: 14 (archive-broken)"

    @degraded
    Scenario: "check: space: BROKEN, only": the volume has no room for two more archives
      The next backup may still fit. Make room before the one after it: *The backup volume is full*. If nothing can go,
      escalate: it takes a larger volume. The lab's volume is made small for this.

      Given the backup volume has room for 32 MiB
      And the backup CronJob is deployed
      And one backup was taken
      And only 12 MiB are left on the backup volume
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: space: BROKEN, only 12.0 MiB are left on /backups"
      And the output shows "exit: 42 (volume-short)"

    @covers:B21 @degraded
    Scenario: "check: NATS: BROKEN" and "check: S3: BROKEN": each broken part is named
      Given the backup CronJob is deployed
      And archives are copied off-site
      And one backup was taken
      And the backup shell is open
      And S3 refuses connections
      And NATS is down
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup --dry-run
        """
      Then the command fails with "check: NATS: BROKEN, NATS is down"
      And the output shows "check: S3: BROKEN, S3 does not answer"
      And the output shows "check: volume: ok"
      And the output shows "exit: 10 (nats-unreachable)"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "backup-status: NOT healthy: NATS, streams, off-site copy"
      And the output shows "check: archive: ok"

    Scenario: SUSPEND says True: nothing starts by itself
      Somebody paused the schedule. If nobody knows why, resume it: *Pause and resume the backup schedule*.

      Given the backup CronJob is deployed
      And the schedule is paused
      When the operator runs:
        """bash
        kubectl get cronjob nats-backup -n kgents-agents
        """
      Then the output shows "0 2 * * *   Etc/UTC    True"

    @simulated:time
    Scenario: "check: archive: BROKEN, the newest archive is named for a time to come"
      A clock was wrong when it was made, or somebody put it there. It would look new until that day comes, also when no
      backup is taken any more. Move it away: *A restore fails*. The next backup copies it to S3, so "check: off-site copy" may
      say the same. If no clock was wrong, or the copy in S3 was never on the volume, a key may be stolen: *What the backup may
      do, and what to do when its key is stolen*.

      Given the backup CronJob is deployed
      And one backup was taken
      And an archive named "nats-20991231T235959Z.tar.gz" is on the volume
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: archive: BROKEN, the newest archive is named for a time to come: nats-20991231T235959Z.tar.gz (local)"
      And the output shows "exit: 43 (archive-future)"

    @covers:B21 @degraded
    Scenario: STATUS says Failed: the last backup made no archive, or no copy of it
      The first block shows it by a Job of its own; you need it only if none has failed. The second one takes the log of the
      last that failed. The log says why, and what to do: the
      words behind "why:" are the title of a procedure. A check that is broken, too, says the same, as "check: S3 keys: BROKEN"
      does here.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And somebody removed the policy of the backup user
      And the backup shell is open
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=condition=Failed "job/$JOB" -n kgents-agents --timeout=60s
        """
      Then the output shows "condition met"
      When the operator runs:
        """bash
        kubectl get jobs -n kgents-agents -l app=nats-backup
        JOB=$(kubectl get jobs -n kgents-agents -l app=nats-backup -o json | jq -r '[.items[] |
          select(any(.status.conditions[]?; .type == "Failed"))] |
          sort_by(.metadata.creationTimestamp) | last | .metadata.name // empty')
        kubectl logs -n kgents-agents "job/${JOB:?no Job has failed}"
        """
      Then the output shows "Failed"
      And the output shows "permission denied for key"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup --dry-run
        """
      Then the command fails with "check: S3 keys: BROKEN"
      And the output shows "permission denied for key"
      And the output shows "check: S3: ok"

    Scenario: "streams were made anew since": an application has made a lost stream again
      A stream of that name is there, and its sequences begin anew: it holds nothing of what the archive does. Ask whose it is.
      nats-restore/replace-a-stream puts the lost one back. If it was removed on purpose, or restored from an older archive,
      nothing has to be done.

      A backup takes the stream as it is: it warns, and succeeds, as the second block shows, which you need not paste. From then
      on the newest archive isn't the one that you want. The line "made anew" names that one, for as long as it stays.

      Given the backup CronJob is deployed
      And one backup was taken
      And NATS has lost the stream "AGENTESE"
      And an application has made the stream "AGENTESE" anew, and publishes to it
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: streams: BROKEN, streams were made anew since the newest archive: AGENTESE"
      And the output shows "exit: 12 (streams-missing)"
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "streams were made anew since the last backup: AGENTESE"
      And the output shows "backup: succeeded"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the output shows "made anew: AGENTESE; the newest archive from before: nats-"
      And the output shows "backup-status: healthy"
