@runbook:s3-unavailable @persona:on-call @mutates @reversible
Feature: S3 is unavailable, or refuses the archives
  **Use when** a backup says "off-site copy: FAILED", or "off-site copy: disabled" where one is wanted.

  **Do not use when** the backup itself fails ("NATS is down", "the backup volume is full"): those have pages of their
  own.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents. To mend bucket, user or key: AWS credentials that
  may change them, and a checkout of this repository.

  **Escalate** #platform-oncall at once when archives are missing in the bucket that were there; when S3 doesn't
  answer for a day; in any case before the newest off-site copy is 48 hours old.

  **What fails** the second copy. If the volume is lost now, everything after the newest copy in S3 is lost with it.

  **What still works** backups, on the volume, every night; it has room for 7 days of them. Restores from the volume.

  **For how long** an S3 that doesn't answer is a warning until the newest copy there is 48 hours old. From then on every
  backup fails, so that somebody looks. An S3 that refuses (key, permission, bucket, quota) fails the backup at
  once, since that doesn't pass by itself. The archive on the volume is made and kept in each case.

  **What to do** nothing, if S3 comes back by itself: the next backup uploads whatever is missing. Otherwise find the
  words that you see under 5.

  **It is over when** `backup-status` says so: see 3.

  Rule: 1 Check

    @degraded @covers:D01 @simulated:time
    Scenario: See whether it is S3, and only S3
      "ok" for everything but the off-site copy: you are on the right page. A backup shell that is open already has the
      settings and keys of when it was opened: close it first (nats-backup/what-a-backup-holds, 4.1). The block opens it. The
      age of the last backup is simulated.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And the last backup is 3 hours old
      And S3 refuses connections
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: off-site copy: BROKEN"
      And the output shows "connection refused"
      And the output shows "check: archive: ok"
      And the output shows "check: NATS: ok"

  Rule: 2 Fix

    @degraded @covers:D01 @covers:D11 @covers:D31 @simulated:time
    Scenario: "off-site copy: FAILED; the local archive is kept": backups go on, and S3 catches up
      Here the last backup has no copy in S3 yet, and the next one can't make any. Then S3 is back. Nobody has to do
      anything; start a backup by hand if you don't want to wait for the next night. The age of the last backup is simulated.

      Given the backup CronJob is deployed
      And the last backup is 20 hours old
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
      And the output shows "connection refused by http://s3:9000"
      And the Job "without-s3" completes
      And 2 archives are on the volume
      And the newest archive holds every stream, message and consumer
      When S3 answers again
      Then 0 archives are in the bucket
      When the operator runs:
        """bash
        JOB=catch-up-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the Job "catch-up" completes
      And 3 archives are in the bucket
      And the bucket holds every archive of the volume, byte for byte

  Rule: 3 Prove it worked
    A backup shell that is open has the keys and the address of when it was opened, and would judge by those. So the block
    closes it and opens it anew: see first that nobody works in it.

    Scenario: "backup-status: healthy": the newest archive is in S3, and equal
      Given the backup CronJob is deployed
      And archives are copied off-site
      And one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl delete pod nats-backup-shell -n kgents-agents --ignore-not-found
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the output shows "check: off-site copy: ok, s3://kgents-dr-backups/nats/nats-"
      And the output shows "is equal"
      And the output shows "backup-status: healthy"
      And the bucket holds every archive of the volume, byte for byte

  Rule: 4 Undo
    A backup adds an archive, which is removed in its time as the others are, and of the Jobs that were started by hand the
    last three stay. What was mended stays as this page leaves it: the policy and the bucket are as published, and a key that
    was removed doesn't come back. Only an address or a region that you set in nats-backup-settings can be set back: write down
    what was there, before you change it.

  Rule: 5 If it goes wrong
    By the words that a backup prints after "why:".

    @degraded @simulated:time @covers:D01 @covers:D24
    Scenario: "the newest off-site copy is 49 h old (limit 48 h)": backups fail now
      The archive on the volume is made all the same. The Job fails, and tries again after 10, 20 and 40 seconds. Ask
      who runs S3; until it answers this happens every night. Simulated: the age of the last backup, by its name.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And the last backup is 49 hours old
      And S3 refuses connections
      When the operator runs:
        """bash
        JOB=too-old-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "the newest off-site copy is 49 h old (limit 48 h)"
      And an attempt of the Job "too-old" fails, and the Job will try again
      And 2 archives are on the volume
      And the newest archive holds every stream, message and consumer
      When S3 answers again
      Then a retry of the Job "too-old" succeeds by itself
      And 2 archives are on the volume
      And the bucket holds every archive of the volume, byte for byte

    @degraded @covers:D31
    Scenario: "does not resolve": the name of S3 is wrong, or DNS is down
      "connection refused" means that the name is right and nothing listens there. This means that nobody was even
      asked. See whether the name is right, with the second block. On AWS there is no AWS_ENDPOINT_URL, unless somebody set one.

      If the name is wrong, the third block sets the right one and takes a backup: set ADDRESS to yours. On AWS take it out
      instead: `kubectl patch configmap nats-backup-settings -n kgents-agents --type merge -p '{"data":{"AWS_ENDPOINT_URL":null}}'`.
      The region of the bucket is AWS_REGION in the same ConfigMap, us-east-1 unless told. If the name is right, DNS fails: see
      nats-unavailable 2.3, or ask who runs it.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And the name of S3 does not resolve
      When the operator runs:
        """bash
        JOB=no-such-name-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "the name of http://s3.nowhere.invalid:9000 does not resolve"
      And the Job "no-such-name" completes
      And the newest archive holds every stream, message and consumer
      When the operator runs:
        """bash
        kubectl get configmap nats-backup-settings -n kgents-agents -o jsonpath='{.data.AWS_ENDPOINT_URL}{"\n"}'
        """
      Then the output shows "http://s3.nowhere.invalid:9000"
      When the operator runs:
        """bash
        ADDRESS=http://s3:9000
        kubectl patch configmap nats-backup-settings -n kgents-agents --type merge \
          -p '{"data":{"AWS_ENDPOINT_URL":"'"${ADDRESS:?}"'"}}'
        JOB=right-name-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the Job "right-name" completes
      And 2 archives are in the bucket
      And the bucket holds every archive of the volume, byte for byte

    @degraded @simulated:time @covers:D02
    Scenario: "no answer within the time limit": S3 takes the connection and says nothing
      A firewall that drops packets, or a store that hangs. The backup gives up by itself, after twice 20 seconds, and
      keeps the archive. Simulated: 2 seconds in the place of 20.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And backups wait 2 seconds for an answer of S3
      And S3 takes connections and does not answer
      When the operator runs:
        """bash
        JOB=hanging-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "no answer within the time limit"
      And the output shows "off-site copy: FAILED; the local archive is kept"
      And the Job "hanging" completes
      And the newest archive holds every stream, message and consumer

    @degraded @covers:D03
    Scenario: The upload takes long: S3 is slow
      A slow S3 doesn't cut an upload short; only one that stops does. The archive is in the bucket when all of it is.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And S3 takes 4096 KiB a second
      When the operator runs:
        """bash
        JOB=slow-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "off-site copy: uploaded s3://kgents-dr-backups/nats/nats-"
      And the Job "slow" completes
      And the bucket holds every archive of the volume, byte for byte

    @degraded @covers:D07
    Scenario: "Connection was closed": the upload breaks off in the middle
      Nothing half-made is in the bucket: an archive is one upload, which is there when it is whole. The next backup
      uploads it again.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And connections to S3 are cut after 3072 KiB
      When the operator runs:
        """bash
        JOB=cut-off-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "off-site copy: FAILED; the local archive is kept"
      And the output shows "Connection was closed"
      And the Job "cut-off" completes
      And nothing is in the bucket, no unfinished upload either
      When S3 answers again
      And the operator runs:
        """bash
        JOB=whole-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the Job "whole" completes
      And 2 archives are in the bucket
      And the bucket holds every archive of the volume, byte for byte

    @degraded @covers:D04
    Scenario: "permission denied for key": the policy of the user is gone or wrong
      The Job fails at once and isn't tried again. Put the published policy back, and take the backup again. Or the bucket's
      name is wrong, and the policy doesn't allow that bucket. The name is BACKUP_BUCKET in these settings:
      `kubectl get configmap nats-backup-settings -n kgents-agents -o yaml`.

      "the keys in secret nats-backup-s3 are not valid" is another matter: the key was deleted or switched off. Make a new
      one: Rotate in nats-backup/s3-prerequisites (2.4).

      Given the backup CronJob is deployed
      And archives are copied off-site
      And somebody removed the policy of the backup user
      When the operator runs:
        """bash
        JOB=denied-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "permission denied for key"
      And the Job "denied" fails, and is not tried again
      And the newest archive holds every stream, message and consumer
      When the operator runs:
        """bash
        aws iam put-user-policy --user-name nats-backup --policy-name nats-archives \
          --policy-document file://fixtures/nats/s3/backup-policy.json
        JOB=permitted-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the Job "permitted" completes
      And 2 archives are in the bucket
      And the bucket holds every archive of the volume, byte for byte

    @degraded @covers:D05
    Scenario: "the bucket kgents-dr-backups does not exist": somebody deleted it
      A bucket whose name is wrong in the settings says "permission denied for key" where the published policy is in force: see 5.6.

      What was only in the bucket is lost: tell #platform-oncall. The block is that of the S3 prerequisites and sets the
      bucket up anew. The next backup uploads every archive that is on the volume.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And somebody deleted the bucket
      When the operator runs:
        """bash
        JOB=no-bucket-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "the bucket kgents-dr-backups does not exist"
      And the Job "no-bucket" fails, and is not tried again
      And the newest archive holds every stream, message and consumer
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
        JOB=new-bucket-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the Job "new-bucket" completes
      And 2 archives are in the bucket
      And the bucket holds every archive of the volume, byte for byte

    @degraded @covers:D06
    Scenario: "no space left in the store": the quota of the bucket is reached
      MinIO, and other stores of your own, have quotas and disks that fill up; AWS has neither. Who runs the store raises
      the quota. The next backup uploads what didn't fit.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And the bucket takes 1024 KiB and no more
      When the operator runs:
        """bash
        JOB=over-quota-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "no space left in the store"
      And the Job "over-quota" fails, and is not tried again
      And the newest archive holds every stream, message and consumer
      When S3 answers again
      Then 0 archives are in the bucket
      When the operator runs:
        """bash
        JOB=under-quota-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the Job "under-quota" completes
      And 2 archives are in the bucket
      And the bucket holds every archive of the volume, byte for byte

    @covers:D09
    Scenario: "no secret nats-backup-s3", or "off-site copy: disabled": the secret is missing
      Where copies were made before, somebody deleted the secret, and each backup fails until it is there again; the archive on
      the volume is made all the same. "off-site copy: disabled" is said, and the backup succeeds, where no copy was ever made:
      nobody has asked for one yet, or the volume is new.

      The third block is that of the S3 prerequisites: it makes a new key and removes the lost one. The next backup uploads what
      is missing. A backup shell that is open knows nothing of the new secret: close it and open it again. If no second copy is
      wanted any more, nats-backup/s3-prerequisites, 4.1, is the way to say so.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And one backup was taken
      And somebody deleted the secret "nats-backup-s3"
      When the operator runs:
        """bash
        JOB=no-secret-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "off-site copy: FAILED; the local archive is kept"
      And the output shows "why: no secret nats-backup-s3"
      And the Job "no-secret" fails, and is not tried again
      And the newest archive holds every stream, message and consumer
      And 1 archive is in the bucket
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- backup-status
        """
      Then the command fails with "check: off-site copy: BROKEN"
      And the output shows "why: no secret nats-backup-s3"
      When the operator runs:
        """bash
        (
          set -euo pipefail
          secret=$(kubectl get secret nats-backup-s3 -n kgents-agents --ignore-not-found -o name)
          if [ -n "$secret" ]; then echo "$secret exists: its key stays"; exit; fi
          for key in $(aws iam list-access-keys --user-name nats-backup --query 'AccessKeyMetadata[].AccessKeyId' --output text); do
            aws iam delete-access-key --user-name nats-backup --access-key-id "$key"
          done
          aws iam create-access-key --user-name nats-backup --output json |
            jq '{apiVersion: "v1", kind: "Secret", metadata: {name: "nats-backup-s3", namespace: "kgents-agents"},
                 stringData: {AWS_ACCESS_KEY_ID: .AccessKey.AccessKeyId, AWS_SECRET_ACCESS_KEY: .AccessKey.SecretAccessKey}}' |
            kubectl create -f -
        )
        """
      Then the output shows "secret/nats-backup-s3 created"
      When the operator runs:
        """bash
        JOB=enabled-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the Job "enabled" completes
      And 3 archives are in the bucket
      And the bucket holds every archive of the volume, byte for byte

    @degraded @covers:D10
    Scenario: "holds a placeholder instead of keys": somebody applied a template over the secret
      Don't delete the secret before it has a key. The second block makes a new key and puts it in the place of the
      placeholder; if it breaks off, backups go on failing as before. AWS may take a minute to know the key: where the
      backup says that the keys "are not valid", paste its block again. When it has succeeded, remove the lost keys with the
      block behind it. "Cannot exceed quota for AccessKeysPerUser" means that two keys are there already: paste that last
      block first. With a placeholder in the secret it removes every key of this user; no secret of this cluster holds any
      of them.

      You need not paste the manifests at the end: the lab shows that applying them leaves the secret alone, since none of
      them holds it. They put back everything else that was changed by hand: RETENTION_DAYS to 7, after which the next backup
      removes what is older; EXPECT_STREAMS, the image, the memory limit, the schedule; and NATS's own settings. See it first:
      `kubectl diff -f fixtures/nats/nats.yaml -f fixtures/nats/backup-cronjob.yaml`.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And the secret "nats-backup-s3" holds placeholders
      When the operator runs:
        """bash
        JOB=placeholder-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "holds a placeholder instead of keys"
      And the Job "placeholder" fails, and is not tried again
      And the newest archive holds every stream, message and consumer
      When the operator runs:
        """bash
        (
          set -euo pipefail
          aws iam create-access-key --user-name nats-backup --output json |
            jq '{apiVersion: "v1", kind: "Secret", metadata: {name: "nats-backup-s3", namespace: "kgents-agents"},
                 stringData: {AWS_ACCESS_KEY_ID: .AccessKey.AccessKeyId, AWS_SECRET_ACCESS_KEY: .AccessKey.SecretAccessKey}}' |
            kubectl replace -f -
        )
        """
      Then the output shows "secret/nats-backup-s3 replaced"
      When the operator runs:
        """bash
        JOB=real-key-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "off-site copy: uploaded s3://kgents-dr-backups/nats/nats-"
      And the Job "real-key" completes
      And 2 archives are in the bucket
      And the bucket holds every archive of the volume, byte for byte
      When the operator runs:
        """bash
        (
          set -euo pipefail
          current=$(kubectl get secret nats-backup-s3 -n kgents-agents -o jsonpath='{.data.AWS_ACCESS_KEY_ID}' | base64 -d)
          for key in $(aws iam list-access-keys --user-name nats-backup --query 'AccessKeyMetadata[].AccessKeyId' --output text); do
            if [ "$key" = "$current" ]; then continue; fi
            aws iam delete-access-key --user-name nats-backup --access-key-id "$key"
            echo "deleted the key $key, which no secret holds"
          done
        )
        """
      Then the output shows "which no secret holds"
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/namespace.yaml -f fixtures/nats/nats.yaml
        kubectl apply -f fixtures/nats/backup-pvc.yaml -f fixtures/nats/backup-cronjob.yaml
        """
      Then the keys in the secret "nats-backup-s3" add and read archives, and nothing else

    @degraded @covers:D06
    Scenario: "TooManyRequests" or "SlowDown": S3 is asked for more than it takes
      Others keep S3 busy, and it turns away whoever comes. Nothing has to be done: the archive on the volume is made, and the
      next backup uploads what is missing. If it goes on for a day, ask who runs S3. "SlowDown" is what AWS says, which the
      lab can't show. The lab's S3 takes 100 requests at a time, and somebody has begun 100 uploads and ends none.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And S3 has as many requests at a time as it takes
      When the operator runs:
        """bash
        JOB=throttled-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "off-site copy: FAILED; the local archive is kept"
      And the output shows "TooManyRequests"
      And the Job "throttled" completes
      And the newest archive holds every stream, message and consumer
      When S3 answers again
      Then 0 archives are in the bucket
      When the operator runs:
        """bash
        JOB=not-throttled-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the Job "not-throttled" completes
      And 2 archives are in the bucket
      And the bucket holds every archive of the volume, byte for byte
