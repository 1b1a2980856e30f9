import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

interface Props {
  /** A list that is read page by page. */
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }
  testId?: string
}

/** Reads the next page of a list; gone when there is none. */
export function More({ pages, testId }: Props) {
  const { t } = useTranslation()
  if (!pages.hasNextPage) return null
  return (
    <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()} data-testid={testId}>
      {t('more')}
    </Button>
  )
}
