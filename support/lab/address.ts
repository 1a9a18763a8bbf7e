/** Where one lane can be reached. Written to the session file at the end of `up`, read by every run that attaches. */
export interface LaneAddress {
  /** 0 for the first worker's lane. */
  readonly lane: number
  /** The Docker network that everything of the lane is on. */
  readonly network: string
  readonly cluster: {
    readonly name: string
    /** Container name of the only node. */
    readonly node: string
    /** A kubeconfig that works from this machine; readable by its owner only. */
    readonly kubeconfig: string
  }
  /** Container id of the toolbox, in which command blocks run. */
  readonly toolbox: string
  readonly s3: {
    /** MinIO itself, past Toxiproxy, from this machine: how the harness looks at the truth during a fault. */
    readonly direct: string
    readonly accessKey: string
    readonly secretKey: string
    readonly region: string
  }
  /** The adapter that answers `aws iam`, from this machine. */
  readonly iam: string
  /** Toxiproxy's HTTP API, from this machine. Its proxies are `s3` and `second-site`. */
  readonly toxiproxy: string
  readonly nats: {
    /** The NATS that is operated: the StatefulSet in the cluster, from this machine. */
    readonly operated: string
    /** The second site, which restore drills restore into, from this machine, past Toxiproxy. */
    readonly secondSite: string
    /** Passwords of the users `app`, `backup` and `restore`; the second site has the same users. */
    readonly passwords: { readonly app: string; readonly backup: string; readonly restore: string }
  }
}

/** Names by which the lane's parts are reached from pods and from the toolbox. */
export const hostnames = {
  s3: 's3',
  iam: 'iam',
  secondSite: 'nats-second-site',
} as const
