"""JavaScript as texts and tokens, for tests that read the figures' scripts."""

import re

TOKENS = re.compile(
    r"""
      (?P<comment>  //[^\n]* | /\*[\s\S]*?\*/ )
    | (?P<string>   "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
    | (?P<regex>    (?<=[(,=:?&|!\[{};\n])[ ]*/(?![/*])
                    (?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[gimsuy]* )
    | (?P<back>     ` )
    | (?P<open>     \{ )
    | (?P<close>    \} )
    | (?P<number>   \d[\w.]* )
    | (?P<name>     [\w$]+ )
    | (?P<sign>     => | \.\.\. | \*\* | [-+*/]=? | [<>!=]=?=? | \S )
    """,
    re.VERBOSE,
)
HOLE = "{}"  # in a template, where a value stands


def texts_and_code(script):
    """The texts of a script, and the tokens of its code.

    Parameters
    ----------
    script : str

    Returns
    -------
    texts : list of (line, text)
        Every string and template; in a template each value is `HOLE`.
    tokens : list of (line, kind, token)
        Names, numbers and signs, in order, those in templates too.
    """
    texts, tokens, place = [], [], 0
    depths, parts = [], []  # of templates that are open: braces in the present value, text so far

    def line():
        return script.count("\n", 0, place) + 1

    while place < len(script):
        if depths and depths[-1] is None:  # in the text of a template
            found = re.compile(r"(?:\\.|(?!\$\{)[^`\\])*").match(script, place)
            parts[-1][1] += found[0]
            place = found.end()
            if script[place] == "`":
                depths.pop()
                texts.append(tuple(parts.pop()))
                place += 1
            else:
                depths[-1] = 0
                parts[-1][1] += HOLE
                place += 2
            continue
        found = TOKENS.match(script, place)
        if found is None:
            place += 1
            continue
        kind, token = found.lastgroup, found[0].strip()
        if kind == "string":
            texts.append((line(), token[1:-1]))
        elif kind == "back":
            depths.append(None)
            parts.append([line(), ""])
        elif kind in ("name", "number", "sign", "open", "close"):
            if kind == "close" and depths and depths[-1] == 0:
                depths[-1] = None
                place = found.end()
                continue
            if depths and kind in ("open", "close"):
                depths[-1] += 1 if kind == "open" else -1
            tokens.append((line(), kind, token))
        place = found.end()
    return texts, tokens
