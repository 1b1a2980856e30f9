// Runs Biome from its platform package: not every registry carries Biome for all platforms, and `npm ci` refuses a lock with gaps.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const platform = `${process.platform}-${process.arch}`
let program
try {
  program = createRequire(import.meta.url).resolve(`@biomejs/cli-${platform}/biome`)
} catch {
  console.error(`Biome is not locked for ${platform}: add @biomejs/cli-${platform} to optionalDependencies in package.json.`)
  process.exit(1)
}
process.exit(spawnSync(program, process.argv.slice(2), { stdio: 'inherit' }).status ?? 1)
