import type { Request, RequestHandler } from 'express'
import helmet from 'helmet'
import { DomainError } from '#shared/errors.ts'

/** Headers for every answer. Pages add a nonce for styles; see pages.ts. */
export function securityHeaders(): RequestHandler {
  const withHelmet = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    hsts: { maxAge: 63_072_000, includeSubDomains: true },
  })
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', permissionsPolicy)
    withHelmet(request, response, next)
  }
}

const permissionsPolicy = [
  ...[
    'camera',
    'microphone',
    'display-capture',
    'autoplay',
    'fullscreen',
    'screen-wake-lock',
    'picture-in-picture',
  ].map((name) => `${name}=(self)`),
  ...[
    'geolocation',
    'payment',
    'usb',
    'serial',
    'hid',

    'midi',
    'magnetometer',
    'gyroscope',
    'accelerometer',
    'browsing-topics',
  ].map((name) => `${name}=()`),
].join(', ')

/**
 * Cross-site request forgery: an unsafe request must come from our own pages (Origin and Sec-Fetch-Site agree) and
 * carry a header that a foreign form cannot send.
 */
export function refuseForeignOrigin(request: Request, origins: readonly string[]): void {
  const origin = request.get('Origin')
  const site = request.get('Sec-Fetch-Site')
  const foreign =
    (origin !== undefined && !origins.includes(origin)) || (site !== undefined && site !== 'same-origin')
  if (foreign || request.get('X-Bedside') !== '1') throw new DomainError('forbidden')
}
