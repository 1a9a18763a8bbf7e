import type { Envelope, Pickle, TestCase, TestCaseStarted } from '@cucumber/messages'
import { judgeAttempt } from '../gate/judge-attempt'
import { addressesByLine, numberOf } from './address'
import { readAttachment } from './attachment'
import { attemptOf } from './attempt-of'
import { commandLine, endingLines, outputLines, type Paint } from './console-text'
import { spoken } from './duration'
import { messageOfResult } from './message-of-result'
import { readRun } from './record'
import { timeLeft } from './time-left'
import { visibleOutput } from './visible-text'

export interface ProgressOptions {
  readonly paint: Paint
  /** Print what the commands printed. */
  readonly verbose: boolean
  /** How long each scenario usually takes: milliseconds by address. */
  readonly usual: ReadonlyMap<string, number>
}

/** A scenario that is running: its messages so far, and its lines while another one has the terminal. */
interface Live {
  readonly pickle: Pickle
  readonly envelopes: Envelope[]
  text: string
}

/**
 * Turns messages into the lines of a console, as they come. Of scenarios that run side by side one at a time has the
 * terminal; the others' lines follow when they have ended.
 */
export class Progress {
  private readonly sources: Envelope[] = []
  private readonly addresses = new Map<string, string>()
  private readonly titles = new Map<string, string>()
  private readonly pickles = new Map<string, Pickle>()
  private readonly cases = new Map<string, TestCase>()
  private readonly live = new Map<string, Live>()
  private readonly left = new Set<string>()
  private readonly workers = new Set<string>()
  /** Milliseconds by address: as usual, then of this run. */
  private readonly durations: Map<string, number>
  /** Scenarios that ended while another one had the terminal. */
  private readonly ended: Live[] = []
  private heading: string | undefined

  constructor(private readonly options: ProgressOptions) {
    this.durations = new Map(options.usual)
  }

  /** @returns what is to be printed now; often nothing */
  update(envelope: Envelope): string {
    this.learn(envelope)
    const { testCaseStarted, attachment, testRunHookFinished } = envelope
    if (testCaseStarted) return this.start(testCaseStarted, envelope)
    const id = attemptOf(envelope)
    const live = id === undefined ? undefined : this.live.get(id)
    if (id !== undefined && live) {
      live.envelopes.push(envelope)
      const attached = attachment && readAttachment(attachment)
      if (attached?.kind === 'command') {
        live.text += `    ${commandLine(attached.value, this.options.paint)}\n`
        if (this.options.verbose) live.text += outputLines(attached.value)
      }
      return envelope.testCaseFinished ? this.finish(id, live) : this.flush()
    }
    if (testRunHookFinished && testRunHookFinished.result.status !== 'PASSED') {
      return `${this.options.paint('red', '✗ outside of the scenarios')}\n${visibleOutput(messageOfResult(testRunHookFinished.result) ?? '')}\n`
    }
    return ''
  }

  private learn(envelope: Envelope): void {
    const { gherkinDocument: document, pickle, testCase } = envelope
    if (document) {
      this.sources.push(envelope)
      this.titles.set(document.uri ?? '', document.feature?.name ?? '')
      for (const [line, address] of addressesByLine(document))
        this.addresses.set(`${document.uri}:${line}`, address)
    }
    if (pickle) this.pickles.set(pickle.id, pickle)
    if (testCase) {
      this.cases.set(testCase.id, testCase)
      this.left.add(testCase.id)
    }
  }

  private start(started: TestCaseStarted, envelope: Envelope): string {
    const testCase = this.cases.get(started.testCaseId)
    const pickle = testCase && this.pickles.get(testCase.pickleId)
    if (!pickle) return ''
    this.workers.add(started.workerId ?? '')
    const again = started.attempt > 0 ? this.options.paint('yellow', ` (attempt ${started.attempt + 1})`) : ''
    const number = numberOf(this.addressOf(pickle))
    const text = `  ${number} ${pickle.name}${again}${this.remaining()}\n`
    this.live.set(started.id, { pickle, envelopes: [{ pickle }, { testCase }, envelope], text })
    return this.flush()
  }

  private finish(id: string, live: Live): string {
    const { pickle } = live
    const document = this.sources.filter(({ gherkinDocument }) => gherkinDocument?.uri === pickle.uri)
    const [attempt] = readRun([...document, ...live.envelopes]).attempts
    if (attempt) {
      const where = `${placeOf(pickle)}  #${this.addressOf(pickle)}`
      const ms = (attempt.finishedAt ?? attempt.startedAt) - attempt.startedAt
      live.text += endingLines(judgeAttempt(attempt), ms, where, this.options.paint)
      this.durations.set(this.addressOf(pickle), ms)
      if (!attempt.willBeRetried) this.left.delete(live.envelopes[1]?.testCase?.id ?? '')
    }
    if (this.live.keys().next().value !== id) {
      this.live.delete(id)
      this.ended.push(live)
      return ''
    }
    const text = this.flush()
    this.live.delete(id)
    return text + this.flushEnded() + this.flush()
  }

  /** The oldest scenario that is running has the terminal. */
  private flush(): string {
    const [owner] = this.live.values()
    return owner ? this.take(owner) : ''
  }

  private flushEnded(): string {
    return this.ended
      .splice(0)
      .map((live) => this.take(live))
      .join('')
  }

  private take(live: Live): string {
    const { text, pickle } = live
    live.text = ''
    if (text === '' || this.heading === pickle.uri) return text
    this.heading = pickle.uri
    const { paint } = this.options
    return `\n${paint('bold', this.titles.get(pickle.uri) ?? pickle.uri)}  ${paint('dim', pickle.uri)}\n${text}`
  }

  private remaining(): string {
    const left = [...this.left].flatMap((id) => {
      const pickle = this.pickles.get(this.cases.get(id)?.pickleId ?? '')
      return pickle ? [this.addressOf(pickle)] : []
    })
    const ms = timeLeft(left, this.durations, this.workers.size)
    return ms === undefined || ms < 10_000 ? '' : this.options.paint('dim', `  about ${spoken(ms)} left`)
  }

  private addressOf(pickle: Pickle): string {
    return this.addresses.get(placeOf(pickle)) ?? pickle.uri
  }
}

function placeOf(pickle: Pickle): string {
  return `${pickle.uri}:${pickle.location?.line}`
}
