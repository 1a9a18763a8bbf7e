@runbook:restore-everything @persona:on-call @mutates @irreversible
Feature: Restore every stream into an empty NATS
  **Use when** NATS runs and answers, but its streams are gone.

  **Do not use when** some of the streams are there: restore the others by name (restore-one-stream), or replace one
  that is damaged (replace-a-stream). Nor when NATS itself is down: a cluster that has two of its three volumes left
  repairs itself, and loses nothing but streams of one replica that were on the third.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents, and to volumes (pv) for 2.2. Stop what
  publishes, if it creates its streams by itself (replace-a-stream 2.2 shows how), and write down what you stopped: it is
  started again at the end. What was acknowledged after the last backup is lost: 24 hours at most, if the one of last night
  succeeded; "taken" in the dry run tells. The lab's 10 MiB take five seconds; the objective is 15 minutes.

  **Escalate** #platform-oncall after 15 minutes, or when a restore says "differs from the manifest".

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed

  Rule: 1 Check
    NATS must answer, and the archive must hold what you miss. A dry run checks what can be known beforehand, and changes
    nothing. If the newest archive lacks a stream that you miss, an older one may have it: see restore-one-stream 2.2. The
    same if a backup was taken after the loss, when an application had made its stream anew: the newest archive holds that
    one then, with the few messages it has had since. Count the servers too:
    `kubectl get statefulset nats -n kgents-agents`. Where that isn't 3/3, see restore-special-streams 2.3.

    Scenario: See what is lost, and what the newest archive holds
      If the first block says "timed out", an old backup shell has ended and is in the way. Remove it with
      `kubectl delete pod nats-backup-shell -n kgents-agents --ignore-not-found`, and paste the block again. If it says so
      once more, look at the volume: `kubectl get pvc nats-backup-pvc -n kgents-agents`. "not found", "Pending" and
      "Terminating" are 2.2.

      Given one backup was taken
      And NATS has lost every stream
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- nats stream ls --all
        """
      Then the output shows "No Streams defined"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --list
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect latest
        kubectl exec -n kgents-agents nats-backup-shell -- restore --dry-run
        """
      Then the output shows "would restore: AGENTESE"
      And the output shows "restore --dry-run: nothing was changed"
      And NATS still holds nothing

  Rule: 2 Fix
    Run it once. Every message comes back under its old sequence, and every consumer at its place: what was not
    acknowledged is delivered again, and so is what was acknowledged above a gap. A backup that begins meanwhile waits
    until the restore has ended.

    @covers:R01 @covers:R07 @covers:R18 @covers:R19
    Scenario: Restore from the backup volume
      Given one backup was taken
      And 25 more messages are acknowledged after that
      And the backup shell is open
      And NATS has lost every stream
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the output shows "restore: succeeded"
      And NATS holds all that was acknowledged before the backup; the 25 messages after it are lost
      And the consumer "reporting" of "AGENTESE" goes on where it was, within the recovery time objective

    @covers:R02
    Scenario: Restore from S3, when the backup volume is lost too
      The first block shows whether it is lost. "Released" means that only the claim was deleted: the newest archives are
      still on the volume. Don't go on here: paste the second block of job-troubleshooting 2.4, and no other, then restore from
      the volume (2.1 here). If nothing but the header is shown, the volume is lost: the second block makes it anew, empty. The
      next backup fills it again. If not even the header is shown, you may not ask for volumes: escalate.
      "Bound" is a volume that is there: if `restore --list` in the backup shell shows archives, restore from them (2.1); if
      it shows none, paste the second block.

      A claim that is Terminating goes when the backup shell is closed, and unless POLICY is Retain the archives go with it.
      Whatever POLICY is, restore from the volume (2.1) while the shell is open, and close it only after that:
      `kubectl delete pod nats-backup-shell -n kgents-agents --ignore-not-found`.

      Given archives are copied off-site
      And one backup was taken
      And NATS has lost every stream
      And the backup volume is lost, with every archive on it
      When the operator runs:
        """bash
        kubectl get pv -o custom-columns=NAME:.metadata.name,NAMESPACE:.spec.claimRef.namespace,CLAIM:.spec.claimRef.name,POLICY:.spec.persistentVolumeReclaimPolicy,PHASE:.status.phase |
          grep -E 'NAME|kgents-agents +nats-backup-pvc'
        """
      Then the output shows "PHASE"
      And the output does not show "nats-backup-pvc"
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-pvc.yaml
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- restore --from s3
        """
      Then the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer
      And the consumer "auditor" of "AGENTESE" goes on where it was, within the recovery time objective

  Rule: 3 Prove it worked
    `restore` has compared what arrived with the archive's manifest before it says "succeeded". Messages that applications
    have taken or replaced meanwhile are counted on a line of their own: "consumed or written anew since". Look for yourself,
    and see that the next backup works. Then start again what you stopped.

    Scenario: Look at the streams, and take a backup
      "healthy" may speak of the backup from before. The log must end with "backup: succeeded": if it shows nothing, the Job
      waits for something, see job-troubleshooting.

      Given one backup was taken
      And the backup shell is open
      And NATS has lost every stream
      And every stream was restored
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- nats stream report
        JOB=nats-backup-manual-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status --verify
        """
      Then the output shows "backup: succeeded"
      And the output shows "backup-status: healthy"
      And NATS holds every acknowledged message and every consumer
      And the newest archive holds every stream, message and consumer

  Rule: 4 Undo
    There is none: a restore only adds streams that were not there. One that should not be there is removed as in
    restore-one-stream, 4.1.

  Rule: 5 If it goes wrong

    @covers:R21
    Scenario: "restore failed: streams exist at the target; nothing was changed"
      The restore was already done, by you or by someone else, or an application has created its streams. Nothing was
      changed, however often you run it. "the archive has" tells the two cases apart: equal numbers mean that this stream
      was restored, unless the archive was taken after the loss (see Check). A stream that `restore --inspect latest` lists
      and this message doesn't name is still missing: restore it by name (restore-one-stream 2.1). If an application has
      created its streams, see replace-a-stream 2.2.

      Given one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the command fails with "streams exist at the target; nothing was changed"
      And the output shows "exists: AGENTESE, 977 messages to sequence 1000; the archive has 977 to 1000"
      And NATS itself is untouched
