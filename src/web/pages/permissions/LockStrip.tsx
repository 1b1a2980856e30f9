import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { get, post } from '@/api/http'
import type { Doc, Id, Rows } from '@/api/types'
import { useChange } from '@/kit/useChange'
import { formatDateTime } from '@/shared/format'

const URL = '/api/v1/organization/'

/** A colleague who is locked out after wrong passwords, and the way to let them in at once. Silent for whoever may not lift it. */
export function LockStrip({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { busy, change } = useChange()
  const { data } = useQuery({
    queryKey: ['locked out'],
    queryFn: () => get<Rows<{ id: Id; label: string; until: string }>>(`${URL}locked-out/`),
    retry: false,
  })
  const locked = data?.rows.find(({ id }) => id === doc.id)
  if (!locked) return null
  return (
    <Alert
      type="warning"
      showIcon
      data-testid="locked-out"
      title={t('entry.lockedOut', { name: locked.label, at: formatDateTime(locked.until) })}
      description={t('entry.lockedHelp')}
      action={
        <Button loading={busy} onClick={() => void change(() => post(`${URL}members/${doc.id}/unlock/`), t('entry.unlocked'))}>
          {t('entry.unlock')}
        </Button>
      }
    />
  )
}
