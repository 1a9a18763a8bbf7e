import { OffsiteCopies } from '../backup/offsite-copies'
import { prefix, bucket as published } from '../backup/s3-user'
import { LabBroken } from '../errors'
import { kindOf, pathOf } from '../kubernetes/kinds'
import { namespace } from '../lab/namespace'
import { type Looked, looked } from './look'

/** The copies in S3 of an existing cluster, seen with the AWS CLI and the credentials that the operator has there. */
export class FoundCopies extends OffsiteCopies {
  /** The secret with the keys is there. @throws LabBroken when it isn't */
  override async enable(): Promise<void> {
    const path = pathOf(kindOf('v1', 'Secret'), namespace, 'nats-backup-s3')
    if (await this.scenario.lane.kubernetes.find(path)) return
    throw new LabBroken('RBK_NOT_SET_UP', {
      attempted: 'Archives are not copied off-site on this cluster, and the procedure takes that for given',
      got: 'no secret nats-backup-s3',
      next: 'Set it up as features/nats-backup/s3-prerequisites.feature says; a run on an existing cluster sets up nothing.',
    })
  }

  protected override async stateOf(
    name: string,
  ): Promise<{ versioning: string; lifecycle: unknown } | undefined> {
    const versioning = await this.answer(`get-bucket-versioning --bucket ${name} --query Status`)
    if (versioning === undefined) return undefined
    const lifecycle = await this.answer(`get-bucket-lifecycle-configuration --bucket ${name} --query Rules`)
    return { versioning: String(versioning), lifecycle: lifecycle ?? null }
  }

  protected override async sha256Of(name: string): Promise<string | undefined> {
    const at = `s3://${published}/${prefix}${name}`
    const { exitCode, printed, all } = await this.look(`set -o pipefail; aws s3 cp ${at} - | sha256sum`)
    if (exitCode === 0) return printed.slice(0, 64)
    if (isAbsent(all)) return undefined
    throw unseen(all)
  }

  /** What S3 answers, as JSON; undefined for what isn't there. @throws LabBroken for anything else that isn't an answer */
  private async answer(question: string): Promise<unknown> {
    const { exitCode, printed, all } = await this.look(`aws s3api ${question} --output json`)
    if (exitCode === 0) return JSON.parse(printed || 'null')
    if (isAbsent(all)) return undefined
    throw unseen(all)
  }

  private look(script: string): Promise<Looked> {
    return looked(this.scenario.lane.toolbox, script)
  }
}

function isAbsent(said: string): boolean {
  return /\((404|NoSuchKey|NoSuchBucket|NoSuchLifecycleConfiguration)\)/.test(said)
}

function unseen(said: string): LabBroken {
  return new LabBroken('RBK_S3_UNSEEN', {
    attempted: 'The copies in S3 can’t be looked at from the toolbox',
    got: said.slice(-1500),
    next: 'Give it credentials that may read the bucket, under "toolbox" in the file of the cluster.',
  })
}
