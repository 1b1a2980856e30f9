import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { language, setLanguage } from '@/shared/i18n'
import { Logo } from '@/shared/Logo'

const STEPS = ['quote', 'contract', 'order', 'delivery', 'cash'] as const

/** Beside every form of the door: what stands behind it. */
function Pledge() {
  const { t } = useTranslation()
  return (
    <aside className="promise">
      <p className="promise__brand">
        <Logo />
        {t('brand')}
      </p>
      <div>
        <h2>{t('promise.title')}</h2>
        <ol className="promise__way">
          {STEPS.map((step) => (
            <li key={step}>
              <b>{t(`promise.${step}`)}</b>
              <span>{t(`promise.${step}Text`)}</span>
            </li>
          ))}
        </ol>
      </div>
      <p className="promise__foot">{t('promise.foot')}</p>
    </aside>
  )
}

export function Frame({ title, text, children, foot }: { title: string; text?: ReactNode; children?: ReactNode; foot?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="door">
      <Pledge />
      <main className="door__main">
        <Button
          type="text"
          size="small"
          className="door__language"
          data-testid="language"
          onClick={() => void setLanguage(language() === 'en' ? 'zh-CN' : 'en')}
        >
          {t('otherLanguage')}
        </Button>
        <div className="door__card">
          <p className="door__brand">
            <Logo />
            {t('brand')}
          </p>
          <h1>{title}</h1>
          {text && <p className="door__text">{text}</p>}
          {children}
          {foot && <p className="door__foot">{foot}</p>}
        </div>
        <a className="door__status" href="/status">
          {t('status.link')}
        </a>
      </main>
    </div>
  )
}

/** What went wrong, or, `calm`, what has happened meanwhile. */
export function Complaint({ text, calm = false }: { text: string; calm?: boolean }) {
  return text ? (
    <p className={calm ? 'complaint is-calm' : 'complaint'} role={calm ? 'status' : 'alert'} data-testid="problem">
      {text}
    </p>
  ) : null
}
