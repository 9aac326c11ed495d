import { defineConfig } from 'vitest/config';

// The console is served from the server's own jar: relative to the root, hashed names, nothing inlined, because the
// content security policy allows neither data: images nor inline scripts.
export default defineConfig({
  build: {
    outDir: process.env['CONSOLE_OUT'] ?? 'target/classes/console',
    emptyOutDir: true,
    target: ['es2023', 'chrome125', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: 'manifest.json',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8099' } },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['junit', { outputFile: 'target/surefire-reports/TEST-console.xml' }]],
  },
});
