@runbook:restore-special-streams @persona:on-call @mutates @irreversible
Feature: Restore streams that need more than the usual command
  **Use when** a stream limits the age of its messages, is a work queue or of interest, or has more replicas than the
  cluster can hold now.

  **Do not use when** the usual command works: see restore-everything and restore-one-stream.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents.

  **Escalate** #platform-oncall after 15 minutes.

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed

  Rule: 1 Check
    A dry run tells of messages that would expire, before anything is changed: `restore --dry-run` in the backup shell. It
    doesn't notice how many servers are there, unless a stream is to be replaced. Every restore needs two of the three; a
    stream that is to have three replicas needs all of them. Count them: `kubectl get statefulset nats -n kgents-agents`.

  Rule: 2 Fix

    @covers:R08 @simulated:time
    Scenario: "every message would expire on arrival; nothing was changed"
      The messages are older than the max_age of their stream, so NATS would remove them as they arrive, and an empty
      stream would look like a restore. The restore is refused until you say what you want: keep the messages, by a
      stream without that limit, or let them expire. Give the stream its limit back when the messages have been used;
      the restore prints the command. The age is simulated: the archived stream was given a limit of a second.

      Given one backup was taken
      And the messages of "AUDIT" in that backup are older than the max_age of their stream
      And the backup shell is open
      And NATS has lost the stream "AUDIT"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --stream AUDIT
        """
      Then the command fails with "every message would expire on arrival; nothing was changed: AUDIT (max_age 1s"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --stream AUDIT --max-age 0
        """
      Then the output shows "max_age: AUDIT is restored with no limit instead of 1s; set it back later"
      And the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer

    @covers:R09
    Scenario: A work queue and a stream of interest
      They keep a message until a consumer has acknowledged it. Messages and consumers come back together, so that
      nothing goes before it was consumed: the usual command does it. Consumers that are at work go on as soon as their
      stream is there: "consumed or written anew since" counts what they have taken.

      Given the work-queue stream "JOBS" and the interest stream "EVENTS" hold 40 acknowledged messages each
      And one backup was taken
      And the backup shell is open
      And NATS has lost every stream
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore
        """
      Then the output shows "restore: succeeded"
      And NATS holds every acknowledged message and every consumer
      And the consumer "worker" of "JOBS" goes on where it was, within the recovery time objective

    @covers:R10 @degraded
    Scenario: A cluster that is short of servers
      JetStream needs two of its three servers to restore anything, also a stream with one replica; the dry run doesn't
      notice. With one server left, bring another one back first: see nats-unavailable 5.1. With two servers, as here, restore
      with one replica, and give the stream its three again when the cluster is whole.

      Given one backup was taken
      And the backup shell is open
      And one of the three NATS servers is gone
      And NATS has lost the stream "AGENTESE"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- restore --stream AGENTESE --replicas 1
        """
      Then the output shows "restore: succeeded"
      And the stream "AGENTESE" has 1 replicas, all up to date
      When NATS is back
      And the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- nats stream edit AGENTESE --replicas 3 --force
        """
      Then the stream "AGENTESE" has 3 replicas, all up to date
      And NATS holds every acknowledged message and every consumer

  Rule: 3 Prove it worked
    "restore: succeeded" comes after what arrived was compared with the archive. For replicas and limits,
    `nats stream info` in the backup shell shows what the stream has now.

  Rule: 4 Undo
    There is none: a restore only adds streams. Limits and replicas are changed back with `nats stream edit`.

  Rule: 5 If it goes wrong
    See the page restore-fails.
