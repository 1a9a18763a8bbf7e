@runbook:backup-security @persona:platform-engineer @mutates @reversible
Feature: What the backup may do, and what to do when its key is stolen
  **Use when** you review the backup's rights, or a key of it may be in wrong hands.

  **Do not use when** a key is only due to be changed: see Rotate in nats-backup/s3-prerequisites.

  **Before you begin** kubectl 1.37 or newer with access to kgents-agents. For a stolen key: aws, jq, AWS credentials that
  may change users and write to the bucket, and the backup shell (backup-content).

  **Escalate** #security at once when a key was stolen, and tell them when. #platform-oncall when an archive is gone.

  Background:
    Given NATS holds data that its publishers were told is safe
    And the backup CronJob is deployed

  Rule: 1 Check
    While a backup runs. The backup shell runs in the same way, but as another user of NATS, one who may delete streams.

    @read-only @covers:X07
    Scenario: A backup is nobody in particular, and can write only where archives are
      What you should see: user 1000; no capability (zeros); no new privileges (1); a filter on system calls (2); a
      read-only file system; no token for the Kubernetes API. With POD=pod/nats-backup-shell it is the same there.

      Given a backup is held up half-way
      When the operator runs:
        """bash
        POD=$(kubectl get pods -n kgents-agents -l app=nats-backup --field-selector=status.phase=Running -o name | tail -n 1)
        if [ -z "$POD" ]; then echo "no backup is running: start one and paste this again"; else
          kubectl exec -n kgents-agents "$POD" -- bash -c '
            echo "user $(id -u)"
            grep -E "^(CapEff|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status
            touch /usr/local/try || true
            ls /var/run/secrets/kubernetes.io/serviceaccount || true
          '
        fi
        """
      Then the output shows "user 1000"
      And the output shows "Read-only file system"
      And the output shows "No such file or directory"
      And the running backup is an unprivileged process

    @covers:X08
    Scenario: "Permissions Violation": with the backup's NATS user, a thief can neither publish nor delete
      The user may ask for snapshots, which hold every message: its password is worth protecting. It can't change
      anything. Only for a backup's own pod: the block stops where another user is logged in, such as in the backup shell.
      What is published to and what is to be deleted don't exist, so nothing comes of it if it is allowed: then it says
      "Published" or "stream not found".

      Given a backup is held up half-way
      When the operator runs:
        """bash
        POD=$(kubectl get pods -n kgents-agents -l app=nats-backup --field-selector=status.phase=Running -o name | tail -n 1)
        (
          as_backup() { kubectl exec -n kgents-agents "$POD" -- nats --inbox-prefix=_INBOX_backup --timeout=2s "$@"; }
          : "${POD:?no backup is running: start one and paste this again}"
          [ "$(kubectl exec -n kgents-agents "$POD" -- printenv NATS_USER)" = backup ] || { echo "not the user of backups: stop"; exit 2; }
          as_backup pub no-such-subject.try "from a thief"
          as_backup stream rm NO_SUCH_STREAM --force
        )
        """
      Then the command fails with "Permissions Violation"
      And the NATS user of the backup reads snapshots, and nothing else
      And NATS itself is untouched

    @covers:X06
    Scenario: "no secret is in the open": not in logs, events or objects
      Looks for every password and key of the namespace, as it is and in base64. Error messages are where secrets get
      out, so here a backup has just failed.

      Given archives are copied off-site
      And somebody removed the policy of the backup user
      When the operator runs:
        """bash
        JOB=talkative-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "permission denied for key"
      And the Job "talkative" fails, and is not tried again
      When the operator runs:
        """bash
        (
          set -euo pipefail
          cd "$(mktemp -d)"
          trap 'rm -f secrets found' EXIT
          kubectl get secrets -n kgents-agents -o json |
            jq -r '.items[].data // {} | to_entries[] | select(.key | test("password|secret"; "i")) | .value, (.value | @base64d)' >secrets
          {
            kubectl get events,pods,jobs,cronjobs,statefulsets,configmaps -n kgents-agents -o json | jq -c '.items[]' |
              { grep -F -f secrets || true; } | jq -r '"\(.kind)/\(.metadata.name)"'
            for pod in $(kubectl get pods -n kgents-agents -o name); do
              if kubectl logs -n kgents-agents "$pod" --all-containers | grep -F -f secrets >/dev/null; then echo "the log of $pod"; fi
            done
          } >found
          if [ -s found ]; then sed 's/^/a secret is in the open: /' found; else echo "no secret is in the open"; fi
        )
        """
      Then the output shows "no secret is in the open"
      And no secret is in a log, an event, an object or an archive

  Rule: 2 Fix

    @covers:X07
    Scenario: Let the backup's pods reach DNS, NATS and the ports of S3 only
      S3 has no fixed addresses, so the ports 443 and 9000 stay open to all the world. If yours has some, put them in the
      place of 0.0.0.0/0 in fixtures/nats/network-policy.yaml. Where DNS is answered on the node (NodeLocal DNSCache),
      allow its address too, 169.254.20.10/32 as a rule, or no name resolves.

      A policy is a wish: a cluster without a network plugin that enforces policies takes it and does nothing. The second
      block tells which it is, by a port of NATS that the backup has no business with. The lab's own cluster has no such
      plugin: here it was shown that the policy is accepted and that a backup works beside it, not that it holds.

      Given archives are copied off-site
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/network-policy.yaml
        """
      Then the output shows "networkpolicy.networking.k8s.io/nats-backup created"
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- bash -c '
          reaches() { timeout 2 bash -c "exec 3<>/dev/tcp/$1" 2>/dev/null; }
          reaches nats/4222 || echo "NATS cannot be reached: the policy forbids too much"
          if reaches nats-headless/8222; then echo "network policies are NOT enforced here"; else echo "network policies are enforced"; fi
        '
        """
      Then the output shows "network policies are"
      When the operator runs:
        """bash
        JOB=fenced-in-$(date -u +%Y%m%d-%H%M%S)
        kubectl create job --from=cronjob/nats-backup "$JOB" -n kgents-agents
        kubectl wait --for=create pod -l "job-name=$JOB" -n kgents-agents --timeout=60s
        kubectl logs -f "job/$JOB" -n kgents-agents
        """
      Then the output shows "off-site copy: uploaded s3://kgents-dr-backups/nats/nats-"
      And the Job "fenced-in" completes
      And the bucket holds every archive of the volume, byte for byte

    @covers:X05 @interruptible
    Scenario: The key of the backup was stolen
      The key can read every archive: count all that is in them as read, and say so to #security. It can add archives and
      write over them. It can't delete: an earlier version stays for 30 days after it was written over.

      In this order: switch every key of the user off; find what was written over; put it back; look for what was added,
      since a restore takes the newest by its name (it refuses only one that is named for a time to come); remove that;
      then make a new key (Rotate in nats-backup/s3-prerequisites), close the backup shell and open it again. Backups fail
      until then, and keep their archives on the volume.

      What came in the last 7 days and isn't on the volume was added by the thief, or is good and left the volume early. Read
      that list before you remove what is on it, and take the line of what is good out of /tmp/added. Good ones that are on
      it: a copy that was made late; what went because RETENTION_DAYS is, or was, under 7; a damaged archive that was moved
      away to aside-nats-..., whose good copy is in S3 alone (`kubectl exec -n kgents-agents nats-backup-shell -- ls /backups`
      shows those). If the volume was lost and made anew, everything that was on it is on the list. The block prints the
      oldest archive of the volume first: if that is younger than 7 days, the list is no proof. In doubt leave an archive
      where it is, and restore by name. What is removed is hidden by a delete marker, and its bytes stay for 30 days.

      If the key may have been stolen more than 7 days ago, set DAYS to the days since then. Then all that has left the volume
      in its time is on the list too: judge each, by asking who started a backup at the time in its name.

      Given archives are copied off-site
      And one backup was taken
      And the backup shell is open
      And a thief uses the key in the secret "nats-backup-s3"
      When the operator runs:
        """bash
        for key in $(aws iam list-access-keys --user-name nats-backup --query 'AccessKeyMetadata[].AccessKeyId' --output text); do
          aws iam update-access-key --user-name nats-backup --access-key-id "$key" --status Inactive
        done
        """
      Then the key in the secret "nats-backup-s3" is refused
      When the operator runs:
        """bash
        # An archive is written once. What has earlier versions was written over.
        BUCKET=kgents-dr-backups
        aws s3api list-object-versions --bucket "$BUCKET" --prefix nats/ --output json |
          jq -r '.Versions // [] | group_by(.Key)[] | select(length > 1) | min_by(.LastModified) | [.Key, .VersionId, .Size] | @tsv' |
          tee /tmp/written-over
        """
      Then the output shows "nats/nats-"
      When the operator runs:
        """bash
        BUCKET=kgents-dr-backups
        while read -r key version _; do
          aws s3api copy-object --bucket "$BUCKET" --key "$key" --copy-source "$BUCKET/$key?versionId=$version" \
            --checksum-algorithm SHA256 --query CopyObjectResult.LastModified --output text
        done </tmp/written-over
        """
      Then the bucket holds every archive of the volume, byte for byte
      When the operator runs:
        """bash
        # By the time of its first version: what was put back above isn't new.
        DAYS=7
        (
          set -euo pipefail
          BUCKET=kgents-dr-backups
          : >/tmp/added
          kubectl exec -n kgents-agents nats-backup-shell -- restore --list | sort >/tmp/on-the-volume
          [ -s /tmp/on-the-volume ] || { echo "no archive is on the volume: there is nothing to compare with"; exit 1; }
          echo "the oldest archive on the volume: $(head -n 1 /tmp/on-the-volume); added in $DAYS days:"
          aws s3api list-object-versions --bucket "$BUCKET" --prefix nats/ --output json |
            jq -r --argjson days "$DAYS" '(now - $days * 86400 | strftime("%Y-%m-%dT%H:%M:%S")) as $since |
              .Versions // [] | group_by(.Key)[] |
              select(any(.IsLatest)) | min_by(.LastModified) | select(.LastModified >= $since) | .Key | ltrimstr("nats/")' |
            sort | comm -13 /tmp/on-the-volume - | tee /tmp/added
        )
        """
      Then the output shows "nats-20991231T235959Z.tar.gz"
      When the operator runs:
        """bash
        BUCKET=kgents-dr-backups
        while read -r name; do
          aws s3api delete-object --bucket "$BUCKET" --key "nats/$name" && echo "removed $name"
        done </tmp/added
        """
      Then the output shows "removed nats-20991231T235959Z.tar.gz"
      And 1 archive is in the bucket
      And the bucket holds every archive of the volume, byte for byte

  Rule: 3 Prove it worked

    @simulated:time
    Scenario: "restore --inspect": every archive in the bucket is whole
      The thief may have written over all of them, so each is read to its end. The block stops at the first that is
      damaged. The lab makes the age of one by its name.

      Given archives are copied off-site
      And restores have a key of their own
      And the last backup is 20 hours old
      And one backup was taken
      And the backup shell is open
      When the operator runs:
        """bash
        kubectl exec -n kgents-agents nats-backup-shell -- bash -c '
          NAMES=$(restore --list --from s3) || exit
          for NAME in ${NAMES:?no archive is in S3}; do restore --from s3 --inspect "$NAME" || exit; done
          echo "all $(wc -w <<<"$NAMES") archives in S3 are whole"'
        """
      Then the output shows "all 2 archives in S3 are whole"
      And the output shows "AGENTESE"
      And the bucket holds every archive of the volume, byte for byte

  Rule: 4 Undo
    What was put back in the bucket stays: it only added versions, and earlier ones expire after 30 days. Of the Jobs that
    were started by hand the last three stay.

    Scenario: Remove the network policies
      Given "fixtures/nats/network-policy.yaml" is applied
      And one backup was taken
      When the operator runs:
        """bash
        kubectl delete -f fixtures/nats/network-policy.yaml --ignore-not-found
        """
      Then nothing of "fixtures/nats/network-policy.yaml" is left
      And every archive that was on the volume is still there

  Rule: 5 If it goes wrong

    @covers:X06
    Scenario: "a secret is in the open": somebody put a password where everybody can read it
      The block names the place, never the value. Change the password, then remove it from there: whoever could read it
      may have it.

      Given somebody put the password of NATS into a ConfigMap
      When the operator runs:
        """bash
        (
          set -euo pipefail
          cd "$(mktemp -d)"
          trap 'rm -f secrets found' EXIT
          kubectl get secrets -n kgents-agents -o json |
            jq -r '.items[].data // {} | to_entries[] | select(.key | test("password|secret"; "i")) | .value, (.value | @base64d)' >secrets
          {
            kubectl get events,pods,jobs,cronjobs,statefulsets,configmaps -n kgents-agents -o json | jq -c '.items[]' |
              { grep -F -f secrets || true; } | jq -r '"\(.kind)/\(.metadata.name)"'
            for pod in $(kubectl get pods -n kgents-agents -o name); do
              if kubectl logs -n kgents-agents "$pod" --all-containers | grep -F -f secrets >/dev/null; then echo "the log of $pod"; fi
            done
          } >found
          if [ -s found ]; then sed 's/^/a secret is in the open: /' found; else echo "no secret is in the open"; fi
        )
        """
      Then the output shows "a secret is in the open: ConfigMap/debug-settings"
      And the leaked password is found in the ConfigMap, and nowhere else
