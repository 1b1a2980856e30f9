import { DeleteOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { del, get, problemOf } from '@/api/http'
import { queryClient, useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import { Secret } from '@/kit/security/Secret'
import { Part } from '@/kit/sheet/Sheet'
import { Tag } from '@/shared/Tag'
import { NewToken } from './NewToken'
import { groupsOf, toldScopes } from './scopes'

interface Token {
  id: Id
  name: string
  created_at: string
  scopes: string[]
  expires_at: string | null
  used_on: string | null
}

const URL = '/api/v1/me/tokens/'
const refresh = () => queryClient.invalidateQueries({ queryKey: ['tokens'] })
const isOver = ({ expires_at }: Token) => !!expires_at && new Date(expires_at).getTime() < Date.now()

/** Keys for programs that act in the member's name. */
export function Tokens() {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const { menu, resources } = useMeta()
  const groups = useMemo(() => groupsOf(menu), [menu])
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState('')
  const { data, error } = useQuery({ queryKey: ['tokens'], queryFn: () => get<{ rows: Token[] }>(URL) })
  const made = (told: string) => {
    setSecret(told)
    setMaking(false)
    void refresh()
  }
  const remove = async (token: Token) => {
    if (!(await modal.confirm({ title: t('account.revokeSure', { name: token.name }), okButtonProps: { danger: true } }))) return
    await del(`${URL}${token.id}/`).then(refresh, (refused: unknown) => void message.error(problemOf(refused).detail))
  }
  return (
    <Part title={t('account.tokens')} text={t('account.tokensText')} testid="tokens">
      {error && <span className="part__error">{problemOf(error).detail}</span>}
      <ul className="part__rows">
        {(data?.rows ?? []).map((token) => (
          <li key={token.id}>
            <b>{token.name}</b>
            <span className="soft">
              {toldScopes(token.scopes, groups, resources).map(({ access, what }) => (
                <Tag key={`${access} ${what}`} color={access === 'write' ? 'gold' : 'default'}>
                  {t(`security.scope.${access}`)} · {what || t('security.everything')}
                </Tag>
              ))}{' '}
              {t('account.used', { when: token.used_on ?? t('account.never') })}
              {token.expires_at && ` · ${t('account.until', { date: token.expires_at.slice(0, 10) })}`}
            </span>
            {isOver(token) && <Tag color="red">{t('account.over')}</Tag>}
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
      {secret && <Secret secret={secret} testid="token-secret" />}
      {making ? (
        <NewToken url={URL} groups={groups} onMade={made} onCancel={() => setMaking(false)} />
      ) : (
        <Button data-testid="token-new" onClick={() => setMaking(true)}>
          {t('account.newToken')}
        </Button>
      )}
    </Part>
  )
}
