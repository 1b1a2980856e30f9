import { Button, Input } from 'antd'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { formatDateTime, formatMoney } from '@/shared/format'
import { Complaint, Frame } from './Frame'

type Verb = 'agree' | 'refuse'

interface Look {
  company: string
  member: string
  verbs: Verb[]
  /** What became of it, when there is nothing more to decide. */
  state: string
  asked: { label: string; text: string }[]
  card: {
    approval: number
    document: { label: string }
    resource_label: string
    verb_label: string
    node_name: string
    by: { label: string } | null
    amount: string | null
    since: string | null
    facts: { label: string; text: string }[]
  }
}

const URL = '/api/v1/approvals/decide/'
const LONGEST = 1000

/** What is decided about, as far as whoever decides may see it. */
function Summary({ look }: { look: Look }) {
  const { t } = useTranslation()
  const { card } = look
  const rows = [
    { label: t('decide.by'), text: card.by?.label ?? '' },
    { label: t('decide.amount'), text: card.amount === null ? '' : formatMoney(card.amount) },
    ...card.facts,
    ...look.asked,
    { label: t('decide.step'), text: card.node_name },
    { label: t('decide.since'), text: card.since ? formatDateTime(card.since) : '' },
  ]
  return (
    <dl className="decide" data-testid="summary">
      {rows
        .filter(({ text }) => text)
        .map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  )
}

function Answer({ look, word, first }: { look: Look; word: string; first: string }) {
  const { t } = useTranslation()
  const id = useId()
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState<Verb | null>(null)
  const [problem, setProblem] = useState('')
  const [done, setDone] = useState('')
  const send = async (verb: Verb) => {
    setBusy(verb)
    setProblem('')
    try {
      setDone((await post<{ state: string }>(URL, { word, verb, comment })).state)
    } catch (error) {
      setProblem(problemOf(error).detail)
      document.getElementById(id)?.focus()
    } finally {
      setBusy(null)
    }
  }
  if (done) return <Complaint calm text={t('decide.done', { state: done })} />
  return (
    <div className="door__form">
      <Complaint text={problem} />
      <div className="doorfield">
        <label htmlFor={id}>{t(first === 'refuse' || !look.verbs.includes('agree') ? 'decide.why' : 'decide.comment')}</label>
        <Input.TextArea id={id} rows={3} maxLength={LONGEST} value={comment} onChange={(event) => setComment(event.target.value)} />
      </div>
      <div className="decide__answers">
        {look.verbs.map((verb) => (
          <Button
            key={verb}
            size="large"
            type={verb === (first || 'agree') ? 'primary' : 'default'}
            danger={verb === 'refuse'}
            loading={busy === verb}
            disabled={busy !== null}
            data-testid={`decide-${verb}`}
            onClick={() => void send(verb)}
          >
            {t(`decide.${verb}`)}
          </Button>
        ))}
      </div>
    </div>
  )
}

/** Behind the link of a message: what it is about and the question; nothing is decided by opening it. */
export default function Decide({ first, word }: { first: string; word: string }) {
  const { t } = useTranslation()
  const [look, setLook] = useState<Look | null>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    post<Look>(`${URL}look/`, { word }).then(setLook, (error: unknown) => setProblem(problemOf(error).detail))
  }, [word])
  const foot = <a href={look ? `/w/doc/approvals.approval/${look.card.approval}` : '/w/page/approvals'}>{t('decide.open')}</a>
  if (!look)
    return (
      problem && (
        <Frame title={t('decide.title')} foot={foot}>
          <Complaint text={problem} />
        </Frame>
      )
    )
  const { card } = look
  return (
    <Frame
      title={`${card.verb_label} · ${card.document.label}`}
      text={t('decide.as', { company: look.company, name: look.member, kind: card.resource_label })}
      foot={foot}
    >
      <Summary look={look} />
      {look.verbs.length > 0 ? (
        <Answer look={look} word={word} first={first} />
      ) : (
        <Complaint calm text={look.state ? t('decide.over', { state: look.state }) : t('decide.logIn')} />
      )}
    </Frame>
  )
}
