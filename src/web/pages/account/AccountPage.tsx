import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { queryClient, saveSetting, useMeta } from '@/api/queries'
import { formatList } from '@/shared/format'
import { type Language, language, setLanguage, wireLanguage } from '@/shared/i18n'
import { openTab } from '@/workspace/tabs'
import './account.css'

async function change(next: Language) {
  await setLanguage(next)
  await Promise.all([saveSetting('language', wireLanguage()), queryClient.invalidateQueries()])
}

/** The member's own settings. */
export default function AccountPage() {
  const { t } = useTranslation()
  const { member, company } = useMeta()
  const facts = [
    ['name', member.name],
    ['email', member.email],
    ['company', company.name],
    ['unit', member.unit?.label ?? '—'],
    ['roles', formatList((member.roles ?? []).map((role) => role.label)) || '—'],
  ] as const
  return (
    <div className="account">
      <h1>{t('page.account')}</h1>
      <section className="panel section">
        <h2>{t('account.me')}</h2>
        <dl className="account__facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`account.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="panel section">
        <h2>{t('account.language')}</h2>
        <Segmented<Language>
          value={language()}
          onChange={(next) => void change(next)}
          options={[
            { value: 'zh-CN', label: '简体中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </section>
      <section className="panel section">
        <h2>{t('page.security')}</h2>
        <Button onClick={() => openTab('/w/page/security')}>{t('account.toSecurity')}</Button>
      </section>
    </div>
  )
}
