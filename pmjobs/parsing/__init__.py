"""Text or markup in, value or None out: no network, no disk, no clock, no guess.

A parser keeps the words it read a value from, verbatim, and answers None where an ad does not
say. What depends on the reader's country or on today is an argument.
"""
