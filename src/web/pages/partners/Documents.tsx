import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ChainDocument } from '@/kit/desk/parts'
import { formatMoney } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

/** What was done with a partner, document by document. */
export function Documents({ documents, title, empty }: { documents: ChainDocument[]; title?: string; empty?: string }) {
  const { t } = useTranslation()
  return (
    <section className="panel section" data-testid="documents">
      <h2>{title ?? t('partner.documents')}</h2>
      {documents.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty ?? t('partner.noDocuments')} />}
      <ul className="partnerdocs">
        {documents.map((one) => (
          <li key={`${one._key}${one.id}`}>
            <TabLink to={docUrl(one._key, one.id)}>
              <span className="soft">{one.kind}</span>
              <b>{one.label}</b>
              <Tag color={one.color}>{one.state_label}</Tag>
              <span className="soft">{one.date}</span>
              <span className="num">{one.amount && formatMoney(one.amount)}</span>
            </TabLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
