import { PrinterOutlined } from '@ant-design/icons'
import type { MenuProps } from 'antd'
import type { TFunction } from 'i18next'
import type { Description, Doc } from '@/api/types'
import { wireLanguage } from '@/shared/i18n'

export const PROGRAMS: Record<string, string> = { docx: 'Word', xlsx: 'Excel' }

/** The papers of a document, the other languages and programs beside each, with the seal where that may be; and the way to any other layout. */
export function printItems({ url, prints }: Description, doc: Doc, t: TFunction, other: () => void): NonNullable<MenuProps['items']> {
  const own = wireLanguage()
  const link = (query: string, label: string) => (
    <a href={`${url}${doc.id}/print/?${query}`} target="_blank" rel="noreferrer">
      {label}
    </a>
  )
  const beside = (key: string, ways: string[]) => [
    { name: 'language', query: `template=${key}&language=${own === 'en' ? 'zh-hans' : 'en'}`, label: t('document.otherLanguage') },
    { name: 'both', query: `template=${key}&language=both`, label: t('document.bothLanguages') },
    ...ways.map((way) => ({ name: way, query: `template=${key}&language=${own}&as=${way}`, label: PROGRAMS[way] ?? way })),
  ]
  const rows = prints.flatMap(({ key, label, seal, ways }) => [
    {
      key: `print-${key}`,
      icon: <PrinterOutlined />,
      label: (
        <span className="print">
          {link(`template=${key}&language=${own}`, t('document.print', { name: label }))}
          {ways && (
            <span className="print__as">
              {beside(key, ways).map((one) => (
                <span key={one.name}>{link(one.query, one.label)}</span>
              ))}
            </span>
          )}
        </span>
      ),
    },
    ...(seal && (!seal.length || seal.includes(String(doc.state)))
      ? [
          {
            key: `print-${key}-seal`,
            icon: <PrinterOutlined />,
            label: link(`template=${key}&language=${own}&seal=1`, t('document.printSealed', { name: label })),
          },
        ]
      : []),
  ])
  const layouts = { key: 'print-other', icon: <span className="anticon print__indent" />, label: t('document.printOther'), onClick: other }
  return prints.some(({ ways }) => ways) ? [...rows, layouts] : rows
}
