import { describe, expect, it } from 'vitest'
import { fileFindings, homePathFindings } from './places'
import { goodPage, withBlock } from './testing/good-page'
import { checkoutWith, pageOf, pageWithBlock, told } from './testing/linted'

const home = `/${'home'}/ann`

describe('homePathFindings', () => {
  it('finds paths that are there on one machine', () => {
    expect(told(homePathFindings(pageWithBlock(`true\nls ${home}/x "/${'Users'}/Ann/x"`)))).toEqual([
      `16 ${home} is there on one machine only`,
      `16 /${'Users'}/Ann is there on one machine only`,
    ])
    expect(told(homePathFindings(pageOf(goodPage().replace('Nothing does.', `See ${home}/x.`))))).toEqual([
      `16 ${home} is there on one machine only`,
    ])
  })

  it('lets homes of nobody through', () => {
    const page = pageWithBlock(`ls ~/x "$HOME/x" /${'home'} /srv${home} fixtures`)
    expect(homePathFindings(page)).toEqual([])
  })
})

describe('fileFindings', () => {
  const root = checkoutWith({ 'fixtures/nats/there.yaml': '', 'docs/there.md': '' })
  const found = (text: string) => told(fileFindings(pageOf(text), root))

  it('finds files of the checkout that are not there, in blocks and in prose', () => {
    const block =
      'kubectl apply -f fixtures/nats/gone.yaml\naws --cli-input-json file://fixtures/gone.json\ncat ./docs/gone.md'
    expect(found(goodPage({ check: withBlock(block) }))).toEqual([
      '15 fixtures/nats/gone.yaml is not there',
      '16 fixtures/gone.json is not there',
      '17 ./docs/gone.md is not there',
    ])
    expect(found(goodPage().replace('Nothing does.', 'Set it\n    in fixtures/gone.yaml.'))).toEqual([
      '17 fixtures/gone.yaml is not there',
    ])
  })

  it('lets through what is there, what isn’t of the checkout and what is known only when it runs', () => {
    const block =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's
      'ls fixtures/nats/there.yaml fixtures/nats/ file://fixtures/nats/there.yaml\nls /srv/fixtures/gone https://example.org/docs/gone fixtures/*.yaml fixtures/$x fixtures/x-$y "${z}/docs/gone"'
    expect(found(goodPage({ check: withBlock(block) }))).toEqual([])
    expect(found(goodPage().replace('Nothing does.', 'Set it in fixtures/nats/there.yaml.'))).toEqual([])
  })
})
