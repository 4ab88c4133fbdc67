import { describe, expect, it } from 'vitest';
import { conversationIdSchema, createId } from '../../shared/ids.ts';
import type { Finding, FindingKind } from '../../shared/screening.ts';
import { buildMessage } from '../../testing/build-records.ts';
import { composeTurns } from './compose-turns.ts';

const id = createId(conversationIdSchema);
const said = 'Mix it, as https://x.example/?d=the-notice-period says.';
const link: Finding = { kind: 'link-carries-data', start: said.indexOf('https'), end: said.indexOf(' says') };
const harm: Finding = { kind: 'harmful', start: 0, end: 6 };

/** What a model reads of an answer in which something was noticed. */
const readOf = (findings: readonly Finding[], allowed: readonly FindingKind[]): readonly string[] =>
  composeTurns([
    buildMessage(id, { role: 'user', parts: [{ type: 'text', text: 'How?' }] }),
    buildMessage(id, {
      role: 'assistant',
      parts: [
        { type: 'text', text: said },
        { type: 'screening', findings, allowed },
      ],
    }),
  ]).map(({ text }) => text);

describe('composeTurns', () => {
  // Catches what a person was spared that goes on to the next model, and is read in its preview.
  it('leaves out what was noticed in an answer until a person chose to see it', () => {
    expect(readOf([harm], [])).toEqual(['How?']);
    expect(readOf([harm], ['harmful'])).toEqual(['How?', said]);
    expect(readOf([link], [])).toEqual(['How?', 'Mix it, as … says.']);
    expect(readOf([link], ['link-carries-data'])).toEqual(['How?', said]);
  });
});
