import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

/** Recovery codes, shown this once. */
export function Codes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="factor" data-testid="recovery-codes">
      <p>{t('factor.codesText')}</p>
      <ul className="factor__codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="factor__row">
        <Button onClick={() => void navigator.clipboard.writeText(codes.join('\n'))}>{t('factor.copy')}</Button>
        <Button type="primary" data-testid="codes-kept" onClick={onDone}>
          {t('factor.kept')}
        </Button>
      </div>
    </div>
  )
}
