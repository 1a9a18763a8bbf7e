@runbook:replace-a-stream @persona:on-call @mutates @irreversible
Feature: Replace a stream that exists with the one in a backup
  **Use when** a stream is there but what it holds is wrong: damaged, emptied, or made anew by an application.

  **Do not use when** you are not sure. What the stream holds now is gone for good, and no backup has what came after
  the archive. If what it holds may be of use, take a backup first (backup-now), and then name an older one: see Check.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents, and the consent of whoever owns the stream. Stop
  the applications that publish to it, as in 2.2, and write down what you stopped: it is started again at the end.

  **Escalate** #platform-oncall before you confirm, if you don't know whose data it is.

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed
    And one backup was taken

  Rule: 1 Check
    The newest archive is used, unless you add `--archive` and a name to the command. If a backup was taken since the
    stream went wrong, last night or just now by you, the newest archive holds what is wrong. Then name the last one
    from before it, in Check and in Fix alike. Where the stream was made anew, `backup-status` names it. Otherwise
    `restore --list` and `restore --inspect` show which: see restore-one-stream.

    @covers:R03
    Scenario: See what replacing would lose
      Without a confirmation nothing is ever changed. "lost if replaced" is what the archive doesn't have.

      Given 25 more messages are acknowledged after that
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --stream AGENTESE --replace
        """
      Then the command fails with "replacing takes a confirmation for each stream; nothing was changed"
      And the output shows "lost if replaced: sequences 1001 to 1025"
      And NATS holds every acknowledged message and every consumer

  Rule: 2 Fix

    @covers:R04
    Scenario: Replace it
      The stream is named twice on purpose. It is removed just before it is restored, after the archive was verified.

      Given 25 more messages are acknowledged after that
      And the backup shell is open
      When the operator runs:
        """bash
        STREAM=AGENTESE
        kubectl exec -n kgents-agents nats-backup-shell -- \
          restore --stream "${STREAM:?}" --replace --confirm "${STREAM:?}"
        """
      Then the output shows "replacing: removed stream AGENTESE"
      And the output shows "restore: succeeded"
      And NATS holds all that was acknowledged before the backup; the 25 messages after it are lost

    @covers:R11
    Scenario: An application makes its stream anew all the time
      The streams were lost, and an application has already made its own again, empty. A restore is refused while it is
      there. Stop the application first: one that is still running makes the stream again between its removal and its
      restore. The second block goes no further than what succeeds: where the application doesn't stop, nothing is removed.
      Start it again when the restore has succeeded. The application here is the lab's agent-gateway: put yours
      in its place, and in the last block the number of replicas that it had: the second one shows it first.

      Given NATS has lost every stream
      And an application has made the stream "AGENTESE" anew, and publishes to it
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the command fails with "streams exist at the target; nothing was changed: AGENTESE"
      And the output shows "after the archive was taken"
      When the operator runs:
        """bash
        (
          set -euo pipefail
          kubectl get deployment/agent-gateway -n kgents-agents
          kubectl scale deployment/agent-gateway -n kgents-agents --replicas=0
          kubectl wait --for=delete pod -l app=agent-gateway -n kgents-agents --timeout=60s
          kubectl exec -n kgents-agents nats-backup-shell -- restore --replace --confirm AGENTESE
        )
        """
      Then the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer
      When the operator runs:
        """bash
        kubectl scale deployment/agent-gateway -n kgents-agents --replicas=1
        kubectl rollout status deployment/agent-gateway -n kgents-agents --timeout=60s
        """
      Then the output shows "successfully rolled out"

  Rule: 3 Prove it worked
    "restore: succeeded" is the proof: what arrived was compared with the archive's manifest. `nats stream info` in the
    backup shell shows the stream, as in restore-one-stream. Then start again what you stopped.

  Rule: 4 Undo
    There is none: what a stream held before it was replaced is in no backup, unless you took one before. That one is
    an archive like any other, and can be restored the same way.

  Rule: 5 If it goes wrong
    "stream ... came into being while it was about to be restored": an application has made it again in that moment.
    Stop it, as above.

    "a server that keeps a replica is away; nothing was changed": a stream of three replicas can't be made anew until three
    servers are there. Bring the server back (`kubectl get pods -n kgents-agents -l app=nats`), or restore with one replica,
    by the command that the message names: see restore-special-streams 2.3.

    Everything else is on the page restore-fails.
