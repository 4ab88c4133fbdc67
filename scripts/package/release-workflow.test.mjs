import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { targets } from './targets.mjs';

const workflow = readFileSync(join(import.meta.dirname, '../../.github/workflows/release.yml'), 'utf8');

describe('the workflow of a release', () => {
  // A tag of somebody else's action can be moved to other code, which would then hold the signing keys.
  it('takes actions by their commit', () => {
    const used = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  it('may write in the step alone that makes the draft', () => {
    expect(workflow.match(/^permissions:\n {2}contents: read\n/m)).not.toBeNull();
    expect(workflow.match(/: write$/gm)).toHaveLength(1);
    expect(workflow.slice(0, workflow.indexOf('\n  draft:'))).not.toMatch(/: write$/m);
  });

  it('makes every target', () => {
    const made = [...workflow.matchAll(/target: ([\w-]+),/g)].map(([, name]) => name);
    expect(made.toSorted()).toEqual(targets.map(({ name }) => name).toSorted());
  });

  // The certificate of one system must not lie on the machine of another.
  it('names the system beside each secret', () => {
    const secrets = [...workflow.matchAll(/^.*secrets\..*$/gm)].map(([line]) => line);
    expect(secrets.length).toBeGreaterThan(4);
    expect(
      secrets.filter((line) => !/runner\.os == 'macOS' && secrets\./.test(line) || !line.includes("|| ''")),
    ).toEqual([]);
  });
});
