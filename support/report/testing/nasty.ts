/** Scripts that lose something on the way through HTML, unless one is careful. */
export const nasty: Readonly<Record<string, string>> = {
  'tabs, trailing spaces, backslashes': 'a\tb \\\n\t c   \n\n  \\\\n \\" \n',
  'dollars, quotes, backticks, ampersands': `echo "$HOME" '$1' \`date\` && x=\${y:-"&amp;"} | tr '<' '>' ; printf '%s\\n' $'\\t'`,
  heredoc: "cat <<'EOF' > /tmp/x\n\tkey: value   \n  <b>&lt;</b>\nEOF\n",
  unicode: 'echo "naïve ☃ 𝒳 \u202e rtl \u200b zero \u2028 separator \ufeff bom"',
  'the ends of elements':
    'echo "</script><script>window.hacked=1</script></pre><!-- --> <![CDATA[ ]]>"\necho "<!--<script>"',
  'a leading newline': '\n\nls\n',
  'a NUL and other controls': 'a\u0000b\u0007c\u001b[31md',
  'carriage returns': 'one\r\ntwo\r\nthree\rfour',
  '200 lines': Array.from(
    { length: 200 },
    (_, n) => `kubectl get pod nats-${n} -o yaml   # ${'x'.repeat(n)}`,
  ).join('\n'),
}

const script = '<script>window.hacked=1</script><img src=x onerror=window.hacked=1>'

/** A runbook whose every text tries to get out of its place. */
export const hostile: Readonly<Record<string, string>> = {
  'features/x/hostile.feature': `@runbook:hostile @persona:${script.replaceAll(' ', '/')}
Feature: Title ${script}
  **Use when** ${script} [click](javascript:window.hacked=1) ![i](http://192.0.2.1/x.png)
  **Escalate** <a href="javascript:window.hacked=1" onmouseover="window.hacked=1">x</a>

  Rest ${script} [data](data:text/html,${encodeURIComponent(script)})

  Rule: 1 ${script}
    Rule prose ${script}

    Scenario: Scenario ${script}
      Prose ${script}

      Given a table ${script}:
        | ${script} |
      When the operator runs:
        """bash
        echo '${script}'
        """
      Then it attaches a evidence:
        """
        {"title":"${script}","items":[{"name":"${script}","text":"${script}"}]}
        """
      And it attaches a fault:
        """
        {"name":"${script}","injectedAt":"2026-11-23T16:40:00Z","inForceAt":"${script}","healedAt":null,"provenHealedAt":null,"proof":"${script}"}
        """
      And it throws RunbookFailed:
        """
        ${script}
        ${script}
        """
`,
  'outcomes.json': JSON.stringify({
    echo: {
      run: {
        exitCode: 1,
        output: [
          { stream: 'stdout', text: `${script}\u001b[31mred\u001b[0m\u0000\u0007\n` },
          { stream: 'stderr', text: `</span></pre></details>${script}\n` },
        ],
        fullOutput: 'javascript:window.hacked=1//evidence/x.txt',
        omittedBytes: 12,
      },
      attach: [
        [
          'lab',
          {
            versions: [{ name: script, version: script }],
            images: [{ reference: script, origin: script, digest: script }],
            simulated: [script],
            commit: script,
            startedAt: script,
          },
        ],
        ['measure', { name: script, ms: 1, targetMs: 1, phases: [{ name: script, ms: 1 }] }],
      ],
    },
  }),
}
