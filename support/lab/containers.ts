import { randomBytes } from 'node:crypto'
import type { GenericContainer, StartedTestContainer } from 'testcontainers'
import { LabBroken, messageOf } from '../errors'
import { limitProcesses } from '../shell/limits'
import { hostnames, type LaneAddress } from './address'
import { type Catalogue, entry } from './catalogue'
import { label } from './home'

/** The label that says which part of a lane a container is: parts are made anew one by one. */
export const partLabel = `${label}.part`

/** Requests that the object store takes at a time. A small store: one that is busy can be shown then. */
export const requestsAtATime = 100

/** The root key of what stands for AWS S3 on a lane. */
export interface StoreKeys {
  readonly accessKey: string
  readonly secretKey: string
}

/** Starts containers of one lane: on its network, labelled as its own, with an error that a person can read. */
export class LaneContainers {
  /**
   * @param network which they join
   * @param owner   what they are labelled with, where that isn't the network's name
   */
  constructor(
    private readonly catalogue: Catalogue,
    private readonly network: string,
    private readonly owner = network,
  ) {}

  /** A value nobody can guess, for a password or a key. */
  static secret(bytes = 18): string {
    return randomBytes(bytes).toString('hex')
  }

  /** A root key for a new object store. */
  static keys(): StoreKeys {
    return { accessKey: `admin${LaneContainers.secret(4)}`, secretKey: LaneContainers.secret() }
  }

  /**
   * MinIO, known as `minio` on the network. Returns its address from this machine.
   *
   * @throws LabBroken with the container's last lines
   */
  async objectStore(keys: StoreKeys): Promise<string> {
    const { Wait } = await import('testcontainers')
    const minio = await this.start('minio', 'minio', (container) =>
      container
        .withEnvironment({
          ...root(keys),
          MINIO_BROWSER: 'off',
          MINIO_SCANNER_SPEED: 'fastest',
          MINIO_REGION: 'us-east-1',
          MINIO_API_REQUESTS_MAX: String(requestsAtATime),
        })
        .withCommand(['server', '/data'])
        .withTmpFs({ '/tmp': 'rw' })
        .withExposedPorts(9000)
        .withWaitStrategy(Wait.forHttp('/minio/health/ready', 9000).withReadTimeout(100)),
    )
    return url(minio, 9000)
  }

  /** The adapter that answers `aws iam` from MinIO; well once MinIO is. Returns its address from this machine. */
  async iamAdapter(keys: StoreKeys): Promise<string> {
    const { Wait } = await import('testcontainers')
    const iam = await this.start('iam-adapter', hostnames.iam, (container) =>
      container
        .withEnvironment({ ...root(keys), MINIO_ENDPOINT: 'http://minio:9000', LISTEN: ':8080' })
        .withExposedPorts(8080)
        .withWaitStrategy(Wait.forHttp('/healthz', 8080).withReadTimeout(100)),
    )
    return url(iam, 8080)
  }

  /** Toxiproxy, known on the network by the names of what is behind it. Returns its API's address. */
  async toxiproxy(): Promise<string> {
    const { Wait } = await import('testcontainers')
    const container = await this.start('toxiproxy', [hostnames.s3, hostnames.secondSite], (proxy) =>
      proxy.withExposedPorts(8474).withWaitStrategy(Wait.forHttp('/version', 8474).withReadTimeout(100)),
    )
    const api = url(container, 8474)
    const answer = await fetch(`${api}/populate`, {
      method: 'POST',
      body: JSON.stringify([
        { name: 's3', listen: '0.0.0.0:9000', upstream: 'minio:9000', enabled: true },
        { name: 'second-site', listen: '0.0.0.0:4222', upstream: 'second-site:4222', enabled: true },
      ]),
    })
    if (!answer.ok) throw startFailed('toxiproxy', new Error(await answer.text()))
    return api
  }

  /** The NATS of the second site: one server with JetStream. Returns its address from this machine. */
  async secondSite(passwords: LaneAddress['nats']['passwords']): Promise<string> {
    const { Wait } = await import('testcontainers')
    const users = Object.entries(passwords).map(
      ([user, password]) => `{ user: ${user}, password: "${password}" }`,
    )
    const config = [
      'port: 4222',
      'http: 8222',
      'server_name: second-site',
      'jetstream { store_dir: /data }',
      `authorization { users: [ ${users.join(', ')} ] }`,
    ]
    const container = await this.start('nats', 'second-site', (nats) =>
      nats
        .withCopyContentToContainer([{ content: config.join('\n'), target: '/etc/nats/nats.conf' }])
        .withCommand(['--config', '/etc/nats/nats.conf'])
        .withExposedPorts(4222, 8222)
        .withWaitStrategy(Wait.forHttp('/healthz', 8222).withReadTimeout(100)),
    )
    return `nats://127.0.0.1:${container.getMappedPort(4222)}`
  }

  /**
   * The toolbox: an operator's workstation, with the checkout to read and nothing of this machine's.
   *
   * @param kubeconfig  path of the operator's
   * @param environment what leads its commands to S3
   * @param user        id of the operator
   * @returns its container id
   */
  async toolbox(
    checkout: string,
    kubeconfig: string,
    environment: Readonly<Record<string, string>>,
    user: number,
  ): Promise<string> {
    const container = await this.start('toolbox', 'toolbox', (toolbox) =>
      toolbox
        .withUser(String(user))
        .withWorkingDir('/runbooks')
        .withBindMounts([
          { source: checkout, target: '/runbooks', mode: 'ro' },
          { source: kubeconfig, target: '/etc/operator/kubeconfig', mode: 'ro' },
        ])
        .withEnvironment({ ...environment, KUBECONFIG: '/etc/operator/kubeconfig', AWS_PAGER: '' }),
    )
    await limitProcesses(container.getId())
    return container.getId()
  }

  private async start(
    image: string,
    aliases: string | string[],
    configure: (container: GenericContainer) => GenericContainer,
  ): Promise<StartedTestContainer> {
    const { GenericContainer } = await import('testcontainers')
    const { reference } = entry(this.catalogue.images, image)
    const container = configure(new GenericContainer(reference))
      .withNetworkMode(this.network)
      .withNetworkAliases(...(this.network === 'host' ? [] : [aliases].flat()))
      .withLabels({ [label]: this.owner, [partLabel]: image === 'toolbox' ? 'toolbox' : 'services' })
      .withStartupTimeout(30_000)
    try {
      return await container.start()
    } catch (cause) {
      throw startFailed(image, cause)
    }
  }
}

function root({ accessKey, secretKey }: StoreKeys): Record<string, string> {
  return { MINIO_ROOT_USER: accessKey, MINIO_ROOT_PASSWORD: secretKey }
}

function url(container: StartedTestContainer, port: number): string {
  return `http://127.0.0.1:${container.getMappedPort(port)}`
}

function startFailed(what: string, cause: unknown): LabBroken {
  return new LabBroken(
    'RBK_CONTAINER',
    {
      attempted: `The lab's ${what} container did not start`,
      got: messageOf(cause),
      next: 'Take the lab down and start it afresh; if it fails again, see what the machine needs:',
      repeat: 'npx runbook down && npx runbook doctor',
    },
    { cause },
  )
}
