import { LabBroken } from '../errors'
import type { LaneAddress } from '../lab/address'
import { harnessClient } from './iam'

/** A call that the IAM adapter answered in AWS's place. */
export interface AdapterCall {
  /** ISO time. */
  readonly time: string
  readonly action: string
  readonly user?: string
  /** "aws-cli/2.23.6". */
  readonly client: string
  /** "ok", or the code of the error. */
  readonly outcome: string
  readonly message?: string
  /** The cause, where AWS names none. */
  readonly detail?: string
}

/**
 * The calls of IAM that runbooks made, oldest first; the harness's own are left out.
 *
 * @param since calls from this moment on
 * @throws LabBroken when the adapter doesn't answer
 */
export async function adapterCalls(address: Pick<LaneAddress, 'iam'>, since: Date): Promise<AdapterCall[]> {
  const url = new URL('/calls', address.iam)
  url.searchParams.set('since', since.toISOString())
  const answer = await fetch(url).catch((cause: unknown) => {
    throw broken(`no answer from ${url}`, cause)
  })
  if (!answer.ok) throw broken(`${answer.status} ${await answer.text()}`)
  const calls = (await answer.json()) as AdapterCall[]
  return calls.filter(({ client }) => client !== harnessClient)
}

function broken(got: string, cause?: unknown): LabBroken {
  return new LabBroken(
    'RBK_IAM_CALLS',
    { attempted: 'The IAM adapter did not tell which calls it answered', got },
    { cause },
  )
}
