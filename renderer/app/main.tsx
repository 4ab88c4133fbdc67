import './no-compiling.ts';
import { createRoot } from 'react-dom/client';
import { createApi } from '../api/api-context.tsx';
import { createBrowserDoor, pageSurroundings } from '../api/browser-door.ts';
import { createDesktopDoor } from '../api/desktop-door.ts';
import '../styles/main.css';
import { App } from './app.tsx';

const bridge = window.sotto;
const door = bridge === undefined ? createBrowserDoor(pageSurroundings()) : createDesktopDoor(bridge);
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App api={createApi(door)} />);
