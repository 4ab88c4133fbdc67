/** How freely words are chosen, as steps with names; values are temperatures. */
export const temperatures = [
  { name: 'exact', value: 0 },
  { name: 'calm', value: 0.3 },
  { name: 'free', value: 0.8 },
  { name: 'wild', value: 1.3 },
] as const;

/** How long an answer may become, as steps with names; values are tokens. */
export const lengths = [
  { name: 'short', value: 256 },
  { name: 'medium', value: 1_024 },
  { name: 'long', value: 4_096 },
] as const;

/** The step that lies next to a value, which the command line may have set to anything. */
export function nearest<T extends string>(
  steps: readonly { readonly name: T; readonly value: number }[],
  value: number,
): T {
  const ordered = [...steps].sort((a, b) => Math.abs(a.value - value) - Math.abs(b.value - value));
  const [first] = ordered;
  if (first === undefined) throw new Error('A setting needs at least one step.');
  return first.name;
}

/** The value of a step by its name. */
export function valueOf<T extends string>(
  steps: readonly { readonly name: T; readonly value: number }[],
  name: T,
): number {
  const step = steps.find((candidate) => candidate.name === name);
  if (step === undefined) throw new Error(`There is no step ${name}.`);
  return step.value;
}
