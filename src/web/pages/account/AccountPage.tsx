import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { queryClient, saveSetting, useMeta } from '@/api/queries'
import { Part, Sheet } from '@/kit/sheet/Sheet'
import { formatList } from '@/shared/format'
import { type Language, language, setLanguage, wireLanguage } from '@/shared/i18n'
import { openTab } from '@/workspace/tabs'

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
    <Sheet title={t('page.account')}>
      <Part title={t('account.me')}>
        <dl className="facts facts--wide">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`account.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part title={t('account.language')}>
        <Segmented<Language>
          value={language()}
          onChange={(next) => void change(next)}
          options={[
            { value: 'zh-CN', label: '简体中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Part>
      <Part title={t('page.security')}>
        <Button onClick={() => openTab('/w/page/security')}>{t('account.toSecurity')}</Button>
      </Part>
    </Sheet>
  )
}
