import type { Command } from './command.ts';
import { askCommand } from './commands/ask.ts';
import { benchCommand } from './commands/bench.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evalCommand } from './commands/eval.ts';
import { hostCommand } from './commands/host.ts';
import { indexCommand } from './commands/index-documents.ts';
import { laterCommands } from './commands/later.ts';
import { ledgerCommand } from './commands/ledger.ts';
import { modelsImportCommand, modelsListCommand } from './commands/models.ts';
import { searchCommand } from './commands/search.ts';
import { summarizeCommand } from './commands/summarize.ts';
import { exportCommand, importCommand } from './commands/transfer.ts';

/** Every command, in the order of the help: what works, then what comes later. */
export const commandList: readonly Command[] = [
  askCommand,
  summarizeCommand,
  indexCommand,
  searchCommand,
  modelsListCommand,
  modelsImportCommand,
  exportCommand,
  importCommand,
  ledgerCommand,
  doctorCommand,
  benchCommand,
  evalCommand,
  hostCommand,
  ...laterCommands,
];
