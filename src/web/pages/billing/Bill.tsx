import { useTranslation } from 'react-i18next'
import { formatCurrency } from '@/shared/format'
import type { PeriodName, Preview } from './model'

/** What is to pay now, line by line, and at each renewal. */
export function Bill({ preview, currency, period }: { preview: Preview; currency: string; period: PeriodName }) {
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
