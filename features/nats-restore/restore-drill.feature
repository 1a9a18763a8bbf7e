@runbook:restore-drill @persona:operator @mutates @reversible
Feature: Drill a restore that production never notices
  **Use when** a month has passed since the last drill, or the way backups are made has changed.

  **Do not use when** NATS is lost: then restore into it, see restore-everything.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents, archives in S3, aws with credentials that may list
  them (for Check only), and the secret nats-second-site with the keys NATS_URL, NATS_USER and NATS_PASSWORD of a NATS that
  is there for drills: a single server, or a cluster of another name than kgents, since a drill tells the two apart by it.
  There every stream that has the name of one in the archive is removed first, whoever made it, and
  without a question: look at the address in Check before you go on. Takes a few seconds for 10 MiB.

  **Escalate** #platform-oncall if it fails: then there is no backup that is known to work.

  Background:
    Given NATS holds data that its publishers were told is safe
    And archives are copied off-site
    And the backup CronJob is deployed
    And one backup was taken

  Rule: 1 Check

    Scenario: See where the drill goes, and what it restores
      When the operator runs:
        """bash
        kubectl get secret nats-second-site -n kgents-agents -o go-template='{{ .data.NATS_URL | base64decode }}{{ "\n" }}'
        aws s3api list-objects-v2 --bucket kgents-dr-backups --prefix nats/ --query 'Contents[-1].[Key,Size]' --output text
        """
      Then the output shows "nats://"
      And the output shows "nats/nats-"

  Rule: 2 Fix

    @covers:R16
    Scenario: Run the drill
      It needs nothing of the NATS that is operated: no connection, no password.

      When the operator runs:
        """bash
        JOB=drill-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-restore-drill "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "restore: succeeded"
      And the Job "drill" completes
      And the second site holds every acknowledged message and every consumer
      And no backup and no restore has connected to NATS
      And NATS itself is untouched

  Rule: 3 Prove it worked
    The log's "restored:" lines are compared with the archive's manifest before "succeeded" is printed. Write down the
    time that it took: it is your recovery time.

  Rule: 4 Undo

    Scenario: Remove the drills' Jobs; the next drill cleans the second site by itself
      Given the Jobs "drill-20261001-030000, drill-20261101-030000" were started from the CronJob "nats-restore-drill"
      When the operator runs:
        """bash
        kubectl delete job -l app=nats-restore-drill -n kgents-agents
        """
      Then no Job of the CronJob "nats-restore-drill" is left
      And NATS itself is untouched

  Rule: 5 If it goes wrong
    See the page restore-fails: a drill says the same things as a restore. When the cause is mended, run the drill again (2.1).
    Run nothing of what it prints in the backup shell: that speaks to the NATS that is backed up.

    @read-only @lab-only
    Scenario: "the target of the drill is the NATS that the archive comes from; nothing was changed"
      A drill removes what the last one left, so it never runs where the archive comes from. The secret nats-second-site
      names the wrong NATS, or one whose cluster has the same name in its configuration; here it is asked for in the backup
      shell, which speaks to the NATS that is backed up.

      Given one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --drill
        """
      Then the command fails with "the target of the drill is the NATS that the archive comes from; nothing was changed"
      And the output shows "exit: 32 (target-unfit)"
      And NATS itself is untouched

    @degraded
    Scenario: "permission denied for key": S3 refuses the key of the backup, and the drill works all the same
      Where restores have a key of their own, the drill reads with that one, and needs none that may write. A drill that says
      these words has no such key: see nats-degraded/s3-unavailable for the one of the backup, or make one as in
      nats-backup/s3-prerequisites.

      Given restores have a key of their own
      And somebody removed the policy of the backup user
      When the operator runs:
        """bash
        JOB=drill-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-restore-drill "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "restore: succeeded"
      And the Job "drill" completes
      And the second site holds every acknowledged message and every consumer
      And NATS itself is untouched
