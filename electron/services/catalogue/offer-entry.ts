import type { CatalogueEntry, ModelOffer } from '../../shared/catalogue.ts';
import type { ModelFit } from '../../shared/fit.ts';
import type { ModelDescription } from '../../shared/model.ts';
import type { FitService, FitSubject } from '../fit/fit-service.ts';
import { installedAs, installedByName } from './find-installed.ts';
import type { RememberedRepository } from './hub-memory.ts';

/** What offers are made from. */
export type OfferGround = {
  readonly fit: Pick<FitService, 'predict'>;
  /** What the hub said; null when it was never asked. */
  readonly told: RememberedRepository | null;
  readonly installed: readonly ModelDescription[];
  /** Of the disk with the model folder; null where the system does not tell. */
  readonly freeBytes: number | null;
};

/** Kept free beside a download, so that the system goes on working. */
const diskMarginBytes = 512 * 1024 ** 2;

type ToldFile = RememberedRepository['files'][number];

function subjectOf(
  entry: CatalogueEntry,
  quantisation: string,
  told: RememberedRepository | null,
  file?: ToldFile,
): FitSubject {
  const own = file === undefined ? undefined : told?.headers[file.path];
  if (own !== undefined) return { known: 'header', description: own, ...shaOf(file) };
  const [other] = Object.values(told?.headers ?? {});
  if (file !== undefined && other !== undefined) {
    const { sizeBytes } = file;
    return { known: 'header', description: other, sibling: { quantisation, sizeBytes }, ...shaOf(file) };
  }
  const { kind, architecture, parameterCount, activeParameterCount, contextLength } = entry;
  return {
    known: 'catalogue',
    kind,
    architecture,
    parameterCount,
    contextLength,
    quantisation,
    ...(activeParameterCount === undefined ? {} : { activeParameterCount }),
    ...(file === undefined ? {} : { sizeBytes: file.sizeBytes }),
  };
}

function shaOf(file: ToldFile | undefined): { readonly sha256?: string } {
  const sha256 = file?.parts.length === 1 ? file.parts[0]?.sha256 : null;
  return typeof sha256 === 'string' ? { sha256 } : {};
}

/** A model that is not here yet also needs room on the disk. */
function withDisk(fit: ModelFit, sizeBytes: number, freeBytes: number | null): ModelFit {
  const isTooLittle = freeBytes !== null && sizeBytes + diskMarginBytes > freeBytes;
  return isTooLittle && (fit.status === 'fits' || fit.status === 'tight') ? { ...fit, status: 'no-room-on-disk' } : fit;
}

/** The ways to have a model: each quantisation that its entry names, in its order; once the hub was asked, those that it has. */
export async function offerEntry(entry: CatalogueEntry, ground: OfferGround): Promise<readonly ModelOffer[]> {
  const { fit, told, installed, freeBytes } = ground;
  const fileFor = (quantisation: string): ToldFile | undefined =>
    told?.files.find((one) => one.quantisation?.toLowerCase() === quantisation.toLowerCase());
  // What the hub was asked for and does not have is no offer.
  const there = entry.quantisations.filter((quantisation) => fileFor(quantisation) !== undefined);
  return await Promise.all(
    (there.length > 0 ? there : entry.quantisations).map(async (quantisation): Promise<ModelOffer> => {
      const file = fileFor(quantisation);
      const predicted = await fit.predict(subjectOf(entry, quantisation, told, file));
      const sizeBytes = Math.max(1, file?.sizeBytes ?? predicted.weightsBytes);
      const installedId =
        (file === undefined ? null : installedAs(file.parts, installed)) ??
        installedByName(entry.repository, quantisation, installed);
      return {
        entryId: entry.id,
        quantisation,
        sizeBytes,
        isSizeKnown: file !== undefined,
        fit: installedId === null ? withDisk(predicted, sizeBytes, freeBytes) : predicted,
        installedId,
      };
    }),
  );
}
