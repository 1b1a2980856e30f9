import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const LAYERS = ['shared', 'api', 'workspace', 'kit', 'pages', 'app']

/** Source files by layer, as paths from the client's root. */
export function sources(extensions, folders = LAYERS) {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && extensions.some((extension) => entry.name.endsWith(extension)))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
}

export function report(name, complaints) {
  for (const complaint of complaints) process.stderr.write(`${name}: ${complaint}\n`)
  if (complaints.length) process.exitCode = 1
}
