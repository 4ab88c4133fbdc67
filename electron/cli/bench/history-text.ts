import type { BenchSurroundings } from './bench-surroundings.ts';

const harbours = ['Bergen', 'Cork', 'Dieppe', 'Emden', 'Faro', 'Gdansk', 'Hamina', 'Izmir', 'Kalmar', 'Lorient'];
const cargoes = ['salt', 'timber', 'wool', 'oranges', 'slate', 'herring', 'copper', 'barley'];

/** A ship's log of about so many tokens, other for every seed from its first word on. */
export async function historyText(
  { engine, signal }: BenchSurroundings,
  seed: number,
  tokens: number,
): Promise<string> {
  const line = (index: number): string => {
    const harbour = harbours[(index * 7 + seed * 3) % harbours.length];
    const cargo = cargoes[(index * 5 + seed) % cargoes.length];
    return `Log ${seed + 1}, day ${index + 1}: the ship left ${harbour} with ${20 + ((index * 13) % 60)} tons of ${cargo}.`;
  };
  const sample = Array.from({ length: 20 }, (_, index) => line(index)).join(' ');
  const [sampleTokens = 400] = await engine.countTokens('chat', [sample], signal);
  const lines = Math.max(1, Math.round((20 * tokens) / sampleTokens));
  return Array.from({ length: lines }, (_, index) => line(index)).join(' ');
}
