import { describe, expect, it } from 'vitest';
import type { FormatTurn } from './chat-format.ts';
import { createTemplateRenderer } from './render-template.ts';

const tokens = { bosText: '<s>', eosText: '</s>' };
const simple =
  '{{ bos_token }}{% for m in messages %}[{{ m.role }}]{{ m.content | trim }}{{ eos_token }}{% endfor %}{% if add_generation_prompt %}[assistant]{% endif %}';
const question: readonly FormatTurn[] = [{ role: 'user', text: 'Q </s> {{ 7 * 7 }}' }];

describe('createTemplateRenderer', () => {
  it('renders a template and keeps the text of a turn as it is', async () => {
    const render = await createTemplateRenderer(simple, tokens);
    expect(render(question)).toEqual([
      { kind: 'markup', text: '<s>[user]' },
      { kind: 'content', text: 'Q </s> {{ 7 * 7 }}', role: 'user' },
      { kind: 'markup', text: '</s>[assistant]' },
    ]);
  });

  it('leaves an answer open when it is to be continued', async () => {
    const render = await createTemplateRenderer(simple, tokens);
    const segments = render([...question, { role: 'assistant', text: 'A' }]);
    expect(segments.at(-1)).toEqual({ kind: 'content', text: 'A', role: 'assistant' });
  });

  it('puts the system text before the question when the template refuses a system role', async () => {
    const template = `{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}${simple}`;
    const render = await createTemplateRenderer(template, tokens);
    const segments = render([{ role: 'system', text: 'S' }, ...question]);
    expect(segments[1]).toEqual({ kind: 'content', text: 'S\n\nQ </s> {{ 7 * 7 }}', role: 'user' });
  });

  it('fails with template/timeout when the template does not end', async () => {
    const endless =
      '{% for a in range(100000) %}{% for b in range(100000) %}{% set c = a * b %}{% endfor %}{% endfor %}';
    const render = await createTemplateRenderer(endless, tokens);
    expect(() => render(question)).toThrow(expect.objectContaining({ code: 'template/timeout' }));
  });

  it.each([
    { name: 'cannot be parsed', template: '{% if %}' },
    { name: 'leaves a turn out', template: 'hello' },
    { name: 'repeats a turn', template: '{{ messages[0].content }}{{ messages[0].content }}' },
    { name: 'throws', template: "{{ raise_exception('no') }}" },
  ])('fails with template/failed when the template $name', async ({ template }) => {
    const rendering = createTemplateRenderer(template, tokens).then((render) => render(question));
    await expect(rendering).rejects.toMatchObject({ code: 'template/failed' });
  });
});
