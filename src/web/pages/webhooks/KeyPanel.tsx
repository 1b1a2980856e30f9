import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { queryClient } from '@/api/queries'
import type { Doc } from '@/api/types'
import { Secret } from '@/kit/security/Secret'
import { Part } from '@/kit/sheet/Sheet'
import { formatDateTime } from '@/shared/format'
import { URL } from './model'

interface Told {
  shown_at: string | null
  former_until: string | null
}

/** The key with which the receiver checks that a message is ours: shown once, then only when it was shown. */
export function KeyPanel({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const url = `${URL}${doc.id}/key/`
  const queryKey = ['webhook key', url, doc.version]
  const { data, error } = useQuery({ queryKey, queryFn: () => get<Told>(url) })
  const [shown, setShown] = useState<{ key: string; version: number } | null>(null)
  const [trouble, setTrouble] = useState('')
  const show = async () => {
    setTrouble('')
    try {
      const { key, ...told } = await post<Told & { key: string }>(url)
      setShown({ key, version: doc.version })
      queryClient.setQueryData(queryKey, told)
    } catch (refused) {
      setTrouble(problemOf(refused).detail)
    }
  }
  if (error) return null
  const until = data?.former_until
  return (
    <Part title={t('webhook.key')} text={t('webhook.keyText')} testid="webhook-key">
      {shown?.version === doc.version && <Secret secret={shown.key} testid="webhook-secret" />}
      {data && !data.shown_at && (
        <Button type="primary" data-testid="show-key" onClick={() => void show()}>
          {t('webhook.show')}
        </Button>
      )}
      {data?.shown_at && <p className="soft">{t('webhook.shownAt', { when: formatDateTime(data.shown_at) })}</p>}
      {until && <p className="soft">{t('webhook.former', { when: formatDateTime(until) })}</p>}
      {trouble && <p className="part__error">{trouble}</p>}
    </Part>
  )
}
