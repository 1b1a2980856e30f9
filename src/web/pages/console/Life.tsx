import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { formatDateTime } from '@/shared/format'
import { useTab } from '@/workspace/TabHost'
import type { Care } from './model'

/** Who moved the company from one state to another, or changed its data as a whole. */
export function Life({ care }: { care: Care }) {
  const { t } = useTranslation()
  const { id } = useTab()
  const url = `${useMeta().resources['console.client']?.url}${id}/`
  return (
    <section className="panel section" data-testid="life">
      <h2>{t('console.life')}</h2>
      {care.leaving && (
        <Alert
          type="error"
          showIcon
          data-testid="leaving"
          title={t('console.leaving', { name: care.leaving.name, when: formatDateTime(care.leaving.at) })}
          description={
            <>
              <p>{care.leaving.reason}</p>
              <p>{t(`console.leavingBackups.${care.leaving.backups}`)}</p>
              <p>{t('console.leavingUntil', { when: formatDateTime(care.leaving.until) })}</p>
            </>
          }
        />
      )}
      {care.backups_until && <p className="soft">{t('console.backupsUntil', { when: formatDateTime(care.backups_until) })}</p>}
      <ol className="care__rows">
        {care.life.map((one) => (
          <li key={`${one.at}${one.after}${one.reason}`}>
            <span className="care__line">
              <time className="num" dateTime={one.at}>
                {formatDateTime(one.at)}
              </time>
              <b>{one.before === one.after ? one.after : `${one.before} → ${one.after}`}</b>
              <span className="soft">{one.by}</span>
            </span>
            {one.reason && <p className="soft">{one.reason}</p>}
          </li>
        ))}
      </ol>
      {care.certificate && (
        <Button icon={<DownloadOutlined />} href={`${url}certificate/`} download data-testid="certificate">
          {t('console.certificate')}
        </Button>
      )}
    </section>
  )
}
