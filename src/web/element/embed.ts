import { presentationOf } from '../state/presentation';
import './jungle-wall';

/** /embed/ROOM: the element alone, for a frame in another page. It stores nothing. */
const { locale, theme } = presentationOf(new URLSearchParams(location.search));
const wall = document.createElement('jungle-wall');
document.documentElement.lang = locale;
wall.lang = locale;
wall.setAttribute('room', decodeURIComponent(location.pathname.split('/')[2] ?? ''));
wall.setAttribute('server', location.origin);
if (theme !== 'system') wall.setAttribute('theme', theme);
document.body.append(wall);
