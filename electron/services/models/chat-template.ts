import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { ModelDetail } from '../../shared/model-detail.ts';
import { readBoundedText } from './read-bounded-text.ts';
import { readGgufKeys, textOf } from './read-gguf-keys.ts';

const listLimitBytes = 1024 * 1024;
const familySchema = z
  .object({
    family: z.string(),
    /** Architectures of its models, as their files name them. */
    architectures: z.array(z.string()).readonly(),
    /** Marks that every template of the family has; the first family whose marks are all there is the likely one. */
    marks: z.array(z.string()).min(1).readonly(),
    /** SHA-256 of templates as their publishers ship them, normalised; hexadecimal. */
    sha256: z.array(z.string().regex(/^[0-9a-f]{64}$/)).readonly(),
  })
  .readonly();
const listSchema = z.object({ families: z.array(familySchema).readonly() }).readonly();
type Family = z.infer<typeof familySchema>;

/** What makes no difference to what a template writes: kind of line ends, blanks around the whole. */
export function normaliseTemplate(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

/**
 * The chat template of a model file, compared with those that are known; null for a model without one. `known` is one that
 * its publisher ships; `changed` has the marks of a family of this architecture whose templates are known, and is none of
 * them; everything else is `unfamiliar`.
 */
export async function readChatTemplate(
  path: string,
  { resourcesFolder, signal }: { readonly resourcesFolder: string; readonly signal: AbortSignal },
): Promise<ModelDetail['template']> {
  const keys = await readGgufKeys(path, signal);
  const text = textOf(keys, 'tokenizer.chat_template');
  if (text === null) return null;
  const list = await readBoundedText(join(resourcesFolder, 'templates', 'known.json'), listLimitBytes);
  const { families } = listSchema.parse(JSON.parse(list));
  return { text, ...compare(text, textOf(keys, 'general.architecture') ?? '', families) };
}

function compare(text: string, architecture: string, families: readonly Family[]) {
  const sha256 = createHash('sha256').update(normaliseTemplate(text)).digest('hex');
  const known = families.find((family) => family.sha256.includes(sha256));
  if (known !== undefined) return { state: 'known', family: known.family } as const;
  const marked = families.filter(({ marks }) => marks.every((mark) => text.includes(mark)));
  const own = marked.find(({ architectures }) => architectures.includes(architecture));
  const hasReference = own !== undefined && own.sha256.length > 0;
  return { state: hasReference ? 'changed' : 'unfamiliar', family: (own ?? marked[0])?.family ?? null } as const;
}
