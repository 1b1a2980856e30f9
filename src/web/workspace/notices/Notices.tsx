import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Limits } from './Limits'
import { when } from './News'
import { SeenAs } from './SeenAs'
import { Standing } from './Standing'
import { Support } from './Support'
import { isSoon, takeNote, useNews } from './useNews'
import './notices.css'

/** What everybody, or the administrator, should know before going on: above all screens. */
export function Notices() {
  const { t } = useTranslation()
  const soon = useNews().filter((item) => isSoon(item, Date.now()))
  return (
    <div className="notices">
      {soon.map((item) => (
        <Alert
          key={item.id}
          banner
          type="warning"
          data-testid="maintenance"
          title={
            <>
              <b>{t('news.soon', { title: item.title, when: when(item) })}</b> {item.text}
            </>
          }
          closable={{ onClose: () => void takeNote(item), 'aria-label': t('close') }}
        />
      ))}
      <SeenAs />
      <Limits />
      <Support />
      <Standing />
    </div>
  )
}
