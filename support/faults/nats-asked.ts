import { eventually } from '../eventually'
import type { Lookout } from '../lab/lookout'
import { namespace } from '../lab/namespace'

/** What came of asking NATS for its main stream, from a pod. */
export interface Answer {
  readonly isGood: boolean
  readonly bytes: number
  readonly ms: number
  /** What the CLI or the server said, when it isn't good. */
  readonly words: string
}

/** Asked of the stream's leader: it answers as long as it thinks that it leads. */
const state = `nats --inbox-prefix=_INBOX_backup --timeout=4s request --raw --count 4 '$JS.API.STREAM.INFO.AGENTESE' \\
  '{"deleted_details":true,"subjects_filter":">"}'`
/** Asked of the leader of all of JetStream, which needs a majority of the servers. */
const names = `nats --inbox-prefix=_INBOX_backup --timeout=4s request --raw '$JS.API.STREAM.NAMES' ''`

/**
 * Asks NATS for the state of the main stream four times, and for the names of all, as the user of the backups.
 *
 * @param url of one server; the Service unless told
 */
export async function askNats(lookout: Lookout, url?: string): Promise<Answer> {
  const { output } = await lookout.run(
    `${url ? `export NATS_URL=${url}` : ''}
     folder=$(mktemp --directory)
     trap 'rm --recursive "$folder"' EXIT
     begun=$(date +%s%N)
     ${state} >"$folder/answer" 2>"$folder/words" || true
     ms=$(( ($(date +%s%N) - begun) / 1000000 ))
     if grep --quiet '"messages"' "$folder/answer" && ${names} >"$folder/names" 2>"$folder/words" && grep --quiet AGENTESE "$folder/names"
     then echo "good $(wc --bytes <"$folder/answer") $ms"
     else echo "bad 0 $ms $(cat "$folder/answer" "$folder/names" "$folder/words" 2>/dev/null)"; fi`,
  )
  const [verdict = '', bytes = '', ms = '', ...words] = output.trim().split(/\s+/)
  return {
    isGood: verdict === 'good',
    bytes: Number(bytes),
    ms: Number(ms),
    words: words.join(' ').slice(-300),
  }
}

/** The address of one server, by its pod's own name: the Service leads to whichever is ready. */
export function urlOf(server: string): string {
  return `nats://${server}.nats-headless.${namespace}:4222`
}

/**
 * A server's own word that JetStream has no leader. A leader that lost the others goes on as one for about ten seconds, until
 * it knows that nobody follows; and no answer at all may be that of a pod that is gone.
 */
export function hasNoLeader({ words }: Answer): boolean {
  return words.includes('temporarily unavailable')
}

/** Asks until the answer is as wanted. @returns what was seen @throws LabBroken with the last answer after 40 s */
export function natsAnswers(
  lookout: Lookout,
  wanted: (answer: Answer) => boolean,
  url?: string,
): Promise<string> {
  return eventually({ name: `what a pod sees of ${url ?? 'NATS'}`, ms: 40_000 }, async () => {
    const answer = await askNats(lookout, url)
    const seen = answer.isGood
      ? `NATS answers a pod: ${answer.bytes} bytes in ${answer.ms} ms`
      : `NATS does not answer a pod within ${answer.ms} ms: ${answer.words}`
    return wanted(answer) ? { found: seen } : { seen }
  })
}
