import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { Forgot } from './Forgot'
import { Join } from './Join'
import { Login } from './Login'
import { type Session, wayOf } from './model'
import { Reset } from './Reset'
import { SignUp } from './SignUp'
import './door.css'

const Decide = lazy(() => import('./Decide'))

/** Sign-up, log-in, invitation, forgotten password: without the workspace. */
export function DoorPage() {
  const { t } = useTranslation()
  const [session, setSession] = useState<Session | null>(null)
  const { way, key } = wayOf(location.pathname)
  useEffect(() => {
    // also brings the cookie that protects the forms
    get<Session>('/api/v1/session/').then(setSession, () => setSession({ authenticated: false, company: null }))
  }, [])
  useEffect(() => {
    document.title = `${t(`${way}.title`)} · ${t('brand')}`
  }, [t, way])
  if (way === 'login') return session && <Login session={session} />
  if (way === 'join') return <Join token={key} />
  if (way === 'forgot') return <Forgot />
  if (way === 'reset') return <Reset secret={key} />
  if (way === 'decide')
    return (
      <Suspense>
        <Decide first={key} word={location.hash.slice(1)} />
      </Suspense>
    )
  return <SignUp />
}
