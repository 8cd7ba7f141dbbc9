import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'main',
          include: ['src-main/**/*.test.ts', 'build/**/*.test.ts'],
          environment: 'node',
          testTimeout: 20_000,
        },
      },
      {
        test: { name: 'renderer', include: ['src-renderer/**/*.test.ts'], environment: 'node' },
      },
    ],
  },
})
