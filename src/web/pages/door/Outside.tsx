import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Session } from './model'

/** Log-ins of other services, those that are set up. They all begin at the main address. */
export function Outside({ session }: { session: Session }) {
  const { t } = useTranslation()
  const query = session.company ? `?company=${session.company.slug}` : ''
  if (!session.outside?.length) return null
  return (
    <div className="door__outside" data-testid="outside">
      <p>{t('outside.or')}</p>
      {session.outside.map((name) => (
        <Button key={name} block size="large" href={`${session.main}outside/${name}/${query}`}>
          {t(`outside.${name}`)}
        </Button>
      ))}
    </div>
  )
}
