import { App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { ScopeTicks } from './ScopeTicks'
import { EVERYTHING, type Group, scopesOf, type Ticks } from './scopes'

const DAYS = [30, 90, 365]

interface Props {
  url: string
  groups: Group[]
  onMade: (secret: string) => void
  onCancel: () => void
}

/** What the program is, how long it may, and what for. */
export function NewToken({ url, groups, onMade, onCancel }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [name, setName] = useState('')
  const [days, setDays] = useState(90)
  const [ticks, setTicks] = useState<Ticks>({ [EVERYTHING]: 'read' })
  const [busy, setBusy] = useState(false)
  const scopes = scopesOf(ticks, groups)
  const make = async () => {
    setBusy(true)
    try {
      onMade((await post<{ token: string }>(url, { name: name.trim(), days, scopes })).token)
    } catch (error) {
      void message.error(problemOf(error).detail)
      setBusy(false)
    }
  }
  return (
    <>
      <div className="part__line">
        <Input
          autoFocus
          value={name}
          maxLength={60}
          placeholder={t('account.tokenName')}
          aria-label={t('account.tokenName')}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          value={days}
          onChange={setDays}
          aria-label={t('account.validity')}
          options={DAYS.map((count) => ({ value: count, label: t('account.days', { count }) }))}
        />
      </div>
      <ScopeTicks ticks={ticks} groups={groups} onChange={setTicks} />
      <div className="part__line">
        <Button
          type="primary"
          loading={busy}
          disabled={!name.trim() || !scopes.length}
          data-testid="token-make"
          onClick={() => void make()}
        >
          {t('account.create')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </>
  )
}
