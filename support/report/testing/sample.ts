/** A runbook with one of everything, for tests and for looking at the page: invented content, real messages. */
export const sample: Readonly<Record<string, string>> = {
  'features/nats-backup/quick-start.feature': `@runbook:quick-start @persona:operator @persona:platform-engineer @mutates @reversible
Feature: Set up the NATS backup
  **Use when** a cluster has no backup yet, or \`nats-backup\` is missing.
  **Do not use when** the CronJob exists and only fails: see [Take a backup now](#nats-backup-now).
  **Before you begin** kubectl with access to \`kgents-agents\`. Takes about two minutes.
  **Escalate** #platform-oncall after 15 minutes.

  Background:
    Given the lab is described

  Rule: 1 Deploy the backup CronJob
    Scenario: The CronJob is there and scheduled
      Given a cluster without a backup
      When the operator runs:
        """bash
        kubectl apply -f fixtures/nats/backup-cronjob.yaml
        """
      Then the CronJob "nats-backup" is scheduled "0 2 * * *"

  Rule: 2 Verify that a backup runs
    Scenario: Run one by hand and read its log
      Given the stream "AGENTESE" holds 1204 acknowledged messages
      When the operator runs:
        """bash
        # a Job of its own, from the CronJob's template
        kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents
        kubectl logs -f job/test-backup -n kgents-agents
        """
      Then the newest archive holds every acknowledged message

  Rule: 3 Enable S3
    Scenario: The bucket is versioned and forgets after 30 days
      When the operator runs:
        """bash
        aws s3api create-bucket --bucket kgents-dr-backups
        aws s3api put-bucket-versioning --bucket kgents-dr-backups \\
          --versioning-configuration Status=Enabled
        """
      Then the bucket is versioned

  Rule: 4 Prove it
    Scenario: Every acknowledged message comes back at the second site
      When the operator runs:
        """bash
        kubectl create job --from=cronjob/nats-restore-drill drill -n kgents-agents
        kubectl wait --for=condition=complete job/drill -n kgents-agents --timeout=5m
        """
      Then it attaches a ledger:
        """
        {"target":"second site","streams":[{"stream":"AGENTESE","acknowledged":1204,"missing":0,"altered":0,"duplicated":0,"outOfOrder":0,"unexpected":0},{"stream":"KV_agents","acknowledged":40,"missing":0,"altered":0,"duplicated":0,"outOfOrder":0,"unexpected":0}],"consumers":[{"stream":"AGENTESE","name":"billing","ok":true,"detail":"12 pending, 3 unacknowledged, as before"}]}
        """
      And it attaches a measure:
        """
        {"name":"RTO","ms":38200,"targetMs":900000,"phases":[{"name":"download","ms":4100},{"name":"verify","ms":2900},{"name":"restore","ms":31200}]}
        """

  Rule: 5 If it goes wrong
    @degraded
    Scenario: "off-site copy failed: connection refused"
      S3 is unavailable. The local archive is made and kept; the next run catches up.

      Given the fault "S3 refuses connections" comes and goes
      When the operator runs:
        """bash
        kubectl create job --from=cronjob/nats-backup while-s3-is-down -n kgents-agents
        kubectl logs -f job/while-s3-is-down -n kgents-agents
        """
      Then the log says that the off-site copy failed
`,
  'features/nats-backup/backup-now.feature': `@runbook:nats-backup-now @persona:on-call @alert:NATSBackupMissing @severity:critical @mutates @reversible
Feature: Take a NATS backup now
  **Use when** you are about to change NATS, or the nightly backup is missing.
  **Do not use when** a backup is running (see Check).
  **Escalate** #platform-oncall after 15 minutes.

  Rule: 1 Check
    Scenario: No backup is running
      When the operator runs:
        """bash
        kubectl get jobs -n kgents-agents -l app=nats-backup
        """
      Then the output shows no running job

  Rule: 2 Fix
    @late-evidence
    Scenario: Start a backup by hand
      Given the stream "AGENTESE" holds 1000 acknowledged messages
      When the operator runs:
        """bash
        kubectl create job --from=cronjob/nats-backup backup-before-change -n kgents-agents
        kubectl wait --for=condition=complete job/backup-before-change -n kgents-agents --timeout=60s
        """
      Then the newest archive holds every acknowledged message

  Rule: 4 Undo
    Scenario: Remove the archive again
      When the operator runs:
        """bash
        kubectl delete job backup-before-change -n kgents-agents
        """
      Then the Job is gone

    @known-defect:S12
    Scenario: The archive is pruned with its Job
      **Fails with** archive 20261123T020011Z.tgz is still there

      Then it throws RunbookFailed:
        """
        archive 20261123T020011Z.tgz is still there
          expected  no archive of the deleted Job
        """
`,
  'outcomes.json': JSON.stringify({
    lab: {
      versions: [
        { name: 'Kubernetes', version: '1.37.2' },
        { name: 'NATS', version: '2.15.2' },
        { name: 'nats CLI', version: '0.5.0' },
        { name: 'MinIO', version: '20260212' },
      ],
      images: [
        { reference: 'nats:2.15.2', origin: 'built', digest: `sha256:${'4f'.repeat(32)}` },
        { reference: 'kgents/nats-backup:1.0.0', origin: 'built', digest: `sha256:${'a1'.repeat(32)}` },
        {
          reference: 'ghcr.io/shopify/toxiproxy:2.12.0',
          origin: 'pulled',
          digest: `sha256:${'c7'.repeat(32)}`,
        },
      ],
      simulated: [
        'S3 is MinIO behind Toxiproxy',
        'aws iam is answered by an adapter that drives MinIO’s users and policies',
      ],
      commit: '5b1f0c2e9d7a4b6c8e0f1a2b3c4d5e6f7a8b9c0d',
      startedAt: '2026-11-23T16:40:00.000Z',
    },
    'backup-cronjob.yaml': {
      run: {
        durationMs: 911,
        output: [
          {
            stream: 'stdout',
            text: 'persistentvolumeclaim/nats-backup-pvc created\ncronjob.batch/nats-backup created\n',
          },
          {
            stream: 'stderr',
            text: 'Warning: would violate PodSecurity "restricted:latest" if it were enforced\n',
          },
        ],
      },
    },
    'test-backup': {
      run: {
        durationMs: 3310,
        output: [
          {
            stream: 'stdout',
            text: `job.batch/test-backup created\n${Array.from({ length: 22 }, (_, n) => `${`${n}`.padStart(2)}  stream_${n}  1 204 messages  sha256 equal`).join('\n')}\nbackup complete: 20261123T164011Z.tgz 8 432 112 bytes\n`,
          },
        ],
      },
    },
    'get jobs': {
      run: {
        durationMs: 210,
        output: [{ stream: 'stderr', text: 'No resources found in kgents-agents namespace.\n' }],
      },
    },
    'create-bucket': { run: { durationMs: 1420 } },
    'nats-restore-drill': {
      run: {
        durationMs: 38200,
        output: [{ stream: 'stdout', text: 'job.batch/drill created\njob.batch/drill condition met\n' }],
      },
    },
    'while-s3-is-down': {
      run: {
        durationMs: 4200,
        exitCode: 6,
        expectedFailure: true,
        output: [
          {
            stream: 'stdout',
            text: 'job.batch/while-s3-is-down created\nlocal archive kept: 20261123T164107Z.tgz\n',
          },
          {
            stream: 'stderr',
            text: 'off-site copy failed: dial tcp s3:9000: connection refused; the local archive is kept, the next run uploads it\n',
          },
        ],
      },
    },
    'timeout=60s': {
      fails:
        'Job backup-before-change did not complete\n  expected  Complete=True within 60 s\n  got       Failed=True (BackoffLimitExceeded)\n  after     12.4 s\n  last seen pod nats-backup-7kq2p exit 1: "no responders available"\n  next      See whether NATS answers; then delete the Job and start it again.\n  repeat    kubectl logs -n kgents-agents job/backup-before-change',
      run: {
        durationMs: 60100,
        exitCode: 1,
        output: [
          { stream: 'stdout', text: 'job.batch/backup-before-change created\n' },
          {
            stream: 'stderr',
            text: 'error: timed out waiting for the condition on jobs/backup-before-change\n',
          },
        ],
      },
      attach: [
        [
          'evidence',
          {
            title: 'The Job and its pods',
            items: [
              {
                name: 'events',
                text: '12s  Normal   SuccessfulCreate      job/backup-before-change  Created pod: nats-backup-7kq2p\n4s   Warning  BackoffLimitExceeded  job/backup-before-change  Job has reached the specified backoff limit',
              },
              { name: 'pod nats-backup-7kq2p', text: 'nats: error: no responders available for request' },
            ],
          },
        ],
      ],
    },
  }),
}
