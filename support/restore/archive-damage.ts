import { HarnessMisused } from '../errors'
import { inNode } from '../lab/node'
import type { Scenario } from '../scenario'

/** What can happen to the newest archive: bash that is given its path as $archive, and its content as the folder $content. */
const damages: Readonly<Record<string, string>> = {
  'is empty': ': >"$archive"',
  'is cut off half-way': 'truncate --size=$(($(stat --format=%s "$archive") / 2)) "$archive"',
  'has one flipped byte': `offset=$(($(stat --format=%s "$archive") / 2))
    byte=$(od --address-radix=n --format=u1 --skip-bytes=$offset --read-bytes=1 "$archive")
    printf "\\\\x$(printf %x $((byte ^ 1)))" | dd of="$archive" bs=1 seek=$offset conv=notrunc status=none`,
  'has a file that its manifest has another checksum of': `unpack
    printf ' ' >>"$content/streams/AUDIT/backup.json"
    pack`,
  'holds another stream under the name of AGENTESE': `unpack
    cp "$content"/streams/AUDIT/* "$content/streams/AGENTESE/"
    renew AGENTESE
    pack`,
  'lacks the end of AGENTESE, and its checksums are of what is left': `unpack
    truncate --size=-1K "$content/streams/AGENTESE/stream.arc.s2"
    renew AGENTESE
    pack`,
}

const tools = `
  archive=$1 content=$(mktemp --directory)
  trap 'rm --recursive "$content"' EXIT
  unpack() { tar --extract --gzip --directory "$content" --file "$archive"; }
  pack() { tar --create --sort=name --directory "$content" manifest.json streams | gzip --fast >"$archive"; }
  # The manifest's checksums of one stream, as its files are now.
  renew() {
    local file
    for file in backup.json stream.arc.s2; do
      jq --arg path "streams/$1/$file" --arg sum "$(sha256sum <"$content/streams/$1/$file" | cut -c1-64)" \\
        '(.files[] | select(.path == $path).sha256) = $sum' "$content/manifest.json" >"$content/.new"
      mv "$content/.new" "$content/manifest.json"
    done
  }`

/** Changes to the newest archive on the backup volume. */
export class ArchiveDamage {
  constructor(private readonly scenario: Scenario) {}

  /** The newest archive on the volume is damaged as the step says: empty, cut off, changed. @throws HarnessMisused when there is no such damage */
  async inflict(damage: string): Promise<void> {
    const script = damages[damage]
    if (script) return this.change(script)
    throw new HarnessMisused('RBK_UNKNOWN_DAMAGE', {
      attempted: `There is no damage "${damage}"`,
      next: `Use one of: ${Object.keys(damages).join('; ')} (support/restore/archive-damage.ts).`,
    })
  }

  /**
   * A stream in the archive has a max_age of one second, as if it had been archived with it: its messages are older.
   * Waiting until real ones are is the time that a scenario hasn't.
   */
  async limitAge(stream: string): Promise<void> {
    await this.change(`unpack
      jq '.config.max_age = 1000000000' "$content/streams/${stream}/backup.json" >"$content/.new"
      mv "$content/.new" "$content/streams/${stream}/backup.json"
      jq '(.streams[] | select(.name == "${stream}").maxAgeNanoseconds) = 1000000000' "$content/manifest.json" >"$content/.new"
      mv "$content/.new" "$content/manifest.json"
      renew ${stream}
      pack`)
  }

  private async change(script: string): Promise<void> {
    const { volume, address } = this.scenario.lane
    const { name } = (await volume.archives()).at(-1) ?? { name: '' }
    await inNode(address.cluster.node, {
      attempted: 'The newest archive could not be changed',
      script: `${tools}\n${script}`,
      args: [`${await volume.folder()}/${name}`],
    })
  }
}
