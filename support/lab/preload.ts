import { LabBroken } from '../errors'
import { eventually } from '../eventually'
import { docker } from './docker'
import { label } from './home'
import { pipe } from './pipe'

/**
 * Puts images into the containerd store of a node image, as `kind build node-image` does: containerd runs
 * in a container of the image, imports them, and the container becomes the new image. Nothing is unpacked
 * there (overlay on overlay can't be), so a node does that when it first needs one.
 *
 * @param node   reference of the node image to start from
 * @param images references in the engine
 * @param result reference that the new image gets; may be `node` itself
 * @param labels labels of the new image
 * @throws LabBroken with what containerd said
 */
export async function preload(
  node: string,
  images: readonly string[],
  result: string,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const started = await must(
    ['run', '--detach', '--label', `${label}=build`, '--entrypoint', '/usr/local/bin/containerd', node],
    `starting containerd in ${node}`,
  )
  const container = started.trim()
  try {
    await eventually({ name: `containerd in ${node}`, ms: 30_000 }, async () => {
      const answer = await docker(['exec', container, 'ctr', 'version'])
      return answer.failed ? { seen: String(answer.all) } : { found: undefined }
    })
    const imported = await pipe(
      ['docker', 'save', ...images],
      [
        'docker',
        'exec',
        '-i',
        container,
        'ctr',
        '--namespace',
        'k8s.io',
        'images',
        'import',
        '--no-unpack',
        '-',
      ],
    )
    if (imported.failed) throw preloadFailed(`importing ${images.join(', ')}`, imported.output)
    await must(['stop', '--time', '10', container], 'stopping containerd')
    const changes = [
      'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]',
      ...Object.entries(labels).map(([name, value]) => `LABEL ${name}=${value}`),
    ]
    await must(
      ['commit', ...changes.flatMap((change) => ['--change', change]), container, result],
      `saving ${result}`,
    )
  } finally {
    await docker(['rm', '--force', '--volumes', container])
  }
}

async function must(args: readonly string[], what: string): Promise<string> {
  const result = await docker(args)
  if (result.failed) throw preloadFailed(what, String(result.all))
  return String(result.stdout)
}

function preloadFailed(what: string, output: string): LabBroken {
  return new LabBroken('RBK_PRELOAD', {
    attempted: `Putting images into the node image failed: ${what}`,
    lastSeen: output.slice(-1500),
    next: 'Is there disk space left? See:',
    repeat: 'npx runbook doctor',
  })
}
