import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { InputProps } from '@/kit/field/overlays'
import { formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { Waiting } from '@/shared/Waiting'
import { isNew } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import './moves.css'

interface Move {
  kind: string
  label: string
  receiver?: string
  count: number
}

interface Mail {
  email: string
  contact: string
  customer: string
  member: string
  sent: string | null
  /** What the mail server said of one that did not arrive, and what that means. */
  trouble: string
  why: string
}

interface Told {
  rows: Move[]
  left: Move[]
  mails: Mail[]
  /** The first mail as it goes out. */
  sample: { email: string; subject: string; text: string } | null
}

/** Which customers are told, what they read, and when it went. */
function Mails({ mails, sample }: Pick<Told, 'mails' | 'sample'>) {
  const { t } = useTranslation()
  if (!sample) return null
  return (
    <section className="letters" data-testid="mails">
      <h3>{t('handover.mails', { count: mails.length })}</h3>
      <figure className="letter">
        <figcaption className="soft">{t('handover.sample', { email: sample.email })}</figcaption>
        <b>{sample.subject}</b>
        <p>{sample.text}</p>
      </figure>
      <ul>
        {mails.map(({ email, contact, customer, member, sent, why, trouble }) => (
          <li key={`${email} ${customer}`}>
            <span>
              {contact} · {customer}
            </span>
            <span className="soft">{email}</span>
            <span>→ {member}</span>
            {why ? (
              <>
                <Tag color="red">{t('quote.delivery.bounced')}</Tag>
                <span title={trouble}>{why}</span>
              </>
            ) : sent ? (
              <Tag color="green">{t('handover.sent', { at: formatDateTime(sent) })}</Tag>
            ) : (
              <Tag>{t('handover.waits')}</Tag>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What a handover moves, kind by kind, what is not yet given to anybody, and who is told. */
export default function MovesInput({ id: name, context }: InputProps) {
  const { t } = useTranslation()
  const { id } = useTab()
  const saved = !!id && !isNew(id)
  const { data, error } = useQuery({
    queryKey: ['handover moves', id, context?.('version'), context?.('state')],
    queryFn: () => get<Told>(`/api/v1/organization/handovers/${id}/moves/`),
    enabled: saved,
  })
  if (!saved) return <p className="soft">{t('handover.save')}</p>
  if (error) return <p className="field__error">{problemOf(error).detail}</p>
  if (!data) return <Waiting lines={3} />
  if (data.rows.length + data.left.length === 0) return <p className="soft">{t('handover.nothing')}</p>
  return (
    <div className="handover" id={name}>
      <table className="moves" data-testid="moves">
        <tbody>
          {data.rows.map((row) => (
            <tr key={`${row.kind} ${row.receiver}`}>
              <th scope="row">{row.label}</th>
              <td className="moves__count">{row.count}</td>
              <td>→ {row.receiver}</td>
            </tr>
          ))}
          {data.left.map((row) => (
            <tr key={row.kind} className="is-left">
              <th scope="row">{row.label}</th>
              <td className="moves__count">{row.count}</td>
              <td>{t('handover.left')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Mails {...data} />
    </div>
  )
}
