// Both languages say the same things, with the same blanks to fill, and every sentence the code asks for exists.
import { readFileSync } from 'node:fs'
import { report, root, sources } from './files.mjs'

const PLURAL = /_(zero|one|two|few|many|other)$/

function flat(words, prefix = '') {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${prefix}${name}`, value]] : flat(value, `${prefix}${name}.`),
  )
}
const read = (file) => flat(JSON.parse(readFileSync(`${root}locales/${file}.json`, 'utf8')))
const blanks = (text) =>
  [...text.matchAll(/{{(\w+)(?:, \w+)?}}/g)]
    .map((match) => match[1])
    .sort()
    .join()

const complaints = []
const known = new Set()
for (const prefix of ['', 'door.']) {
  const [zh, en] = [`${prefix}zh-CN`, `${prefix}en`].map(
    (file) => new Map(read(file).map(([key, text]) => [key.replace(PLURAL, ''), text])),
  )
  for (const key of new Set([...zh.keys(), ...en.keys()])) {
    known.add(key)
    if (!zh.get(key)?.trim()) complaints.push(`${prefix}zh-CN lacks ${key}`)
    else if (!en.get(key)?.trim()) complaints.push(`${prefix}en lacks ${key}`)
    else if (blanks(zh.get(key)) !== blanks(en.get(key))) complaints.push(`${prefix}${key}: the blanks differ`)
  }
}
for (const file of sources(['.ts', '.tsx'])) {
  const text = readFileSync(root + file, 'utf8')
  for (const [, key] of text.matchAll(/(?<![\w.])(?:i18n\.)?t\('([\w.-]+)'/g))
    if (!known.has(key)) complaints.push(`${file} asks for ${key}, which no language has`)
  if (!file.includes('.test.') && /[\u4e00-\u9fff]/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')) && !ALLOWED(file))
    complaints.push(`${file} spells out words that belong into locales`)
}
/** What people type is part of the parser, characters by which others are ordered of the order, a language's own name is part of its switch. */
function ALLOWED(file) {
  return [
    'kit/field/parse.ts',
    'workspace/palette/model.ts',
    'workspace/shell/TopBar.tsx',
    'pages/account/AccountPage.tsx',
    'app/workspace.tsx',
    'shared/format.ts',
    'shared/pinyin.ts',
    'shared/syllables.ts',
  ].includes(file)
}
report('locales', complaints)
