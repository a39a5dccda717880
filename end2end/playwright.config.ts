import { defineConfig, devices } from '@playwright/test';

/** The system's Chromium, silent towards the network; as root it runs only without its sandbox. */
const browser = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-gpu',
    '--disable-quic',
    '--disable-sync',
    '--no-first-run',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
};

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // The tests share one server and its database.
  workers: 1,
  timeout: 30_000,
  forbidOnly: true,
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    viewport: { width: 1280, height: 720 },
    locale: 'en-GB',
    colorScheme: 'light',
    launchOptions: browser,
    trace: 'retain-on-failure',
  },
});
