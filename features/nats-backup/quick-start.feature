@runbook:quick-start @persona:platform-engineer @mutates @reversible
Feature: Set up the NATS backup, from nothing to a proven restore
  **Use when** NATS runs in kgents-agents and nothing backs it up yet.

  **Do not use when** the backup is set up already: `kubectl get cronjob nats-backup -n kgents-agents` finds it.

  **Before you begin** a checkout of this repository, kubectl 1.37 or newer with access to kgents-agents, and the secret
  nats-auth with the key backup-password, which NATS itself uses. For part 2 also access to volumes (pv). For part 3 aws,
  jq, and AWS credentials that may create buckets and users. NATS must hold the stream AGENTESE: a backup of an empty NATS
  fails, on purpose. If yours holds other streams, name them in EXPECT_STREAMS, with a space between them, in
  fixtures/nats/backup-cronjob.yaml. Takes ten minutes. Every block can be pasted again.

  **Escalate** #platform-oncall when a block prints something other than what is shown here, twice.

  Background:
    Given NATS holds data that its publishers were told is safe

  Rule: 1 Deploy the backup CronJob
    First the volume, on which archives are kept for 7 days; then the CronJob.

    @interruptible
    Scenario: Deploy the volume and the CronJob
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-pvc.yaml
        kubectl apply -f fixtures/nats/backup-cronjob.yaml
        """
      Then the output shows "cronjob.batch/nats-backup"
      And the CronJob "nats-backup" runs every night at 02:00 UTC, one backup at a time

  Rule: 2 Verify that a backup runs
    Start one by hand. The Job's name holds the time, since a name can be used once. The third line waits for the pod,
    which has no log before there is one. The log follows the backup to its end; "waiting to start" before that is no
    error.

    Now that the claim has a volume, tell it to stay if somebody ever deletes the claim: most kinds of volumes go with it.

    Scenario: Take the first backup
      Given the backup CronJob is deployed
      When the operator runs:
        """bash
        JOB=test-backup-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "off-site copy: disabled (no secret nats-backup-s3)"
      And the output shows "backup: succeeded"
      And the Job "test-backup" completes
      And 1 archive is on the volume
      And the newest archive holds every stream, message and consumer
      When the operator runs:
        """bash
        VOLUME=$(kubectl get pvc nats-backup-pvc -n kgents-agents -o jsonpath='{.spec.volumeName}')
        kubectl patch pv "${VOLUME:?}" --type merge --patch '{"spec": {"persistentVolumeReclaimPolicy": "Retain"}}'
        kubectl get pv "${VOLUME:?}"
        """
      Then the output shows "Retain"

  Rule: 3 Enable S3
    From now on each archive is copied off-site as well. A bucket's name is taken once in all of AWS: if yours
    is another, or your AWS settings have another region than us-east-1, see "Before you begin" of
    nats-backup/s3-prerequisites first. The same if others use the bucket: its lifecycle is replaced. The key block makes
    one key for this cluster: the user nats-backup must belong to it alone. AWS may take a minute to know that key; where
    the backup says that the keys "are not valid", paste its block again.

    @covers:X01
    Scenario: Create the bucket, a user that can do nothing else, and its secret
      Given the backup CronJob is deployed
      When the operator runs:
        """bash
        BUCKET=kgents-dr-backups
        aws s3api head-bucket --bucket "$BUCKET" >/dev/null 2>&1 || aws s3 mb "s3://$BUCKET"
        aws s3api put-bucket-versioning --bucket "$BUCKET" --versioning-configuration Status=Enabled
        aws s3api put-bucket-lifecycle-configuration --bucket "$BUCKET" \
          --lifecycle-configuration file://fixtures/nats/s3/lifecycle.json
        """
      Then the bucket "kgents-dr-backups" is versioned, and keeps backups for 30 days
      When the operator runs:
        """bash
        aws iam get-user --user-name nats-backup >/dev/null 2>&1 || aws iam create-user --user-name nats-backup
        aws iam put-user-policy --user-name nats-backup --policy-name nats-archives \
          --policy-document file://fixtures/nats/s3/backup-policy.json
        """
      When the operator runs:
        """bash
        (
          set -euo pipefail
          secret=$(kubectl get secret nats-backup-s3 -n kgents-agents --ignore-not-found -o name)
          if [ -n "$secret" ]; then echo "$secret exists: its key stays"; exit; fi
          # AWS shows the secret of a key once. A key that no cluster holds is of no use any more.
          for key in $(aws iam list-access-keys --user-name nats-backup --query 'AccessKeyMetadata[].AccessKeyId' --output text); do
            aws iam delete-access-key --user-name nats-backup --access-key-id "$key"
          done
          aws iam create-access-key --user-name nats-backup --output json |
            jq '{apiVersion: "v1", kind: "Secret", metadata: {name: "nats-backup-s3", namespace: "kgents-agents"},
                 stringData: {AWS_ACCESS_KEY_ID: .AccessKey.AccessKeyId, AWS_SECRET_ACCESS_KEY: .AccessKey.SecretAccessKey}}' |
            kubectl create -f -
        )
        """
      Then the keys in the secret "nats-backup-s3" add and read archives, and nothing else
      When the operator runs:
        """bash
        JOB=test-offsite-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "off-site copy: uploaded s3://kgents-dr-backups/nats/nats-"
      And the Job "test-offsite" completes
      And the bucket holds every archive of the volume, byte for byte
      When the operator runs:
        """bash
        aws s3api list-objects-v2 --bucket kgents-dr-backups --prefix nats/ --query 'Contents[].[Key,Size]' --output text
        """
      Then the output shows "nats/nats-"

  Rule: 4 Prove it
    A backup is one when it was restored. The drill restores the newest archive in S3 into the second site and
    compares it with the archive's manifest; NATS itself isn't touched. The secret nats-second-site says where that
    is: see *Drill a restore* for what it has to hold. There every stream that has the name of one in the archive is
    removed first, whoever made it, and without a question: look at the address before you start the drill.

    @covers:R16
    Scenario: Restore the newest off-site archive into the second site
      Given the backup CronJob is deployed
      And archives are copied off-site
      And one backup was taken
      When the operator runs:
        """bash
        kubectl get secret nats-second-site -n kgents-agents -o go-template='{{ .data.NATS_URL | base64decode }}{{ "\n" }}'
        """
      Then the output shows "nats://"
      When the operator runs:
        """bash
        JOB=restore-drill-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-restore-drill "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "restore: succeeded"
      And the Job "restore-drill" completes
      And the second site holds every acknowledged message and every consumer
      And the Job "restore-drill" took less than the recovery time objective
      And NATS itself is untouched

  Rule: 5 If it goes wrong

    Scenario: "already exists": a Job of that name is there
      You started a Job under a name of your own that was used before. What `kubectl logs` then shows is the log of the old
      one, and proves nothing. Remove that Job, which keeps its archive, and start again.

      Given the backup CronJob is deployed
      When the operator runs:
        """bash
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=condition=Complete job/test-backup -n kgents-agents --timeout=60s
        """
      Then the output shows "condition met"
      When the operator runs:
        """bash
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        """
      Then the command fails with "already exists"
      When the operator runs:
        """bash
        kubectl delete job test-backup -n kgents-agents
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=create pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the output shows "backup: succeeded"
      And 2 archives are on the volume

    @degraded @covers:D01 @covers:D11
    Scenario: "off-site copy: FAILED; the local archive is kept": S3 refuses connections
      Backups go on locally, for as long as the volume has space; the next one copies what is missing. The Job
      succeeds with this warning until the newest off-site copy is 48 hours old, and fails from then on.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And S3 refuses connections
      When the operator runs:
        """bash
        JOB=without-s3-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "off-site copy: FAILED; the local archive is kept"
      And the output shows "connection refused"
      And the Job "without-s3" completes
      And the newest archive holds every stream, message and consumer
      When S3 answers again
      Then 0 archives are in the bucket
      When the operator runs:
        """bash
        JOB=with-s3-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the Job "with-s3" completes
      And 2 archives are in the bucket
      And the bucket holds every archive of the volume, byte for byte

    @degraded @covers:D12 @covers:D13
    Scenario: "backup failed: NATS is down": no server answers
      The Job fails, says so, and tries again after 10, 20 and 40 seconds. It leaves no archive, and touches none. How to
      bring NATS back is on the page nats-degraded/nats-unavailable.

      Given the backup CronJob is deployed
      And one backup was taken
      And NATS is down
      When the operator runs:
        """bash
        JOB=without-nats-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "backup failed: NATS is down"
      And an attempt of the Job "without-nats" fails, and the Job will try again
      And 1 archive is on the volume
      And every archive that was on the volume is still there
      When NATS is back
      Then a retry of the Job "without-nats" succeeds by itself
      And 2 archives are on the volume
      And the newest archive holds every stream, message and consumer

  Rule: 6 Undo
    Archives stay: in the bucket until they expire, and on the volume, since no backup tidies up any more. The volume stays
    even without its claim, if its reclaim policy is Retain, as part 2 sets it. The user nats-backup and its key stay valid:
    remove them by Undo of nats-backup/s3-prerequisites, and do that first. It needs the backup shell, which can't be opened
    any more when the CronJob has gone, and its service account with it.

    Scenario: Remove the CronJobs; the Jobs that were started from them go, too
      Given the backup CronJob is deployed
      And one backup was taken
      And the Job "test-backup-20261101-120000" was started from the CronJob "nats-backup"
      When the operator runs:
        """bash
        kubectl delete -f fixtures/nats/backup-cronjob.yaml --ignore-not-found
        """
      Then nothing of "fixtures/nats/backup-cronjob.yaml" is left
      And no Job of the CronJob "nats-backup" is left
      And every archive that was on the volume is still there
