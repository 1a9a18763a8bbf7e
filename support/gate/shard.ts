import type { Share } from '../report/shard-message'

let share: Share | undefined

/** This process runs one share of the scenarios. @param asked as cucumber takes it, `2/3`, and what is shared out once it's known */
export function runShard(asked: Share): void {
  share = asked
}

/** The share of the scenarios that this process runs; undefined for all of them. */
export function shardAsked(): Share | undefined {
  return share
}

/** What gate.json says of a shard for which no scenario is left. @param of what was shared out, see `sharedOut` */
export function emptyShardText({ shard, of }: Required<Share>): string {
  return `Shard ${shard} is left without a scenario: there are fewer than shards. It is of ${of}.`
}

/** The share of which that was said, undefined for any other text. */
export function emptyShardIn(text: string): Required<Share> | undefined {
  const [, shard, of] = /^Shard (\d+\/\d+) is left without a scenario: .* It is of (.*)\.$/.exec(text) ?? []
  return shard === undefined || of === undefined ? undefined : { shard, of }
}
