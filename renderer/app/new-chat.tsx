import { use } from 'react';
import { useSettings } from '../api/use-live.ts';
import { KeepingChooser } from '../features/access/keeping-chooser.tsx';
import { NewChatPage } from '../features/chat/new-chat-page.tsx';
import { FirstStart } from '../features/first-start/first-start.tsx';
import { ShortcutChooser } from '../features/settings/shortcut-chooser.tsx';
import { ChooseFileContext } from './shell/choose-file.ts';

export function NewChat() {
  const settings = useSettings();
  const chooseFile = use(ChooseFileContext);
  if (settings === undefined) return <NewChatPage onChooseFile={chooseFile} welcome={null} />;
  if (settings.isFirstStartDone) return <NewChatPage onChooseFile={chooseFile} />;
  return (
    <NewChatPage
      onChooseFile={chooseFile}
      welcome={<FirstStart keeping={<KeepingChooser />} shortcut={<ShortcutChooser />} />}
    />
  );
}
