"""Formulas that a slip of the pen has changed, and that are true as well, as they are spelled.

A sum in which one term only is not 0 does not tell which index its other factor has; the slope of a
difference does not tell what is held fixed; a bound may be weaker.
"""

TRUE_TOO = {
    r"\frac{\partialE}{\partialw^{l}_{ij}}=\sum_{p}\frac{\partialE}{\partialz^{l}_{i}}\frac{\p"
    r"artialz^{l}_{p}}{\partialw^{l}_{ij}}",
    r"\frac{\partialE}{\partialb^{l}_{i}}=\sum_{p}\frac{\partialE}{\partialz^{l}_{p}}\frac{\pa"
    r"rtialz^{l}_{p}}{\partialb^{l}_{i}}\frac{\partialz^{l}_{p}}{\partialb^{l}_{i}}",
    r"\frac{\partialE}{\partialb^{l}_{i}}=\sum_{p}\frac{\partialE}{\partialz^{l}_{i}}\frac{\pa"
    r"rtialz^{l}_{p}}{\partialb^{l}_{i}}",
    r"g(z)=\max(0,a)",
    r"\frac{\partiale^{z^{L}_{p}}}{\partialz^{L}_{i}}=[i=p]e^{z^{L}_{i}}",
    r"\frac{\partiala^{L}_{p}}{\partialz^{L}_{i}}=\frac{[i=p]e^{z^{L}_{i}}S-e^{z^{L}_{p}}e^{z^"
    r"{L}_{i}}}{S^{2}}",
    r"\sum_{p}a^{L}_{p}=1",
    r"w_{kj}h'(a_{j})=\frac{\partial}{\partiala_{j}}(\sum_{m}w_{kj}h(a_{m}))",
    r"\frac{\partialE}{\partialw}=\frac{1}{2}\cdot2(y-wx)\frac{\partial}{\partialw}(-y-wx)",
    r"\frac{\partialE}{\partialw}=\frac{1}{2}\cdot2(y-wx)\frac{\partial}{\partialw}(-wx)",
    r"\frac{\partialE}{\partialw}=\frac{1}{2}\cdot2(y-wx)\frac{\partial}{\partialw}(x-wx)",
    r"a_{2}\lea_{0}",
    r"1-a_{2}\ge1-a_{0}",
    r"a_{1}\lea_{0}",
    r"1-a_{1}\ge1-a_{0}",
    r"8\overline{E}\gea_{1}^{2}+2(1-a_{0})^{2}",
    r"(a_{0}-\frac{2}{3})^{2}+\frac{2}{3}\ge\frac{2}{3}",
    r"3\left3(a_{0}-\frac{2}{3})^{2}+\frac{2}{3}\ge\frac{2}{3}",
    r"4(a_{0}-\frac{2}{3})^{2}+\frac{2}{3}\ge\frac{2}{3}",
    r"3(a_{1}-\frac{2}{3})^{2}+\frac{2}{3}\ge\frac{2}{3}",
    r"\frac{1}{8}=\frac{1}{4}\cdot\frac{1}{2}",
    r"\frac{1}{8}=\frac{1}{4}\cdot\frac{1}{2}\cdot1^{4}\cdot1^{2}",
    r"\frac{1}{8}=\frac{1}{4}\cdot\frac{1}{2}\cdot1^{3}",
    r"\sum_ia^{L}_{i}=1",
    r"\frac{\partialE}{\partialw^{l}_{ij}}=\sum_k\frac{\partialE}{\partialz^{l}_{i}}\frac{\par"
    r"tialz^l_k}{\partialw^{l}_{ij}}",
    r"D_{iU}=E_{a_{i}}g'(z_{i})",
    r"\frac{\partialE}{\partialb_{i}}=D_{ii}",
    r"\frac{\partialE}{\partialb_{i}}=D_{ii}\frac{\partialz_{i}}{\partialb_{i}}\frac{\partialz"
    r"_{i}}{\partialb_{i}}",
}
