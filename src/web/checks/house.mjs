// House rules no linter knows: short components, looks only in stylesheets, colours only in the tokens.
import { readFileSync } from 'node:fs'
import { report, root, sources } from './files.mjs'

const LINES = { '.tsx': 200, '.ts': 300 }
const COLOUR = /#[\da-f]{3,8}\b|\b(?:rgb|hsl)a?\(/i
const complaints = []
for (const file of sources(['.ts', '.tsx'])) {
  const text = readFileSync(root + file, 'utf8')
  const count = text.trimEnd().split('\n').length
  const most = LINES[file.slice(file.lastIndexOf('.'))]
  if (count > most && !file.includes('.test.')) complaints.push(`${file} has ${count} lines, ${most} is the most`)
  for (const [, value] of text.matchAll(/\sstyle=\{(.{0,12})/g))
    if (!value.startsWith('vars(')) complaints.push(`${file} carries an inline style`)
  if (COLOUR.test(text.replace(/`#\$\{/g, '')) && !file.includes('.test.')) complaints.push(`${file} names a colour`)
  if (/onClick/.test(text) && /<(?:div|span|li|td|tr)\b[^>]*\sonClick/.test(text))
    complaints.push(`${file} makes something clickable that is no button or link`)
  if (file.startsWith('kit/') && /(?:resource|key)\s*===\s*'\w+\.\w+'/.test(text))
    complaints.push(`${file} asks which document type it is; register a renderer instead`)
}
for (const file of sources(['.css'])) {
  if (file === 'shared/tokens.css') continue
  for (const [line] of readFileSync(root + file, 'utf8').matchAll(/^.*#[\da-f]{3,8}\b.*$/gim))
    complaints.push(`${file} names a colour: ${line.trim()}`)
}
report('house', complaints)
