import { messageOf } from '../errors'
import { inNode } from '../lab/node'
import type { Fault } from './fault'

/** Finds the backup that holds the volume and stops it: the first process of its container, between two commands. */
const hold = `
for ((looks = 0; looks < 3000; looks++)); do
  for pid in $(pgrep -f '/backup$'); do
    grep -qs '^NSpid:.*[[:space:]]1$' "/proc/$pid/status" || continue
    grep -qs '^lock:' /proc/"$pid"/fdinfo/* || continue
    kill -STOP "$pid" && echo "$pid" && exit
  done
  sleep 0.02
done
echo "no backup took the volume within a minute" >&2
exit 1`

/** Lets it go on as soon as another backup waits for the volume; ends when it goes on for another reason. */
const releaseWhenAwaited = `
while grep -qs '^State:.*stopped' "/proc/$1/status"; do
  if pgrep -f '^flock --timeout' >/dev/null; then kill -CONT "$1"; exit; fi
  sleep 0.05
done`

/**
 * A backup that takes long: it is stopped while it holds the volume, as one would be whose disk stalls. It goes on when
 * another backup waits for it, or when the fault is healed. Stopped is its own first process only: nothing that it
 * has asked of NATS is left without an answer.
 *
 * @param node  where it runs
 * @param start starts the backup
 */
export function backupHeld(node: string, start: () => Promise<void>): Fault {
  let pid = ''
  let released: Promise<unknown> = Promise.resolve()
  const run = (attempted: string, script: string) => inNode(node, { attempted, script, args: [pid] })
  const state = () =>
    run("The backup that is held up can't be looked at", `grep -hs '^State:' "/proc/$1/status" || echo gone`)
  return {
    name: 'A backup is held up half-way',
    async inject() {
      await start()
      pid = (await run('No backup could be held up', hold)).trim()
    },
    async proveInForce() {
      const seen = (await state()).trim()
      if (!seen.includes('stopped')) throw new Error(`the backup goes on: ${seen}`)
      released = run('The backup that is held up could not be let go', releaseWhenAwaited).catch(messageOf)
      return `process ${pid} of the node holds the volume, ${seen}`
    },
    async heal() {
      if (pid) await run('The backup could not be let go', 'kill -CONT "$1" 2>/dev/null || true')
      await released
    },
    async proveHealed() {
      const seen = (await state()).trim()
      if (seen.includes('stopped')) throw new Error(`the backup is still stopped: ${seen}`)
      return `process ${pid}: ${seen}`
    },
  }
}
