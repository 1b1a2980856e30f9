import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { type CreationOptions, createCredential, keysPossible } from '@/shared/webauthn'
import { Codes } from './Codes'
import './factor.css'

interface App {
  secret: string
  svg: string
}
interface Added {
  recovery_codes: string[]
}
/** Runs what may want the password again first. */
export type Run = <T>(work: () => Promise<T>) => Promise<T>

const URL = '/api/v1/security/'

function AppStep({ app, busy, onCode }: { app: App; busy: boolean; onCode: (code: string) => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onCode(code.replace(/\s/g, ''))
  }
  return (
    <form className="factor" onSubmit={submit}>
      <p>{t('factor.scan')}</p>
      <img className="factor__qr" alt={t('factor.qr')} src={`data:image/svg+xml,${encodeURIComponent(app.svg)}`} />
      <p className="soft">
        {t('factor.secret')} <code data-testid="app-secret">{app.secret}</code>
      </p>
      <div className="factor__row">
        <Input
          value={code}
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          aria-label={t('factor.code')}
          placeholder={t('factor.code')}
          data-testid="app-code"
          onChange={(event) => setCode(event.target.value)}
        />
        <Button type="primary" htmlType="submit" loading={busy} disabled={!code} data-testid="app-add">
          {t('factor.add')}
        </Button>
      </div>
    </form>
  )
}

/** Set up a second factor: an authenticator app or a security key, then the recovery codes. */
export function Setup({ run = (work) => work(), app = true, onDone }: { run?: Run; app?: boolean; onDone: () => void }) {
  const { t } = useTranslation()
  const [begun, setBegun] = useState<App | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem('')
    await work().catch((error: unknown) => setProblem(problemOf(error).detail))
    setBusy(false)
  }
  const added = (answer: Added) => (answer.recovery_codes.length ? setCodes(answer.recovery_codes) : onDone())
  const beginApp = () => attempt(async () => setBegun(await run(() => post<App>(`${URL}app/begin/`))))
  const addApp = (code: string) => attempt(async () => added(await run(() => post<Added>(`${URL}app/`, { code }))))
  const addKey = () =>
    attempt(async () => {
      const { options } = await run(() => post<{ options: CreationOptions }>(`${URL}keys/begin/`))
      const credential = await createCredential(options)
      if (!credential) setProblem(t('factor.noKey'))
      else added(await run(() => post<Added>(`${URL}keys/`, { name: '', credential })))
    })
  if (codes) return <Codes codes={codes} onDone={onDone} />
  return (
    <div className="factor" data-testid="factor-setup">
      {problem && (
        <p className="factor__problem" role="alert">
          {problem}
        </p>
      )}
      {begun ? (
        <AppStep app={begun} busy={busy} onCode={(code) => void addApp(code)} />
      ) : (
        <div className="factor__row">
          {app && (
            <Button type="primary" loading={busy} data-testid="add-app" onClick={() => void beginApp()}>
              {t('factor.app')}
            </Button>
          )}
          {keysPossible() && (
            <Button type={app ? 'default' : 'primary'} loading={busy} data-testid="add-key" onClick={() => void addKey()}>
              {t('factor.key')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
