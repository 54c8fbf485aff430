import { usePage, useWords } from '../state/page';
import { useStore } from '../state/use-store';
import { Main } from '../view/main';
import { AccountCard } from './my/account-card';
import { Manage } from './my/manage';
import { MyMood } from './my/my-mood';
import { MyNotes } from './my/my-notes';

/** The account, its settings, the mood and the notes of the person who is logged in. */
export default function MyPage() {
  const words = useWords();
  const { session, dialog } = usePage();
  const login = useStore(session.login);
  if (!login) {
    return (
      <Main>
        <h1>{words.me}</h1>
        <div class="empty">
          <p class="big">{words['need-login']}</p>
          <p class="row middle">
            <button type="button" onClick={() => dialog.set({ form: 'sign-up' })}>
              {words['sign-up']}
            </button>
            <button type="button" class="plain" onClick={() => dialog.set({ form: 'log-in' })}>
              {words['log-in']}
            </button>
          </p>
        </div>
      </Main>
    );
  }
  return (
    <Main key={login.username}>
      {login.isGuest && <GuestCard />}
      <AccountCard />
      <Manage isGuest={login.isGuest ?? false} />
      <MyMood />
      <MyNotes />
    </Main>
  );
}

/** Says what a guest loses, and how to keep it. */
function GuestCard() {
  const words = useWords();
  const { dialog } = usePage();
  return (
    <section class="card notice">
      <h2>{words['guest-card']}</h2>
      <p>{words['guest-card-lead']}</p>
      <p class="row">
        <button type="button" onClick={() => dialog.set({ form: 'claim' })}>
          {words.claim}
        </button>
      </p>
    </section>
  );
}
