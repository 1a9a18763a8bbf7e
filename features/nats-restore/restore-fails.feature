@runbook:restore-fails @persona:on-call @mutates @irreversible
Feature: A restore fails
  **Use when** `restore` says "restore failed".

  **Do not use when** NATS itself is down: then it says so, and the pods are what to look at.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents.

  **Escalate** #platform-oncall when two archives are damaged, or after 15 minutes.

  **What fails** the restore.

  **What still works** what was there before: "nothing was changed" means just that. Streams that were restored before
  the error are complete, and stay.

  **For how long** until the cause is mended, and the restore was run again.

  **What to do** read the message to its end: "why" is the cause, "next" what to do, "left" what the restore leaves
  behind, and "then" the command that goes on from there. Its words are the title of a procedure under 2. A command that it
  names goes behind `kubectl exec -n kgents-agents nats-backup-shell -- `.

  **It is over when** it says "restore: succeeded".

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed

  Rule: 1 Check

    Scenario: See whether an archive can be restored, without touching NATS
      Given one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect latest
        """
      Then the output shows ", verified; taken "
      And no backup and no restore has connected to NATS

  Rule: 2 Fix

    @covers:D32
    Scenario: "there is no archive ..."
      The name has a typing error, the archive has expired, or it lies in the other place.

      Given one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --archive nats-20200101T020003Z.tar.gz
        """
      Then the command fails with "there is no archive nats-20200101T020003Z.tar.gz (local)"
      And the output shows "next: restore --list --from local"
      And no backup and no restore has connected to NATS

    @read-only
    Scenario: "exit: 2 (usage)": a word of the command, or a setting, is wrong
      Nothing was looked at and nothing was changed. The message names the word, and what it may be. These are the slips that
      are known; the block makes each of them.

      Given one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -i -n kgents-agents nats-backup-shell -- bash <<'SLIPS'
          restore --stream
          restore everything
          restore --from nowhere
          restore --archive yesterday
          restore --replicas 9
          restore --max-age soon
          restore --version-id 1
          restore --confirm AGENTESE
          restore --drill --replace
          backup now
          backup-status now
          RETENTION_DAYS=0 backup --dry-run
          OFFSITE_TIMEOUT_SECONDS=0 backup --dry-run
          BACKUP_PREFIX=nats backup --dry-run
          NATS_URL='' backup --dry-run
          BACKUP_DIR=/nowhere restore --list
          true
        SLIPS
        """
      Then the output shows "restore failed: --stream needs a value"
      And the output shows "restore failed: unknown argument: everything"
      And the output shows "why: it is local, s3 or any"
      And the output shows "why: it is latest, or a name like nats-20261124T020003Z.tar.gz"
      And the output shows "why: it is a number from 1 to 5"
      And the output shows "why: it is keep, 0 (no limit), or a number with s, m, h or d"
      And the output shows "restore failed: --version-id is of one object in S3"
      And the output shows "restore failed: --confirm is of no use alone"
      And the output shows "restore failed: --drill and --replace exclude each other"
      And the output shows "backup failed: unknown argument: now"
      And the output shows "backup-status failed: unknown argument: now"
      And the output shows "backup failed: RETENTION_DAYS is 0"
      And the output shows "backup failed: OFFSITE_TIMEOUT_SECONDS is 0"
      And the output shows "why: it must end with a slash"
      And the output shows "backup failed: NATS_URL is not set"
      And the output shows "restore failed: the backup folder /nowhere does not exist"
      And no backup and no restore has connected to NATS

    @covers:D32
    Scenario: "the archive ... is damaged; nothing was changed. why: the file is empty"
      Whatever has happened to an archive, it is noticed before NATS is touched. `backup-status` says it, too; what it doesn't
      read by itself, it reads with --verify. Restore the copy in S3, as the third block does, or another archive
      (restore-one-stream 2.2). The same goes for the four below, and for 2.11.

      Given archives are copied off-site
      And one backup was taken
      And the newest archive is damaged: it is empty
      And NATS has lost every stream
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the command fails with "is damaged; nothing was changed"
      And the output shows "why: the file is empty"
      And no backup and no restore has connected to NATS
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: content: BROKEN, the archive nats-"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --from s3
        """
      Then the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer

    @covers:D32
    Scenario: "why: it cannot be read to its end: gzip: stdin: unexpected end of file"
      The file was cut off. A backup never leaves such a file; a copy by hand, or a failing disk, may.

      Given one backup was taken
      And the newest archive is damaged: it is cut off half-way
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the command fails with "is damaged; nothing was changed"
      And the output shows "why: it cannot be read to its end"
      And no backup and no restore has connected to NATS

    @covers:D32
    Scenario: "why: it cannot be read to its end: gzip: stdin: invalid compressed data"
      A single byte is not what was written: the disk is failing. Look at the other archives on it.

      Given one backup was taken
      And the newest archive is damaged: it has one flipped byte
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the command fails with "is damaged; nothing was changed"
      And the output shows "gzip: stdin: invalid compressed data"
      And no backup and no restore has connected to NATS

    @covers:D32
    Scenario: "why: not as its manifest says: streams/..."
      The archive can be read, but a file in it has another sha256 than was noted when it was taken.

      Given one backup was taken
      And the newest archive is damaged: it has a file that its manifest has another checksum of
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the command fails with "is damaged; nothing was changed"
      And the output shows "why: not as its manifest says: streams/AUDIT/backup.json"
      And no backup and no restore has connected to NATS

    @covers:D32
    Scenario: "stream ... in the archive is another than its manifest says; nothing was changed"
      The checksums are right, but the stream is not the one that its place says: somebody has put the archive together
      by hand.

      Given one backup was taken
      And the newest archive is damaged: it holds another stream under the name of AGENTESE
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the command fails with "stream AGENTESE in the archive is another than its manifest says; nothing was changed"
      And the output shows "why: it is of stream AUDIT"
      And no backup and no restore has connected to NATS

    @covers:D34 @degraded
    Scenario: "the archives in s3://... cannot be listed; nothing was changed"
      S3 doesn't answer. The archives on the backup volume are the same, for seven days back: `--from any` takes the
      newest of them when S3 fails, and says so.

      Given archives are copied off-site
      And one backup was taken
      And the backup shell is open
      And NATS has lost every stream
      And S3 refuses connections
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --from s3
        """
      Then the command fails with "cannot be listed; nothing was changed"
      And the output shows "next: restore from the backup volume meanwhile: restore --from local"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --from any
        """
      Then the output shows "S3: FAILED; the archives on the backup volume are used instead"
      And the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer

    @covers:R12 @covers:R13 @degraded
    Scenario: "the restore of stream ... broke off"
      The way to NATS broke in the middle. What was restored before is complete and stays. The stream that was being
      restored may be there, half-made: it looks like a stream, and lacks messages. Nothing may use it. "perhaps half-made"
      and "perhaps removed" are said where NATS couldn't be asked any more. "then" is the command that removes what is
      half-made and restores what is missing. When the cause is mended, run that one, in the backup shell: it
      names the archive. The block below takes the newest, as the lab has one; a backup that ran meanwhile holds the
      half-made stream.

      If that says "asking for stream ...: stream not found (10059)", the half-made stream may be in the way: see whether
      `kubectl exec -n kgents-agents nats-backup-shell -- nats stream ls --all` shows it as Inaccessible. Remove it with the
      second block of restore-one-stream, 4.1. Then restore again.

      Given one backup was taken
      And the backup shell is open
      And NATS has lost the streams "AUDIT, KV_agent-profiles, OBJ_agent-artifacts"
      And connections to NATS are cut after 700 KiB
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- \
          restore --stream AUDIT --stream KV_agent-profiles --stream OBJ_agent-artifacts
        """
      Then the command fails with "the restore of stream OBJ_agent-artifacts broke off"
      And the output shows "left: stream OBJ_agent-artifacts, half-made (complete: AUDIT KV_agent-profiles; not begun: none)"
      When NATS is back
      And the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- \
          restore --stream OBJ_agent-artifacts --replace --confirm OBJ_agent-artifacts
        """
      Then the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer
      And every other stream is untouched

    @simulated:time
    Scenario: "the newest archive is named for a time to come"
      A clock was wrong when it was made, or somebody put it there. A restore of the newest would take it, so none is made.
      Set ARCHIVE to its name in the message, in both blocks. See what it holds, and when it says it was taken; then move
      it out of the way. It stays on the volume under a name that no script takes for an archive's. In S3 (--from s3) it is
      found and removed as for a stolen key: *What the backup may do, and what to do when its key is stolen*.

      Given one backup was taken
      And an archive named "nats-20991231T235959Z.tar.gz" is on the volume
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the command fails with "the newest archive is named for a time to come: nats-20991231T235959Z.tar.gz (local)"
      And no backup and no restore has connected to NATS
      When the operator runs:
        """bash
        ARCHIVE=nats-20991231T235959Z.tar.gz
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect "${ARCHIVE:?}"
        """
      Then the output shows ", verified; taken "
      When the operator runs:
        """bash
        ARCHIVE=nats-20991231T235959Z.tar.gz
        kubectl exec -n kgents-agents nats-backup-shell -- mv -v "/backups/${ARCHIVE:?}" "/backups/aside-${ARCHIVE:?}"
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect latest
        """
      Then the output shows ", verified; taken "
      And 1 archive is on the volume

    @covers:D32
    Scenario: "stream ... in the archive is not complete; nothing was changed"
      The checksums are right, and the end of a stream is missing all the same: somebody has put the archive together by hand,
      or the backup that made it was no backup of ours.

      Given one backup was taken
      And the newest archive is damaged: it lacks the end of AGENTESE, and its checksums are of what is left
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the command fails with "stream AGENTESE in the archive is not complete; nothing was changed"
      And no backup and no restore has connected to NATS
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status --verify
        """
      Then the command fails with "check: content: BROKEN, stream AGENTESE in the archive is not complete"

    Scenario: "another stream takes subjects of ...; nothing was changed"
      NATS has no two streams for one subject. Somebody has made one for a subject of the stream that you restore: an
      application, under another name, or whoever tried to help. Set STREAM to its name, in the blocks below. See what it holds and
      since when, and ask who made it. The last block removes it, with all that it holds. If it is needed, don't: restore the
      other streams, each by `--stream`, and escalate.

      Given one backup was taken
      And the backup shell is open
      And NATS has lost the stream "AUDIT"
      And an application has made the stream "AUDIT_NEW" for the subject "audit.>"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --stream AUDIT
        """
      Then the command fails with "another stream takes subjects of AUDIT; nothing was changed: AUDIT_NEW"
      When the operator runs:
        """bash
        STREAM=AUDIT_NEW
        kubectl exec -n kgents-agents nats-backup-shell -- nats stream info "${STREAM:?}"
        """
      Then the output shows "audit.>"
      When the operator runs:
        """bash
        STREAM=AUDIT_NEW
        kubectl exec -n kgents-agents nats-backup-shell -- nats stream rm "${STREAM:?}" --force
        kubectl exec -n kgents-agents nats-backup-shell -- restore --stream AUDIT
        """
      Then the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer

  Rule: 3 Prove it worked
    A restore that says "restore: succeeded" has compared what arrived with the archive. The page restore-everything
    shows how to look for yourself.

  Rule: 4 Undo
    There is none: what is complete stays, and a half-made stream is removed by the command that goes on.

  Rule: 5 If it goes wrong
    The same archive fails twice with "differs from the manifest": keep it, restore another one, and escalate.
