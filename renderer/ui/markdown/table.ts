import { createElement, memo } from 'react';
import type { ReactNode } from 'react';
import type { Tokens } from 'marked';
import { inline } from './inline.ts';
import type { BlockReading } from './sentence-flaws.ts';
import { TableFrame } from './table-frame.tsx';

function cell(name: 'th' | 'td', { align, tokens }: Tokens.TableCell, reading: BlockReading): ReactNode {
  const properties = {
    ...(name === 'th' ? { scope: 'col' } : {}),
    ...(align === null ? {} : { className: `align-${align}` }),
  };
  return createElement(name, properties, ...inline(tokens, reading));
}

type RowProps = { readonly cells: readonly Tokens.TableCell[]; readonly reading: BlockReading };

const row = ({ cells, reading }: RowProps): ReactNode =>
  createElement('tr', null, ...cells.map((content) => cell('td', content, reading)));

const isSameRow = (before: RowProps, after: RowProps): boolean =>
  before.reading.definitions === after.reading.definitions &&
  before.reading.citedMarks === after.reading.citedMarks &&
  before.cells.length === after.cells.length &&
  before.cells.every(
    ({ text, align }, index) => text === after.cells[index]?.text && align === after.cells[index].align,
  );

/** A row of a table that grows: rows that are done are not made again. */
const Row = memo(row, isSameRow);

/** A table whose wide form scrolls. Its rows are read in order where sentences without support are marked. */
export function table({ header, rows }: Tokens.Table, reading: BlockReading): ReactNode {
  const head = createElement('tr', null, ...header.map((content) => cell('th', content, reading)));
  const body = rows.map((cells) =>
    reading.flaws.length > 0 ? row({ cells, reading }) : createElement(Row, { cells, reading }),
  );
  const content = createElement(
    'table',
    null,
    createElement('thead', null, head),
    createElement('tbody', null, ...body),
  );
  return createElement(TableFrame, null, content);
}
