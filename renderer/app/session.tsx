import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { useConversationChanges } from '../api/use-live.ts';
import { ChatSession } from '../features/chat/chat-session.tsx';
import { Notifications } from '../ui/notifications.tsx';
import { createAppRouter } from './router.tsx';
import { useActivityNotes } from './use-activity-notes.ts';
import { useSpelling } from './use-spelling.ts';

/** The window while chats are open. All that it holds of them goes with it when the app locks. */
export function Session() {
  const [router] = useState(createAppRouter);
  useActivityNotes();
  useConversationChanges();
  useSpelling();
  return (
    <ChatSession>
      <Notifications>
        <RouterProvider router={router} />
      </Notifications>
    </ChatSession>
  );
}
