import { createHash } from 'node:crypto';
import type { ModelFile } from './model-file.ts';

/** How llama.cpp's split tool names the parts of one model: `name-00001-of-00003.gguf`. */
const partName = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i;

/** Name of the part with this number, as `name` has it with another one. */
export function nameOfPart(name: string, number: number): string {
  return name.replace(/-\d{5}(?=-of-\d{5}\.gguf$)/i, `-${String(number).padStart(5, '0')}`);
}

/** True for the name of a file that is one of several of a model. */
export function isPartName(name: string): boolean {
  return Number(partName.exec(name)?.[3] ?? 1) > 1;
}

/**
 * Puts the parts of a split model together: one file in the list that has them all, in the place of the first. The
 * size is that of all, the time that of the newest; `missingPart` is the number of the first that is not there.
 */
export function groupSplitFiles(files: readonly ModelFile[]): readonly ModelFile[] {
  const groups = new Map<string, ModelFile[]>();
  for (const file of files) {
    const [, stem, , count] = partName.exec(file.name) ?? [];
    const key = isPartName(file.name) ? `${stem}\n${count}` : file.name;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [isPartName(first.name) ? asOne(first, group) : first];
  });
}

function asOne(first: ModelFile, group: readonly ModelFile[]): ModelFile {
  const byNumber = new Map(group.map((file) => [Number(partName.exec(file.name)?.[2]), file]));
  const count = Number(partName.exec(first.name)?.[3]);
  let missing: number | null = null;
  const parts: ModelFile[] = [];
  for (let number = 1; number <= count && missing === null; number += 1) {
    const part = byNumber.get(number);
    if (part === undefined) missing = number;
    else parts.push(part);
  }
  return {
    ...first,
    sizeBytes: group.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    modifiedMs: Math.max(...group.map(({ modifiedMs }) => modifiedMs)),
    parts: missing === null ? parts : group,
    ...(missing === null ? {} : { missingPart: missing }),
  };
}

/** One digest for a model in several files: the SHA-256 of theirs, hexadecimal, one a line. */
export function digestOfParts(digests: readonly string[]): string {
  const [only] = digests;
  if (digests.length === 1 && only !== undefined) return only;
  return createHash('sha256')
    .update(`${digests.join('\n')}\n`)
    .digest('hex');
}
