import { useQuery } from '@tanstack/react-query'
import { Alert, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import type { Id, Rows } from '@/api/types'
import { formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { Waiting } from '@/shared/Waiting'
import './letters.css'

interface Letter {
  id: Id
  email: string
  issued_at: string
  expires_on: string | null
  delivery: 'queued' | 'sent' | 'delayed' | 'bounced'
  /** What the mail server said, and what that means. */
  trouble: string
  why: string
  opened_at: string | null
  talk: { at: string; name: string; text: string }[]
}

const COLOURS = { queued: 'default', sent: 'green', delayed: 'gold', bounced: 'red' } as const

const useLetters = (url: string, enabled = true) =>
  useQuery({ queryKey: ['quote', url, 'letters'], queryFn: () => get<Rows<Letter>>(`${url}letters/`), enabled })

/** What a mail server says of a letter, and what that means. */
function Reason({ letter, about }: { letter: Letter; about?: string }) {
  return (
    <Alert
      type={letter.delivery === 'delayed' ? 'warning' : 'error'}
      showIcon
      title={
        <>
          {about}
          {letter.why} <span className="letters__said">{letter.trouble}</span>
        </>
      }
    />
  )
}

/** Above a document: letters with a link to it that did not arrive, unless another has gone to the same address since. */
export function Undelivered({ url, sent }: { url: string; sent: boolean }) {
  const { t } = useTranslation()
  const { data } = useLetters(url, sent)
  const last = new Map(data?.rows.toReversed().map((letter) => [letter.email, letter]))
  const lost = [...last.values()].filter(({ why }) => why)
  if (!lost.length) return null
  return (
    <section className="letters letters--lost" data-testid="undelivered">
      {lost.map((letter) => (
        <Reason
          key={letter.id}
          letter={letter}
          about={t('quote.undelivered', { email: letter.email, how: t(`quote.delivery.${letter.delivery}`) })}
        />
      ))}
    </section>
  )
}

/** The letters with links to a quote: whether they arrived, were opened, and what came back. */
export function Letters({ url }: { url: string }) {
  const { t } = useTranslation()
  const { data } = useLetters(url)
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
          {letter.why && <Reason letter={letter} />}
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
