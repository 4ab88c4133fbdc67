import { AppError } from '../../shared/app-error.ts';
import { repositorySchema } from '../../shared/catalogue.ts';
import type { CatalogueEntry } from '../../shared/catalogue.ts';
import { closestWord } from '../../shared/closest-word.ts';
import type { DownloadRequest } from '../../shared/download.ts';

/** What publishers offer nearly always, and what suits most machines. */
const usualQuantisation = 'Q4_K_M';
const quantisationName = /^[\w.-]{1,40}$/;

/** A part of a path in a repository: no way up, and nothing hidden. */
const isPathPart = (part: string): boolean => /^[^\\:*?"<>|\s.][^\\:*?"<>|]{0,199}$/.test(part);

function notFound(name: string, closest: string | null): AppError {
  return new AppError('app/not-found', 'There is no such model.', { kind: 'model', name: name.slice(0, 200), closest });
}

function byEntry(
  entry: CatalogueEntry,
  quantisation: string | null,
  options: ResolveOptions,
): DownloadRequest | Promise<DownloadRequest> {
  const { repository } = entry;
  if (quantisation === null) {
    return options.bestQuantisation(entry).then((best) => ({
      repository,
      wanted: { quantisation: best ?? entry.quantisations[0] ?? usualQuantisation },
    }));
  }
  const found = entry.quantisations.find((one) => one.toLowerCase() === quantisation.toLowerCase());
  if (found !== undefined) return { repository, wanted: { quantisation: found } };
  // The publisher may have more than Sotto offers: what looks like a name of one is asked for as it is.
  if (/^(I?Q[1-8]|B?F16|F32|TQ|UD-|MXFP4)/i.test(quantisation)) return { repository, wanted: { quantisation } };
  const closest = closestWord(quantisation.toUpperCase(), entry.quantisations);
  throw notFound(`${entry.id}:${quantisation}`, closest === null ? null : `${entry.id}:${closest}`);
}

/** What ids mean. `bestQuantisation` is null where none runs. */
export type ResolveOptions = {
  readonly entries: readonly CatalogueEntry[];
  bestQuantisation(entry: CatalogueEntry): Promise<string | null>;
};

/**
 * What a person means by an id of the catalogue, `id:QUANTISATION`, `publisher/name`, `publisher/name:QUANTISATION` or
 * `publisher/name/path.gguf`. Asks nobody: whether the hub has it shows when it is fetched. Throws `app/not-found` with
 * `closest` (null where nothing is close).
 */
export async function resolveWanted(wanted: string, options: ResolveOptions): Promise<DownloadRequest> {
  const { entries } = options;
  const text = wanted.trim();
  const [name = '', quantisation = null, ...more] = text.includes('.gguf') ? [text] : text.split(':');
  if (more.length > 0 || (quantisation !== null && !quantisationName.test(quantisation))) throw notFound(text, null);
  const entry = entries.find(({ id, repository }) => id === name.toLowerCase() || repository === name);
  if (entry !== undefined) return await byEntry(entry, quantisation, options);
  const parts = name.split('/');
  const [publisher = '', model = '', ...path] = parts;
  const { data: repository } = repositorySchema.safeParse(`${publisher}/${model}`);
  if (parts.length < 2 || repository === undefined) {
    throw notFound(
      text,
      closestWord(
        name,
        entries.map(({ id }) => id),
      ),
    );
  }
  if (path.length === 0) return { repository, wanted: { quantisation: quantisation ?? usualQuantisation } };
  if (!path.every(isPathPart) || !/\.gguf$/i.test(name)) throw notFound(text, null);
  return { repository, wanted: { path: path.join('/') } };
}
