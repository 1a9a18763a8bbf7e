import type { Envelope } from '@cucumber/messages'

/** A message that can't be joined to the others of its run: one that it goes with is lost. */
export interface Stray {
  /** Which of the messages, 0 for the first. */
  readonly index: number
  /** "is a testCase of a pickle that isn't there", to follow what names the message. */
  readonly what: string
}

/**
 * Messages that tell of something that isn't in their run. What they tell is in no verdict, so that without the one lost
 * line a failure would look as if it had never been.
 *
 * @param envelopes of runs, one after another, not yet joined up
 */
export function straysIn(envelopes: readonly Envelope[]): readonly Stray[] {
  const documents = new Set<string>()
  let run = new Told(documents)
  return envelopes.flatMap((envelope, index) => {
    if (envelope.meta) run = new Told(documents)
    const what = run.missedBy(envelope)
    return what === undefined ? [] : [{ index, what: `is a ${Object.keys(envelope)[0]} ${what}` }]
  })
}

/** How a message names the one that it goes with. */
interface Reference {
  readonly testCaseStartedId?: string
  readonly testStepId?: string
  readonly testRunHookStartedId?: string
}

/** What a run has told so far, by ids. */
class Told {
  private hasMeta = false
  private hasStarted = false
  private readonly pickles = new Set<string>()
  /** Each with the ids of its steps. */
  private readonly testCases = new Map<string, ReadonlySet<string>>()
  /** Each with the ids of its test case's steps. */
  private readonly attempts = new Map<string, ReadonlySet<string>>()
  private readonly hooks = new Set<string>()
  private readonly hooksUnderWay = new Set<string>()

  /** @param documents features by path, of this run and those before it: of a feature one text is shown */
  constructor(private readonly documents: Set<string>) {}

  /** Takes the next message. @returns what it goes with and isn't there: "of a pickle that isn’t there" */
  missedBy(envelope: Envelope): string | undefined {
    const { meta, gherkinDocument, pickle, testCase, testCaseStarted } = envelope
    if (meta) this.hasMeta = true
    if (gherkinDocument) this.documents.add(gherkinDocument.uri ?? '')
    if (pickle) {
      this.pickles.add(pickle.id)
      return missing('gherkinDocument', this.documents.has(pickle.uri))
    }
    if (testCase) {
      this.testCases.set(testCase.id, new Set(testCase.testSteps.map(({ id }) => id)))
      return missing('pickle', this.pickles.has(testCase.pickleId))
    }
    if (testCaseStarted) {
      const steps = this.testCases.get(testCaseStarted.testCaseId)
      this.attempts.set(testCaseStarted.id, steps ?? new Set())
      return missing('testCase', steps !== undefined)
    }
    return this.missedByRun(envelope) ?? this.missedByPart(envelope)
  }

  private missedByRun({ testRunStarted, testRunFinished, ...envelope }: Envelope): string | undefined {
    const { testRunHookStarted, testRunHookFinished } = envelope
    if (testRunHookStarted) {
      this.hooks.add(testRunHookStarted.id)
      this.hooksUnderWay.add(testRunHookStarted.id)
    }
    if (testRunHookFinished) this.hooksUnderWay.delete(testRunHookFinished.testRunHookStartedId)
    if (testRunFinished && this.hooksUnderWay.size > 0) return 'after a hook of which no end is told'
    if (!testRunStarted) return undefined
    const isSecond = this.hasStarted
    this.hasStarted = true
    return missing('meta', this.hasMeta && !isSecond)
  }

  private missedByPart(envelope: Envelope): string | undefined {
    const { testStepStarted, testStepFinished, testCaseFinished, attachment, testRunHookFinished } = envelope
    const of: Reference | undefined =
      testStepStarted ?? testStepFinished ?? testCaseFinished ?? attachment ?? testRunHookFinished
    if (of?.testRunHookStartedId !== undefined)
      return missing('testRunHookStarted', this.hooks.has(of.testRunHookStartedId))
    if (of?.testCaseStartedId === undefined) return undefined
    const steps = this.attempts.get(of.testCaseStartedId)
    const hasStep = of.testStepId === undefined || steps?.size === 0 || steps?.has(of.testStepId) === true
    return missing('testCaseStarted', steps !== undefined) ?? missing('testCase with this step', hasStep)
  }
}

function missing(what: string, isThere: boolean): string | undefined {
  return isThere ? undefined : `of a ${what} that isn’t there`
}
