import { basename } from 'node:path';
import type { ForeignProgram } from '../../../shared/model-detail.ts';
import { listModelFiles } from '../model-file.ts';
import type { ModelFile } from '../model-file.ts';
import { modelName } from '../model-name.ts';
import { groupSplitFiles } from '../split-files.ts';
import { foundLimit, shownName } from './found-model.ts';
import type { FoundModel } from './found-model.ts';

/** What goes with a model and is none: projectors for pictures, importance matrices. */
const besides = /^(?:mmproj|imatrix)|[-_.]mmproj[-_.]|[-_.]imatrix[-_.]/i;

const named = (program: ForeignProgram, file: ModelFile): FoundModel => {
  const fileName = basename(file.path);
  return { program, name: shownName(modelName(fileName, null), fileName), file: { ...file, name: file.path } };
};

/** The models in a folder of GGUF files and two levels of folders below it; empty for a folder that is not there. */
export async function findGgufFiles(program: ForeignProgram, folder: string): Promise<readonly FoundModel[]> {
  const files = await listModelFiles(folder);
  const grouped = groupSplitFiles(files.filter(({ path }) => !besides.test(basename(path))).slice(0, foundLimit));
  return grouped.map((file) => {
    const absolute = file.parts?.map((part) => ({ ...part, name: part.path }));
    return named(program, absolute === undefined ? file : { ...file, parts: absolute });
  });
}
