import type { Tool } from './tools'

/** The commands of the backup shell (fixtures/images/nats-backup): their flags decide. From their `--help`. */
export const backupTools: Readonly<Record<string, Tool>> = {
  'backup-status': { reads: 'all' },
  backup: { refine: (_, flags) => (looks(flags) ? 'reads' : 'changes') },
  restore: {
    refine: (_, flags) => {
      if (looks(flags)) return 'reads'
      return flags.includes('--replace') ? 'destroys' : 'changes'
    },
  },
}

function looks(flags: readonly string[]): boolean {
  return flags.some((flag) => ['--help', '--dry-run', '--list', '--inspect'].includes(flag))
}
