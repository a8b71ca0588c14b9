import sharp from 'sharp';

/** A portrait of 512 × 512 px drawn from the name: initials on a colour of their own. JPEG bytes. */
export async function drawPortrait(name: string): Promise<Uint8Array> {
  const initials = name
    .split(' ')
    .map((word) => word.charAt(0))
    .join('');
  const hue = [...name].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 360, 7);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512">
    <rect width="512" height="512" fill="hsl(${hue},45%,40%)"/>
    <circle cx="256" cy="200" r="96" fill="hsl(${hue},45%,75%)"/>
    <path d="M64 512a192 192 0 0 1 384 0z" fill="hsl(${hue},45%,75%)"/>
    <text x="256" y="232" font-size="96" font-family="sans-serif" text-anchor="middle" fill="hsl(${hue},45%,25%)">${initials}</text>
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}
