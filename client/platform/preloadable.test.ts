import assert from 'node:assert/strict'
import { createElement, Suspense } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { preloadable } from './preloadable.ts'

const page = () => createElement('main', null, 'The page')

describe('A part of the client that is loaded beforehand', () => {
  it('is rendered at once when it is there', async () => {
    const Page = preloadable(() => Promise.resolve(page))
    await Page.preload()
    assert.equal(renderToStaticMarkup(createElement(Page)), '<main>The page</main>')
  })

  it('shows the fallback while it is not', () => {
    const Page = preloadable(() => Promise.resolve(page))
    const inFrame = createElement(Suspense, { fallback: 'Loading' }, createElement(Page))
    assert.match(renderToStaticMarkup(inFrame), /Loading/)
  })

  it('is asked for once, and again only after a failure', async () => {
    const answers = [Promise.reject(new Error('away')), Promise.resolve(page)]
    let asked = 0
    const Page = preloadable(() => answers[asked++] ?? Promise.reject(new Error('asked too often')))
    await assert.rejects(Page.preload(), /away/)
    await Page.preload()
    await Page.preload()
    assert.equal(asked, 2)
  })
})
