import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatCurrency } from '@/shared/format'
import { amount, type PeriodName, type Preview, type Warning } from './model'

interface Props {
  preview: Preview
  currency: string
  period: PeriodName
}

/** What is to pay now, line by line, and at each renewal; and what the company has too much of for it. */
export function Bill({ preview, currency, period }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <Lines preview={preview} currency={currency} period={period} />
      {preview.starts && (
        <Alert
          type="info"
          showIcon
          data-testid="starts"
          title={<Told head={t('billing.starts', { date: preview.starts })} text={t('billing.startsText')} />}
        />
      )}
      {preview.warnings.map((one) => (
        <TooMuch key={one.name} one={one} />
      ))}
    </>
  )
}

/** A short word, and what it means. */
export function Told({ head, text }: { head: string; text: string }) {
  return (
    <>
      {head && <b>{head}</b>}
      <p>{text}</p>
    </>
  )
}

/** What the company has more of than it would get, and what that means. */
function TooMuch({ one }: { one: Warning }) {
  const { t } = useTranslation()
  const { used, most, unit = 'count' } = one
  const over = used !== undefined && most !== undefined
  const head = over ? `${t(`billing.use.${one.name as 'seats'}`)}: ${amount(used, unit)} / ${amount(most, unit)}` : ''
  return <Alert type="warning" showIcon title={<Told head={head} text={one.detail} />} data-testid={`warning-${one.name}`} />
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
          <td>{preview.starts ? t(`billing.from.${period}`, { date: preview.starts }) : t(`billing.then.${period}`)}</td>
          <td className="num">{formatCurrency(preview.renewal, currency)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
