// Owns `npm run fuzz`.
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/oracle/fuzz.ts'], disableConsoleIntercept: true } });
