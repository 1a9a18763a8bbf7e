@runbook:restore-one-stream @persona:on-call @mutates @irreversible
Feature: Restore one stream, or from another backup than the newest
  **Use when** one stream of several is gone, or the newest backup is not the one you want.

  **Do not use when** the stream is still there: see replace-a-stream.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents; for 2.4 and 2.5 also aws, with credentials that
  may list the versions in the bucket. What was acknowledged after the backup that you choose is lost. Takes a few seconds
  for 10 MiB.

  **Escalate** #platform-oncall after 15 minutes.

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed

  Rule: 1 Check

    Scenario: See which backups there are, and what one holds
      Archives are named by the time at which they were begun, in UTC.

      Given one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --list
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect latest
        """
      Then the output shows "holds: 4 streams, "
      And the output shows "consumer: AGENTESE reporting, acknowledged to sequence 120"
      And no backup and no restore has connected to NATS

  Rule: 2 Fix

    @covers:R05
    Scenario: Restore one stream of many
      Given one backup was taken
      And the backup shell is open
      And NATS has lost the stream "AUDIT"
      When the operator runs:
        """bash
        STREAM=AUDIT
        kubectl exec -n kgents-agents nats-backup-shell -- restore --stream "${STREAM:?}"
        """
      Then the output shows "restored: AUDIT"
      And NATS holds every acknowledged message and every consumer
      And every other stream is untouched

    @covers:R06 @interruptible
    Scenario: Restore from an older backup
      `restore --list` ends with the newest. Here the one before it is taken; set ARCHIVE to the one that you want. This
      restores every stream of it: for one of them, add `--stream` and its name to the last line.

      Given one backup was taken
      And 25 more messages are acknowledged after that
      And one backup was taken
      And the backup shell is open
      And NATS has lost every stream
      When the operator runs:
        """bash
        ARCHIVE=$(kubectl exec -n kgents-agents nats-backup-shell -- restore --list | tail -n 2 | sed '$d')
        echo "restoring ${ARCHIVE:?there is no older archive}"
        kubectl exec -n kgents-agents nats-backup-shell -- restore --archive "$ARCHIVE"
        """
      Then the output shows "restore: succeeded"
      And NATS holds all that was acknowledged before the backup; the 25 messages after it are lost

    @covers:R06 @simulated:time
    Scenario: Restore from a backup picked at random
      Not in an incident: it may pick an old backup, and what came after that is lost. For a NATS that is there to try
      with. Any backup must do, not only the newest: pick one now and then. The names of the last days are simulated here;
      each archive holds the same data.

      Given backups of the last 5 days are on the volume
      And the backup shell is open
      And NATS has lost every stream
      When the operator runs:
        """bash
        ARCHIVE=$(kubectl exec -n kgents-agents nats-backup-shell -- restore --list | shuf -n 1)
        kubectl exec -n kgents-agents nats-backup-shell -- restore --archive "${ARCHIVE:?there is no archive}"
        """
      Then the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer

    @covers:R17
    Scenario: Restore an earlier version of an archive in S3
      The bucket keeps what was overwritten for 30 days, as earlier versions of the object. The key that restores use may
      read them. The block names every version and takes the oldest, which is what the backup uploaded: an archive is written
      once. One that was deleted is in no list: see 2.5. To restore one stream only, add `--stream` and its name to the last
      line.

      Given archives are copied off-site
      And restores have a key of their own
      And one backup was taken
      And the newest copy in the bucket was overwritten by mistake
      And the backup shell is open
      And NATS has lost every stream
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --from s3 --dry-run
        """
      Then the command fails with "is damaged; nothing was changed"
      When the operator runs:
        """bash
        (
          set -euo pipefail
          ARCHIVE=$(kubectl exec -n kgents-agents nats-backup-shell -- restore --list --from s3 | tail -n 1)
          aws s3api list-object-versions --bucket kgents-dr-backups --prefix "nats/${ARCHIVE:?}" \
            --query 'Versions[].[LastModified,Size,IsLatest,VersionId]' --output text
          VERSION=$(aws s3api list-object-versions --bucket kgents-dr-backups --prefix "nats/$ARCHIVE" \
            --query 'sort_by(Versions, &LastModified)[0].VersionId' --output text)
          [ "$VERSION" != None ] || VERSION=
          echo "restoring ${ARCHIVE}, version ${VERSION:?there is no version of it}"
          kubectl exec -n kgents-agents nats-backup-shell -- \
            restore --from s3 --archive "$ARCHIVE" --version-id "$VERSION"
        )
        """
      Then the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer

    @covers:R17
    Scenario: Restore an archive that was deleted in S3
      A delete hides an archive, and the bucket keeps it for 30 days more. The first block lists what was deleted, and when, the
      newest archive last. What has expired is listed as well: nobody deleted it. The second block takes the newest archive
      of the list. Set ARCHIVE to another name if you want another one, as you must if that one was removed because no backup
      had made it (nats-backup/security, 2.2). To restore one stream only, add `--stream` and its name to the last line.

      Given archives are copied off-site
      And restores have a key of their own
      And one backup was taken
      And the newest copy in the bucket was deleted by mistake, and after that an old one expired
      And the backup shell is open
      And NATS has lost every stream
      When the operator runs:
        """bash
        aws s3api list-object-versions --bucket kgents-dr-backups --prefix nats/ \
          --query 'sort_by(DeleteMarkers, &Key)[].[LastModified,Key]' --output text
        """
      Then the output shows "nats/nats-"
      When the operator runs:
        """bash
        (
          set -euo pipefail
          ARCHIVE=$(aws s3api list-object-versions --bucket kgents-dr-backups --prefix nats/ \
            --query 'sort_by(DeleteMarkers, &Key)[-1].Key' --output text)
          ARCHIVE=${ARCHIVE#nats/}
          VERSION=$(aws s3api list-object-versions --bucket kgents-dr-backups --prefix "nats/${ARCHIVE:?}" \
            --query 'sort_by(Versions, &LastModified)[0].VersionId' --output text)
          [ "$VERSION" != None ] || VERSION=
          echo "restoring ${ARCHIVE}, version ${VERSION:?there is no version of it}"
          kubectl exec -n kgents-agents nats-backup-shell -- \
            restore --from s3 --archive "$ARCHIVE" --version-id "$VERSION"
        )
        """
      Then the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer

  Rule: 3 Prove it worked
    `restore` has compared each stream with the archive before it says "succeeded": counts, sequences, consumers. Of a
    stream whose messages expire, or are consumed meanwhile, it can only say that the last sequence is right and how many are
    gone.

    Scenario: Look at the stream
      Given one backup was taken
      And the backup shell is open
      And NATS has lost the stream "AUDIT"
      And the stream "AUDIT" was restored
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- nats stream info AUDIT
        """
      Then the output shows "Messages: 300"
      And NATS holds every acknowledged message and every consumer

  Rule: 4 Undo
    A restore only adds streams that were not there. One that should not be there is removed with all it holds, which nothing
    brings back but another restore.

    Scenario: Remove a stream that should not have been restored
      Set STREAM to its name, in both blocks. The first one shows what would be lost: anything that was published to it since,
      too. Ask its owner before you paste the second one.

      Given one backup was taken
      And the backup shell is open
      And NATS has lost the stream "AUDIT"
      And the stream "AUDIT" was restored
      When the operator runs:
        """bash
        STREAM=AUDIT
        kubectl exec -n kgents-agents nats-backup-shell -- nats stream info "${STREAM:?}"
        """
      Then the output shows "Messages: 300"
      When the operator runs:
        """bash
        STREAM=AUDIT
        kubectl exec -n kgents-agents nats-backup-shell -- nats stream rm "${STREAM:?}" --force
        kubectl exec -n kgents-agents nats-backup-shell -- nats stream ls --all --names
        """
      Then the output shows "AGENTESE"
      And the output does not show "AUDIT"
      And every other stream is untouched

  Rule: 5 If it goes wrong

    Scenario: "the stream ... is not in the archive; nothing was changed"
      The archive is older than the stream, the stream was lost before the archive was taken (name an older one, as in 2.2), or
      the name has a typing error. The message lists what the archive holds.

      Given one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --stream AUDITS
        """
      Then the command fails with "the stream AUDITS is not in the archive; nothing was changed"
      And the output shows "it holds: AGENTESE AUDIT"
