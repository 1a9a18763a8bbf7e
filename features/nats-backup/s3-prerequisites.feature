@runbook:s3-prerequisites @persona:platform-engineer @mutates @reversible
Feature: Prepare S3 for the off-site copies: bucket, lifecycle, users, keys
  **Use when** the archives shall be copied to S3 and nothing is prepared there yet, or to check, rotate or remove
  what is. The quick start has the short form of this page, without the read-only user.

  **Do not use when** S3 doesn't answer or refuses a backup: see nats-degraded/s3-unavailable.

  **Before you begin** aws, jq, and AWS credentials that may create buckets, users and policies; kubectl 1.37 or newer with
  access to kgents-agents; the CronJob of the quick start. Takes ten minutes. Every block can be pasted again, and says below if it
  then does something else. A bucket's name is taken once in all of AWS: if yours is another, set it in the blocks, in
  both policies in fixtures/nats/s3/, and tell the pods: the ConfigMap nats-backup-settings, key BACKUP_BUCKET. The bucket
  is made in the region of your own AWS settings; if that isn't us-east-1, the same ConfigMap needs AWS_REGION. Both at
  once: `kubectl create configmap nats-backup-settings -n kgents-agents --from-literal=BACKUP_BUCKET=our-backups
  --from-literal=AWS_REGION=eu-central-1`

  **Escalate** #platform-oncall when a key is lost or may be stolen: see nats-backup/security.

  Rule: 1 Check

    @read-only @lab-only
    Scenario: See what is there already
      "not there" for all of it is how a new site looks. "unknown" is followed by what AWS or Kubernetes said: it may be
      there, or not. Paste it again when you are done.

      When the operator runs:
        """bash
        BUCKET=kgents-dr-backups
        there() {
          local said
          if said=$("${@:2}" 2>&1); then said=there; fi
          case $said in
            there) echo "$1: there" ;;
            *"(404)"* | *"(NoSuch"* | *"(NotFound)"*) echo "$1: not there" ;;
            *) echo "$1: unknown, $said" ;;
          esac
        }
        there "bucket $BUCKET" aws s3api head-bucket --bucket "$BUCKET"
        there "lifecycle of the bucket" aws s3api get-bucket-lifecycle-configuration --bucket "$BUCKET"
        there "user nats-backup" aws iam get-user --user-name nats-backup
        there "user nats-restore" aws iam get-user --user-name nats-restore
        there "secret nats-backup-s3" kubectl get secret nats-backup-s3 -n kgents-agents
        there "secret nats-restore-s3" kubectl get secret nats-restore-s3 -n kgents-agents
        """
      Then the output shows "bucket kgents-dr-backups: not there"
      And the output shows "user nats-backup: not there"
      And the output shows "secret nats-restore-s3: not there"

  Rule: 2 Fix
    In this order: the bucket, the user that writes, the user that reads. The backup never has the right to delete: a
    stolen key can add archives, and can't destroy the ones that are there.

    @covers:B17 @covers:B20 @interruptible
    Scenario: Create the bucket, keep every version, and let them expire
      The lifecycle has the prefix nats/ in every rule: what Velero keeps in the same bucket must never expire, or its
      backups break. An archive is hidden after 30 days, by a delete marker, and its bytes go 30 days later; a version that
      was written over goes 30 days after that; a delete marker goes with the last version behind it; an upload that was
      left unfinished goes after a day.

      Both settings are of the whole bucket. If others use it, look first: `aws s3api get-bucket-lifecycle-configuration
      --bucket kgents-dr-backups`. The block replaces all the rules that are there, so add yours to the file. With
      versioning on, what others delete is kept until a rule of their own removes it.

      AWS has switched public access off in every new bucket since 2023. MinIO has no such switch: see "MalformedXML"
      below. MinIO also forgets the rule about unfinished uploads, and removes them after a day by itself. Neither
      was shown here.

      When the operator runs:
        """bash
        BUCKET=kgents-dr-backups
        aws s3api head-bucket --bucket "$BUCKET" >/dev/null 2>&1 || aws s3 mb "s3://$BUCKET"
        aws s3api put-bucket-versioning --bucket "$BUCKET" --versioning-configuration Status=Enabled
        aws s3api put-bucket-lifecycle-configuration --bucket "$BUCKET" \
          --lifecycle-configuration file://fixtures/nats/s3/lifecycle.json
        """
      Then the bucket "kgents-dr-backups" is versioned, and keeps backups for 30 days
      And strangers get nothing from the bucket "kgents-dr-backups"
      And pasting the same block again changes nothing

    @covers:X01 @covers:X04 @interruptible
    Scenario: Create the user of the backup, its key and its secret
      AWS shows the secret of a key once, so it goes straight into the cluster, and is printed nowhere. The user must
      belong to this cluster alone: the block removes keys that no secret holds.

      Given the backup CronJob is deployed
      And the bucket is there
      When the operator runs:
        """bash
        aws iam get-user --user-name nats-backup >/dev/null 2>&1 || aws iam create-user --user-name nats-backup
        aws iam put-user-policy --user-name nats-backup --policy-name nats-archives \
          --policy-document file://fixtures/nats/s3/backup-policy.json
        """
      Then the only policy of the user "nats-backup" is "fixtures/nats/s3/backup-policy.json"
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
      Then the output shows "secret/nats-backup-s3"
      And pasting the same block again changes nothing
      And the keys in the secret "nats-backup-s3" add and read archives, and nothing else

    @covers:X02 @covers:X04 @interruptible
    Scenario: Create the read-only user for restores, its key and its secret
      Where this secret is, the backup shell and the restore drill use it, and nobody who restores can write. Open the
      shell anew afterwards: a pod reads its secrets when it starts. AWS may take a minute to know a new key.

      Given the bucket is there
      When the operator runs:
        """bash
        aws iam get-user --user-name nats-restore >/dev/null 2>&1 || aws iam create-user --user-name nats-restore
        aws iam put-user-policy --user-name nats-restore --policy-name nats-archives-read \
          --policy-document file://fixtures/nats/s3/restore-policy.json
        """
      Then the only policy of the user "nats-restore" is "fixtures/nats/s3/restore-policy.json"
      When the operator runs:
        """bash
        (
          set -euo pipefail
          secret=$(kubectl get secret nats-restore-s3 -n kgents-agents --ignore-not-found -o name)
          if [ -n "$secret" ]; then echo "$secret exists: its key stays"; exit; fi
          for key in $(aws iam list-access-keys --user-name nats-restore --query 'AccessKeyMetadata[].AccessKeyId' --output text); do
            aws iam delete-access-key --user-name nats-restore --access-key-id "$key"
          done
          aws iam create-access-key --user-name nats-restore --output json |
            jq '{apiVersion: "v1", kind: "Secret", metadata: {name: "nats-restore-s3", namespace: "kgents-agents"},
                 stringData: {AWS_ACCESS_KEY_ID: .AccessKey.AccessKeyId, AWS_SECRET_ACCESS_KEY: .AccessKey.SecretAccessKey}}' |
            kubectl create -f -
        )
        """
      Then the output shows "secret/nats-restore-s3"
      And the keys in the secret "nats-restore-s3" read archives, and nothing else

    @covers:X10
    Scenario: Rotate the key of the backup, without missing a backup
      A user may have two keys, so the old one works until the new one has proved itself. The secret is switched in one
      step; the next backup, scheduled or not, uses the new key. AWS may take a minute to know it: where the backup says
      that the keys "are not valid", paste its block again. Delete the old key only when a backup with the new one has
      succeeded.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And the key in the secret "nats-backup-s3" is to be replaced
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
      And the old key still works beside the one in the secret "nats-backup-s3"
      When the operator runs:
        """bash
        JOB=with-new-key-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "off-site copy: uploaded s3://kgents-dr-backups/nats/nats-"
      And the Job "with-new-key" completes
      When the operator runs:
        """bash
        (
          set -euo pipefail
          current=$(kubectl get secret nats-backup-s3 -n kgents-agents -o jsonpath='{.data.AWS_ACCESS_KEY_ID}' | base64 -d)
          for key in $(aws iam list-access-keys --user-name nats-backup --query 'AccessKeyMetadata[].AccessKeyId' --output text); do
            if [ "$key" = "$current" ]; then continue; fi
            aws iam delete-access-key --user-name nats-backup --access-key-id "$key"
            echo "deleted the old key $key"
          done
        )
        """
      Then the output shows "deleted the old key"
      And the old key is refused, and the one in the secret "nats-backup-s3" works

  Rule: 3 Prove it worked
    If a backup shell is open from before, close it first: `kubectl delete pod nats-backup-shell -n kgents-agents`. It
    still has the old key, or none, and would say that the keys "are not valid".

    @covers:B18 @covers:B19
    Scenario: A backup arrives, S3 says when it expires, and the read-only key finds it
      Given the backup CronJob is deployed
      And archives are copied off-site
      And restores have a key of their own
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
        BUCKET=kgents-dr-backups
        newest=$(aws s3api list-objects-v2 --bucket "$BUCKET" --prefix nats/ --query 'sort_by(Contents, &LastModified)[-1].Key' --output text)
        aws s3api head-object --bucket "$BUCKET" --key "$newest" --query '[ContentLength, Expiration]' --output text
        """
      Then the output shows "rule-id="
      And every archive in the bucket expires after 30 days by the rule "nats-backups-30-days"
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- restore --list --from s3
        """
      Then the output shows "nats-"
      And the backup shell uses the key in the secret "nats-restore-s3"

    @covers:B18 @covers:B19 @covers:B20 @simulated:time
    Scenario: What is older than 30 days is hidden, then goes, and Velero's objects stay
      Simulated: the age of the objects. The store was told that it had them for 29, 40 and 70 days, and then left
      alone. Who removes them is the store, by the lifecycle of this page. AWS does so once a day.

      Given the bucket is there
      And the bucket holds objects of 29, 40 and 70 days, of backups and of Velero
      When the operator runs:
        """bash
        BUCKET=kgents-dr-backups
        aws s3api put-bucket-lifecycle-configuration --bucket "$BUCKET" \
          --lifecycle-configuration file://fixtures/nats/s3/lifecycle.json
        """
      Then S3 removes backups that are older than 30 days
      And S3 keeps everything of Velero

  Rule: 4 Undo
    The bucket stays, with the archives in it, until they expire. Remove it by hand only when nobody needs them.

    @interruptible
    Scenario: Remove users, keys and secrets; the archives stay
      Backups go on, on the volume alone: "off-site copy: disabled". The first block takes away what the volume remembers of
      copies; without it each backup would fail, since a secret that is gone is taken for a fault where there were some. The
      second block ends with "removed user nats-restore", or with "no user" where there is none. If it breaks off with
      something else, a key may still be valid: mend that, and paste it again.

      Given the backup CronJob is deployed
      And archives are copied off-site
      And restores have a key of their own
      And one backup was taken
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-shell.yaml
        kubectl wait --for=condition=Ready pod/nats-backup-shell -n kgents-agents --timeout=60s
        kubectl exec -n kgents-agents nats-backup-shell -- rm -f /backups/.offsite
        """
      When the operator runs:
        """bash
        kubectl delete secret nats-backup-s3 nats-restore-s3 -n kgents-agents --ignore-not-found
        (
          set -euo pipefail
          for name in nats-backup nats-restore; do
            said=$(aws iam get-user --user-name "$name" 2>&1 >/dev/null) || case $said in
              *NoSuchEntity*) echo "no user $name"; continue ;;
              *) echo "$said" >&2; exit 1 ;;
            esac
            keys=$(aws iam list-access-keys --user-name "$name" --query 'AccessKeyMetadata[].AccessKeyId' --output text)
            for key in $keys; do aws iam delete-access-key --user-name "$name" --access-key-id "$key"; done
            policies=$(aws iam list-user-policies --user-name "$name" --query PolicyNames --output text)
            for policy in $policies; do aws iam delete-user-policy --user-name "$name" --policy-name "$policy"; done
            aws iam delete-user --user-name "$name"
            echo "removed user $name"
          done
        )
        """
      Then the output shows "removed user nats-restore"
      And no user is left, and every archive in the bucket is

  Rule: 5 If it goes wrong

    Scenario: "MalformedXML": the store is MinIO, which has no switch for public access
      On AWS this block repeats what new buckets have anyway. MinIO refuses it. There a bucket is private as long as
      it has no bucket policy, and nothing on this page sets one.

      Given archives are copied off-site
      When the operator runs:
        """bash
        BUCKET=kgents-dr-backups
        aws s3api put-public-access-block --bucket "$BUCKET" --public-access-block-configuration \
          BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
        """
      Then the command fails with "MalformedXML"
      And strangers get nothing from the bucket "kgents-dr-backups"

    @covers:X04
    Scenario: "MalformedPolicyDocument": the policy holds something that AWS doesn't know
      AWS takes only Version, Id and Statement at the top. A comment there is the usual cause. MinIO itself would take
      it without a word, so the lab judges policies by AWS's grammar.

      Given archives are copied off-site
      When the operator runs:
        """bash
        jq '{_comment: "for the nightly backup"} + .' fixtures/nats/s3/backup-policy.json >/tmp/backup-policy.json
        aws iam put-user-policy --user-name nats-backup --policy-name nats-archives \
          --policy-document file:///tmp/backup-policy.json
        """
      Then the command fails with "MalformedPolicyDocument"
      And the only policy of the user "nats-backup" is "fixtures/nats/s3/backup-policy.json"
      When the operator runs:
        """bash
        aws iam put-user-policy --user-name nats-backup --policy-name nats-archives \
          --policy-document file://fixtures/nats/s3/backup-policy.json
        """
      Then the only policy of the user "nats-backup" is "fixtures/nats/s3/backup-policy.json"

    Scenario: "Cannot exceed quota for AccessKeysPerUser": the last rotation was left half-way
      The user has two keys already. The one in the secret is in use; the block removes the other. Then rotate.

      Given archives are copied off-site
      When the operator runs:
        """bash
        aws iam create-access-key --user-name nats-backup --query AccessKey.AccessKeyId --output text
        aws iam create-access-key --user-name nats-backup --query AccessKey.AccessKeyId --output text
        """
      Then the command fails with "Cannot exceed quota for AccessKeysPerUser"
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
      And the keys in the secret "nats-backup-s3" add and read archives, and nothing else
