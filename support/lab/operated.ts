import { readFileSync } from 'node:fs'
import { stringify } from 'yaml'
import { LabBroken } from '../errors'
import { hostnames, type LaneAddress } from './address'
import { natsNodePort } from './cluster'
import { docker } from './docker'
import { operatedManifests } from './made'
import { namespace } from './namespace'
import { makeVolumeFolders, volumeManifests } from './volumes'

/**
 * Deploys what is operated, as a team would have it before anyone thinks of backups: the namespace and NATS,
 * from the published manifests; and what only a lab has: passwords, the address of the S3 that stands for
 * AWS, the second site's access, and a port by which the harness reaches NATS from outside.
 *
 * @param node      container name of the cluster's node
 * @param passwords of the NATS users
 * @throws LabBroken with what kubectl said when NATS isn't ready within 2 minutes
 */
export async function deployOperated(
  node: string,
  passwords: LaneAddress['nats']['passwords'],
): Promise<void> {
  const manifests = operatedManifests.map((file) => readFileSync(file, 'utf8'))
  const [first = '', ...rest] = manifests
  await Promise.all([
    makeVolumeFolders(node),
    // kind's own class, whose host paths a non-root pod can't write to.
    kubectl(node, ['delete', 'storageclass', 'standard', '--ignore-not-found']),
  ])
  const objects = [first, ...volumeManifests(node), ...labObjects(passwords), ...rest]
  await kubectl(node, ['apply', '--server-side', '--filename', '-'], objects.join('\n---\n'))
  await kubectl(node, [
    'rollout',
    'status',
    'statefulset/nats',
    '--namespace',
    namespace,
    '--timeout',
    '120s',
  ])
}

/** The objects that the lab adds to the published ones. */
function labObjects(passwords: LaneAddress['nats']['passwords']): string[] {
  const secret = (name: string, stringData: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    stringData,
  })
  return [
    secret('nats-auth', {
      'app-password': passwords.app,
      'backup-password': passwords.backup,
      'restore-password': passwords.restore,
    }),
    secret('nats-second-site', {
      NATS_URL: `nats://${hostnames.secondSite}:4222`,
      NATS_USER: 'restore',
      NATS_PASSWORD: passwords.restore,
    }),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'nats-backup-settings', namespace },
      data: { AWS_ENDPOINT_URL: `http://${hostnames.s3}:9000`, AWS_REGION: 'us-east-1' },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'nats-lab', namespace },
      spec: {
        type: 'NodePort',
        selector: { app: 'nats' },
        ports: [{ name: 'client', port: 4222, targetPort: 4222, nodePort: natsNodePort }],
      },
    },
  ].map((object) => stringify(object))
}

async function kubectl(node: string, args: readonly string[], input = ''): Promise<void> {
  const started = Date.now()
  const result = await docker(
    ['exec', '-i', node, 'kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', ...args],
    { input },
  )
  if (!result.failed) return
  const pods = await docker([
    ...['exec', node, 'kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf'],
    ...['get', 'pods', '--namespace', namespace, '--output', 'wide'],
  ])
  throw new LabBroken('RBK_OPERATED', {
    attempted: `Deploying what is operated failed: kubectl ${args.join(' ')}`,
    got: String(result.all).slice(-1500),
    elapsedMs: Date.now() - started,
    lastSeen: String(pods.all),
    next: 'Is the change to fixtures/nats/ right? Try it on a fresh lab:',
    repeat: 'npx runbook down && npx runbook up',
  })
}
