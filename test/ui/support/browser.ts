/** A real Chromium, as Debian ships it; tests that need it are skipped where it is not installed, and say so. */
import { existsSync } from 'node:fs';
import { type Browser, type Page, chromium } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

export const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.log(`skipped: tests in a browser (there is no ${executablePath}; apt-get install chromium)`);

/** Without the services that it would look for on the network. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args, timeout: 100_000 });

/** What a page complained of, and where it asked: errors, breaches of its policy, addresses. */
export interface Watched {
  readonly page: Page;
  readonly complaints: string[];
  readonly asked: Set<string>;
}

export async function open(
  browser: Browser,
  url: string,
  scheme: 'light' | 'dark' = 'light',
): Promise<Watched> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 860 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  const asked = new Set<string>();
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  await page.goto(url);
  return { page, complaints, asked };
}
