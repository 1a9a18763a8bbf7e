import { LabBroken, RunbookFailed } from '../errors'
import { Mask, type Secret } from '../evidence/mask'
import { base64Forms, plainForms } from '../evidence/secret-forms'
import { secretValues } from '../evidence/secret-values'
import { expectSame } from '../expect-same'
import { apply } from '../kubernetes/apply'
import type { Kubernetes } from '../kubernetes/client'
import { kinds, pathOf } from '../kubernetes/kinds'
import type { Resource } from '../kubernetes/resource'
import { namespace } from '../lab/namespace'
import { inNode } from '../lab/node'
import type { Scenario } from '../scenario'
import { podLogs } from './pod-logs'

/** A place where something could have been written by mistake, and what stands there. */
interface Place {
  readonly name: string
  readonly text: string
}

/** Where `writeDown` puts a password. */
const leaky = { name: 'debug-settings' }

/** Whether a value of a secret can be read where no secret belongs. */
export class Leaks {
  constructor(private readonly scenario: Scenario) {}

  /** No secret of the namespace is in a log, an event, an object, what was printed, or an archive. @throws RunbookFailed with which secret is where; never with its value */
  async none(): Promise<void> {
    if ((await this.scenario.lane.volume.archives()).length === 0)
      throw new LabBroken('RBK_NO_ARCHIVE', { attempted: 'There is no archive in which a secret could be' })
    const found = await this.find()
    if (found.length === 0) return
    throw new RunbookFailed('RBK_SECRET_LEAKED', {
      attempted: 'A secret can be read where no secret belongs',
      expected: 'no secret in a log, an event, an object or an archive',
      got: found.join('\n'),
      next: 'Change each of them: whoever could read that place may have it.',
    })
  }

  /** Somebody writes a password down, within the address of NATS. */
  async writeDown(): Promise<void> {
    const { kubernetes, address } = this.scenario.lane
    const data = { NATS_URL: `nats://app:${address.nats.passwords.app}@nats:4222` }
    await apply(kubernetes, [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...leaky, namespace }, data },
    ])
  }

  /** The password that was written down is found where it is, and no other. @throws RunbookFailed when what was written down isn't found, or anything else is */
  async onlyWhatWasWrittenDown(): Promise<void> {
    const expected = `[secret: nats-auth/app-password] in configmaps/${leaky.name}`
    const look = `kubectl get configmap ${leaky.name} -n ${namespace} -o yaml`
    expectSame(
      'Of the secrets in the open, others are found than there are',
      expected,
      (await this.find()).join('\n'),
      look,
    )
  }

  /**
   * Looks for every secret of the namespace, as it is and in base64, in the logs of every pod, the events, every object
   * that isn't a Secret, what the operator's last command printed, and the archives, unpacked.
   *
   * @returns which secret is where, a line each
   */
  private async find(): Promise<string[]> {
    const { kubernetes } = this.scenario.lane
    const secrets = await this.secrets()
    if (secrets.length === 0)
      throw new LabBroken('RBK_NO_SECRETS', { attempted: 'There is no secret to look for' })
    const mask = new Mask(secrets)
    const printed = { name: 'what the last command printed', text: this.scenario.operator.printed() }
    const places = [...(await objects(kubernetes)), ...(await logs(kubernetes)), printed]
    const found = places.flatMap(({ name, text }) => mask.found(text).map((label) => `${label} in ${name}`))
    return [...found, ...(await this.inArchives(secrets))]
  }

  /** Everything in the namespace's secrets that is long enough not to be a word. Users and addresses aren't secret. */
  private async secrets(): Promise<Secret[]> {
    const { items } = await this.scenario.lane.kubernetes.ask<{ items: Resource[] }>(
      'GET',
      `/api/v1/namespaces/${namespace}/secrets`,
    )
    return items.flatMap(secretValues)
  }

  /** In the node, where the archives are: they are too big to be carried about. */
  private async inArchives(secrets: readonly Secret[]): Promise<string[]> {
    const forms = secrets.flatMap(({ name, value }) =>
      [...new Set([...plainForms(value), ...base64Forms(value)])].map((form) => ({ name, form })),
    )
    const found = await inNode(this.scenario.lane.address.cluster.node, {
      attempted: "The archives can't be looked through",
      script: `forms=$(mktemp); trap 'rm -f "$forms"' EXIT; cat >"$forms"
        shopt -s nullglob
        for file in "$1"/nats-*.tar.gz; do
          tar --extract --gzip --to-stdout --file "$file" |
            { grep --text --fixed-strings --only-matching --file="$forms" || [ $? = 1 ]; }
        done | sort --unique`,
      args: [await this.scenario.lane.volume.folder()],
      input: forms.map(({ form }) => form).join('\n'),
    })
    const lines = new Set(found.split('\n'))
    return [
      ...new Set(
        forms.filter(({ form }) => lines.has(form)).map(({ name }) => `[secret: ${name}] in an archive`),
      ),
    ]
  }
}

/** Every object of the namespace but the secrets themselves, and every event. */
async function objects(kubernetes: Kubernetes): Promise<Place[]> {
  const paths = kinds.filter(({ kind }) => kind !== 'Secret').map((kind) => pathOf(kind, namespace))
  const lists = await Promise.all(
    [...paths, `/api/v1/namespaces/${namespace}/events`].map(async (path) => {
      const { items } = await kubernetes.ask<{ items: Resource[] }>('GET', path)
      return items.map((item) => ({
        name: `${path.slice(path.lastIndexOf('/') + 1)}/${item.metadata.name}`,
        text: JSON.stringify(item),
      }))
    }),
  )
  return lists.flat()
}

/** Of every container: a sidecar can print a secret too. */
async function logs(kubernetes: Kubernetes): Promise<Place[]> {
  return (await podLogs(kubernetes, namespace)).map(({ pod, container, text }) => ({
    name: `the log of ${container} in pod ${pod}`,
    text,
  }))
}
