import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActionMeta, Description } from '@/api/types'
import type { Selected } from './ListPage'

const BulkDialog = lazy(() => import('./BulkDialog'))

/** What can be done with the rows ticked. */
export function BulkBar({ description, selected, clear }: { description: Description; selected: Selected; clear: () => void }) {
  const { t } = useTranslation()
  const [verb, setVerb] = useState<ActionMeta | 'change' | 'delete' | null>(null)
  const verbs = Object.values(description.actions).filter((action) => action.bulk)
  return (
    <div className="bulk" data-testid="bulk">
      <b>{t('bulk.count', { count: selected.size })}</b>
      {verbs.map((action) => (
        <Button key={action.verb} size="small" danger={action.style === 'danger'} onClick={() => setVerb(action)}>
          {action.label}
        </Button>
      ))}
      {description.can.change && (
        <Button size="small" onClick={() => setVerb('change')}>
          {t('bulk.change')}
        </Button>
      )}
      {description.can.delete && (
        <Button size="small" danger onClick={() => setVerb('delete')}>
          {t('document.delete')}
        </Button>
      )}
      <Button size="small" type="text" className="bulk__end" onClick={clear}>
        {t('bulk.clear')}
      </Button>
      <Suspense>
        {verb && <BulkDialog description={description} verb={verb} selected={selected} onClose={() => setVerb(null)} onDone={clear} />}
      </Suspense>
    </div>
  )
}
