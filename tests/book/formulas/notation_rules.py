r"""What is mere notation: it names something, and says nothing that could be false.

A formula that no rule here knows has to be evaluated. The rules look at its spelling alone.
"""

import re

SPACE = re.compile(r"\s+|(?<!\\)\\[,;:! ]|\\displaystyle\b|\\(?:left|right)\b")
COLOURED = re.compile(r"\\class\{[\w-]+\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")

NAME = (
    r"(?:\\(?:hat|tilde|overline)\{?\\?\w+\}?|\\nabla_?\{?\w?\}?E|\\Delta\\?[a-z]+|[A-Z]rr|net|out"
    r"|\\(?:delta|eta|theta|alpha|lambda|sigma|rho|varepsilon|nabla|partial|square"
    r"|Delta|mathrm\{i\}|tanh|exp|ln|odot|cdot|circ)|[A-Za-z*])"
)
SCRIPT = r"(?:[_^](?:\{(?:[^{}]|\{[^{}]*\})*\}|\w))"
SYMBOL = rf"[-+]?{NAME}'?{SCRIPT}*'?"
NUMBER = r"[-+]?(?:\d[\d,.]*|\\[td]?frac(?:\d\d|\{?\d+\}?\{?\w+\}?)|\d+/\d+|1/N)(?:\^\{?-?\d+\}?)?"
LAYER = r"\(?[lLkKmijUd](?:[+-]\d)?\)?"
RULES = {
    "one symbol": SYMBOL,
    "a number": rf"(?:\\pm|O\()?{NUMBER}\)?|\\sqrt\d|[-\d.]+",
    "a list of symbols": rf"\(?{SYMBOL}(?:,(?:{SYMBOL}|\\dots))+\)?|{SYMBOL}\\dots{SYMBOL}",
    "the name of a layer": rf"{LAYER}|\(\d\)",
    "the name of a derivative": rf"\\partial{SYMBOL}/\\partial{SYMBOL}|d{SYMBOL}/d{SYMBOL}"
    rf"|\\frac\{{\\partial{SYMBOL}\}}\{{\\partial{SYMBOL}\}}",
    "a function of an argument": rf"{SYMBOL}\((?:{SYMBOL}|\\dots|,)+\)|[a-zE]\({SYMBOL}[+-]h\)"
    rf"|[a-z]\({SYMBOL}[+-]\\mathrm\{{i\}}h\)",
    "a unit of a list, or a layer": r"[ijkpqmnlLNKU](?:=|<|\\le)(?:[ijkpqmnlLKU]|\d(?:,\d)*)",
    "a range of layers": rf"[lk]=(?:\d|{LAYER}),\\dots,(?:\d|{LAYER})|\d(?:,\d)+=[KL]|K=L\+1"
    rf"|{LAYER}\\dots{LAYER}|1\\dots(?:k-1|D)",
    "a supposed value": rf"(?:[xywbchNBLDUg]|\\eta){SCRIPT}*(?:=|\\neq){NUMBER}|x=\(\d,\d\)"
    rf"|g=\\tanh|[auz](?:=|[<>]){NUMBER}|[gh]\([az]\)=[az]|\|w\|<4|w\^\{{1\}}=w\^\{{2\}}=0|wx=y",
    "a set of units": rf"O{SCRIPT}|[ij]\\in{SYMBOL}",
    "an index of a sum": r"\[[ikp]=[ipj]\]",
    "orders": r"O\(W(?:\^\{2\})?\)",
}
PATTERNS = {name: re.compile(rule) for name, rule in RULES.items()}

RELATION = re.compile(r"[=<>]|\\(?:leq?|geq?|approx|leftarrow|neq?|equiv|in|to)\b")


def uncoloured(latex):
    """The formula without the classes that a style sheet colours."""
    while COLOURED.search(latex):
        latex = COLOURED.sub(r"\1", latex)
    return latex


def spelled(latex):
    """The formula without spaces and looks."""
    return SPACE.sub("", uncoloured(latex))


def rule_for(latex):
    """The name of the rule that knows the formula, or None."""
    text = spelled(latex)
    return next((name for name, rule in PATTERNS.items() if rule.fullmatch(text)), None)
