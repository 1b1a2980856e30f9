import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Doc, Id } from '@/api/types'
import type { DeskProps } from '@/kit/desk/DeskPage'
import { Chain, type ChainDocument, Figures } from '@/kit/desk/parts'
import { QuickLog } from '@/kit/log/ContactLog'
import { type Said, Timeline } from '@/kit/log/Timeline'
import { Rivals, type RivalTold } from '@/kit/rivals/Rivals'
import { useChange } from '@/kit/useChange'
import { formatNumber, formatShortMoney } from '@/shared/format'
import { classes } from '@/shared/text'
import './opportunity.css'

interface Step {
  id: Id
  name: string
  probability: string
  items: { text: string; done: boolean }[]
}
export interface OpportunityDesk {
  document: Doc
  stages: Step[]
  activities: Said[]
  documents: ChainDocument[]
  rivals: RivalTold[]
}

function Way({ stages, doc, start }: { stages: Step[]; doc: Doc; start: (verb: string) => void }) {
  const { t } = useTranslation()
  const url = useMeta().resources['crm.opportunity']?.url
  const { busy, change } = useChange()
  const at = stages.findIndex((one) => String(one.id) === String((doc.stage as { id: Id } | null)?.id))
  const items = stages[at]?.items ?? []
  const open = doc.state === 'open'
  const tick = (item: string, done: boolean) => change(() => post(`${url}${doc.id}/tick/`, { version: doc.version, item, done }))
  return (
    <section className="panel section way" data-testid="way">
      <ol>
        {stages.map((one, i) => (
          <li key={one.id} className={classes(i < at && 'is-past', i === at && 'is-here')} aria-current={i === at ? 'step' : undefined}>
            {one.name}
            <small className="num">{formatNumber(one.probability)}%</small>
          </li>
        ))}
      </ol>
      {open && items.length > 0 && (
        <ul className="way__list">
          {items.map((item) => (
            <li key={item.text}>
              <Checkbox checked={item.done} disabled={busy} onChange={(event) => void tick(item.text, event.target.checked)}>
                {item.text}
              </Checkbox>
            </li>
          ))}
        </ul>
      )}
      {open && at < stages.length - 1 && (
        <Button size="small" type="primary" disabled={items.some((item) => !item.done)} onClick={() => start('advance')}>
          {t('crm.onTo', { stage: stages[at + 1]?.name })}
        </Button>
      )}
    </section>
  )
}

export function OpportunityOverview({ desk, doc, start }: DeskProps<OpportunityDesk>) {
  const { t } = useTranslation()
  const money = (name: string) => (doc[name] === '•••' ? '•••' : formatShortMoney(doc[name]))
  return (
    <div className="opportunity">
      <Way stages={desk.stages} doc={doc} start={start} />
      <Figures
        items={[
          { name: 'amount', label: t('crm.amount'), value: money('amount') },
          { name: 'weighted', label: t('crm.weighted'), value: money('weighted'), note: `${formatNumber(doc.probability)}%` },
          { name: 'expected', label: t('crm.expected'), value: (doc.expected_on as string | null) ?? '—' },
          { name: 'contact', label: t('crm.lastContact'), value: (doc.last_contact_on as string | null) ?? t('crm.never') },
        ]}
      />
      <div className="opportunity__two">
        <section className="panel section">
          <h2>{t('crm.contacts')}</h2>
          {doc._actions?.includes('log') && <QuickLog about="crm.opportunity" id={doc.id} />}
          <Timeline rows={desk.activities} />
        </section>
        <div className="opportunity__side">
          <section className="panel section">
            <h2>{t('crm.cameOfIt')}</h2>
            {desk.documents.length ? <Chain documents={desk.documents} /> : <p className="soft">{t('crm.nothingYet')}</p>}
          </section>
        </div>
      </div>
      {desk.rivals.length > 0 && (
        <section className="panel section">
          <h2>{t('crm.rivals')}</h2>
          <Rivals rows={desk.rivals} />
        </section>
      )}
    </div>
  )
}
