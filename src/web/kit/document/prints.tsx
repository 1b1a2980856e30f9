import { PrinterOutlined } from '@ant-design/icons'
import type { MenuProps } from 'antd'
import type { TFunction } from 'i18next'
import type { Description, Doc } from '@/api/types'
import { wireLanguage } from '@/shared/i18n'

const PROGRAMS: Record<string, string> = { docx: 'Word', xlsx: 'Excel' }

/** The papers of a document in both languages: to print, to work on in Word or Excel, and with the seal where that may be. */
export function printItems({ url, prints }: Description, doc: Doc, t: TFunction): NonNullable<MenuProps['items']> {
  const own = wireLanguage()
  const other = own === 'en' ? 'zh-hans' : 'en'
  const link = (key: string, language: string, label: string, more = '') => (
    <a href={`${url}${doc.id}/print/?template=${key}&language=${language}${more}`} target="_blank" rel="noreferrer">
      {label}
    </a>
  )
  const row = (key: string, language: string, label: string, ways: string[] = []) => ({
    key: `print-${key}-${language}`,
    icon: language === own ? <PrinterOutlined /> : <span className="anticon print__indent" />,
    label: (
      <span className="print">
        {link(key, language, label)}
        {ways.map((way) => (
          <span key={way} className="print__as">
            {link(key, language, PROGRAMS[way] ?? way, `&as=${way}`)}
          </span>
        ))}
      </span>
    ),
  })
  return prints.flatMap(({ key, label, seal, ways }) => [
    row(key, own, t('document.print', { name: label }), ways),
    ...(ways ? [row(key, other, t('document.otherLanguage'), ways)] : []),
    ...(seal && (!seal.length || seal.includes(String(doc.state)))
      ? [
          {
            key: `print-${key}-seal`,
            icon: <PrinterOutlined />,
            label: link(key, own, t('document.printSealed', { name: label }), '&seal=1'),
          },
        ]
      : []),
  ])
}
