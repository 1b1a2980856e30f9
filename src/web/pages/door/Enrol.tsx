import { useTranslation } from 'react-i18next'
import { Setup } from '@/kit/security/Setup'
import { Frame } from './Frame'

/** The company lets nobody in without a second factor, and this person has none yet. */
export function Enrol({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <Frame title={t('enrol.title')} text={t('enrol.text')} foot={<a href="/login">{t('second.again')}</a>}>
      <Setup onDone={onDone} />
    </Frame>
  )
}
