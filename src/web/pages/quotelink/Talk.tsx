import { Alert, Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useForm } from '@/kit/form/useForm'
import { formatDateTime } from '@/shared/format'
import { Name, Wrong } from './fields'
import { nameOf, type Offer, rememberName } from './model'

/** Questions and remarks of the customer; they reach whoever wrote the quote. */
export function Talk({ url, talk, onDone }: { url: string; talk: Offer['talk']; onDone: (next: Offer) => void }) {
  const { t } = useTranslation()
  const { values, set, field, problem, busy, submit } = useForm({ name: nameOf(), text: '' }, `${url}comment/`, (next: Offer) => {
    rememberName(values.name)
    set('text', '')
    onDone(next)
  })
  return (
    <form className="offer__talk" onSubmit={(event) => void submit(event)}>
      <h2>{t('offer.ask')}</h2>
      {talk.map((one) => (
        <blockquote key={one.at + one.text}>
          <b>{one.name}</b> <small>{formatDateTime(one.at)}</small>
          <p>{one.text}</p>
        </blockquote>
      ))}
      {problem && <Alert type="error" showIcon title={problem} />}
      <Name id="talk-name" field={field('name')} />
      <label htmlFor="talk-text">{t('offer.comment')}</label>
      <Input.TextArea id="talk-text" rows={3} maxLength={2000} value={values.text} onChange={(event) => set('text', event.target.value)} />
      <Wrong field={field('text')} />
      <Button htmlType="submit" loading={busy} disabled={!values.text.trim()} data-testid="send-comment">
        {t('offer.send')}
      </Button>
    </form>
  )
}
