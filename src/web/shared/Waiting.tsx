import { useTranslation } from 'react-i18next'

/** Something is on its way: lines where its text will stand. */
export function Waiting({ lines = 4 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <div className="waiting" role="status" aria-label={t('waiting')}>
      {Array.from({ length: lines }, (_, line) => (
        <i key={line} />
      ))}
    </div>
  )
}
