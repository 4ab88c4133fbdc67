import { AppError } from '../shared/app-error.ts';

/** The refusal of a door that needs the data folder for itself; its sentence names the process and the next step. */
export function alreadyRunning(pid: number, dataFolder: string): AppError {
  return new AppError('app/already-running', `Process ${pid} owns the data folder`, { pid, path: dataFolder });
}
