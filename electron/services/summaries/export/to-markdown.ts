import type { ExportContent, ExportStatement } from './export-content.ts';

/** Characters that Markdown would take for marks, links or HTML. */
const escape = (text: string): string =>
  text.replaceAll(/[\\`*_[\]<>|#]/g, (mark) => `\\${mark}`).replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, '$1\\$2');

const cited = ({ text, where, mark, quotes }: ExportStatement): string =>
  `${escape(text)}${where === null ? '' : ` [${where}]`}${quotes.length === 0 ? '' : `[^${mark}]`}`;

/** Markdown with a citation at each statement and its quotes as footnotes. */
export function toMarkdown({ title, facts, groups, isList }: ExportContent): string {
  const body = groups.map((group) => {
    const statements = group.statements.map(cited);
    const text = isList ? statements.map((statement) => `- ${statement}`).join('\n') : statements.join(' ');
    return group.title === '' ? text : `## ${escape(group.title)}\n\n${text}`;
  });
  const notes = groups.flatMap((group) =>
    group.statements
      .filter(({ quotes }) => quotes.length > 0)
      .map(({ mark, quotes }) => {
        const words = quotes.map(({ where, words: said }) => `${where === '' ? '' : `${where}: `}“${escape(said)}”`);
        return `[^${mark}]: ${words.join(' ')}`;
      }),
  );
  const head = [`# ${escape(title)}`, facts.map((fact) => `- ${escape(fact)}`).join('\n')];
  return `${[...head, ...body, notes.join('\n')].filter((part) => part !== '').join('\n\n')}\n`;
}
