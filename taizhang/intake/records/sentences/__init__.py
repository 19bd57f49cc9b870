"""What sentences of particular papers say: reports of elections, of a life meeting, of a visit,
points of minutes.
"""
