"""Mistakes are planted in a copy of the project, one at a time, to see which the tests notice.

    python -m tests.mutation --seed 1 --count 100       (or `make mutants`)

Not part of `make test`: it takes minutes to hours. It prints, kind by kind and place by place, how
many mistakes were planted and how many noticed; then every survivor, with its file, its line and
what was changed. A survivor wants a test, or a reason why the change says the same.

=================  =============================================================
mutant             an edit of a file, and its kind
python_code        mistakes in Python, by `ast`
script             mistakes in JavaScript, by its tokens
text               mistakes in prose, formulas, tables, links; and in Makefile and configuration
places             which files there are mistakes in, and which tests could know
known              mistakes that once survived: tried with `--known`
workshop           the copy, and the tests that are run in it
report             the table
=================  =============================================================

Why not mutmut or cosmic-ray: both plant in Python alone, which is one of eight places here, and
know neither a transposition nor an index; and both run the same tests for every mutant.
"""
