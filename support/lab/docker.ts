import { execa, type Options } from 'execa'

/**
 * Runs the docker client against the engine in use (DOCKER_HOST). Failure is data.
 * The classic builder is asked for: Debian's client has no buildx.
 */
export function docker(args: readonly string[], options: Options = {}) {
  return execa('docker', args, {
    reject: false,
    all: true,
    ...options,
    env: { DOCKER_BUILDKIT: '0', ...options.env },
  })
}

/** What the engine knows of an image, or undefined when it hasn't got it. */
export async function inspectImage(
  reference: string,
): Promise<{ id: string; labels: Record<string, string>; digests: string[] } | undefined> {
  const result = await docker(['image', 'inspect', reference])
  if (result.failed) return undefined
  const [found] = JSON.parse(String(result.stdout)) as Array<{
    Id: string
    RepoDigests: string[] | null
    Config: { Labels: Record<string, string> | null } | null
  }>
  return found && { id: found.Id, labels: found.Config?.Labels ?? {}, digests: found.RepoDigests ?? [] }
}
