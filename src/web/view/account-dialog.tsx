import { useState } from 'preact/hooks';
import { usePage, useWords, type AccountForm } from '../state/page';
import { useStore } from '../state/use-store';
import { CredentialsForm } from './credentials-form';
import { ForgotPassword } from './forgot-password';
import { GuestEntry } from './guest-entry';
import { Modal } from './modal';

const TITLES = { 'log-in': 'log-in', 'sign-up': 'sign-up', claim: 'claim', forgot: 'forgot' } as const;

/** Logs in, signs up, or lets a guest in. Switching between the forms keeps what was typed. */
export function AccountDialog({ form, why, after }: AccountForm) {
  const words = useWords();
  const { dialog, guests, rooms, route } = usePage();
  const room = useStore(route).room;
  const takesGuests = useStore(rooms).find(({ id }) => id === room)?.guestsMayWrite ?? true;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const goTo = (next: AccountForm['form']) => dialog.set({ ...(why && { why }), ...(after && { after }), form: next });
  const done = () => {
    dialog.set(null);
    after?.();
  };
  return (
    <Modal title={words[TITLES[form]]} onClose={() => dialog.set(null)}>
      {form === 'forgot' ? (
        <ForgotPassword login={name} onLogin={setName} onBack={() => goTo('log-in')} />
      ) : (
        <>
          {why && <p class="quiet">{words[`why-${why}`]}</p>}
          {!why && form === 'sign-up' && <p class="quiet">{words['why-sign-up']}</p>}
          {form === 'sign-up' && guests && takesGuests && why !== 'room' && why !== 'join' && <GuestEntry onEntered={done} />}
          <CredentialsForm
            form={form}
            name={name}
            onName={setName}
            password={password}
            onPassword={setPassword}
            onDone={done}
            onSwitch={goTo}
          />
        </>
      )}
    </Modal>
  );
}
