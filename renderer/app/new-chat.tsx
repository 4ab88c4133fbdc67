import { use } from 'react';
import { NewChatPage } from '../features/chat/new-chat-page.tsx';
import { ChooseFileContext } from './shell/choose-file.ts';

export function NewChat() {
  return <NewChatPage onChooseFile={use(ChooseFileContext)} />;
}
