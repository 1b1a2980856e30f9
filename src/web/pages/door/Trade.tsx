import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'

const TRADES = ['testing_instruments', 'machine_tools', 'blank']

interface Props {
  field: { name: string; value: string; onChange: (value: string) => void }
}

/** What the company builds: it starts with the words of that trade. */
export function Trade({ field }: Props) {
  const { t } = useTranslation()
  return (
    <div className="doorfield" data-testid="field-template">
      <span id="trade">{t('signup.trade')}</span>
      <Segmented
        block
        aria-labelledby="trade"
        name={field.name}
        value={field.value}
        onChange={field.onChange}
        options={TRADES.map((trade) => ({ value: trade, label: t(`signup.trades.${trade}`) }))}
      />
      <p className="is-hint">{t('signup.tradeHint')}</p>
    </div>
  )
}
