import type { Effect } from './effect'

/** What is known of a program. A verb in no list is a change. */
export interface Tool {
  /** Flags that take the next word as their value, so that it isn't taken for a verb. */
  readonly valued?: readonly string[]
  /** How many verbs name the deed: `kubectl create job` has 2. */
  readonly depth?: number
  /** Verbs that only read; a trailing `*` stands for any ending. */
  readonly reads?: readonly string[] | 'all'
  readonly destroys?: readonly string[]
  /** Where flags decide; nothing returned leaves it to the lists. */
  readonly refine?: (verbs: readonly string[], flags: readonly string[]) => Effect['level'] | undefined
}

/**
 * Programs of the toolbox, by name. From `kubectl --help`, `aws help`, `nats --help` (0.5.0), `velero --help` (1.18)
 * and the manual pages of Debian's coreutils.
 */
export const tools: Readonly<Record<string, Tool>> = {
  kubectl: {
    valued: [
      ...[
        '-n',
        '--namespace',
        '--context',
        '--kubeconfig',
        '--cluster',
        '--user',
        '-s',
        '--server',
        '--token',
        '--as',
      ],
      ...[
        '-l',
        '--selector',
        '-o',
        '--output',
        '-f',
        '--filename',
        '-k',
        '--kustomize',
        '-c',
        '--container',
        '--for',
      ],
      ...[
        '--timeout',
        '--request-timeout',
        '--field-selector',
        '--since',
        '--tail',
        '--type',
        '-p',
        '--patch',
      ],
      ...['--replicas', '--image', '--from', '--sort-by'],
    ],
    depth: 2,
    reads: [
      ...[
        'get',
        'describe',
        'logs',
        'top',
        'explain',
        'events',
        'wait',
        'diff',
        'version',
        'cluster-info',
        'options',
      ],
      ...[
        'api-resources',
        'api-versions',
        'auth can-i',
        'auth whoami',
        'rollout status',
        'rollout history',
        'kustomize',
      ],
      ...[
        'config view',
        'config current-context',
        'config get-contexts',
        'config get-clusters',
        'config get-users',
      ],
      ...['port-forward', 'completion', 'help'],
    ],
    destroys: ['delete', 'drain'],
    refine: (verbs, flags) => {
      if (flags.some((flag) => /^--dry-run=(client|server)$/.test(flag))) return 'reads'
      if (verbs[0] === 'exec' && flags.includes('--')) return 'reads'
      if (verbs[0] === 'apply' && flags.some((flag) => /^--prune(=true)?$/.test(flag))) return 'destroys'
      if (verbs[0] === 'replace' && flags.some((flag) => /^--force(=true)?$/.test(flag))) return 'destroys'
      return undefined
    },
  },
  aws: {
    valued: ['--region', '--profile', '--endpoint-url', '--output', '--query', '--ca-bundle', '--color'],
    depth: 2,
    refine: (verbs, flags) => {
      const [service = '', operation = ''] = verbs
      if (flags.includes('--version') || service === 'help' || flags.includes('--dryrun')) return 'reads'
      if (service === 's3') return s3(operation, verbs.slice(2), flags)
      if (/^(get|list|head|describe|simulate|wait)($|-)/.test(operation)) return 'reads'
      return /^(delete|remove|terminate|purge|deregister)($|-)/.test(operation) ? 'destroys' : 'changes'
    },
  },
  nats: {
    valued: [
      ...['-s', '--server', '--user', '--password', '--creds', '--nkey', '--tlscert', '--tlskey', '--tlsca'],
      ...['--timeout', '--context', '--js-api-prefix', '--js-domain', '--inbox-prefix', '--connection-name'],
    ],
    depth: 2,
    reads: [
      ...verbsOf(
        ['stream', 'str', 's'],
        'ls list info report state get view subjects find graph cluster-info gaps',
      ),
      ...verbsOf(['consumer', 'con', 'c'], 'ls list info report state find graph'),
      ...verbsOf(['kv'], 'get ls list status info watch history'),
      ...verbsOf(['object', 'obj'], 'get ls list info status watch'),
      ...verbsOf(['server', 'srv'], 'ls list info ping report check request'),
      ...verbsOf(['context', 'ctx'], 'ls list info show'),
      ...verbsOf(['backup'], 'info validate'),
      ...[
        'account info',
        'account report',
        'rtt',
        'ping',
        'sub',
        'latency',
        'events',
        'top',
        'cheat',
        'help',
      ],
    ],
    destroys: [
      ...verbsOf(['stream', 'str', 's'], 'rm delete del purge rmm rmmsg seal'),
      ...verbsOf(['consumer', 'con', 'c'], 'rm delete del'),
      ...verbsOf(['kv'], 'del delete rm purge compact'),
      ...verbsOf(['object', 'obj'], 'rm delete del seal'),
    ],
    refine: (_, flags) => (flags.includes('--version') || flags.includes('--help') ? 'reads' : undefined),
  },
  velero: {
    valued: ['-n', '--namespace', '--kubeconfig', '--kubecontext'],
    depth: 2,
    reads: [
      ...verbsOf(
        ['backup', 'restore', 'schedule', 'repo', 'backup-location', 'snapshot-location'],
        'get describe logs',
      ),
      ...['backup download', 'get', 'describe', 'version', 'debug', 'help'],
    ],
    destroys: [
      ...verbsOf(['backup', 'restore', 'schedule', 'backup-location'], 'delete'),
      'delete',
      'uninstall',
    ],
  },
  curl: {
    valued: [
      '-X',
      '--request',
      '-o',
      '--output',
      '-H',
      '--header',
      '-u',
      '--user',
      '-m',
      '--max-time',
      '-w',
      '--cacert',
    ],
    refine: (_, flags) => {
      const changes =
        /^(-X|--request|-d|--data|-F|--form|-T|--upload-file|-o|--output|-O|--remote-name|--json)/
      const clustered = /^-[a-zA-Z]*[XdFToO]/
      return flags.some((flag) => changes.test(flag) || (!flag.startsWith('--') && clustered.test(flag)))
        ? 'changes'
        : 'reads'
    },
  },
  find: {
    refine: (_, flags) => {
      if (flags.includes('-delete')) return 'destroys'
      return flags.some((flag) => /^-(fprint|fls)/.test(flag)) ? 'changes' : 'reads'
    },
  },
  sed: {
    refine: (_, flags) => (flags.some((flag) => /^(-[nErsz]*i|--in-place)/.test(flag)) ? 'changes' : 'reads'),
  },
  sort: {
    refine: (_, flags) => (flags.some((flag) => /^(-\w*o|--output)/.test(flag)) ? 'changes' : 'reads'),
  },
  yq: { refine: (_, flags) => (flags.some((flag) => /^(-\w*i|--inplace)/.test(flag)) ? 'changes' : 'reads') },
  tar: { refine: (verbs, flags) => (lists(verbs, flags) ? 'reads' : 'changes') },
  date: { refine: (_, flags) => (flags.some((flag) => /^(-s|--set)/.test(flag)) ? 'changes' : 'reads') },
  git: {
    depth: 1,
    reads: ['log', 'show', 'status', 'diff', 'rev-parse', 'ls-files', 'blame'],
    destroys: ['clean'],
  },
  systemctl: { depth: 1, reads: ['status', 'show', 'list-*', 'is-*', 'cat'] },
  ...each('rm rmdir unlink shred dd truncate wipefs mkfs', { destroys: ['*'] }),
  ...each(
    [
      'cat head tail grep egrep fgrep jq wc cut tr uniq column less more nl tac rev comm paste join fold',
      'echo printf true false : break continue sleep cd pwd set shopt export unset read local declare exit return wait',
      'ls stat file du df diff cmp sha256sum sha1sum md5sum cksum base64 basename dirname realpath',
      'ps id whoami hostname uname uptime getent dig nslookup type which seq ping pgrep zcat shuf',
    ].join(' '),
    { reads: 'all' },
  ),
}

function s3(operation: string, paths: readonly string[], flags: readonly string[]): Effect['level'] {
  if (operation === 'ls' || operation === 'presign') return 'reads'
  if (operation === 'rm' || operation === 'rb' || operation === 'mv') return 'destroys'
  if (operation === 'sync' && flags.includes('--delete')) return 'destroys'
  if (operation === 'cp' && paths[0]?.startsWith('s3://') && paths[1] === '-') return 'reads'
  return 'changes'
}

function lists(verbs: readonly string[], flags: readonly string[]): boolean {
  const modes = [...flags.filter((flag) => !flag.startsWith('--')), verbs[0] ?? '']
  return (
    flags.includes('--list') ||
    modes.some((mode) => /^-?[a-wyzA-Z]*t[a-zA-Z]*$/.test(mode) && !/[xc]/.test(mode))
  )
}

function verbsOf(groups: readonly string[], verbs: string): string[] {
  return groups.flatMap((group) => verbs.split(' ').map((verb) => `${group} ${verb}`))
}

function each(names: string, tool: Tool): Record<string, Tool> {
  return Object.fromEntries(names.split(' ').map((name) => [name, tool]))
}
