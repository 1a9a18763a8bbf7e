import type { TestStepResult } from '@cucumber/messages'

/** The message of a result without the stack, which names files of the machine that ran it. */
export function messageOfResult(result: TestStepResult): string | undefined {
  return result.exception?.message ?? result.message
}
