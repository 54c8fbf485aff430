import { useEffect, useState } from 'preact/hooks';
import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Phrase } from '../view/phrase';
import { sayError } from '../words/words';

/** Turns notifications of the room's letters on and off. Hidden where the browser or the server cannot notify. */
export function NotifyButton({ room }: { room: string }) {
  const words = useWords();
  const { notifications, session, dialog } = usePage();
  const key = useStore(notifications.key);
  const isOn = useStore(notifications.rooms).includes(room);
  const login = useStore(session.login);
  const [state, setState] = useState({ busy: false, problem: '' });
  useEffect(() => void notifications.load(), [notifications]);
  if (key === null) return null;
  const change = async () => {
    if (!login) {
      dialog.set({ form: 'sign-up' });
      return;
    }
    setState({ busy: true, problem: '' });
    try {
      const done = isOn ? await notifications.turnOff().then(() => true) : await notifications.turnOn(room);
      setState({ busy: false, problem: done ? '' : words['notify-denied'] });
    } catch (error) {
      setState({ busy: false, problem: sayError(words, error) });
    }
  };
  return (
    <p class="notify">
      {isOn && <Phrase>{words['notify-is-on']}</Phrase>}
      <button type="button" class={isOn ? 'link' : 'plain'} disabled={state.busy} onClick={() => void change()}>
        <Phrase>{isOn ? words['notify-off'] : words['notify-on']}</Phrase>
      </button>
      <span class="problem" role="alert">
        <Phrase>{state.problem}</Phrase>
      </span>
    </p>
  );
}
