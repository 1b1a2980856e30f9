import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatCurrency } from '@/shared/format'
import type { PeriodName, Preview } from './model'

interface Props {
  preview: Preview
  currency: string
  period: PeriodName
}

/** What is to pay now, line by line, and at each renewal; and what the company has too much of for it. */
export function Bill({ preview, currency, period }: Props) {
  return (
    <>
      <Lines preview={preview} currency={currency} period={period} />
      {preview.warnings.map((one) => (
        <Alert key={one.name} type="warning" showIcon message={one.detail} data-testid={`warning-${one.name}`} />
      ))}
    </>
  )
}

function Lines({ preview, currency, period }: Props) {
  const { t } = useTranslation()
  return (
    <table className="bill" data-testid="bill">
      <tbody>
        {preview.lines.map((line) => (
          <tr key={`${line.text}${line.amount}`}>
            <td>{line.quantity > 1 ? `${line.text} × ${line.quantity}` : line.text}</td>
            <td className="num">{formatCurrency(line.amount, currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('billing.now')}</th>
          <td className="num" data-testid="now">
            {formatCurrency(preview.now, currency)}
          </td>
        </tr>
        <tr className="soft">
          <td>{t(`billing.then.${period}`)}</td>
          <td className="num">{formatCurrency(preview.renewal, currency)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
