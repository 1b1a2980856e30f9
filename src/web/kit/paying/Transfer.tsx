import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime } from '@/shared/format'
import type { Invoice, Ways } from './model'

interface Props {
  row: Invoice
  bank: Ways['bank']
  onTold: (reference: string) => void
}

/** Where to transfer an invoice's amount to, and a word that it is on its way. */
export function Transfer({ row, bank, onTold }: Props) {
  const { t } = useTranslation()
  const [reference, setReference] = useState('')
  return (
    <div className="transfer" data-testid="transfer">
      <b>{t('billing.byTransfer')}</b>
      {bank.account ? (
        <dl>
          <dt>{t('billing.bank.name')}</dt>
          <dd>{bank.name}</dd>
          <dt>{t('billing.bank.bank')}</dt>
          <dd>{bank.bank}</dd>
          <dt>{t('billing.bank.account')}</dt>
          <dd className="num">{bank.account}</dd>
          <dt>{t('billing.bank.purpose')}</dt>
          <dd className="num">{row.number}</dd>
        </dl>
      ) : (
        <p className="soft">{t('billing.bank.none', { number: row.number })}</p>
      )}
      {row.transfer_told_at ? (
        <p className="soft">{t('billing.transferred', { when: formatDateTime(row.transfer_told_at) })}</p>
      ) : (
        <div className="transfer__told">
          <Input
            value={reference}
            maxLength={80}
            placeholder={t('billing.reference')}
            aria-label={t('billing.reference')}
            onChange={(event) => setReference(event.target.value)}
          />
          <Button onClick={() => onTold(reference)}>{t('billing.transfer')}</Button>
        </div>
      )}
    </div>
  )
}
