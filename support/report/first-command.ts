import { firstLine } from './visible-text'

/** What a block begins with before it does anything: a remark, the setting of a variable or of bash, the opening of a group. */
const preparing = /^\s*(?:#.*|\w+=(?:[^\s$]*\$\(.*\)|\S*)|set -.*|\(|\{)?$/

/** The first line of a block that does something: what the block is called where there is room for a line. */
export function firstCommand(script: string): string {
  const line = script.split('\n').find((each) => !preparing.test(each))
  return line?.trim() ?? firstLine(script)
}
