import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { formatDateTime } from '@/shared/format'
import { nameOf, type Offer, rememberName } from './model'

/** Questions and remarks of the customer; they reach whoever wrote the quote. */
export function Talk({ url, talk, onDone }: { url: string; talk: Offer['talk']; onDone: (next: Offer) => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(nameOf)
  const [text, setText] = useState('')
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    setTrouble('')
    try {
      rememberName(name)
      onDone(await post<Offer>(`${url}comment/`, { name, text }))
      setText('')
    } catch (error) {
      setTrouble(problemOf(error).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="offer__talk">
      <h2>{t('offer.ask')}</h2>
      {talk.map((one) => (
        <blockquote key={one.at + one.text}>
          <b>{one.name}</b> <small>{formatDateTime(one.at)}</small>
          <p>{one.text}</p>
        </blockquote>
      ))}
      {trouble && <Alert type="error" showIcon title={trouble} />}
      <label htmlFor="talk-name">{t('name')}</label>
      <Input id="talk-name" autoComplete="name" value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      <label htmlFor="talk-text">{t('offer.comment')}</label>
      <Input.TextArea id="talk-text" rows={3} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
      <Button loading={busy} disabled={!text.trim()} onClick={() => void send()} data-testid="send-comment">
        {t('offer.send')}
      </Button>
    </section>
  )
}
