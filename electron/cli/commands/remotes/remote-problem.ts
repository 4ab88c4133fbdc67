import { toAppError } from '../../../app/app-client.ts';
import { remoteProblems } from '../../../shared/remote.ts';
import type { Terminal } from '../../terminal.ts';

/** Says what is wrong with a remote as it was typed, and ends the command; throws what is no problem of it. */
export function failWithProblem(error: unknown, terminal: Terminal, signal: AbortSignal) {
  const failure = toAppError(error, signal);
  const problem = remoteProblems.find(
    (one) => failure.code === 'app/invalid-input' && one === failure.details['reason'],
  );
  if (problem === undefined) throw failure;
  terminal.failWith(failure, terminal.t(`terminal:remotes.problem.${problem}`));
  return { json: null, exitCode: 1 } as const;
}
