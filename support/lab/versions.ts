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
  return [...servers, ...told].filter(
    (found): found is { name: string; version: string } => found.version !== undefined,
  )
}

/** NATS and MinIO say their versions in their logs and by a flag. */
async function serverVersions(
  network: string,
): Promise<Array<{ name: string; version: string | undefined }>> {
  const containers = await docker([
    ...['ps', '--filter', `network=${network}`, '--format', '{{.ID}}\t{{.Image}}'],
  ])
  const idOf = (image: RegExp) =>
    String(containers.stdout)
      .split('\n')
      .find((line) => image.test(line.split('\t')[1] ?? ''))
      ?.split('\t')[0]
  const ask = async (image: RegExp, command: readonly string[], answer: RegExp) => {
    const id = idOf(image)
    return id ? answer.exec(String((await docker(['exec', id, ...command])).all))?.[1] : undefined
  }
  const [nats, minio] = await Promise.all([
    ask(/^nats:/, ['/nats-server', '--version'], /v(\d\S+)/),
    ask(/minio/, ['/minio', '--version'], /version (\S+)/),
  ])
  return [
    { name: 'NATS', version: nats },
    { name: 'MinIO', version: minio },
  ]
}
