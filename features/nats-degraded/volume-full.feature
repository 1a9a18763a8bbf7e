@runbook:volume-full @persona:on-call @mutates @irreversible
Feature: The backup volume is full, read-only or gone
  **Use when** a backup fails with exit code 15, and says "the backup volume /backups …".

  **Do not use when** NATS's own volumes are full: JetStream says so, and backups go on. Nor when the claim is gone, and
  a Job waits for the volume: see job-troubleshooting 2.4. Nor when the message names the scratch volume: see
  job-troubleshooting 2.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents. Takes ten minutes.

  **Escalate** #platform-oncall when the volume can't be written after 30 minutes, or the newest archive is older than
  24 hours.

  **What fails** backups: there is no new archive, on the volume or in S3.

  **What still works** NATS. Every archive that is there stays, and can be restored.

  **For how long** nothing has to be done at once: the recovery point objective is kept until the newest archive is 24
  hours old.

  **What to do** see what fills the volume (1), and make room (2). The words of another error are under 5.

  **It is over when** a backup that was started by hand succeeds.

  Background:
    Given NATS holds data that its publishers were told is safe

  Rule: 1 Check
    The message of the failed backup says how much is needed and how much is left. Three things fill a volume: files that
    no backup made, archives that have grown, and backups by hand, of which each stays as long as a nightly one. Look which
    it is. The last command names the files that no backup made. One of them is no rubbish: aside-nats-... is a damaged archive
    that somebody moved away, to find out what is wrong with the volume. What a backup is writing is left out. For the archives:
    `kubectl exec -n kgents-agents nats-backup-shell -- ls -lh /backups`. The lab's volume is made small for this.

    @degraded @covers:D21 @covers:B15 @simulated:time
    Scenario: "the backup volume /backups is full": see what fills it
      A backup removes what has expired to make room, but never the newest good archive, however old it is. The only one there
      is ten days old here, which is simulated by its name, and it stays.

      Given the backup volume has room for 32 MiB
      And the backup CronJob is deployed
      And the last backup is 240 hours old
      And only 5 MiB are left on the backup volume
      When the operator runs:
        """bash
        JOB=full-volume-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "retention: 7 days; 1 archive kept, 0 removed"
      And the output shows "backup failed: the backup volume /backups is full: 9.0 MiB needed, 5.0 MiB available"
      And the Job "full-volume" fails, and is not tried again
      And 1 archive is on the volume
      And every archive that was on the volume is still there
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- df -h /backups
        kubectl exec -n kgents-agents nats-backup-shell -- find /backups -type f ! -name 'nats-*Z.tar.gz' ! -name '.nats-*.partial' -size +1M -ls
        """
      Then the output shows "/backups/nats-debug.dump"

  Rule: 2 Fix

    @degraded @covers:D21
    Scenario: Files that no backup made: remove them
      Set FILE to what Check found, in both blocks. The first block shows what would go, and removes nothing. Ask whose it
      is before you paste the second one. An aside-nats-... stays until #platform-oncall says that nobody needs it any more.

      Given the backup volume has room for 32 MiB
      And the backup CronJob is deployed
      And one backup was taken
      And only 5 MiB are left on the backup volume
      And the backup shell is open
      When the operator runs:
        """bash
        FILE=/backups/nats-debug.dump
        kubectl exec -n kgents-agents nats-backup-shell -- ls -l "${FILE:?}"
        """
      Then the output shows "/backups/nats-debug.dump"
      When the operator runs:
        """bash
        FILE=/backups/nats-debug.dump
        kubectl exec -n kgents-agents nats-backup-shell -- rm "${FILE:?}"
        """
      Then every archive that was on the volume is still there
      When the operator runs:
        """bash
        JOB=room-again-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup: succeeded"
      And the Job "room-again" completes
      And 2 archives are on the volume
      And the newest archive holds every stream, message and consumer

    @covers:D21 @simulated:time
    Scenario: Archives that have grown: keep fewer days
      Escalate before you keep archives for less than 7 days, as in backup-retention: what goes from the volume doesn't come
      back to it. It stays in S3 for 30 days, if it was copied there. Look first, in the backup shell:
      `kubectl exec -n kgents-agents nats-backup-shell -- restore --list --from s3`. If backups by hand fill the volume, they go
      by this too; or wait until they are 7 days old.

      The next backup removes what is older than it is told to keep, and the newest whole archive never. The nights before
      are simulated here: their archives hold today's data.

      Given the backup volume has room for 64 MiB
      And the backup CronJob is deployed
      And backups of the last 7 days are on the volume
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup failed: the backup volume /backups is full"
      And every archive that was on the volume is still there
      When the operator runs:
        """bash
        DAYS=3
        kubectl set env cronjob/nats-backup RETENTION_DAYS="${DAYS:?}" -n kgents-agents
        JOB=fewer-days-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "/backups is short of space; removing expired archives before the new one is written"
      And the output shows "retention: 3 days; 3 archives kept, 4 removed"
      And the Job "fewer-days" completes
      And 4 archives are on the volume
      And the newest archive holds every stream, message and consumer

  Rule: 3 Prove it worked
    A backup succeeds, and the next one will. Archives of the last seven nights and one more have to fit.

    @covers:D21 @simulated:time
    Scenario: Expired archives make room by themselves
      A volume that is full of expired archives is no fault: a backup removes them before it writes its own. The nights
      before are simulated.

      Given the backup volume has room for 88 MiB
      And the backup CronJob is deployed
      And backups of the last 9 days are on the volume
      When the operator runs:
        """bash
        JOB=makes-room-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "/backups is short of space; removing expired archives before the new one is written"
      And the output shows "retention: 7 days; 7 archives kept, 2 removed"
      And the Job "makes-room" completes
      And 8 archives are on the volume
      And the newest archive holds every stream, message and consumer

  Rule: 4 Undo
    A file that was removed from the volume doesn't come back; an archive can be fetched from S3. The number of days is put
    back when the volume is larger. Of the Jobs that were started by hand the last three stay.

    @interruptible
    Scenario: Keep seven days again
      Only that number changes. The published manifest would put back what else was changed by hand, such as
      EXPECT_STREAMS.

      Given the backup CronJob is deployed
      And archives are kept for 3 days
      When the operator runs:
        """bash
        kubectl set env cronjob/nats-backup RETENTION_DAYS=7 -n kgents-agents
        kubectl set env cronjob/nats-backup --list -n kgents-agents
        """
      Then the output shows "RETENTION_DAYS=7"
      And backups are set to stay for 7 days

  Rule: 5 If it goes wrong

    @degraded @covers:D22
    Scenario: "the backup volume /backups is full", in the middle of a backup
      The part that was written is removed, and the archives before it are as they were. Then as above.

      Given the backup volume has room for 32 MiB
      And the backup CronJob is deployed
      And one backup was taken
      And the backup volume will fill up as soon as an archive is begun
      When the operator runs:
        """bash
        JOB=filled-meanwhile-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the volume was filled while the archive was written
      And the output shows "backup failed: the backup volume /backups is full"
      And the Job "filled-meanwhile" fails, and is not tried again
      And no half-written archive is on the volume
      And 1 archive is on the volume
      And every archive that was on the volume is still there

    @degraded @covers:D23
    Scenario: "the backup volume /backups cannot be written": Read-only file system
      The disk has a fault, or someone mounted it so. Archives can still be read: copy them off before anyone repairs it, the
      newest first, as the third block does: it leaves a file of that name in your home, and reads it there to its end. When
      the disk is mended, the last block says "check: volume: ok", and takes a backup.

      Given the backup volume has room for 32 MiB
      And the backup CronJob is deployed
      And one backup was taken
      And the backup shell is open
      And the backup volume is read-only
      When the operator runs:
        """bash
        JOB=read-only-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup failed: the backup volume /backups cannot be written"
      And the output shows "Read-only file system"
      And the Job "read-only" fails, and is not tried again
      And every archive that was on the volume is still there
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup --dry-run
        """
      Then the command fails with "check: volume: BROKEN, the backup volume /backups cannot be written"
      When the operator runs:
        """bash
        (
          set -euo pipefail
          NAME=$(kubectl exec -n kgents-agents nats-backup-shell -- restore --list | tail -n 1)
          kubectl exec -n kgents-agents nats-backup-shell -- cat "/backups/${NAME:?}" >"$HOME/$NAME"
          gzip --test "$HOME/$NAME"
          echo "copied: $(wc -c <"$HOME/$NAME") bytes of $NAME"
        )
        """
      Then the output shows "copied: "
      When the disk of the backup volume is mended
      And the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup --dry-run
        JOB=mended-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "check: volume: ok"
      And the output shows "backup: succeeded"
      And the Job "mended" completes
      And 2 archives are on the volume

    @degraded @covers:D21
    Scenario: NATS loses its data while the volume is full: restore first
      A restore reads the volume, and needs no room on it. Make room afterwards, as in 2.

      Given the backup volume has room for 32 MiB
      And the backup CronJob is deployed
      And one backup was taken
      And only 0 MiB are left on the backup volume
      And the backup shell is open
      And NATS has lost every stream
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer
