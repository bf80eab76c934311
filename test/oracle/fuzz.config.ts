// Owns which tests `npm run fuzz` runs.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/oracle/fuzz.ts'], disableConsoleIntercept: true } });
