import { CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { del, get, post, problemOf } from '@/api/http'
import { queryClient } from '@/api/queries'
import type { Id } from '@/api/types'

interface Token {
  id: Id
  name: string
  created_at: string
  scopes: string[]
  expires_at: string | null
  used_on: string | null
}

const URL = '/api/v1/me/tokens/'
const DAYS = [30, 90, 365]
const refresh = () => queryClient.invalidateQueries({ queryKey: ['tokens'] })

function Secret({ secret }: { secret: string }) {
  const { t } = useTranslation()
  return (
    <Alert
      type="success"
      showIcon
      data-testid="token-secret"
      title={t('account.once')}
      description={<code>{secret}</code>}
      action={
        <Button size="small" icon={<CopyOutlined />} onClick={() => void navigator.clipboard.writeText(secret)}>
          {t('account.copy')}
        </Button>
      }
    />
  )
}

/** Keys for programs that act in the member's name. */
export function Tokens() {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const [name, setName] = useState('')
  const [days, setDays] = useState(90)
  const [scopes, setScopes] = useState(['read'])
  const [secret, setSecret] = useState('')
  const { data } = useQuery({ queryKey: ['tokens'], queryFn: () => get<{ rows: Token[] }>(URL) })
  const add = async () => {
    try {
      setSecret((await post<{ token: string }>(URL, { name: name.trim(), days, scopes })).token)
      setName('')
      await refresh()
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  const remove = async (token: Token) => {
    if (!(await modal.confirm({ title: t('account.revokeSure', { name: token.name }), okButtonProps: { danger: true } }))) return
    await del(`${URL}${token.id}/`)
    await refresh()
  }
  return (
    <section className="panel section">
      <h2>{t('account.tokens')}</h2>
      <p className="soft">{t('account.tokensText')}</p>
      <div className="security__line">
        <Input
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
        <Select
          mode="tags"
          value={scopes}
          onChange={setScopes}
          aria-label={t('security.scopes')}
          className="tokens__scopes"
          options={['read', 'write'].map((value) => ({ value, label: t(`security.scope.${value}`) }))}
        />
        <Button type="primary" disabled={!name.trim() || !scopes.length} onClick={() => void add()}>
          {t('account.create')}
        </Button>
      </div>
      {secret && <Secret secret={secret} />}
      <ul className="rows">
        {(data?.rows ?? []).map((token) => (
          <li key={token.id}>
            <b>{token.name}</b>
            <span className="soft">
              {t('account.used', { when: token.used_on ?? t('account.never') })} · {token.scopes.join(', ')}
              {token.expires_at && ` · ${t('account.until', { date: token.expires_at.slice(0, 10) })}`}
            </span>
            <Button
              type="text"
              size="small"
              aria-label={t('account.revoke', { name: token.name })}
              icon={<DeleteOutlined />}
              onClick={() => void remove(token)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
