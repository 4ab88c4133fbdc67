import { manualAnswer } from '../screenshots/gallery-texts.ts';

/** Answers of 3,000 lines: one of everything, and those that are a single block from beginning to end. */
export function longAnswers(): readonly { readonly kind: string; readonly text: string }[] {
  const lines = (line: (index: number) => string): string =>
    Array.from({ length: 3_000 }, (_, i) => line(i)).join('\n');
  const mixed = Array.from({ length: 80 }, (_, part) => `## Part ${part}\n\n${manualAnswer}\n`).join('\n');
  const functions = lines((index) =>
    index % 5 === 4
      ? ''
      : `${index % 5 === 0 ? '' : '  '}const value${index} = compute("text ${index}", ${index}); // why`,
  );
  return [
    { kind: 'everything', text: mixed },
    { kind: 'code', text: `\`\`\`ts\n${functions}\n\`\`\`\n` },
    { kind: 'a list', text: lines((index) => `- Item **${index}** with \`code\` and some words`) },
    { kind: 'a table', text: `| a | b | c |\n|---|---|---|\n${lines((index) => `| ${index} | **b** | some words |`)}` },
    {
      kind: 'a paragraph',
      text: lines((index) => `Line ${index} of a paragraph with **bold** words that never ends,`),
    },
    { kind: 'formulas', text: lines((index) => (index % 3 === 2 ? '' : `So $x_{${index}} = \\frac{a}{b}$ holds.`)) },
  ];
}
