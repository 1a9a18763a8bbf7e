/** A tag's value, of every tag of that name: `operator` of `@persona:operator`. */
export function tagValues(tags: readonly string[], name: string): string[] {
  return tags.flatMap((tag) => (tag.startsWith(`@${name}:`) ? [tag.slice(name.length + 2)] : []))
}
