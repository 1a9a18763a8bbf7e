import { LabBroken } from '../errors'
import type { LaneAddress } from '../lab/address'

/** A call of AWS's IAM API, with its parameters. Resolves to the result, as far as it holds text. */
export type CallIam = (action: string, parameters?: Readonly<Record<string, string>>) => Promise<IamResult>

/** A value of an answer of IAM: text, or elements by name. Lists are read with `members`. */
export interface IamResult {
  readonly [element: string]: string | IamResult | readonly (string | IamResult)[] | undefined
}

/** How the harness names itself to the adapter, whose list of calls tells it from the operator's commands. */
export const harnessClient = 'executable-runbooks/1'

/** The adapter goes on trying while MinIO is away; the harness has a lane to look after, and a process to end. */
const answerMs = 15_000

/**
 * A caller of the lane's IAM: the adapter in a lab, AWS's own where a run is pointed at AWS.
 *
 * @throws (when called) LabBroken when IAM can't be reached or refuses; the harness asks nothing that may be refused
 */
export function iamOf(address: Pick<LaneAddress, 's3' | 'iam'>): CallIam {
  return async (action, parameters = {}) => {
    const [{ default: aws4 }, { XMLParser }] = await Promise.all([import('aws4'), import('fast-xml-parser')])
    const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...parameters }).toString()
    const { headers } = aws4.sign(
      {
        service: 'iam',
        region: address.s3.region,
        method: 'POST',
        host: new URL(address.iam).host,
        path: '/',
        headers: { 'User-Agent': harnessClient, 'Content-Type': 'application/x-www-form-urlencoded' },
        body,
      },
      { accessKeyId: address.s3.accessKey, secretAccessKey: address.s3.secretKey },
    )
    const answer = await fetch(address.iam, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body,
      signal: AbortSignal.timeout(answerMs),
    }).catch((cause: unknown) => {
      throw refused(action, parameters, `no answer from ${address.iam}`, cause)
    })
    const text = await answer.text()
    if (!answer.ok) throw refused(action, parameters, `${answer.status} ${text}`)
    const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'member' })
    return parser.parse(text)[`${action}Response`][`${action}Result`] ?? {}
  }
}

/** The members of a list in an answer; an empty list is an empty element. */
export function members(list: IamResult[string]): readonly (string | IamResult)[] {
  if (typeof list !== 'object' || Array.isArray(list)) return []
  const member = (list as IamResult).member
  return Array.isArray(member) ? member : []
}

/** Text of an element within a member of a list. */
export function textOf(member: string | IamResult, element: string): string {
  const value = typeof member === 'string' ? undefined : member[element]
  return typeof value === 'string' ? value : ''
}

function refused(action: string, parameters: object, got: string, cause?: unknown): LabBroken {
  return new LabBroken(
    'RBK_IAM_REFUSED',
    {
      attempted: `IAM did not answer ${action} ${JSON.stringify(parameters)}`,
      got,
      next: 'Look at the log of the lane\'s "iam" container, and whether MinIO runs.',
    },
    { cause },
  )
}
