import { PlusOutlined } from '@ant-design/icons'
import { Button, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { RefValue } from '@/api/types'
import { openNew } from '@/kit/document/help'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import type { PanelRows } from './model'
import type { Person } from './relations'

/** A new document for this customer. */
function Add({ of, field, customer }: { of: string; field: string; customer: RefValue }) {
  const { t } = useTranslation()
  const resource = useMeta().resources[of]
  if (!resource?.can.create) return null
  return (
    <Button
      size="small"
      type="text"
      icon={<PlusOutlined />}
      aria-label={t('document.newOf', { name: resource.label })}
      onClick={() => openNew(of, { [field]: customer }, resource.label)}
    />
  )
}

/** Whom one knows there. */
export function Contacts({ contacts, customer }: { contacts: Person[]; customer: RefValue }) {
  const { t } = useTranslation()
  const key = 'partners.contact'
  return (
    <section className="panel section">
      <h2>
        {t('partner.contacts')}
        <Add of={key} field="partner" customer={customer} />
      </h2>
      {contacts.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('partner.noContacts')} />}
      <ul className="contacts">
        {contacts.map((one) => (
          <li key={one.id}>
            <TabLink to={docUrl(key, one.id)}>{one.name}</TabLink>
            <span className="soft">{one.job}</span>
            {one.phone && <a href={`tel:${one.phone}`}>{one.phone}</a>}
            {one.email && <a href={`mailto:${one.email}`}>{one.email}</a>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What other apps tell of the customer. */
export function Panel({ panel, customer }: { panel: PanelRows; customer: RefValue }) {
  const { t } = useTranslation()
  return (
    <section className="panel section" data-testid={`panel-${panel.name}`}>
      <h2>
        {panel.label}
        {panel.adds && <Add of={panel.adds.key} field={panel.adds.field} customer={customer} />}
      </h2>
      {panel.rows.length === 0 && <p className="soft">{t('partner.noneYet')}</p>}
      <ul className="contacts">
        {panel.rows.map((row, at) => (
          <li key={`${row._key}${row.id}${at}`}>
            {row._key && row.id ? <TabLink to={docUrl(row._key, row.id)}>{row.title}</TabLink> : <b>{row.title}</b>}
            <span className="soft">{[row.text, row.date].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
