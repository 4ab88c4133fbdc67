import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../protocol/engine-event.ts';
import { EventOutbox } from './event-outbox.ts';

/** An outbox over a line that is as slow as the test wants. */
function createLine(): { outbox: EventOutbox; sent: EngineEvent[]; arrive: () => void } {
  const sent: EngineEvent[] = [];
  const arrivals: (() => void)[] = [];
  const outbox = new EventOutbox((event, onSent) => {
    sent.push(event);
    arrivals.push(onSent);
  });
  return { outbox, sent, arrive: () => arrivals.shift()?.() };
}

const delta = (id: number, text: string): EngineEvent => ({ type: 'text-delta', id, text, tokens: 1 });

describe('EventOutbox', () => {
  it('sends every token by itself when the line keeps up', () => {
    const { outbox, sent, arrive } = createLine();
    for (const text of ['a', 'b']) {
      outbox.push(delta(1, text));
      arrive();
    }
    expect(sent).toEqual([delta(1, 'a'), delta(1, 'b')]);
  });

  it('joins the text of an answer when tokens come faster than messages leave', () => {
    const { outbox, sent, arrive } = createLine();
    for (const text of ['a', 'b', 'c']) outbox.push(delta(1, text));
    expect(sent).toHaveLength(1);
    arrive();
    expect(sent[1]).toEqual({ type: 'text-delta', id: 1, text: 'bc', tokens: 2 });
  });

  it('keeps the order when another event follows waiting text', () => {
    const { outbox, sent } = createLine();
    outbox.push(delta(1, 'a'));
    outbox.push(delta(1, 'b'));
    outbox.push({ type: 'done', id: 1 });
    expect(sent).toEqual([delta(1, 'a'), delta(1, 'b'), { type: 'done', id: 1 }]);
  });

  it('does not join the texts of two answers', () => {
    const { outbox, sent } = createLine();
    outbox.push(delta(1, 'a'));
    outbox.push(delta(1, 'b'));
    outbox.push(delta(2, 'x'));
    expect(sent).toEqual([delta(1, 'a'), delta(1, 'b'), delta(2, 'x')]);
  });
});
