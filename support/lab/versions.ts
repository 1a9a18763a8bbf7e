import { docker } from './docker'
import type { Lane } from './session'

/** How each component says its own version, asked where it runs. */
const questions: ReadonlyArray<{ name: string; ask: readonly string[]; answer: RegExp }> = [
  { name: 'kubectl', ask: ['kubectl', 'version', '--client'], answer: /Client Version: v?(\S+)/ },
  { name: 'Kubernetes', ask: ['kubectl', 'version'], answer: /Server Version: v?(\S+)/ },
  { name: 'nats CLI', ask: ['nats', '--version'], answer: /(\d+\.\d+\.\d+\S*)/ },
  { name: 'AWS CLI', ask: ['aws', '--version'], answer: /aws-cli\/(\S+)/ },
  { name: 'bash', ask: ['bash', '--version'], answer: /version (\S+?)\(/ },
]

/** Versions of everything that a procedure meets; what can't be told is left out. */
export async function versionsOf(lanes: readonly Lane[]): Promise<Array<{ name: string; version: string }>> {
  const [first] = lanes
  if (!first) return []
  const { toolbox, network } = first.address
  const [told, servers] = await Promise.all([
    Promise.all(
      questions.map(async ({ name, ask, answer }) => {
        const said = await docker(['exec', toolbox, ...ask])
        return { name, version: answer.exec(String(said.all))?.[1] }
      }),
    ),
    serverVersions(network),
  ])
  const known = [...told, ...servers].filter(
    (found): found is { name: string; version: string } => found.version !== undefined,
  )
  // The systems before the tools: the first few are what a reader sees.
  return known.toSorted((a, b) => Number(isSystem(b.name)) - Number(isSystem(a.name)))
}

function isSystem(name: string): boolean {
  return ['Kubernetes', 'NATS', 'MinIO'].includes(name)
}

/** NATS says its own version; MinIO built from source says none, and its image's tag is the day of its commit. */
async function serverVersions(
  network: string,
): Promise<Array<{ name: string; version: string | undefined }>> {
  const containers = await docker(['ps', '--filter', `network=${network}`, '--format', '{{.ID}}\t{{.Image}}'])
  const images = String(containers.stdout)
    .split('\n')
    .map((line) => line.split('\t') as [string, string | undefined])
  const nats = images.find(([, image]) => image?.startsWith('nats:'))?.[0]
  const said = nats && (await docker(['exec', nats, '/nats-server', '--version']))
  return [
    { name: 'NATS', version: said ? /v(\d\S+)/.exec(String(said.all))?.[1] : undefined },
    {
      name: 'MinIO',
      version: images
        .find(([, image]) => image?.includes('/minio:'))?.[1]
        ?.split(':')
        .at(-1),
    },
  ]
}
