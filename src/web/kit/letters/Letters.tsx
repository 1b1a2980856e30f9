import { useQuery } from '@tanstack/react-query'
import { Alert, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import type { Id, Rows } from '@/api/types'
import { formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { Waiting } from '@/shared/Waiting'

interface Letter {
  id: Id
  email: string
  issued_at: string
  expires_on: string | null
  delivery: 'queued' | 'sent' | 'bounced'
  trouble: string
  opened_at: string | null
  talk: { at: string; name: string; text: string }[]
}

const COLOURS = { queued: 'default', sent: 'green', bounced: 'red' } as const

/** The letters with links to a quote: whether they arrived, were opened, and what came back. */
export function Letters({ url }: { url: string }) {
  const { t } = useTranslation()
  const { data } = useQuery({ queryKey: ['quote', url, 'letters'], queryFn: () => get<Rows<Letter>>(`${url}letters/`) })
  if (!data) return <Waiting />
  if (!data.rows.length) return <Empty description={t('quote.noLetters')} />
  return (
    <ul className="letters">
      {data.rows.map((letter) => (
        <li key={letter.id}>
          <p>
            <b>{letter.email}</b> <Tag color={COLOURS[letter.delivery]}>{t(`quote.delivery.${letter.delivery}`)}</Tag>
          </p>
          <p className="soft">
            {formatDateTime(letter.issued_at)}
            {letter.opened_at && ` · ${t('quote.opened', { at: formatDateTime(letter.opened_at) })}`}
          </p>
          {letter.trouble && <Alert type="error" showIcon title={letter.trouble} />}
          {letter.talk.map((one) => (
            <blockquote key={one.at}>
              <b>{one.name}</b> <span className="soft">{formatDateTime(one.at)}</span>
              <p>{one.text}</p>
            </blockquote>
          ))}
        </li>
      ))}
    </ul>
  )
}
