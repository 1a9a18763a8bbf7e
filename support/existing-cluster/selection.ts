import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Feature, GherkinDocument, Pickle } from '@cucumber/messages'
import { type StepDefinition, stepFiles } from '../affected/step-definitions'
import { Tree } from '../affected/tree'
import { checkout } from '../lab/home'
import { addressed, isUndo, runbookAddress } from '../report/address'
import { effectOf } from '../report/effect'
import type { ClusterSettings } from './settings'
import { isPossible } from './verbs'

/** A scenario that may have been selected. */
export interface Candidate {
  readonly pickle: Pickle
  readonly gherkinDocument: GherkinDocument
}

/** A scenario that isn't run on this cluster, and the reason. */
export interface LeftOut {
  readonly uri: string
  readonly line: number
  readonly why: string
}

/** What of a selection may run on a cluster that isn't the lab's. */
export class Selection {
  private readonly definitions: readonly StepDefinition[]

  constructor(private readonly settings: Pick<ClusterSettings, 'name' | 'allow' | 'secondSite'>) {
    const paths = globSync('steps/**/*.steps.ts', { cwd: checkout })
    const texts = paths.map((path) => [path, readFileSync(join(checkout, path), 'utf8')] as const)
    this.definitions = stepFiles(new Tree(new Map(texts))).flatMap(({ definitions }) => definitions)
  }

  /** Why a scenario isn't to run there; undefined when it may. */
  leftOut({ pickle, gherkinDocument }: Candidate): LeftOut | undefined {
    const why =
      this.refusal(pickle, gherkinDocument) ??
      beginning(pickle) ??
      this.needOfLab(pickle.steps.map(({ text }) => text))
    if (why === undefined) return undefined
    return { uri: pickle.uri, line: pickle.location?.line ?? 1, why }
  }

  /** What changes something is run only where its runbook is named, and where what it changes can be undone. */
  private refusal(pickle: Pickle, { feature }: GherkinDocument): string | undefined {
    const risk = riskOf(pickle)
    if (risk === undefined) return undefined
    const runbook = feature ? runbookAddress(feature, pickle.uri) : pickle.uri
    if (!this.settings.allow.includes(runbook))
      return `${risk}, and "allow" in the file of ${this.settings.name} doesn't name ${runbook}`
    const undo = feature && stepsOfUndo(feature)
    const needs = undo?.map((steps) => this.needOfLab(steps)).find(Boolean)
    return needs && `what it changes can't be undone there: in its part Undo, ${needs}`
  }

  /** The first step that only a lab can do. */
  private needOfLab(steps: readonly string[]): string | undefined {
    const step = steps.find((text) => !this.isPossible(text))
    return step === undefined ? undefined : `"${step}" needs the lab`
  }

  private isPossible(text: string): boolean {
    const fitting = this.definitions.filter(({ pattern }) => pattern.test(text))
    return fitting.length > 0 && fitting.every((definition) => this.canDo(definition))
  }

  private canDo({ uses }: StepDefinition): boolean {
    const ofWorld = uses?.filter(({ noun }) => !ownWords.has(noun)) ?? []
    const hasSecondSite = this.settings.secondSite !== undefined
    return (
      ofWorld.length > 0 && ofWorld.every(({ noun, verb }) => isPossible(noun, verb ?? '', hasSecondSite))
    )
  }
}

/** No step arranges it, so nobody sees it by the steps: a bucket that isn't there yet, a volume without an archive. */
function beginning({ tags }: Pickle): string | undefined {
  return tags.some(({ name }) => name === '@lab-only')
    ? 'it begins as only a lab does (@lab-only)'
    : undefined
}

/** What steps use of the World beside its nouns. */
const ownWords: ReadonlySet<string> = new Set(['failureIsClaimed', 'isInterruptible'])

/**
 * What somebody must have agreed to; undefined for a scenario that only reads. Its own tags count before its page's, and a
 * block that destroys counts whatever the tags say.
 */
function riskOf({ tags, steps }: Pickle): string | undefined {
  const names = tags.map(({ name }) => name)
  const risky = ['@degraded', '@irreversible'].find((tag) => names.includes(tag))
  if (risky !== undefined) return `it is ${risky}`
  if (names.findLast((name) => name === '@mutates' || name === '@read-only') !== '@read-only')
    return 'it is @mutates'
  const effects = steps.map(({ argument }) => effectOf(argument?.docString?.content ?? ''))
  const worst = effects.find(({ level }) => level === 'destroys')
  return worst && `it runs ${worst.because}`
}

/** The steps of every scenario in the part Undo, with those that come before each scenario. */
function stepsOfUndo(feature: Feature): string[][] {
  const texts = (steps: ReadonlyArray<{ readonly text: string }> = []) => steps.map(({ text }) => text)
  const before = feature.children.flatMap(({ background }) => texts(background?.steps))
  return addressed(feature, '')
    .filter(isUndo)
    .flatMap(({ rule, scenarios }) => {
      const inRule = rule?.children.flatMap(({ background }) => texts(background?.steps)) ?? []
      return scenarios.map(({ scenario }) => [...before, ...inRule, ...texts(scenario.steps)])
    })
}
