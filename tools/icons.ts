import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser } from '../test/support/browser';

const folder = join(__dirname, '../src/web/public');

/** Draws the icons of the app from favicon.svg. The platform cuts a maskable one to a shape, so it has a margin and no corners. */
async function draw(): Promise<void> {
  const svg = readFileSync(join(folder, 'favicon.svg'), 'utf8');
  const square = svg.replace(' rx="8"', '');
  const browser = await openBrowser();
  try {
    for (const [name, size, image, scale] of [
      ['icon-192', 192, svg, 1],
      ['icon-512', 512, svg, 1],
      ['icon-maskable', 512, square, 0.72],
      ['apple-touch-icon', 180, square, 0.84],
    ] as const) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      const style = `margin:0;display:grid;place-items:center;height:100vh;background:${scale < 1 ? '#1f5c46' : 'transparent'}`;
      const sized = image.replace('<svg ', `<svg width="${size * scale}" height="${size * scale}" `);
      await page.setContent(`<body style="${style}">${sized}</body>`);
      writeFileSync(join(folder, `${name}.png`), await page.screenshot({ omitBackground: true }));
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

void draw();
