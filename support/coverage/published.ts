/** Something that is published. */
export interface Published {
  /** By what a waiver names it: "block quick-start.2.1.1", "message restore: stream … broke off". */
  readonly what: string
  /** `file:line`. */
  readonly at: string
  /** Why the last run doesn't show it; absent when it does. */
  readonly gap?: string
}
