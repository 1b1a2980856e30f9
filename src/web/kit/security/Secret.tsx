import { CopyOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import './secret.css'

/** A key that the server does not tell again. */
export function Secret({ secret, testid }: { secret: string; testid: string }) {
  const { t } = useTranslation()
  return (
    <Alert
      type="success"
      showIcon
      data-testid={testid}
      title={t('account.once')}
      description={<code className="secret">{secret}</code>}
      action={
        <Button size="small" icon={<CopyOutlined />} onClick={() => void navigator.clipboard.writeText(secret)}>
          {t('account.copy')}
        </Button>
      }
    />
  )
}
