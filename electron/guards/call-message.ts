import { z } from 'zod';

/** Why a message of a page is not handed to the contract. */
export type CallRefusal = 'not-text' | 'too-large' | 'malformed' | 'forbidden-key' | 'too-deep';

/**
 * What a message on a page's port is. `id` is what its sender waits by; a refusal without one has nobody who waits, so that
 * all that can be done is to end the line.
 */
export type CallMessage =
  | { readonly kind: 'call' | 'abort'; readonly id: string }
  | { readonly kind: 'refused'; readonly id: string | null; readonly reason: CallRefusal };

/** UTF-16 code units of one message. The longest text that a call may carry (2,000,000) fits, each unit escaped. */
export const callMessageLimit = 16 * 1024 * 1024;
/** Levels of nesting; no input of the contract has more than a handful. */
const depthLimit = 32;

const idSchema = z.string().regex(/^[\w-]{1,64}$/);
const envelopeSchema = z.object({ i: idSchema });
/** What the client's serialiser writes for a value that JSON lacks: its kind, then the way to it. */
const metaSchema = z.array(
  z
    .tuple(
      [z.int().min(0).max(7)],
      z.union([
        z
          .string()
          .max(256)
          .regex(/^(?!__proto__$)/),
        z.int().nonnegative(),
      ]),
    )
    .readonly(),
);
/** A call of the contract, and nothing else that the protocol knows: no headers, no other method, no other origin. */
const callSchema = z.strictObject({
  i: idSchema,
  t: z.literal(1).optional(),
  p: z.strictObject({
    u: z.string().regex(/^(\/[A-Za-z][A-Za-z0-9]{0,63}){1,4}$/),
    b: z.strictObject({ json: z.unknown(), meta: metaSchema.optional() }).partial().optional(),
  }),
});
/** The page no longer wants an answer. It sends no streams, so the protocol's other kinds are refused. */
const abortSchema = z.strictObject({ i: idSchema, t: z.literal(4), p: z.undefined().optional() });

/** Judges a message before anything else reads it. Total: there is an answer for every value. */
export function readCallMessage(data: unknown, limit = callMessageLimit): CallMessage {
  if (typeof data !== 'string') return refused(null, 'not-text');
  // Not parsed: its id stands at the front, as the client writes it.
  if (data.length > limit) return refused(/^\{"i":"([\w-]{1,64})"/.exec(data)?.[1] ?? null, 'too-large');
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return refused(null, 'malformed');
  }
  const envelope = envelopeSchema.safeParse(message);
  if (!envelope.success) return refused(null, 'malformed');
  const { i: id } = envelope.data;
  const flaw = findFlaw(message);
  if (flaw !== null) return refused(id, flaw);
  if (callSchema.safeParse(message).success) return { kind: 'call', id };
  return abortSchema.safeParse(message).success ? { kind: 'abort', id } : refused(id, 'malformed');
}

/** Without recursion, so that depth costs no stack. */
function findFlaw(message: unknown): 'forbidden-key' | 'too-deep' | null {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value: message, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > depthLimit) return 'too-deep';
    for (const [key, inner] of Object.entries(value)) {
      if (reachesPrototype(key, inner)) return 'forbidden-key';
      waiting.push({ value: inner, depth: depth + 1 });
    }
  }
  return null;
}

/** Ways by which a copied or merged object would reach the prototype that all objects share, in a name or in a way of `meta`. */
function reachesPrototype(key: string, value: unknown): boolean {
  return key === '__proto__' || (key === 'constructor' && typeof value === 'object' && value !== null);
}

function refused(id: string | null, reason: CallRefusal): CallMessage {
  return { kind: 'refused', id, reason };
}
