import type { z } from 'zod'

/**
 * The value as the other end of a wire would read it: keys that are undefined are gone, keys that the schema does not
 * know are gone or refused, and nothing is shared with the sender. Throws ZodError.
 */
export function onWire<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  return schema.parse(JSON.parse(JSON.stringify(value)))
}
