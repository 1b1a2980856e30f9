const LETTERS = 'abcdefghjklmnopqrstwxyz'
/** The first character, in the order of pinyin, of each letter. */
const FIRSTS = [...'阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀']
const HAN = /[\u3400-\u9fff]/
const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

/** `客户` → `kh`: the initials of Chinese characters; everything else stays. */
export const initials = (text: string) =>
  [...text].map((one) => (HAN.test(one) ? (LETTERS[FIRSTS.findLastIndex((first) => order.compare(first, one) <= 0)] ?? one) : one)).join('')

/** Whether a name holds every word typed, as it is written or by the initials of its pinyin. */
export function fits(name: string, typed: string): boolean {
  const written = name.toLowerCase()
  const words = typed.trim().toLowerCase().split(/\s+/)
  return words.every((word) => written.includes(word) || (/^[a-z]+$/.test(word) && initials(written).includes(word)))
}

/** How a picker of names that are already here looks for what is typed. */
export const byName = { filterOption: (typed: string, option?: { label?: unknown }) => fits(String(option?.label ?? ''), typed) }
