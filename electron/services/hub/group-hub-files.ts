import type { HubFile } from '../../shared/hub.ts';
import type { Sibling } from './hub-answers.ts';

const partName = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i;
/** What looks at pictures beside a model, and what its maker measured, is no model. */
const noModel = /(^|[/._-])(mmproj|imatrix)[^/]*\.gguf$/i;
/** As file names have precisions: `Q4_K_M`, `IQ2_XXS`, `BF16`, `UD-Q4_K_XL`, `MXFP4`. */
const quantisationName =
  /(?:^|[-._/])((?:UD-)?(?:I?Q\d(?:_[A-Z0-9]+)*|T?Q\d_\d|BF16|F16|F32|FP16|MXFP4(?:_MOE)?))(?=[-._/]|$)/gi;

/** A longer one is no precision, whatever it looks like. */
const quantisationLimit = 40;
/** A model in more files than this is none that anybody runs. */
const partLimit = 1_000;

/** Precision of a model file by its name, else by its folder; null when neither tells. */
export function quantisationOf(path: string): string | null {
  const stem = path.replace(/\.gguf$/i, '').replace(/-\d{5}-of-\d{5}$/, '');
  const found = [...stem.matchAll(quantisationName)].at(-1)?.[1]?.toUpperCase().replace('FP16', 'F16');
  return found !== undefined && found.length <= quantisationLimit ? found : null;
}

/** Parts of one model in their order; null when one is missing, its size is not known, or there are too many. */
function partsOf(group: readonly Sibling[]): HubFile['parts'] | null {
  const parts = group.flatMap(({ rfilename: path, size, lfs }) => {
    const sizeBytes = lfs?.size ?? size;
    return sizeBytes === null ? [] : [{ path, sizeBytes, sha256: lfs?.sha256 ?? null }];
  });
  const [first] = group;
  const count = Number(partName.exec(first?.rfilename ?? '')?.[3] ?? 1);
  const isComplete = group.every(({ rfilename }, index) => Number(partName.exec(rfilename)?.[2] ?? 1) === index + 1);
  return isComplete && parts.length === count && count <= partLimit ? parts : null;
}

/** The models among a repository's files: GGUF files, with those put together that are parts of one. */
export function groupHubFiles(siblings: readonly Sibling[]): readonly HubFile[] {
  const groups = new Map<string, Sibling[]>();
  for (const sibling of siblings) {
    const { rfilename: path } = sibling;
    if (!/\.gguf$/i.test(path) || noModel.test(path)) continue;
    const [, stem, , count] = partName.exec(path) ?? [];
    const key = stem === undefined ? path : `${stem}\n${count ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), sibling]);
  }
  return [...groups.values()].flatMap((group): readonly HubFile[] => {
    const ordered = group.toSorted((one, other) => (one.rfilename < other.rfilename ? -1 : 1));
    const parts = partsOf(ordered);
    const path = parts?.[0]?.path;
    if (parts === null || path === undefined) return [];
    const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
    return [{ path, parts, sizeBytes, quantisation: quantisationOf(path), fit: null, installedId: null }];
  });
}
