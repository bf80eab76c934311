// Owns which tests `npm test` runs: all but those on the real host, which have a configuration of their own.
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: { exclude: [...configDefaults.exclude, 'test/host/**'], testTimeout: 20_000 },
});
