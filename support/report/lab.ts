import type { Lab } from './attachment'
import type { RunRecord } from './record'

/** What the run ran on: what each worker attached, once. Versions that differ between workers are all listed. */
export function labOf(record: RunRecord): Lab {
  const attached = [...record.attempts.flatMap((attempt) => attempt.steps), ...record.hooks].flatMap((step) =>
    step.attached.flatMap((each) => (each.kind === 'lab' ? [each.value] : [])),
  )
  const [cluster] = attached.flatMap((lab) => lab.cluster ?? [])
  return {
    ...(cluster === undefined ? {} : { cluster }),
    versions: unique(attached.flatMap((lab) => lab.versions)),
    images: unique(attached.flatMap((lab) => lab.images)),
    simulated: unique(attached.flatMap((lab) => lab.simulated)),
    commit: unique(attached.map((lab) => lab.commit)).join(', '),
    startedAt: attached[0]?.startedAt ?? '',
  }
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}
