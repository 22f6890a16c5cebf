import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

/** Everything that the page needs is in `dist`: the server embeds it, and the page asks nobody else. */
export default defineConfig({
 plugins: [svelte()],
 base: './',
 build: {
  target: 'es2023',
  assetsInlineLimit: 0,
  // The policy of the server forbids inline scripts and styles; nothing of either is made.
  modulePreload: { polyfill: false },
  reportCompressedSize: false,
  chunkSizeWarningLimit: 2000,
 },
})
