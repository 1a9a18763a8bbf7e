/** A test that failed. */
export interface FailedTest {
  /** As it was given. */
  readonly file: string
  readonly name: string
}

/**
 * Runs files of tests up to the first that fails twice. What fails once is the machine's trouble (a server that didn't start
 * in time, a port that somebody took), and must not pass for a test that notices.
 *
 * @param firstFailed runs some files, up to the first test that fails
 * @returns the name of the test that failed, undefined when each file passed, at its second attempt at the latest
 */
export async function failsTwice(
  files: readonly string[],
  firstFailed: (files: readonly string[]) => Promise<FailedTest | undefined>,
): Promise<string | undefined> {
  let open = files
  while (open.length > 0) {
    const failed = await firstFailed(open)
    if (!failed) return undefined
    const again = await firstFailed([failed.file])
    if (again) return again.name
    // It has passed now; what comes behind it wasn't run.
    open = open.filter((file) => file !== failed.file)
  }
  return undefined
}
