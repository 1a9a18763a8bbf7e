import { expect, it } from 'vitest'
import { oldLogFindings } from './old-logs'
import { pageWithBlock, told } from './testing/linted'

const found = (...lines: string[]) => told(oldLogFindings(pageWithBlock(lines.join('\n'))))

const create = 'kubectl create job --from=cronjob/nats-backup slow -n kgents-agents'
const logs = 'kubectl logs -f job/slow -n kgents-agents'

it('a log that may be of an older Job is found', () => {
  expect(found('ls', create, logs)).toEqual([
    expect.stringContaining('16 where a Job slow is there, the log that follows is the old one'),
  ])
  expect(found('kubectl delete job slow-link -n kgents-agents', create, logs)).toHaveLength(1)
  expect(found('kubectl create job slow --image=x', logs)).toHaveLength(1)
})

it.each([
  [['kubectl delete job slow -n kgents-agents --ignore-not-found', create, logs]],
  [['JOB=slow-$(date -u +%H%M%S)', 'kubectl create job --from=cronjob/x "$JOB"', 'kubectl logs "job/$JOB"']],
  [[create, 'kubectl wait --for=condition=Complete job/slow -n kgents-agents']],
  [[create, 'kubectl logs job/slow-link']],
])('a log that is of the new Job, or of another, is not: %j', (lines) => {
  expect(found(...lines)).toEqual([])
})
