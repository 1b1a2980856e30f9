import { Alert, Button, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import SignatureInput from '@/kit/approval/SignatureInput'
import { useForm } from '@/kit/form/useForm'
import { Name, Wrong } from './fields'
import { nameOf, type Offer, rememberName } from './model'

interface Props {
  url: string
  offer: Offer
  onDone: (next: Offer) => void
}

type Way = 'accept' | 'decline'

const asked = (way: Way) => ({ name: nameOf(), ...(way === 'accept' ? { signature: '' } : { reason: '', text: '' }) })

/** The form that opens below what was tapped: brought into view, ready to be typed into. */
function Form({ url, offer, onDone, way, onBack }: Props & { way: Way; onBack: () => void }) {
  const { t } = useTranslation()
  const place = useRef<HTMLFormElement>(null)
  const { values, field, problem, busy, submit } = useForm<Record<string, string>, Offer>(asked(way), `${url}${way}/`, (next) => {
    rememberName(values.name ?? '')
    onDone(next)
  })
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'start' })
    place.current?.querySelector('input')?.focus({ preventScroll: true })
  }, [])
  const contract = offer.what === 'contract'
  return (
    <form ref={place} className="offer__answer" onSubmit={(event) => void submit(event)}>
      <h2>{t(contract ? 'offer.sign' : `offer.${way}`)}</h2>
      {problem && <Alert type="error" showIcon title={problem} />}
      <Name id="offer-name" field={field('name')} />
      {way === 'accept' ? (
        <>
          <label htmlFor="offer-signature">{t('offer.signature')}</label>
          <SignatureInput
            id="offer-signature"
            field={{ name: 'signature', label: '', type: 'text' }}
            value={values.signature}
            invalid={!!field('signature').error}
            onChange={(next) => field('signature').onChange(String(next ?? ''))}
          />
          <Wrong field={field('signature')} />
        </>
      ) : (
        <>
          <label htmlFor="offer-reason">{t('offer.reason')}</label>
          <Select
            id="offer-reason"
            value={values.reason || null}
            status={field('reason').error ? 'error' : ''}
            options={offer.reasons ?? []}
            onChange={(next) => field('reason').onChange(next ?? '')}
          />
          <Wrong field={field('reason')} />
          <Input.TextArea
            aria-label={t('offer.remark')}
            placeholder={t('offer.remark')}
            rows={3}
            value={values.text}
            maxLength={1500}
            onChange={(event) => field('text').onChange(event.target.value)}
          />
        </>
      )}
      <div className="offer__choice">
        <Button type="primary" size="large" htmlType="submit" danger={way === 'decline'} loading={busy} data-testid="send-answer">
          {t(contract ? 'offer.signNow' : way === 'accept' ? 'offer.acceptNow' : 'offer.declineNow')}
        </Button>
        <Button size="large" onClick={onBack}>
          {t('offer.back')}
        </Button>
      </div>
    </form>
  )
}

/** Accepting or signing with a name and a signature; a quote is declined with a reason. */
export function Answer(props: Props) {
  const { t } = useTranslation()
  const [way, setWay] = useState<Way | null>(null)
  const contract = props.offer.what === 'contract'
  if (way) return <Form {...props} way={way} onBack={() => setWay(null)} />
  return (
    <div className="offer__choice">
      <Button type="primary" size="large" onClick={() => setWay('accept')} data-testid="accept">
        {t(contract ? 'offer.sign' : 'offer.accept')}
      </Button>
      {!contract && (
        <Button size="large" onClick={() => setWay('decline')} data-testid="decline">
          {t('offer.decline')}
        </Button>
      )}
    </div>
  )
}
