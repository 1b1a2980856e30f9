// Imports go shared → api → workspace → kit → pages → app, and pages never import each other.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { LAYERS, report, root, sources } from './files.mjs'

const complaints = []
for (const file of sources(['.ts', '.tsx'])) {
  const layer = LAYERS.indexOf(file.split('/')[0])
  for (const [, target] of readFileSync(root + file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([@.][^']*)'/g)) {
    const path = target.startsWith('@/') ? target.slice(2) : target.startsWith('.') ? join(dirname(file), target) : null
    if (!path) continue
    const [folder, page] = path.split('/')
    if (LAYERS.indexOf(folder) > layer) complaints.push(`${file} imports ${path}, which stands above it`)
    if (folder === 'pages' && file.startsWith('pages/') && page !== file.split('/')[1])
      complaints.push(`${file} imports another page: ${path}`)
  }
}
report('imports', complaints)
