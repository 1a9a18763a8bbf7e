import { describe, expect, it } from 'vitest'
import { ShellText } from './shell-text'

describe('ShellText', () => {
  it.each([
    ['single quotes', "a '<b>' c", 'a _____ c'],
    ['double quotes', 'a "<b> \\" c" d', 'a __________ d'],
    ['ANSI quotes', "a $'<\\'>' b", 'a _______ b'],
    ['an escaped quote', "a \\' b", "a \\' b"],
    ['a remark', 'a # b "c\nd', 'a ______\nd'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's
    ['a # within a word', 'a#b ${#c} $#', 'a#b ${#c} $#'],
    ['a substitution within quotes', 'a "b $(c "d" <e>) f" g', 'a _____c ___ <e>)___ g'],
    ['backticks within quotes', 'a "b `c <d>` e" f', 'a ____c <d>`___ f'],
    ['a heredoc', "cat <<'EOF' | b\n<c>\nEOF\nd", "cat <<'EOF' | b\n___\n___\nd"],
    ['a heredoc with tabs', 'cat <<-EOF\n\t<c>\n\tEOF\nd', 'cat <<-EOF\n____\n____\nd'],
    ['two heredocs', 'a <<B <<C\nb\nB\nc\nC\nd', 'a <<B <<C\n_\n_\n_\n_\nd'],
    ['a heredoc that nothing ends', 'a <<B\nb', 'a <<B\n_'],
    ['a here-string', 'a <<<b\nc', 'a <<<b\nc'],
    ['quotes over lines', "a 'b\n$ c' d", 'a __\n____ d'],
    ['what is not closed', 'a "b', 'a __'],
  ])('leaves the code of %s', (_, script, code) => {
    expect(new ShellText(script).only('code')).toBe(code)
  })

  it('leaves what it is told to', () => {
    const text = new ShellText("a 'b' # c\ncat <<D\ne\nD")
    expect(text.only('code', 'quoted', 'heredoc')).toBe("a 'b' ___\ncat <<D\ne\nD")
    expect(text.only('comment')).toBe('______# c\n_______\n_\n_')
  })
})
