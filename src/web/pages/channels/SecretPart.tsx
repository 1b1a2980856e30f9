import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf, put } from '@/api/http'
import { queryClient } from '@/api/queries'
import type { Doc } from '@/api/types'
import { Part } from '@/kit/sheet/Sheet'
import { CHANNELS, useWay } from './useWays'

/** The account's secret: written here, sealed, and never shown again. */
export function SecretPart({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const way = useWay(doc.kind)
  const url = `${CHANNELS}${doc.id}/secret/`
  const { data, error } = useQuery({ queryKey: ['secret', url], queryFn: () => get<{ known: boolean }>(url) })
  const [secret, setSecret] = useState('')
  const [trouble, setTrouble] = useState('')
  const save = async () => {
    setTrouble('')
    try {
      queryClient.setQueryData(['secret', url], await put<{ known: boolean }>(url, { secret }))
      setSecret('')
    } catch (refused) {
      setTrouble(problemOf(refused).detail)
    }
  }
  if (error || !way) return null
  return (
    <Part title={way.secret} text={t(data?.known ? 'channel.secretKnown' : 'channel.secretMissing')} testid="channel-secret">
      <div className="secretline">
        <Input.Password
          autoComplete="new-password"
          aria-label={way.secret}
          placeholder={way.secret}
          value={secret}
          onChange={({ target }) => setSecret(target.value)}
        />
        <Button disabled={!secret} onClick={() => void save()}>
          {t('channel.keep')}
        </Button>
      </div>
      {trouble && <p className="part__error">{trouble}</p>}
    </Part>
  )
}
