@runbook:backup-content @persona:operator @read-only
Feature: See which backups there are, and what they hold
  **Use when** you want to know how far back you could go, or whether a stream, a bucket or a consumer is in a backup.

  **Do not use when** you only want to know whether all is well: that is *Is the NATS backup healthy?*

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents. Takes a minute. Nothing here changes NATS, an
  archive or S3.

  **Escalate** #platform-oncall when an archive is damaged, or lacks what should be in it.

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed

  Rule: 1 Check
    Archives are looked at from the backup shell, a pod beside them. It ends by itself after four hours; then see
    "cannot exec into a container in a completed pod" below. It knows the secrets of when it was opened: when a secret
    was changed, close it (Undo) and open it again.

    Scenario: Open the backup shell
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        """
      Then the output shows "condition met"

  Rule: 2 List and inspect
    An archive's name is the time (UTC) at which it was begun. Volume and S3 are asked one by one.

    @simulated:time
    Scenario: List the backups, and inspect the oldest
      The lab makes the nights by the archives' names.

      Given archives are copied off-site
      And one backup was taken
      And backups of the last 3 days are on the volume
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --list
        """
      Then the output names every archive on the volume
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --list --from s3
        """
      Then the output shows "nats-"
      And 1 archive is in the bucket
      When the operator runs:
        """bash
        OLDEST=$(kubectl exec -n kgents-agents nats-backup-shell -- restore --list | head -n 1)
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect "$OLDEST"
        """
      Then the output shows "verified"
      And the output names every stream with its messages and consumers

    @covers:B12
    Scenario: Inspect the newest backup
      Each file in it is compared with its checksum first. A key-value bucket is the stream KV_ and its name, an object
      store OBJ_ and its name.

      Given one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect latest
        """
      Then the output names every stream with its messages and consumers
      And the manifest of the newest archive is true

  Rule: 3 Prove it worked
    That a backup holds something is proven by restoring it. Restore drills are in *Set up the NATS backup*, part 4.

    @covers:B03 @covers:B04 @covers:B06 @covers:B10
    Scenario: Everything in the newest backup is read, and comes back
      Streams with headers, deleted messages and times to live, key-value buckets, object stores, and a consumer that lives
      on another server than its stream's leader.

      Given one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status --verify
        """
      Then the output shows "every byte read and verified"
      And the newest archive gives back every acknowledged message and every consumer

  Rule: 4 Undo

    @mutates
    Scenario: Close the backup shell
      Given the backup shell is open
      When the operator runs:
        """bash
        kubectl delete pod nats-backup-shell -n kgents-agents --ignore-not-found
        """
      Then the output shows "deleted"

  Rule: 5 If it goes wrong

    @lab-only
    Scenario: "there is no archive (local)": the volume is empty
      Either no backup has succeeded yet, or the volume was lost. Look in S3; if there is nothing either, take a backup now.

      Given the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect latest
        """
      Then the command fails with "there is no archive (local)"
      And the output shows "restore --list --from s3"

    @covers:B12
    Scenario: "is damaged; nothing was changed": an archive is not what its manifest says
      Use an older one, or its copy in S3. Keep the damaged file, and find out what is wrong with the volume.

      Given one backup was taken
      And the newest archive was changed and packed again
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect latest
        """
      Then the command fails with "is damaged; nothing was changed"
      And the output shows "not as its manifest says: streams/AUDIT/backup.json"
      And the output shows "exit: 14 (archive-broken)"

    @simulated:time
    Scenario: "cannot exec into a container in a completed pod": the backup shell has ended
      It ends by itself four hours after it was opened. As long as the old pod is there, opening it again does nothing,
      and says "timed out waiting for the condition on pods/nats-backup-shell". Remove it first. The lab ends it sooner.

      Given the backup shell has ended
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --list
        """
      Then the command fails with "cannot exec into a container in a completed pod"
      When the operator runs:
        """bash
        kubectl delete pod nats-backup-shell -n kgents-agents --ignore-not-found
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        """
      Then the output shows "condition met"

    Scenario: "off-site copy: ... is damaged; not copied to S3"
      An archive on the volume isn't what it was. The backup leaves its copy in S3 alone, if there is one: the second block
      finds what is damaged on the volume, and reads the copy of each to its end. "verified" means that the copy is good.
      "there is no archive" means that it was never copied, and nothing else has it: keep the file, and escalate. Move the
      damaged file away as the message says, behind `kubectl exec -n kgents-agents nats-backup-shell -- `, and find out what is
      wrong with the volume.

      Given archives are copied off-site
      And one backup was taken
      And the newest archive is damaged: it is empty
      When the operator runs:
        """bash
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "is damaged; not copied to S3"
      And the output shows "backup: succeeded"
      And 2 archives are in the bucket
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- bash -c '
          NAMES=$(restore --list) || exit
          LOST=0
          for NAME in $NAMES; do
            if restore --inspect "$NAME" >/dev/null 2>&1; then continue; fi
            echo "damaged on the volume: $NAME. Its copy in S3:"
            restore --from s3 --inspect "$NAME" || LOST=1
          done
          exit "$LOST"'
        """
      Then the output shows "damaged on the volume: nats-"
      And the output shows ", verified; taken "
