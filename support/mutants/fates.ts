import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readScripts } from '../coverage/script-texts'
import { HarnessMisused } from '../errors'
import { checkout } from '../lab/home'
import { digest } from '../lab/recipe-hash'
import { fields, list, readBy, text, texts } from '../schema'

const name = 'reports/mutants/generated.json'

interface FatesFile {
  /** The scripts' digest: of others there are other mutants. */
  readonly scripts: string
  readonly noticed: readonly { readonly mutant: string; readonly by: string }[]
}

const schema = fields({ scripts: text, noticed: list(texts('mutant', 'by')) })

/** Which mutants were noticed, and by what, kept under reports/, so that a sample that was broken off can be gone on with. */
export class Fates {
  private constructor(
    private readonly file: string,
    private readonly scripts: string,
    private readonly noticed: Map<string, string>,
  ) {}

  /** None yet; what an earlier sample left is removed. */
  static begin(folder = checkout): Fates {
    const file = join(folder, name)
    rmSync(file, { force: true })
    return new Fates(file, scriptsNow(), new Map())
  }

  /**
   * Those of the last sample. Mutants that nothing noticed aren't among them: they are what new tests are written for.
   *
   * @throws HarnessMisused when there are none, their file is damaged, or they are of other scripts than now
   */
  static goOn(folder = checkout): Fates {
    const file = join(folder, name)
    const { scripts, noticed } = readBy<FatesFile>(schema, file, name, unusable)
    if (scripts !== scriptsNow()) throw unusable('the scripts are not what they were')
    return new Fates(file, scripts, new Map(noticed.map(({ mutant, by }) => [mutant, by])))
  }

  /** What noticed a mutant; undefined for one that wasn't tried, or that nothing noticed. */
  by(mutant: string): string | undefined {
    return this.noticed.get(mutant)
  }

  /** Keeps what noticed a mutant. */
  keep(mutant: string, by: string): void {
    this.noticed.set(mutant, by)
    const noticed = [...this.noticed].map(([name, by]) => ({ mutant: name, by }))
    mkdirSync(dirname(this.file), { recursive: true })
    const kept: FatesFile = { scripts: this.scripts, noticed }
    writeFileSync(this.file, `${JSON.stringify(kept, undefined, 2)}\n`)
  }
}

function scriptsNow(): string {
  return digest([...readScripts()].flat())
}

function unusable(got: string): HarnessMisused {
  return new HarnessMisused('RBK_NO_SAMPLE', {
    attempted: 'The last sample of mutants can’t be gone on with',
    got,
    next: 'Begin a new one, without --rerun.',
  })
}
