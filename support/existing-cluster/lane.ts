import { HarnessMisused, LabBroken } from '../errors'
import { Mask } from '../evidence/mask'
import { JetStream } from '../jetstream/connection'
import { Kubernetes } from '../kubernetes/client'
import type { LaneAccess } from '../lab/lane-access'
import { Toolbox } from '../shell/toolbox'
import { secretsThere } from './secrets-there'
import { type ClusterSettings, secretsOf } from './settings'
import { ShellVolume } from './shell-volume'
import type { ClusterToolbox } from './toolbox'

/** An existing cluster, reached as a lane of the lab is, as far as it can be. */
export interface ClusterLane extends LaneAccess {
  /** Where restores are drilled, if anywhere. */
  readonly drills: JetStream | undefined
}

/**
 * Opens what a run reaches of an existing cluster. What only a lab has can't be asked for: selection.ts leaves out the
 * scenarios that would.
 *
 * @throws LabBroken with the part that doesn't answer, HarnessMisused when the second site is NATS itself
 */
export async function openCluster(
  settings: ClusterSettings,
  { container, kubeconfig }: ClusterToolbox,
): Promise<ClusterLane> {
  await using opening = new AsyncDisposableStack()
  const kubernetes = opening.use(await Kubernetes.open(kubeconfig))
  const mask = new Mask([...secretsOf(settings), ...(await secretsThere(kubernetes))])
  const toolbox = opening.use(new Toolbox(container))
  toolbox.prepare()
  const operated = opening.use(await JetStream.open(settings.nats))
  const secondSite = settings.secondSite && opening.use(await JetStream.open(settings.secondSite))
  if (secondSite && isSame(operated, secondSite)) {
    throw new HarnessMisused('RBK_CLUSTER_FILE', {
      attempted: `The second site in the file of ${settings.name} is the NATS that is operated`,
      got: `both are ${operated.connection.info?.cluster || operated.connection.info?.server_id}`,
      next: 'Correct "secondSite", or leave it out: drills are left out then.',
    })
  }
  const opened = opening.move()
  return {
    toolbox,
    mask,
    kubernetes,
    operated,
    drills: secondSite,
    volume: new ShellVolume(kubernetes, toolbox),
    get secondSite() {
      return secondSite ?? needsLab('a second site')
    },
    get address() {
      return needsLab('the address of a lane')
    },
    get store() {
      return needsLab('the root of the object store')
    },
    get dataset() {
      return needsLab('the lab’s data')
    },
    get baseline() {
      return needsLab('a baseline')
    },
    get lookout() {
      return needsLab('the lookout')
    },
    get kept() {
      return needsLab('archives that are kept aside')
    },
    get changes() {
      return needsLab('the node')
    },
    close: () => opened.disposeAsync(),
  }
}

function isSame(one: JetStream, other: JetStream): boolean {
  const [a, b] = [one.connection.info, other.connection.info]
  return a?.server_id === b?.server_id || (Boolean(a?.cluster) && a?.cluster === b?.cluster)
}

function needsLab(what: string): never {
  throw new LabBroken('RBK_NEEDS_LAB', {
    attempted: `A step asks for ${what}, which an existing cluster doesn't have`,
    next: 'Take its verb from the list in support/existing-cluster/verbs.ts, so that its scenarios are left out.',
  })
}
