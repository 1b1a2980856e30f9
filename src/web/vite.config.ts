import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compress } from './build-tools/compress.mjs'
import { quietIcons } from './build-tools/quiet-icons.mjs'
import { words } from './build-tools/words.mjs'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const backend = process.env.MILLWRIGHT_BACKEND

export default defineConfig({
  base: '/static/',
  html: { cspNonce: 'NONCE_OF_THIS_ANSWER' },
  plugins: [words(here('.')), react(), quietIcons(), compress()],
  resolve: { alias: { '@': here('.') } },
  server: backend ? { proxy: { '/api': backend } } : {},
  build: {
    target: 'es2023',
    emptyOutDir: true,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: { workspace: here('workspace.html'), door: here('door.html') },
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|i18next|react-i18next)[\\/]/, priority: 30 },
            // what several screens show: one file of many small ones, which cost more in headers than in drawings
            { name: 'icons', test: /node_modules[\\/]@ant-design[\\/]icons/, priority: 40, minShareCount: 4 },
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 30 },
          ],
        },
      },
    },
  },
})
