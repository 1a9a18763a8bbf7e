import { LabBroken, RunbookFailed } from '../errors'
import { docker } from '../lab/docker'
import type { Scenario } from '../scenario'

/**
 * Looks at the volume again and again until its input ends. Of each archive it tells the sha256 of what was there at the
 * first look that saw it under its name; at the end, how many looks there were, and in how many an archive was in the making.
 */
const look = `
cd "$1" || exit
exec 3<&0
cat <&3 >/dev/null & asked=$!
declare -A seen=()
looks=0 making=0
shopt -s nullglob
while kill -0 "$asked" 2>/dev/null; do
  looks=$((looks + 1))
  for file in nats-*.tar.gz; do
    if [[ -z \${seen[$file]:-} ]]; then
      seen[$file]=$(sha256sum <"$file")
      printf 'archive\\t%s\\t%s\\n' "$file" "\${seen[$file]%% *}"
    fi
  done
  for file in .nats-*.partial; do making=$((making + 1)); done
  sleep 0.005
done
printf 'looks\\t%s\\t%s\\n' "$looks" "$making"`

/** Somebody who reads the backup volume all the time, as a copy job or a curious operator would. */
export class VolumeReader {
  private reading: ReturnType<typeof docker> | undefined

  constructor(private readonly scenario: Scenario) {}

  /** Every archive is read as soon as its name is seen. It ends with the step that judges what was seen, and at the latest with this process. */
  async begin(): Promise<void> {
    const { volume, address } = this.scenario.lane
    const path = await volume.folder()
    this.reading = docker(['exec', '-i', address.cluster.node, 'bash', '-c', look, 'bash', path], {
      stdin: 'pipe',
    })
    this.scenario.endWith(() => this.end())
  }

  /**
   * What was read under an archive's name at first sight is what lies there now.
   *
   * @throws RunbookFailed with what was seen half-written
   * @throws LabBroken when the reading was too slow to have met an archive in the making
   */
  async sawWholeArchivesOnly(): Promise<void> {
    const seen = (await this.end()).split('\n').map((line) => line.split('\t'))
    const now = await this.scenario.lane.volume.archives()
    const broken = now.filter(({ name, sha256 }) =>
      seen.some(([kind, file, first]) => kind === 'archive' && file === name && first !== sha256),
    )
    if (broken.length > 0) {
      throw new RunbookFailed('RBK_HALF_WRITTEN', {
        attempted: 'An archive was readable under its final name before it was whole',
        expected: 'at the first look what is there now',
        got: broken.map(({ name }) => `${name}: something else`).join('\n'),
      })
    }
    const [, looks = '0', making = '0'] = seen.find(([kind]) => kind === 'looks') ?? []
    if (now.length > 0 && Number(making) > 0) return
    throw new LabBroken('RBK_READER', {
      attempted: 'The volume was read, but no archive was seen in the making, so nothing was learnt',
      got: `${looks} looks, ${now.length} archives`,
    })
  }

  /** @returns what was seen */
  private async end(): Promise<string> {
    this.reading?.stdin?.end()
    return String((await this.reading)?.stdout ?? '')
  }
}
