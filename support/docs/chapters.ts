import { isExhibit } from '../report/exhibit'
import type { Report, Runbook } from '../report/model'
import { runbooksOf } from '../report/report-parts'

/** A chapter of docs/saas/runbook.md. */
export interface Chapter {
  /** What a link to it ends with. */
  readonly id: string
  readonly title: string
  /** What the chapter is for, in a sentence. */
  readonly about: string
  /** Addresses of its runbooks, in the order in which they are read. */
  readonly runbooks: readonly string[]
}

/** The runbook that is a page of its own. */
export const quickStart = 'quick-start'

export const chapters: readonly Chapter[] = [
  {
    id: 'quick-reference-card',
    title: 'Quick reference',
    about: 'The facts and the commands of every day.',
    runbooks: ['quick-reference'],
  },
  {
    id: 'verification',
    title: 'Is the backup healthy?',
    about:
      'One line each, and nothing is changed. What names nats-backup-shell needs [the backup shell](#backup-content.1.1).',
    runbooks: ['backup-healthy', 'backup-content'],
  },
  {
    id: 'backup-procedures',
    title: 'Procedures: back up',
    about: 'The set-up itself is in [the quick start](backup-quickstart.md).',
    runbooks: ['backup-now', 'backup-schedule', 'backup-retention'],
  },
  {
    id: 'restore-procedures',
    title: 'Procedures: restore',
    about: 'By what is lost: everything, one stream, or what a stream holds. The drill loses nothing.',
    runbooks: [
      'restore-everything',
      'restore-one-stream',
      'replace-a-stream',
      'restore-special-streams',
      'restore-drill',
    ],
  },
  {
    id: 's3',
    title: 'S3 prerequisites',
    about: 'For platform engineers: bucket, lifecycle, users, policies, keys; and a key that was stolen.',
    runbooks: ['s3-prerequisites', 'backup-security'],
  },
  {
    id: 'troubleshooting',
    title: 'Troubleshooting',
    about: 'By the words that you see, and by what does not happen.',
    runbooks: ['job-troubleshooting'],
  },
  {
    id: 'degraded-modes',
    title: 'Degraded modes',
    about: 'What fails, what still works, for how long, and what to do.',
    runbooks: ['s3-unavailable', 'nats-unavailable', 'volume-full', 'restore-fails'],
  },
]

/** The runbooks of a report by their address; those that only show what is wrong are on no page of the docs. */
export function runbooksByAddress(report: Report): ReadonlyMap<string, Runbook> {
  const procedures = runbooksOf(report).filter((runbook) => !isExhibit(runbook))
  return new Map(procedures.map((runbook) => [runbook.address, runbook]))
}

/** What is wrong with the chapters, a line each: a runbook that nobody would find, and one that isn't there any more. */
export function chapterFlaws(report: Report, listed: readonly Chapter[] = chapters): string[] {
  const there = runbooksByAddress(report)
  const placed = [...listed.flatMap(({ runbooks }) => runbooks), quickStart]
  const where = 'support/docs/chapters.ts'
  return [
    ...[...there.values()]
      .filter(({ address }) => !placed.includes(address))
      .map(
        ({ uri, address }) =>
          `${uri}: ${address} is in no chapter of docs/saas/runbook.md; add it in ${where}`,
      ),
    ...placed
      .filter((address) => !there.has(address))
      .map((address) => `${where}: no feature has the address ${address}; take it out`),
  ]
}
