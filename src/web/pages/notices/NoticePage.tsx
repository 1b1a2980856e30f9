import { useQuery } from '@tanstack/react-query'
import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { Doc, RefValue, Rows } from '@/api/types'
import { SwitchedView } from '@/kit/document/SwitchedView'
import { formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { Waiting } from '@/shared/Waiting'
import '@/kit/desk/desk.css'
import './notices.css'

type Receipts = Rows<{ member: RefValue; read_at: string | null; acknowledged_at: string | null; reason: string }> & {
  sent: number
  read: number
  confirmed: number
}

const UNPUBLISHED = ['draft', 'planned']

function ReceiptList({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { data, error } = useQuery({
    queryKey: ['receipts', doc.id, doc.version],
    queryFn: () => get<Receipts>(`/api/v1/process/notices/${doc.id}/receipts/`),
  })
  if (error) return <p className="field__error">{problemOf(error).detail}</p>
  if (!data) return <Waiting />
  if (UNPUBLISHED.includes(String(doc.state))) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('notice.unpublished')} />
  return (
    <section className="panel section" data-testid="receipts">
      <dl className="figures">
        {(['sent', 'read', 'confirmed'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`notice.${name}`)}</dt>
            <dd>{data[name]}</dd>
          </div>
        ))}
      </dl>
      <ul className="receipts">
        {data.rows.map((row) => (
          <li key={row.member.id}>
            <b>{row.member.label}</b>
            {row.acknowledged_at ? (
              <Tag color="green">{t('notice.confirmed')}</Tag>
            ) : row.read_at ? (
              <Tag color="blue">{t('notice.read')}</Tag>
            ) : (
              <Tag color="orange">{t('notice.unread')}</Tag>
            )}
            {row.reason && <span>“{row.reason}”</span>}
            <time className="soft">{formatDateTime(row.acknowledged_at ?? row.read_at)}</time>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** 消息发布: a notice, and who has read it. */
export default function NoticePage() {
  const { t } = useTranslation()
  return (
    <SwitchedView
      names={{ form: t('notice.text'), overview: t('notice.receipts') }}
      first="form"
      overview={(doc) => <ReceiptList doc={doc} />}
    />
  )
}
