import { useStore } from 'zustand'
import { useApp, useSession } from '../../stores/services.ts'
import { AccountForm } from './AccountForm.tsx'
import { NameForm } from './NameForm.tsx'
import { WelcomeLayout } from './WelcomeLayout.tsx'

/** The first screen: who are you? A name on the embedded backend, an account on a hosted one. */
export function WelcomeScreen() {
  const { nearby, settings } = useApp()
  const guest = useStore(nearby.store, (state) => state.guest)
  const { account } = useSession()
  const lastName = useStore(settings.store, (state) => state.settings?.displayName ?? '')
  return (
    <WelcomeLayout>
      {account.needs === 'name' ? (
        <NameForm
          initialName={lastName}
          hostName={guest.kind === 'joined' ? guest.hostName : null}
          onEnter={account.enterWithName}
        />
      ) : (
        <AccountForm initialName={lastName} onSignIn={account.signIn} onSignUp={account.signUp} />
      )}
    </WelcomeLayout>
  )
}
