import { createHash } from 'node:crypto';
import type { HubFile } from '../../shared/hub.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { ModelDescription } from '../../shared/model.ts';

/** First digits of a digest that are a model's id. */
const idDigits = 16;

/** The digest that a model in these files has: that of the one, or of the digests of all, one a line; null where the hub told none. */
function digestOf(parts: HubFile['parts']): string | null {
  const digests = parts.map(({ sha256 }) => sha256);
  if (digests.includes(null)) return null;
  const [only] = digests;
  if (digests.length === 1) return only ?? null;
  return createHash('sha256')
    .update(`${digests.join('\n')}\n`)
    .digest('hex');
}

/** Where a file of the hub is on this machine already, by its digest. */
export function installedAs(parts: HubFile['parts'], installed: readonly ModelDescription[]): ModelId | null {
  const digest = digestOf(parts);
  if (digest === null) return null;
  return installed.find(({ id }) => id === `sha256:${digest.slice(0, idDigits)}`)?.id ?? null;
}

const letters = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * The same before the hub was asked: by the names that publishers give, `Name-Q4_K_M.gguf` in the repository `Name-GGUF`
 * or `publisher_Name-GGUF`.
 */
export function installedByName(
  repository: string,
  quantisation: string,
  installed: readonly ModelDescription[],
): ModelId | null {
  const stem = letters((repository.split('/').at(-1) ?? '').replace(/-gguf$/i, ''));
  const found = installed.find((model) => {
    const name = letters(
      model.fileName
        .split('/')
        .at(-1)
        ?.replace(/\.gguf$/i, '') ?? '',
    );
    return name === `${stem}${letters(quantisation)}`;
  });
  return found?.id ?? null;
}
