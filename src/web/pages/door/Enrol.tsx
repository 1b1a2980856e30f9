import { useTranslation } from 'react-i18next'
import { Setup } from '@/kit/security/Setup'
import { Frame } from './Frame'

/** The company lets nobody in without a second factor, or without a security key, and this person has none yet. */
export function Enrol({ keyOnly, onDone }: { keyOnly: boolean; onDone: () => void }) {
  const { t } = useTranslation()
  return (
    <Frame title={t('enrol.title')} text={t(keyOnly ? 'enrol.keyText' : 'enrol.text')} foot={<a href="/login">{t('second.again')}</a>}>
      <Setup app={!keyOnly} onDone={onDone} />
    </Frame>
  )
}
