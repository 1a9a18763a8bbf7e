@runbook:nats-unavailable @persona:on-call @mutates @reversible
Feature: Backups fail because of NATS
  **Use when** a backup says "NATS is down", "NATS does not answer", "NATS stopped sending", "NATS refuses the user" or
  "the name of the NATS server does not resolve".

  **Do not use when** a stream is missing in a NATS that answers: that is a loss. Restore it.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents, and to kube-system, where the cluster's DNS runs.
  Takes ten minutes.

  **Escalate** #platform-oncall after 15 minutes, or at once when NATS itself is down for its users.

  **What fails** backups: no archive is made.

  **What still works** archives: those on the volume and in S3 stay, can be read, and can be restored into another NATS.

  **For how long** the recovery point objective is kept until the newest archive is 24 hours old.

  **What to do** nothing, if NATS comes back by itself: the Job tries again after 10, 20 and 40 seconds, and the next
  night. Otherwise find the words that you see under 2 and 5.

  **It is over when** a backup succeeds.

  Background:
    Given NATS holds data that its publishers were told is safe

  Rule: 1 Check
    The words of the failed backup name the cause. These commands change nothing, and tell the causes apart: how many of
    three servers are Ready, whether the Service has their addresses, and whether the cluster's DNS runs.

    @read-only
    Scenario: What a healthy NATS looks like
      Given the backup CronJob is deployed
      When the operator runs:
        """bash
        kubectl get statefulset nats -n kgents-agents
        kubectl get endpointslices -n kgents-agents -l kubernetes.io/service-name=nats \
          -o jsonpath='{range .items[*].endpoints[*]}{.targetRef.name} has an address, ready: {.conditions.ready}{"\n"}{end}'
        kubectl get deployment coredns -n kube-system
        """
      Then the output shows "3/3"
      And the output shows "nats-0 has an address, ready: true"
      And the output shows "nats-1 has an address, ready: true"
      And the output shows "nats-2 has an address, ready: true"
      And the output shows "2/2"

    @degraded @read-only @covers:D12
    Scenario: "NATS is down": archives can be read all the same
      What is on the volume doesn't need NATS. What is in S3 can go into another one meanwhile: see 5.5.

      Given the backup CronJob is deployed
      And one backup was taken
      And NATS is down
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl get statefulset nats -n kgents-agents
        kubectl exec -n kgents-agents nats-backup-shell -- restore --inspect latest
        """
      Then the output shows "0/0"
      And the output shows "AGENTESE"
      And every archive that was on the volume is still there

  Rule: 2 Fix

    @degraded @covers:D12
    Scenario: "backup failed: NATS is down": somebody scaled it to nothing
      The first command of Check says 0/0. Somebody may have wanted it so: ask in #platform-oncall before you scale it up.
      Three is the usual number. The last line waits until the Service leads to the servers; a backup that is quicker still
      says "NATS is down", and tries again.

      If it says 0/3, nobody scaled it: its servers don't start, and scaling does nothing. See why they don't start:
      `kubectl describe pods -n kgents-agents -l app=nats`. Escalate at once, with the events at the end of each pod.

      Given the backup CronJob is deployed
      And NATS is down
      When the operator runs:
        """bash
        kubectl scale statefulset nats --replicas=3 -n kgents-agents
        kubectl rollout status statefulset nats -n kgents-agents --timeout=120s
        kubectl wait --for=jsonpath='{.endpoints[0].conditions.ready}'=true endpointslice -l kubernetes.io/service-name=nats -n kgents-agents --timeout=60s
        """
      When the operator runs:
        """bash
        JOB=nats-is-back-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup: succeeded"
      And the Job "nats-is-back" completes
      And the newest archive holds every stream, message and consumer
      And NATS itself is untouched

    @degraded @covers:D31
    Scenario: "the name of the NATS server does not resolve": the Service is gone
      Applying the manifest again makes what is missing, and changes no password and no data. It says "configured" of the
      StatefulSet, the ConfigMap and the PodDisruptionBudget too: what somebody changed there by hand goes back to what is
      published. See it first: `kubectl diff -f fixtures/nats/nats.yaml`. The warnings mean that the lab made these objects by
      another way. A backup finds NATS once the Service has the addresses of its servers.

      If the Service is there and cluster DNS is too (2/2), a network policy may keep the backup from DNS: see what
      nats-backup/security, 2.1, says of NodeLocal DNSCache.

      Given the backup CronJob is deployed
      And somebody deleted the Service of NATS
      When the operator runs:
        """bash
        kubectl delete job no-service -n kgents-agents --ignore-not-found --cascade=foreground
        kubectl create job --from=cronjob/nats-backup no-service -n kgents-agents
        kubectl wait --for=create pod -l job-name=no-service -n kgents-agents --timeout=60s
        kubectl logs -f job/no-service -n kgents-agents
        """
      Then the output shows "backup failed: the name of the NATS server does not resolve"
      And the output shows "no such host"
      And an attempt of the Job "no-service" fails, and the Job will try again
      When the operator runs:
        """bash
        kubectl get service nats -n kgents-agents
        """
      Then the command fails with "NotFound"
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/nats.yaml
        kubectl wait --for=create endpointslice -l kubernetes.io/service-name=nats -n kgents-agents --timeout=60s
        kubectl wait --for=jsonpath='{.endpoints[0].conditions.ready}'=true endpointslice -l kubernetes.io/service-name=nats -n kgents-agents --timeout=60s
        kubectl delete job no-service -n kgents-agents
        JOB=service-again-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "service/nats created"
      And the output shows "backup: succeeded"
      And the Job "service-again" completes
      And NATS itself is untouched

    @degraded @covers:D31
    Scenario: "the name of the NATS server does not resolve": cluster DNS is down
      Every name fails then, that of S3 too. Cluster DNS belongs to the platform team: tell them before you start it.

      The lab shows 0/0: somebody scaled it to nothing. 0/2 means that its pods don't start, or crash. Then scaling does
      nothing: see why, with `kubectl describe pods -n kube-system -l k8s-app=kube-dns`, and give that to the platform team.

      Given the backup CronJob is deployed
      And cluster DNS is down
      When the operator runs:
        """bash
        kubectl delete job no-dns -n kgents-agents --ignore-not-found --cascade=foreground
        kubectl create job --from=cronjob/nats-backup no-dns -n kgents-agents
        kubectl wait --for=create pod -l job-name=no-dns -n kgents-agents --timeout=60s
        kubectl logs -f job/no-dns -n kgents-agents
        """
      Then the output shows "backup failed: the name of the NATS server does not resolve"
      And an attempt of the Job "no-dns" fails, and the Job will try again
      When the operator runs:
        """bash
        kubectl get service nats -n kgents-agents
        kubectl get deployment coredns -n kube-system
        """
      Then the output shows "0/0"
      When the operator runs:
        """bash
        kubectl scale deployment coredns --replicas=2 -n kube-system
        kubectl rollout status deployment coredns -n kube-system --timeout=60s
        kubectl delete job no-dns -n kgents-agents
        JOB=dns-again-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup: succeeded"
      And the Job "dns-again" completes

    @degraded @covers:D18
    Scenario: "NATS refuses the user "backup"": the password was changed, and NATS was not restarted
      NATS reads its passwords when it starts. Compare the two times: when the secret was changed last, and when the
      servers started. If the secret is the newer one, restart NATS; a restart takes one server after the other, and
      clients reconnect. If it isn't, NATS and the backup have the same password from it: leave the secret alone. Then the
      user or what it may do was changed by hand, in NATS or in the CronJob ("Permissions Violation" is that, too). See
      what: `kubectl diff -f fixtures/nats/nats.yaml -f fixtures/nats/backup-cronjob.yaml`, and escalate.

      The restart makes every password of the secret count. If the applications' password was changed too, those with the old
      one are locked out by it, and those that get the new one before it are refused as soon as they connect again. So
      don't restart on your own: agree a moment with their owners, restart NATS, and then the applications with the new
      password right away. Or put the old app-password back into the secret first.

      Given the backup CronJob is deployed
      And one backup was taken
      And NATS does not know the password in the secret nats-auth
      When the operator runs:
        """bash
        JOB=refused-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup failed: NATS refuses the user"
      And the output shows "Authorization Violation"
      And the Job "refused" fails, and is not tried again
      And every archive that was on the volume is still there
      When the operator runs:
        """bash
        kubectl get secret nats-auth -n kgents-agents --show-managed-fields \
          -o jsonpath='{range .metadata.managedFields[*]}secret changed {.time}{"\n"}{end}'
        kubectl get pods -n kgents-agents -l app=nats \
          -o jsonpath='{range .items[*]}{.metadata.name} started {.status.startTime}{"\n"}{end}'
        """
      Then the output shows "secret changed"
      When the operator runs:
        """bash
        kubectl rollout restart statefulset nats -n kgents-agents
        kubectl rollout status statefulset nats -n kgents-agents --timeout=180s
        JOB=accepted-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup: succeeded"
      And the Job "accepted" completes
      And NATS itself is untouched

  Rule: 3 Prove it worked
    A backup succeeds, and holds everything: each of the fixes above ends with one.

    @degraded @covers:D16
    Scenario: One server of three is gone: backups work
      Two of three are a quorum. Nothing has to be done for the backup; bring the third one back for NATS's own sake.
      A stream that is kept on one server alone is another matter: its backup fails while that server is gone, with
      "asking for stream ...: stream is offline (10118)". Wait until the server is back, or bring it back.

      Given the backup CronJob is deployed
      And one of the three NATS servers is gone
      When the operator runs:
        """bash
        kubectl get statefulset nats -n kgents-agents
        JOB=two-of-three-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "2/3"
      And the output shows "backup: succeeded"
      And the Job "two-of-three" completes
      And the newest archive holds every stream, message and consumer

  Rule: 4 Undo
    There is nothing to undo: each fix puts back what was there before, and of the Jobs the last three stay.

  Rule: 5 If it goes wrong

    @degraded @covers:D15
    Scenario: "NATS does not answer": two servers of three are gone
      One server alone has no quorum: it is Ready, takes connections, and answers nothing. Bring the others back. Never
      force it to be a cluster of its own: that loses what the others have.

      The lab shows 1/1: somebody scaled it to one, and the block scales it up. 1/3 means that two servers crashed. Then
      scaling does nothing: see why they don't start, as in 2.1, and escalate.

      Given the backup CronJob is deployed
      And one backup was taken
      And two of the three NATS servers are gone
      When the operator runs:
        """bash
        kubectl delete job no-quorum -n kgents-agents --ignore-not-found --cascade=foreground
        kubectl create job --from=cronjob/nats-backup no-quorum -n kgents-agents
        kubectl wait --for=create pod -l job-name=no-quorum -n kgents-agents --timeout=60s
        kubectl logs -f job/no-quorum -n kgents-agents
        """
      Then the output shows "backup failed: NATS does not answer"
      And the output shows "has the cluster a quorum?"
      And an attempt of the Job "no-quorum" fails, and the Job will try again
      And 1 archive is on the volume
      When the operator runs:
        """bash
        kubectl delete job no-quorum -n kgents-agents
        kubectl get statefulset nats -n kgents-agents
        kubectl scale statefulset nats --replicas=3 -n kgents-agents
        kubectl rollout status statefulset nats -n kgents-agents --timeout=120s
        JOB=quorum-again-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "1/1"
      And the output shows "partitioned roll out complete: 3 new pods have been updated"
      And the output shows "backup: succeeded"
      And the Job "quorum-again" completes
      And NATS itself is untouched

    @degraded @covers:D17
    Scenario: "NATS does not answer", and all three servers are Ready: one is cut off
      A server that the other two don't hear answers nothing, and still gets every third connection: now and then a
      backup fails, and so does what the applications ask of it. Ask each by its own name, and tell #platform-oncall which
      one is BROKEN. Then back up from the first that answers. "no server answers" means that none does: see 5.1.

      Given the backup CronJob is deployed
      And the backup shell is open
      And one of the three NATS servers is cut off from the others
      When the operator runs:
        """bash
        for SERVER in nats-0 nats-1 nats-2; do
          echo "$SERVER $(kubectl exec -n kgents-agents nats-backup-shell -- \
            env NATS_URL="nats://$SERVER.nats-headless:4222" backup --dry-run 2>&1 | grep 'check: NATS')"
        done
        """
      Then the output shows "check: NATS: BROKEN"
      And the output shows "check: NATS: ok"
      When the operator runs:
        """bash
        (
          set -euo pipefail
          ANSWERS=''
          for SERVER in nats-0 nats-1 nats-2; do
            LOOK=$(kubectl exec -n kgents-agents nats-backup-shell -- \
              env NATS_URL="nats://$SERVER.nats-headless:4222" backup --dry-run 2>&1) || true
            if [[ $LOOK == *'check: NATS: ok'* ]]; then ANSWERS=$SERVER; break; fi
          done
          echo "backing up from ${ANSWERS:?no server answers, nothing was started}"
          JOB=larger-side-$(date -u +%Y%m%d-%H%M%S)
          kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents --dry-run=client -o json |
            jq --arg url "nats://$ANSWERS.nats-headless:4222" \
              '(.spec.template.spec.containers[0].env[] | select(.name == "NATS_URL")).value = $url' |
            kubectl create -f -
          kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
          kubectl logs -f "job/$JOB" -n kgents-agents
        )
        """
      Then the output shows "backup: succeeded"
      And the Job "larger-side" completes
      And the newest archive holds every stream, message and consumer

    @degraded @covers:D20
    Scenario: "NATS stopped sending stream AGENTESE": the link is slow
      After ten seconds without data a backup gives up. It leaves no part of an archive, and tries again. Tell whoever runs the
      network. When the link is as it was, a retry succeeds by itself; if the last one is over, take a backup by hand.

      Given the backup CronJob is deployed
      And one backup was taken
      And NATS is behind a link of 10 KiB a second
      When the operator runs:
        """bash
        JOB=slow-link-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup failed: NATS stopped sending stream AGENTESE"
      And the output shows "timed out"
      And an attempt of the Job "slow-link" fails, and the Job will try again
      And no half-written archive is on the volume
      And 1 archive is on the volume
      When NATS is back
      Then a retry of the Job "slow-link" succeeds by itself
      And the newest archive holds every stream, message and consumer

    @degraded @covers:D14
    Scenario: "NATS stopped sending stream TRACES": its leader was lost in the middle
      A stream is read from the server that leads it. When that one is lost, the backup fails rather than keep what it
      has. The other two choose a new leader within seconds, and the next attempt reads from that.

      Given the backup CronJob is deployed
      And one backup was taken
      And the stream "TRACES" holds 24 MiB
      And the leader of the stream "TRACES" will be lost while the stream is read
      When the operator runs:
        """bash
        JOB=leader-lost-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the leader was lost while the stream was read
      And the output shows "backup failed: NATS stopped sending stream TRACES"
      And an attempt of the Job "leader-lost" fails, and the Job will try again
      And no half-written archive is on the volume
      And 1 archive is on the volume
      And a retry of the Job "leader-lost" succeeds by itself
      And 2 archives are on the volume

    @degraded @covers:D12
    Scenario: NATS stays down: restore into another one
      The drill reads from S3, and needs nothing of the NATS that is down. It fills the NATS that the secret nats-second-site
      names. Read restore-drill first: streams there that have the name of one in the archive are removed, without a question.
      Whether applications go there meanwhile is not yours to decide: escalate. What they publish there is in no backup.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And one backup was taken
      And NATS is down
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
