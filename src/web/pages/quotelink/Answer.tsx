import { Alert, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import SignatureInput from '@/kit/approval/SignatureInput'
import { nameOf, type Offer, rememberName } from './model'

interface Props {
  url: string
  offer: Offer
  onDone: (next: Offer) => void
}

/** Accepting or signing with a name and a signature; a quote is declined with a reason. */
export function Answer({ url, offer, onDone }: Props) {
  const { t } = useTranslation()
  const [way, setWay] = useState<'' | 'accept' | 'decline'>('')
  const [name, setName] = useState(nameOf)
  const [signature, setSignature] = useState('')
  const [reason, setReason] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const contract = offer.what === 'contract'
  const [trouble, setTrouble] = useState('')
  const send = async () => {
    setBusy(true)
    setTrouble('')
    try {
      rememberName(name)
      onDone(await post<Offer>(`${url}${way}/`, way === 'accept' ? { name, signature } : { name, reason, text }))
    } catch (error) {
      setTrouble(problemOf(error).detail)
    } finally {
      setBusy(false)
    }
  }
  if (!way)
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
  return (
    <section className="offer__answer">
      <h2>{t(contract ? 'offer.sign' : `offer.${way}`)}</h2>
      {trouble && <Alert type="error" showIcon title={trouble} />}
      <label htmlFor="offer-name">{t('name')}</label>
      <Input id="offer-name" autoComplete="name" value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      {way === 'accept' ? (
        <>
          <label htmlFor="offer-signature">{t('offer.signature')}</label>
          <SignatureInput
            id="offer-signature"
            field={{ name: 'signature', label: '', type: 'text' }}
            value={signature}
            onChange={(next) => setSignature(String(next ?? ''))}
          />
        </>
      ) : (
        <>
          <label htmlFor="offer-reason">{t('offer.reason')}</label>
          <Select id="offer-reason" value={reason} options={offer.reasons ?? []} onChange={setReason} />
          <Input.TextArea
            aria-label={t('offer.remark')}
            placeholder={t('offer.remark')}
            rows={3}
            value={text}
            maxLength={1500}
            onChange={(event) => setText(event.target.value)}
          />
        </>
      )}
      <div className="offer__choice">
        <Button type="primary" size="large" danger={way === 'decline'} loading={busy} onClick={() => void send()} data-testid="send-answer">
          {t(contract ? 'offer.signNow' : way === 'accept' ? 'offer.acceptNow' : 'offer.declineNow')}
        </Button>
        <Button size="large" onClick={() => setWay('')}>
          {t('offer.back')}
        </Button>
      </div>
    </section>
  )
}
