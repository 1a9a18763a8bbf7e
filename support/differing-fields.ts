/** A value as JSON has it. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/** How much of a value is told: the rest of a long one helps no reader. */
const longest = 80

/**
 * What differs between two values, field by field.
 *
 * @returns a text for each field that differs: `spec.suspend true, was false`; nothing when both are equal.
 *          A field that is `undefined` is one that isn't there.
 */
export function differingFields(
  before: Json | undefined,
  now: Json | undefined,
  path = '',
): readonly string[] {
  if (Object.is(before, now)) return []
  if (isObject(before) && isObject(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted()
    return keys.flatMap((key) => differingFields(before[key], now[key], path ? `${path}.${key}` : key))
  }
  if (isList(before) && isList(now) && before.length === now.length) {
    return before.flatMap((item, index) => differingFields(item, now[index], `${path}[${index}]`))
  }
  return [`${path ? `${path} ` : ''}${told(now)}, was ${told(before)}`]
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function told(value: Json | undefined): string {
  if (value === undefined) return 'absent'
  const text = JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}...` : text
}
