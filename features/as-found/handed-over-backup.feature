@runbook:as-found @persona:platform-engineer @mutates @irreversible
Feature: As found: the backup that was handed over as "verified"
  **Use when** somebody asks why procedures are run here before anybody believes them. The backup below was signed off after a
  green Job and an archive of 238 bytes. It's kept in fixtures/as-found/, and runs unmodified: each part fails as its defect says.

  **Do not use when** you need a backup or a restore. Nothing on this page works: follow nats-backup/quick-start,
  nats-backup/backup-now and nats-restore/restore-everything.

  **Before you begin** nothing: this page is to be read, not to be pasted.

  **Escalate** #platform-oncall when one of these files is found in a cluster.

  Background:
    Given NATS holds data that its publishers were told is safe

  Rule: 1 The backup is green, whatever happened
    Every error of the script goes to /dev/null, and the next word is "|| true". So the Job completes, an archive appears,
    the log says "Backup complete", and alerts that look at failed Jobs stay silent.

    @known-defect:S1
    Scenario: NATS is down, and the backup succeeds
      A backup of nothing is a failure.

      **Fails with** The first attempt of Job test-backup did not fail

      Given NATS is down
      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-backup.yaml
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=create pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the output shows "Backup complete"
      And an attempt of the Job "test-backup" fails, and the Job will try again

    @known-defect:S3
    Scenario: An empty server is backed up, and the backup is "verified"
      This is the archive that was signed off. Nobody can tell it from a good one by the Job, by the log or by the
      archive's name; only its size, a few hundred bytes, gives it away.

      **Fails with** The first attempt of Job test-backup did not fail

      Given NATS has lost every stream
      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-backup.yaml
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=create pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the output shows "Backup complete"
      And an attempt of the Job "test-backup" fails, and the Job will try again

    @known-defect:S6
    Scenario: S3 is down, and nothing says that the local archive was kept
      The script has a line for that, and can't come to it: under "set -e" it ends at the upload. The page promised
      "S3 unavailable: backups continue locally"; what the operator sees is a Job that fails.

      **Fails with** Could not connect to the endpoint URL

      Given archives are copied off-site
      And S3 refuses connections
      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-backup.yaml
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=create pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the output shows "S3 upload failed; the local backup is kept"

    @known-defect:S7
    Scenario: S3 is down, and each retry leaves one more archive on the volume
      The retries run in one and the same pod, so the log of an attempt goes with the next but one.

      **Fails with** The backup volume does not hold the archives that the runbook promises

      Given archives are copied off-site
      And S3 refuses connections
      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-backup.yaml
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=create pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl wait --for=jsonpath='{.status.containerStatuses[0].restartCount}'=1 pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the output shows "upload failed"
      And 1 archive is on the volume

    @known-defect:S27
    Scenario: "7 days" is eight
      `find -mtime +7` means more than seven whole days: what is seven and a half days old stays.

      **Fails with** The volume does not hold the archives of the last 7 days and no other

      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-backup.yaml
        """
      Given backups of the last 10 days are on the volume
      When the operator runs:
        """bash
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=create pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the output shows "Backup complete"
      And of the earlier archives those of the last 7 days are left

    @known-defect:S27
    Scenario: The clean-up takes what it never made
      Whatever ends in .tar.gz goes, also what somebody put aside before an upgrade. And it goes after a backup of nothing too.

      **Fails with** Files of others on the volume were touched

      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-backup.yaml
        """
      Given files of others are on the volume
      When the operator runs:
        """bash
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=create pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the output shows "Backup complete"
      And the files of others are untouched

    @known-defect:S26
    Scenario: The second operator of the night gets an error
      The name of the Job is fixed, so a backup by hand can be taken once.

      **Fails with** already exists

      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-backup.yaml
        kubectl create job --from=cronjob/nats-backup nats-backup-manual -n kgents-agents
        """
      Then the output shows "job.batch/nats-backup-manual created"
      When the operator runs:
        """bash
        kubectl create job --from=cronjob/nats-backup nats-backup-manual -n kgents-agents
        """

  Rule: 2 The restore says "Restore Complete", and nothing is there
    The archive holds descriptions of streams, no message and no consumer. And it isn't a description that `nats` takes.

    @known-defect:S4
    Scenario: Every stream is lost, and the restore brings none back
      The script gives `nats stream create` what `nats stream info` printed; the settings are one level deeper in it. Each
      stream fails, a warning goes by, and the Job completes.

      **Fails with** NATS does not hold everything that was acknowledged

      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-backup.yaml
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=create pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the output shows "Backup complete"
      And the Job "test-backup" completes
      Given NATS has lost every stream
      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-restore.yaml
        kubectl wait --for=create pod -l job-name=nats-restore -n kgents-agents --timeout=60s
        kubectl logs -f job/nats-restore -n kgents-agents
        """
      Then the output shows "Restore Complete"
      And NATS holds every acknowledged message and every consumer

    @known-defect:S2
    Scenario: The application makes its stream anew, and no message comes back
      "Metadata only" stood in a comment of the script, and "Message data is NOT restored" among the last lines of a log.

      **Fails with** 1 (agentese.heartbeat) has other subject, was agentese.world.0

      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-backup.yaml
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=create pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the output shows "Backup complete"
      And the Job "test-backup" completes
      Given NATS has lost the stream "AGENTESE"
      And an application has made the stream "AGENTESE" anew, and publishes to it
      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-restore.yaml
        kubectl wait --for=create pod -l job-name=nats-restore -n kgents-agents --timeout=60s
        kubectl logs -f job/nats-restore -n kgents-agents
        """
      Then the output shows "Restore Complete"
      And NATS holds every acknowledged message and every consumer

    @known-defect:S9
    Scenario: The archive is fetched from S3 into a pod that is gone, and copied from a file that was never there
      `kubectl run --rm` downloads into a pod and removes it; `kubectl cp` looks on the operator's own machine.

      **Fails with** doesn't exist in local filesystem

      Given the backup CronJob is deployed
      And archives are copied off-site
      And one backup was taken
      When the operator runs:
        """bash
        ARCHIVE=$(aws s3 ls s3://kgents-dr-backups/nats/ | awk 'END {print $4}')
        kubectl run s3-fetch -n kgents-agents --rm -i --restart=Never --image=kgents/nats-backup:1.0.0 \
          --env=AWS_ACCESS_KEY_ID="$(kubectl get secret nats-backup-s3 -n kgents-agents -o jsonpath='{.data.AWS_ACCESS_KEY_ID}' | base64 -d)" \
          --env=AWS_SECRET_ACCESS_KEY="$(kubectl get secret nats-backup-s3 -n kgents-agents -o jsonpath='{.data.AWS_SECRET_ACCESS_KEY}' | base64 -d)" \
          --env=AWS_ENDPOINT_URL="$(kubectl get configmap nats-backup-settings -n kgents-agents -o jsonpath='{.data.AWS_ENDPOINT_URL}')" \
          -- aws s3 cp --no-progress "s3://kgents-dr-backups/nats/$ARCHIVE" "/tmp/$ARCHIVE"
        kubectl cp "/tmp/$ARCHIVE" "kgents-agents/nats-0:/tmp/$ARCHIVE"
        """

  Rule: 3 S3 is set up, and the set-up is wrong

    @known-defect:S13
    Scenario: AWS refuses the policy
      Comments were written into it, and the grammar of policies has none. MinIO alone would have taken it.

      **Fails with** MalformedPolicyDocument

      When the operator runs:
        """bash
        aws iam create-user --user-name nats-backup
        aws iam put-user-policy --user-name nats-backup --policy-name nats-backup \
          --policy-document file://fixtures/as-found/handed-over-policy.json
        """

    @known-defect:S12
    Scenario: Applying everything again replaces the keys by placeholders
      The secret with "REPLACE_ME" is among the files that are applied, and applying them again was the advice for a failed upload.

      **Fails with** InvalidAccessKeyId

      Given archives are copied off-site
      When the operator runs:
        """bash
        kubectl apply -k fixtures/as-found
        """
      Then the keys in the secret "nats-backup-s3" add and read archives, and nothing else

    @known-defect:S10
    Scenario: The test of the upload has an option that kubectl doesn't know

      **Fails with** unknown flag: --env-from

      Given archives are copied off-site
      When the operator runs:
        """bash
        kubectl run s3-test -n kgents-agents --rm -i --restart=Never --image=kgents/nats-backup:1.0.0 \
          --env-from=secret/nats-backup-s3 -- aws s3 ls s3://kgents-dr-backups/
        """

    @known-defect:S10
    Scenario: The test of the upload asks for what the policy forbids
      The backup user may list nats/, and the command lists the whole bucket. Keys that work look broken.

      **Fails with** AccessDenied

      Given archives are copied off-site
      When the operator runs:
        """bash
        AWS_ACCESS_KEY_ID=$(kubectl get secret nats-backup-s3 -n kgents-agents -o jsonpath='{.data.AWS_ACCESS_KEY_ID}' | base64 -d)
        AWS_SECRET_ACCESS_KEY=$(kubectl get secret nats-backup-s3 -n kgents-agents -o jsonpath='{.data.AWS_SECRET_ACCESS_KEY}' | base64 -d)
        export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
        aws s3 ls s3://kgents-dr-backups/
        """

    @known-defect:S11
    Scenario: S3 is down, and the words that are to tell so never come
      "S3/GCS upload skipped" is printed where no secret is, and never when S3 is away.

      **Fails with** grep "upload skipped"

      Given archives are copied off-site
      And S3 refuses connections
      When the operator runs:
        """bash
        kubectl apply -f fixtures/as-found/handed-over-backup.yaml
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl wait --for=create pod -l job-name=test-backup -n kgents-agents --timeout=60s
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the output shows "Uploading to S3"
      When the operator runs:
        """bash
        kubectl logs job/test-backup -n kgents-agents | grep "upload skipped"
        """

    @known-defect:S16
    Scenario: "30 days" in a bucket with versions is for ever
      Expiration hides an object behind a delete marker. What it hides is kept, and paid for, and so are the markers.

      **Fails with** The bucket kgents-dr-backups is not set up as the page says

      Given the bucket is there
      When the operator runs:
        """bash
        aws s3api put-bucket-lifecycle-configuration --bucket kgents-dr-backups \
          --lifecycle-configuration file://fixtures/as-found/handed-over-lifecycle.json
        """
      Then the bucket "kgents-dr-backups" is versioned, and keeps backups for 30 days

    @known-defect:S17 @simulated:time
    Scenario: What Velero still needs expires
      Velero's own repository lies under velero/, and older backups share their blocks with newer ones.

      **Fails with** rule-id="velero-30-days"

      Given the bucket is there
      And the bucket holds objects of 29, 40 and 70 days, of backups and of Velero
      When the operator runs:
        """bash
        aws s3api put-bucket-lifecycle-configuration --bucket kgents-dr-backups \
          --lifecycle-configuration file://fixtures/as-found/handed-over-lifecycle.json
        """
      Then S3 keeps everything of Velero

  Rule: 4 Commands of the page that never worked
    None of them was ever pasted.

    @known-defect:S8
    Scenario: The archives are to be listed in a Deployment that doesn't exist
      NATS is a StatefulSet, and no archive is mounted in it.

      **Fails with** deployments.apps "nats" not found

      When the operator runs:
        """bash
        kubectl exec deploy/nats -n kgents-agents -- ls -lh /backups
        """

    @known-defect:S30
    Scenario: NATS is to be checked with a tool that its image doesn't have

      **Fails with** executable file not found

      When the operator runs:
        """bash
        kubectl exec nats-0 -n kgents-agents -- nats server check
        """
