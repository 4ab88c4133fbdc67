import { access, constants } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { toAppError } from '../../app/app-client.ts';
import { chooseSecretStore } from '../../app/choose-secret-store.ts';
import { nodeDoorOptions } from '../../app/door-options.ts';
import type { AccessState, Keeping } from '../../shared/access.ts';
import type { AppErrorData } from '../../shared/app-error.ts';
import type { MachineReport } from '../../shared/machine.ts';
import type { ModelList } from '../../shared/model.ts';
import { errorWords, formatBytes } from '../../shared/words.ts';
import type { Command, CommandInput } from '../command.ts';
import type { Terminal } from '../terminal.ts';

/** `sotto doctor`: what the app finds on this machine. It ends with 1 when something is wrong, and says what. */
export const doctorCommand: Command = {
  name: 'doctor',
  usage: '',
  words: 'command.doctor',
  options: {},
  positionals: [0, 0],
  examples: ['sotto doctor', 'sotto doctor --json'],
  run: async (input) => {
    const report = await examine(input);
    printReport(report, input.terminal);
    return { json: report, exitCode: report.problems.length === 0 ? 0 : 1 };
  },
};

type Report = Awaited<ReturnType<typeof examine>>;

async function examine(input: CommandInput) {
  const { files, folders } = input;
  const { platform } = nodeDoorOptions('terminal', files, folders);
  const keychain = await chooseSecretStore(process.env, files).probe();
  const app = await examineApp(input);
  return {
    versions: { sotto: files.version, node: process.versions.node, v8: process.versions.v8 },
    system: {
      operatingSystem: platform.operatingSystem,
      architecture: process.arch,
      language: platform.systemLanguage,
    },
    cores: platform.cores,
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    /** Each graphics interface of this system, with its devices or why it is not used; `backend` is what models are loaded with. */
    gpu: { backend: app.machine?.backend ?? null, backends: app.machine?.backends ?? [] },
    keychain: { ...keychain, isUsed: app.keeping === 'keychain' },
    dataFolder: {
      path: platform.folders.data,
      isWritable: await isWritable(platform.folders.data),
      ownerPid: app.ownerPid,
      /** Null where it cannot be told. */
      keeping: app.keeping,
      access: app.access,
    },
    modelFolder: platform.folders.models,
    models: app.list?.models ?? [],
    selectedId: app.list?.selectedId ?? null,
    unusable: app.list?.unusable ?? [],
    problems: app.problems,
  };
}

type Examined = {
  readonly ownerPid: number | null;
  readonly access: AccessState['state'];
  readonly keeping: Keeping | null;
  readonly list: ModelList | null;
  readonly machine: MachineReport | null;
  readonly problems: readonly AppErrorData[];
};

/** Opens the app as any command would: what keeps it from opening is the first thing to know. */
async function examineApp({ openSession }: CommandInput): Promise<Examined> {
  try {
    await using session = await openSession({ canAsk: false });
    const { client, ownerPid, found } = session;
    const list = await client.models.list();
    const hasChatModel = list.models.some(({ kind }) => kind === 'chat');
    const problems: AppErrorData[] = hasChatModel
      ? []
      : [{ code: 'model/none', message: 'No chat model', details: { folder: list.folder } }];
    const keeping = found.state === 'open' || found.state === 'locked' ? found.keeping : null;
    return { ownerPid, access: found.state, keeping, list, machine: await client.machine.report(), problems };
  } catch (error) {
    const { code, ...rest } = toAppError(error).toData();
    const access = code === 'storage/corrupt' ? 'damaged' : code === 'access/locked' ? 'locked' : 'failed';
    return { ownerPid: null, access, keeping: null, list: null, machine: null, problems: [{ code, ...rest }] };
  }
}

async function isWritable(folder: string): Promise<boolean> {
  return await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** As their makers write them, in every language. */
const backendNames = { metal: 'Metal', cuda: 'CUDA', vulkan: 'Vulkan', cpu: 'CPU' } as const;

function printReport(report: Report, terminal: Terminal): void {
  const { t, language, words } = terminal;
  const bytes = (count: number): string => formatBytes(count, language);
  const { versions, system, memory, dataFolder } = report;
  const rows: readonly (readonly [string, string])[] = [
    [t('terminal:doctor.versions'), `Sotto ${versions.sotto}, Node ${versions.node}, V8 ${versions.v8}`],
    [
      t('terminal:doctor.machine'),
      `${system.operatingSystem} ${system.architecture}, ${t('terminal:doctor.cores', { count: report.cores })}`,
    ],
    ['', t('terminal:doctor.memory', { free: bytes(memory.freeBytes), total: bytes(memory.totalBytes) })],
    ...report.gpu.backends.map(({ backend, isUsable, problem, devices }) => {
      const found = devices.map(({ name, memoryBytes }) => `${name}, ${bytes(memoryBytes)}`).join('; ');
      const state = isUsable ? found : t(`terminal:doctor.graphics.${problem ?? 'failed'}`);
      return ['', `${backendNames[backend]}: ${state}`] as const;
    }),
    [t('terminal:doctor.dataFolder'), dataFolder.path],
    [
      '',
      dataFolder.ownerPid === null
        ? t('terminal:doctor.free')
        : t('terminal:doctor.ownedBy', { pid: dataFolder.ownerPid }),
    ],
    [
      t('terminal:doctor.keychain'),
      `${t(`terminal:doctor.keychainState.${report.keychain.state}`)}; ${t(`terminal:doctor.keychainUse.${report.keychain.isUsed ? 'used' : 'unused'}`)}`,
    ],
    [
      t('terminal:doctor.access'),
      `${t(`terminal:doctor.accessState.${dataFolder.access}`)}; ${t(`terminal:doctor.keeping.${dataFolder.keeping ?? 'unknown'}`)}`,
    ],
    [t('terminal:doctor.models'), report.modelFolder],
    ...report.models.map(
      ({ id, name, sizeBytes }) =>
        ['', `${id === report.selectedId ? '*' : ' '} ${name}, ${bytes(sizeBytes)}`] as const,
    ),
    ...report.unusable.map(({ fileName, code }) => ['', `! ${fileName}: ${code}`] as const),
    [t('terminal:doctor.problems'), report.problems.length === 0 ? t('terminal:doctor.noProblems') : ''],
    ...report.problems.map((problem) => {
      // The catalogue's sentence is for somebody who has just asked something.
      const isModelMissing = problem.code === 'model/none';
      return ['', isModelMissing ? t('terminal:doctor.noModel') : errorWords(words, problem)] as const;
    }),
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  for (const [name, value] of rows) if (name !== '' || value !== '') terminal.print(`${name.padEnd(width)}${value}`);
}
