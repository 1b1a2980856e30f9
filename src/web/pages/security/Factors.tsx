import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { del, post, problemOf } from '@/api/http'
import { Codes } from '@/kit/security/Codes'
import { type Run, Setup } from '@/kit/security/Setup'
import { Part } from '@/kit/sheet/Sheet'
import { formatDateTime } from '@/shared/format'
import type { Factor, Overview } from './model'

interface Props {
  factors: Factor[]
  required: Overview['required']
  run: Run
  refresh: () => void
}

export function Factors({ factors, required, run, refresh }: Props) {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const [codes, setCodes] = useState<string[] | null>(null)
  const [adding, setAdding] = useState(false)
  const strong = factors.filter((factor) => factor.type !== 'recovery_codes')
  const recovery = factors.find((factor) => factor.type === 'recovery_codes')
  const complain = (error: unknown) => void message.error(problemOf(error).detail)
  const remove = async (factor: Factor) => {
    if (!(await modal.confirm({ title: t('security.removeSure'), okButtonProps: { danger: true } }))) return
    await run(() => del(`/api/v1/security/factors/${factor.id}/`)).then(refresh, complain)
  }
  const renew = () =>
    run(() => post<{ recovery_codes: string[] }>('/api/v1/security/recovery-codes/')).then(
      (made) => setCodes(made.recovery_codes),
      complain,
    )
  const done = () => {
    setAdding(false)
    setCodes(null)
    refresh()
  }
  return (
    <Part testid="factors" title={t('security.factors')} text={t(required ? 'security.factorsRequired' : 'security.factorsText')}>
      <ul className="part__rows">
        {strong.map((factor) => (
          <li key={factor.id}>
            <b>{factor.type === 'totp' ? t('factor.app') : factor.name}</b>
            <span className="soft">{factor.last_used_at && t('security.used', { when: formatDateTime(factor.last_used_at) })}</span>
            <Button size="small" danger data-testid="remove-factor" onClick={() => void remove(factor)}>
              {t('security.remove')}
            </Button>
          </li>
        ))}
        {recovery && (
          <li>
            <b>{t('security.codes')}</b>
            <span className="soft">{t('security.left', { count: recovery.left ?? 0 })}</span>
            <Button size="small" onClick={() => void renew()}>
              {t('security.renew')}
            </Button>
          </li>
        )}
      </ul>
      {codes && <Codes codes={codes} onDone={done} />}
      {adding && <Setup run={run} app={!strong.some((factor) => factor.type === 'totp')} onDone={done} />}
      {!adding && !codes && (
        <Button type={strong.length ? 'default' : 'primary'} data-testid="add-factor" onClick={() => setAdding(true)}>
          {t('security.add')}
        </Button>
      )}
    </Part>
  )
}
