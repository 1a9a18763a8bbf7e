/** Something that is published and that no run has shown. */
export interface Gap {
  /** By what a waiver names it: "block quick-start.2.1.1", "message restore: stream … broke off". */
  readonly what: string
  /** `file:line`. */
  readonly at: string
  readonly why: string
}
