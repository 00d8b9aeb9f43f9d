"""Reviewers' work: who codes what, what they decided, how far they agree, what is settled.

``statistics`` holds the coefficients, ``agreement`` their use on coded passages. Nothing here
reads the database: the pipeline brings records and takes records away.
"""
