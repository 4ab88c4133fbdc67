import { gguf, soundGguf, withEntry, writeGguf } from './gguf-writer.ts';

const u16 = (value: number) => gguf.raw(2, Buffer.from([value & 0xff, value >> 8]));

/** The files of a sound chat model in `count` parts: keys in the first, tensors spread over all, as split tools write them. */
export function buildSplitModel(
  name: string,
  count: number,
): readonly { readonly name: string; readonly bytes: Buffer }[] {
  const whole = withEntry('general.name', gguf.text(name));
  return Array.from({ length: count }, (_, number) => {
    const splitKeys = [
      ['split.no', u16(number)],
      ['split.count', u16(count)],
      ['split.tensors.count', gguf.i32(whole.tensors.length)],
    ] as const;
    const entries = number === 0 ? [...whole.entries, ...splitKeys] : splitKeys;
    const tensors = whole.tensors.filter((_tensor, at) => at % count === number);
    const digits = (value: number): string => String(value).padStart(5, '0');
    return {
      name: `${name}-${digits(number + 1)}-of-${digits(count)}.gguf`,
      bytes: writeGguf(soundGguf({ entries, tensors })),
    };
  });
}
