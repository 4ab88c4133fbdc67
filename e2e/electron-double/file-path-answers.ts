import type { DevToolsEvent, DevToolsSession } from './devtools-session.ts';

type Pause = DevToolsEvent<'Debugger.paused'>;

/** Answers `webUtils.getPathForFile`: electronDoubleFilePath in isolated-world.ts stops, and is given the path here. */
export async function answerFilePathQuestions(devTools: DevToolsSession): Promise<void> {
  devTools.on('Debugger.paused', (pause) => {
    // A page that goes away while it is paused needs no answer.
    void answerPause(devTools, pause).catch(() => undefined);
  });
  await Promise.all([devTools.send('DOM.enable'), devTools.send('Debugger.enable')]);
}

async function answerPause(devTools: DevToolsSession, { callFrames }: Pause): Promise<void> {
  const frame = callFrames[0];
  if (frame?.functionName === 'electronDoubleFilePath') {
    const { callFrameId } = frame;
    const file = await devTools.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'question.file' });
    const path = await pathOfFile(devTools, file.result.objectId);
    const expression = `question.answer = ${JSON.stringify(path)}`;
    await devTools.send('Debugger.evaluateOnCallFrame', { callFrameId, expression });
  }
  await devTools.send('Debugger.resume');
}

/** The path of a file on the disk; empty for one that the page made, as in Electron. */
async function pathOfFile(devTools: DevToolsSession, objectId: string | undefined): Promise<string> {
  if (objectId === undefined) return '';
  try {
    return (await devTools.send('DOM.getFileInfo', { objectId })).path;
  } catch {
    return '';
  }
}
