"""Exercises: a student's function is tried, and the reply says which slip makes its numbers.

>>> from bplib.exercises import check
>>> print(check.hidden_delta(lambda z, W_next, delta_next: W_next.T @ delta_next))
Not yet. The slope g′(z) of the hidden unit is left out.
Read “Wider layers: a sum over the next layer” in the chapter generalized_delta.
"""
