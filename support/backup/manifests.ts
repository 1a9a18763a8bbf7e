import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectSame } from '../expect-same'
import { applyFile, objectsOf } from '../kubernetes/apply'
import { present } from '../kubernetes/objects'
import { title } from '../kubernetes/resource'
import { checkout } from '../lab/home'
import type { Scenario } from '../scenario'

/** The published manifests, each with all its objects. */
export class Manifests {
  constructor(private readonly scenario: Scenario) {}

  /** The published manifest is applied, by the harness: for procedures that take it back. @param file "fixtures/nats/network-policy.yaml" */
  async apply(file: string): Promise<void> {
    await applyFile(this.scenario.lane.kubernetes, join(checkout, file))
  }

  /** No object of the manifest is in the cluster. @throws RunbookFailed with those that are */
  async isGone(file: string): Promise<void> {
    const objects = objectsOf(await readFile(join(checkout, file), 'utf8'))
    const left = (await present(this.scenario.lane.kubernetes, objects)).map(title)
    expectSame(`Something of ${file} is left`, [], left, `kubectl get -f ${file}`)
  }
}
