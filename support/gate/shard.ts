let share = ''

/** This process runs one share of the scenarios. @param shard as cucumber takes it, `2/3`; empty for all of them */
export function runShard(shard: string): void {
  share = shard
}

/** The share of the scenarios that this process runs, `2/3`; empty for all of them. */
export function shardAsked(): string {
  return share
}

/** What gate.json says of a shard for which no scenario is left. */
export function emptyShardText(shard: string): string {
  return `Shard ${shard} is left without a scenario: there are fewer than shards.`
}

/** The shard of which that was said, undefined for any other text. */
export function emptyShardIn(text: string): string | undefined {
  return /^Shard (\d+\/\d+) is left without a scenario/.exec(text)?.[1]
}
